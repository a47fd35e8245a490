"""The people who work with a book, and who is at the keyboard now."""

from typing import NamedTuple

from ..domain.errors import BadInput, NotAllowed
from ..storage.tables import BookDatabase, PersonRow
from .book import Book

ROLES = ("会计", "出纳", "负责人", "审核", "村监会", "乡镇")


class Person(NamedTuple):
    """One person and the duty they hold."""

    name: str
    role: str
    active: bool = True


def people(book: Book) -> tuple[Person, ...]:
    """Everybody, active ones first."""
    rows = PersonRow.select().order_by(PersonRow.active.desc(), PersonRow.role, PersonRow.name)
    return tuple(Person(row.name, row.role, row.active) for row in rows.execute(BookDatabase(book.connection)))


def save_person(book: Book, person: Person) -> None:
    """Add a person or change their role or state."""
    name = person.name.strip()
    if not name:
        raise BadInput("请填写姓名")
    if person.role not in ROLES:
        raise BadInput(f"岗位“{person.role}”不对，可选：{'、'.join(ROLES)}")
    with book.write() as transaction:
        PersonRow.insert(name=name, role=person.role, active=person.active).on_conflict(
            conflict_target=[PersonRow.name],
            preserve=[PersonRow.role, PersonRow.active],
        ).execute(BookDatabase(book.connection))
        transaction.record("person", name, {"role": person.role, "active": person.active})


def log_in(book: Book, name: str) -> Person:
    """Make a person the one at the keyboard; logged when the book can be written."""
    for person in people(book):
        if person.name == name and person.active:
            book.actor = name
            if not book.read_only:
                with book.write() as transaction:
                    transaction.record("log-in", name, {"role": person.role})
            return person
    raise NotAllowed(f"没有叫“{name}”的在岗人员，请在“设置”里添加")


def role_of(book: Book, name: str) -> str:
    """The role a person holds; empty for somebody unknown."""
    row = book.connection.execute("SELECT role FROM person WHERE name=? AND active=1", (name,)).fetchone()
    return str(row[0]) if row else ""
