"""Creating a new book file from a chart of the regulation."""

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from .. import clock
from ..domain.errors import BadInput, BookUnusable, system_reason
from ..domain.identity import credit_code_problem, region_code_problem
from ..domain.period import Period
from ..domain.problems import Problem
from ..domain.view import Entity
from ..placing import put_in_place
from ..storage.accounts import insert_account
from ..storage.connection import connect
from ..storage.meta import entity_meta, save_meta
from ..storage.migrations import migrate
from ..storage.people import save_people
from ..storage.transaction import Transaction
from .accounts import account_detail
from .book import Book, Settings, settings_meta
from .catalog import chart_definition, charts
from .log_in import store_password, store_recovery_code
from .passwords import Secrets
from .people import ROLES, Person
from .pinyin import initials

DEFAULT_PEOPLE = (Person("会计", "会计"), Person("审核", "审核"), Person("出纳", "出纳"))
"""Who works with a book made without naming anybody."""


class NewBook(NamedTuple):
    """What must be known to create a book. With `secrets` (to be handed out on paper) everybody has to log in."""

    name: str
    start: Period
    county: str = ""
    township: str = ""
    region_code: str = ""
    credit_code: str = ""
    chart: str = "rural-2023"
    words: str = "记"
    carry_forward: str = "year"
    people: tuple[Person, ...] = ()
    suggested_details: bool = False
    single_person: bool = False
    secrets: Secrets | None = None


def check_identity(new: NewBook) -> tuple[Problem, ...]:
    """What is wrong with the wizard's answers, all at once."""
    problems = []
    if not new.name.strip():
        problems.append(Problem("name", "请填写村（单位）名称", field="name"))
    if text := region_code_problem(new.region_code):
        problems.append(Problem("region-code", text, field="region_code"))
    if text := credit_code_problem(new.credit_code):
        problems.append(Problem("credit-code", text, field="credit_code"))
    if not 1990 <= new.start.year <= clock.today().year + 1:
        problems.append(Problem("start", f"建账月份 {new.start} 不在合理范围内，请检查年份", field="start"))
    known = [key for key, _title in charts()]
    if new.chart not in known:
        problems.append(Problem("chart", f"没有“{new.chart}”这套科目，可选：{'、'.join(known)}", field="chart"))
    if new.words not in {"记", "收付转"}:
        problems.append(Problem("words", "凭证字只能用“记”或“收付转”", field="words"))
    problems.extend(
        Problem("people", f"人员“{person.name}”的姓名或岗位不对", field="people")
        for person in new.people
        if not person.name.strip() or person.role not in ROLES
    )
    names = [person.name for person in new.people]
    if len(set(names)) != len(names):
        problems.append(Problem("people", "人员名单里有重复的姓名", field="people"))
    return tuple(problems)


def create_book(path: Path | str, new: NewBook) -> Book:
    """Create the file and open it. An existing file is never overwritten."""
    path = Path(path)
    if problems := check_identity(new):
        raise BadInput("建账资料有误：", problems)
    temporary = path.with_name(path.name + ".new")
    try:
        if path.exists():
            raise BadInput(f"文件已经存在，不会覆盖它：{path}\n请换一个文件名，或直接打开这本账")
        if not path.parent.is_dir():
            raise BadInput(f"文件夹不存在：{path.parent}")
        temporary.unlink(missing_ok=True)
        connection = connect(temporary, create=True)
        try:
            migrate(connection)
            actor = new.people[0].name if new.people else "会计"
            with Transaction(connection, actor, clock.now()) as transaction:
                _fill(transaction, new)
        finally:
            connection.close()
        put_in_place(temporary, path)
    except OSError as error:
        _drop(temporary)
        raise BookUnusable(
            f"不能在这里建账（磁盘已满、没有写入权限或文件名不对）：{path}\n{system_reason(error)}"
        ) from error
    except BaseException:
        _drop(temporary)
        raise
    return Book.open(path, actor=actor)


def _drop(temporary: Path) -> None:
    with suppress(OSError):  # the disk that refused the book may refuse this too
        temporary.unlink(missing_ok=True)


def _fill(transaction: Transaction, new: NewBook) -> None:
    definition = chart_definition(new.chart)
    accounts = [account._replace(pinyin=initials(account.name), official=True) for account in definition.accounts]
    if new.suggested_details:
        accounts += [account._replace(pinyin=initials(account.name)) for account in definition.suggested]
    for account in accounts:
        insert_account(transaction.connection, account)
    people = new.people or DEFAULT_PEOPLE
    save_people(transaction.connection, people)
    entity = Entity(
        new.name.strip(),
        new.county,
        new.township,
        new.region_code,
        new.credit_code,
        new.chart,
        new.start,
        new.single_person,
    )
    settings = Settings(
        words=new.words,
        carry_forward=new.carry_forward,
        single_person=new.single_person,
        cash_accounts=tuple(definition.roles.cash),
        bank_accounts=tuple(definition.roles.bank),
        log_in=new.secrets is not None,
    )
    values = entity_meta(entity) | settings_meta(settings)
    save_meta(transaction.connection, values)
    transaction.record(
        "create",
        entity.name,
        {
            "meta": values,
            "accounts": [account_detail(account) for account in accounts],
            "people": [[person.name, person.role] for person in people],
        },
    )
    if new.secrets is not None:
        for name, password in new.secrets.passwords:
            store_password(transaction, name, password, must_change=True)
        store_recovery_code(transaction, new.secrets.code)
