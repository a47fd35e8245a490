"""`township flags`: the doubts in what villages handed over, or in one book."""

import json
from collections.abc import Iterable

from village_ledger.domain.desk import Doubt
from village_ledger.domain.money import format_fen
from village_ledger.rules.model import Finding
from village_ledger.rules.registry import BY_ID
from village_ledger.services.book import Book
from village_ledger.services.reading import Reading
from village_ledger.services.township import flags

from .arguments import Arguments
from .township_desk import is_book, number, open_desk

Told = dict[str, object]


def run(arguments: Arguments) -> int:
    """Print every doubt with its evidence."""
    found = _of_book(arguments) if is_book(arguments.required("DESK")) else _of_desk(arguments)
    if "--json" in arguments.flags:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _print(found)
    return 0


def _of_book(arguments: Arguments) -> list[Told]:
    path = arguments.required("DESK")
    Reading.open(path).close()  # brings a book of an older program up to date
    with Book.open(path, read_only=True) as book:
        year = number(arguments, "--year", 0)
        return [_finding(book.entity.name, one) for one in flags.book_findings(book, year)]


def _of_desk(arguments: Arguments) -> list[Told]:
    with open_desk(arguments, read_only=True) as desk:
        wanted = arguments.get("--village")
        village = desk.village(wanted).code if wanted else ""
        names = {one.code: one.name for one in desk.villages}
        rows = flags.doubts_of(desk, village=village, year=number(arguments, "--year", 0))
        return [_doubt(names[one.village], one) for one in rows if one.rule in BY_ID]


def _finding(village: str, one: Finding) -> Told:
    hit = one.hit
    told = _told(village, one.rule.id, hit.subject, hit.text, hit.evidence)
    return {**told, "amount": hit.amount_fen, "vouchers": list(hit.vouchers), "key": one.key}


def _doubt(village: str, one: Doubt) -> Told:
    told = _told(village, one.rule, one.subject, one.text, one.evidence)
    rest = {"amount": one.amount_fen, "vouchers": list(one.vouchers), "key": one.key}
    return {**told, **rest, "period": str(one.period), "status": one.status, "reason": one.reason}


def _told(village: str, rule: str, subject: str, text: str, evidence: Iterable[tuple[str, str]]) -> Told:
    known = BY_ID[rule]
    return {
        "village": village,
        "rule": rule,
        "title": known.title,
        "severity": known.severity,
        "subject": subject,
        "text": text,
        "evidence": [list(pair) for pair in evidence],
        "source": known.source,
    }


def _print(found: list[Told]) -> None:
    for one in found:
        amount = one["amount"]
        money = f" {format_fen(amount)} 元" if isinstance(amount, int) and amount else ""
        status = f"〔{one['status']}〕" if "status" in one else ""
        print(f"{one['village']} [{one['severity']}] {one['title']} {one['subject']}{money} {status}".rstrip())
        print(f"    {one['text']}")
        pairs = one["evidence"]
        if isinstance(pairs, list) and pairs:
            print(f"    {'；'.join(f'{what}：{value}' for what, value in pairs)}")
    print(f"共 {len(found)} 条疑点。疑点只是线索，要核实以后才能下结论")
