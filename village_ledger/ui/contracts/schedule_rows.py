"""A contract's payments, and contracts themselves, as rows of a table."""

from datetime import date

from village_ledger.domain.contract_account import Standing
from village_ledger.domain.contract_schedule import Instalment
from village_ledger.domain.money import format_fen
from village_ledger.services.contracts import ContractRecord
from village_ledger.ui.tables.text_rows import Cells

PREVIEW_HEADERS = ("期", "应付日", "金额")
STANDING_HEADERS = ("期", "期间", "应付日", "应收", "已收", "未收", "状态")
STANDING_HEADERS_PAYING = ("期", "期间", "应付日", "应付", "已付", "未付", "状态")
RECORD_HEADERS = ("合同编号", "类型", "标的", "对方", "结束日期", "状态", "欠款", "逾期天", "下次应付")
RECORD_WIDTHS = (104, 56, 150, 140, 108, 104, 100, 72, 108)
_FINISHED = {"已收回", "已续签", "已终止", "已到期"}
FILTERS = ("全部", "履行中", "有欠款", "即将到期", "到期未收回", "已结束")


def preview_row(one: Instalment) -> Cells:
    """A payment of a contract still being typed."""
    amount = format_fen(one.amount_fen) + ("" if one.settled else "（保底）")
    return Cells((str(one.seq), one.due.isoformat(), amount))


def standing_row(one: Standing, today: date) -> Cells:
    """A payment with what became of it."""
    instalment = one.instalment
    texts = (
        str(instalment.seq) if instalment.seq else "期初",
        instalment.label,
        instalment.due.isoformat(),
        format_fen(instalment.amount_fen),
        format_fen(one.received_fen) if one.received_fen else "",
        format_fen(one.outstanding_fen) if one.counts and one.outstanding_fen else "",
        standing_state(one, today),
    )
    overdue = one.counts and one.outstanding_fen > 0 and instalment.due < today
    return Cells(texts, "danger" if overdue else "" if one.counts else "faint", one, (5, 6) if overdue else ())


def standing_state(one: Standing, today: date) -> str:
    """How a payment stands, in a few words."""
    if not one.tracked:
        return "启用前已结清"
    if one.cancelled:
        return "合同已终止"
    waived = f"，减免 {format_fen(one.waived_fen)}" if one.waived_fen else ""
    days = (today - one.instalment.due).days
    if one.outstanding_fen <= 0:
        return f"已结清{waived}"
    booked = "已计提" if one.charged else "未计提" if one.instalment.seq and days >= 0 else ""
    share = "，分成未核定" if not one.instalment.settled else ""
    when = f"逾期 {days} 天" if days > 0 else "今天应付" if not days else "未到期"
    return "，".join(part for part in (when, booked) if part) + waived + share


def record_row(record: ContractRecord) -> Cells:
    """A contract in the list."""
    contract, overdue = record.contract, record.arrears
    late = overdue.days > 0 and contract.direction == "收"
    texts = (
        contract.code,
        contract.kind,
        contract.subject,
        contract.party.name,
        contract.last_day.isoformat(),
        record.state,
        format_fen(overdue.arrears_fen) if late else "",
        str(overdue.days) if late else "",
        record.next_due.isoformat() if record.next_due else "",
    )
    colour = "danger" if late or record.state == "到期未收回" else "faint" if record.state in _FINISHED else ""
    places = (5, 6, 7) if record.state == "到期未收回" else () if colour == "faint" else (6, 7)
    return Cells(texts, colour, record, places)


def matches(record: ContractRecord, text: str, wanted: str) -> bool:
    """Whether a contract belongs under a filter and holds the text searched for."""
    contract = record.contract
    late = record.arrears.days > 0 and contract.direction == "收"
    kept = {
        "全部": True,
        "履行中": record.state in {"履行中", "即将到期", "未开始"},
        "有欠款": late,
        "已结束": record.state in _FINISHED,
    }.get(wanted, record.state == wanted)
    typed = text.strip().lower()
    searched = (contract.code, contract.subject, contract.party.name, contract.decision, contract.subject_code)
    return kept and (not typed or any(typed in words.lower() for words in searched))
