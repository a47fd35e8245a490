"""The people who work with a book, and who is at the keyboard now."""

from ..domain.duties import ROLES as ROLES
from ..domain.errors import BadInput, NotAllowed
from ..storage import people as rows
from ..storage.meta import active_role
from ..storage.people import Person as Person
from .book import Book


def people(book: Book) -> tuple[Person, ...]:
    """Everybody, active ones first."""
    return rows.load_people(book.connection)


def save_person(book: Book, person: Person) -> None:
    """Add a person or change their role or state."""
    name = person.name.strip()
    if not name:
        raise BadInput("请填写姓名")
    if person.role not in ROLES:
        raise BadInput(f"岗位“{person.role}”不对，可选：{'、'.join(ROLES)}")
    with book.write("person") as transaction:
        rows.save_people(transaction.connection, (person._replace(name=name),))
        transaction.record("person", name, {"role": person.role, "active": person.active})


def log_in(book: Book, name: str) -> Person:
    """Make a person the one at the keyboard; logged when the book can be written."""
    for person in people(book):
        if person.name == name and person.active:
            book.actor = name
            if not book.read_only:
                with book.write("log-in") as transaction:
                    transaction.record("log-in", name, {"role": person.role})
            return person
    raise NotAllowed(f"没有叫“{name}”的在岗人员，请在“设置”里添加")


def role_of(book: Book, name: str) -> str:
    """The role a person holds; empty for somebody unknown."""
    return active_role(book.connection, name)
