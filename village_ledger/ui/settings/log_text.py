"""The log in words: what an entry is about, and which acts a typed word means."""

from typing import Any

from village_ledger.domain.money import format_fen
from village_ledger.services.journal import ACTIONS, LogEntry

_LABELS = {
    "name": "名称",
    "code": "编码",
    "category": "类别",
    "reason": "原因",
    "role": "岗位",
    "active": "在岗",
    "disabled": "停用",
    "vouchers": "凭证",
    "date": "日期",
    "lines": "分录",
    "file": "文件",
    "rows": "行数",
    "added": "新增",
    "posted": "记账",
    "folder": "文件夹",
    "to": "移到第",
    "unit": "单位",
    "handed_over": "已报送",
    "words": "凭证字",
    "carry_forward": "损益结转",
    "single_person": "一人岗",
    "cash_accounts": "现金科目",
    "bank_accounts": "银行科目",
    "backup_folder": "备份文件夹",
    "keep_backups": "备份保留",
    "log_in": "登录密码",
    "lock_minutes": "自动锁定分钟",
    "control": "支出管控",
    "control_from": "管控起始月份",
    "cause": "原因",
    "failures": "连续输错次数",
    "must_change": "须改密码",
    "county": "县",
    "township": "乡镇",
    "region_code": "区划代码",
    "credit_code": "信用代码",
}
_AMOUNTS = {"total_fen": "金额", "debit_fen": "借方", "credit_fen": "贷方"}
_SHOWN = 90


def action_name(action: str) -> str:
    """The Chinese name of an act."""
    return ACTIONS.get(action, action)


def search_text(typed: str) -> str:
    """What to look for in the stored log: the key of an act named in Chinese, else the text itself."""
    text = typed.strip()
    return next((key for key, name in ACTIONS.items() if name == text), text)


def entry_summary(entry: LogEntry) -> str:
    """The particulars of an entry in one line; hashes are left out."""
    detail = entry.detail
    if not isinstance(detail, dict):
        return f"{len(detail)} 项" if isinstance(detail, list) else ""
    known = [key for key in (*_LABELS, *_AMOUNTS) if key in detail]
    parts = [part for key in known if (part := _part(key, detail[key]))]
    text = "，".join(parts)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _part(key: str, value: Any) -> str:
    if key in _AMOUNTS and isinstance(value, int):
        return f"{_AMOUNTS[key]} {format_fen(value)}"
    label = _LABELS.get(key, "")
    if not label or value in ("", None):
        return ""
    if isinstance(value, list) and len(value) == 2:
        return f"{label} {value[0] or '空'} → {value[1] or '空'}"
    if isinstance(value, bool):
        return label if value else ""
    return f"{label} {value}" if isinstance(value, str | int) else ""
