"""The people who work with a book: who holds which duty."""

from ..domain.duties import KEEPERS
from ..domain.duties import ROLES as ROLES
from ..domain.errors import BadInput, NotAllowed
from ..storage import people as rows
from ..storage.meta import active_role
from ..storage.people import Person as Person
from .book import Book
from .log_in import log_in as log_in


def people(book: Book) -> tuple[Person, ...]:
    """Everybody, active ones first."""
    return rows.load_people(book.connection)


def save_person(book: Book, person: Person) -> None:
    """Add a person or change their role or state. One name holds one duty; the last accountant cannot leave.

    Once there is a head or a township reviewer, only such a person gives out their roles or changes anybody's role.
    """
    book.authorise("person")
    name = person.name.strip()
    if not name:
        raise BadInput("请填写姓名")
    if person.role not in ROLES:
        raise BadInput(f"岗位“{person.role}”不对，可选：{'、'.join(ROLES)}")
    with book.write("person") as transaction:
        known = {one.name: one for one in rows.load_people(transaction.connection)}
        wanted = person._replace(name=name)
        _require_keeper(book, known, wanted)
        _require_accountant(known, wanted)
        rows.save_people(transaction.connection, (wanted,))
        transaction.record("person", name, {"role": person.role, "active": person.active})


def _require_keeper(book: Book, known: dict[str, Person], wanted: Person) -> None:
    """Who keeps the accounts gives nobody, and not themselves, the duty of supervising them."""
    before = known.get(wanted.name)
    changes_role = before is not None and before.role != wanted.role
    touches_keeper = before != wanted and (wanted.role in KEEPERS or (before is not None and before.role in KEEPERS))
    if changes_role or touches_keeper:
        require_keeper(book, "改岗位，增加、停用负责人或乡镇人员")


def _require_accountant(known: dict[str, Person], wanted: Person) -> None:
    accountants = {one.name for one in known.values() if one.role == "会计" and one.active}
    if accountants == {wanted.name} and not (wanted.role == "会计" and wanted.active):
        raise NotAllowed(f"{wanted.name} 是唯一在岗的会计，不能停用或改岗位。请先增加接手的会计")


def require_keeper(book: Book, what: str) -> None:
    """Refuse what only head or township may decide, once the book has such a person on duty."""
    keepers = [one for one in people(book) if one.active and one.role in KEEPERS]
    if keepers and book.actor not in {one.name for one in keepers}:
        names = "、".join(f"{one.name}（{one.role}）" for one in keepers)
        raise NotAllowed(f"{what}，只能由{'或'.join(KEEPERS)}办理，请由 {names} 登录后办理")


def role_of(book: Book, name: str) -> str:
    """The role a person holds; empty for somebody unknown."""
    return active_role(book.connection, name)
