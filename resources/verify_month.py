"""Check an exported month without the ledger program: python verify_month.py FOLDER [--head HASH]

Standard library only. Prints what was found, in Chinese; exit code 0: everything agrees, 3: something does not.
"""

import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path


def digest(value):
    """SHA-256 of the canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def check_chain(log, heads):
    """Each record's hash covers its fields and the hash of the record before."""
    before = None
    for record in log:
        seq, _at, _actor, action, subject, _detail, previous, own = record
        if digest(record[:7]) != own:
            yield f"日志第 {seq} 条的内容被改过（{action} {subject}）"
        if before and (seq != before[0] + 1 or previous != before[7]):
            yield f"日志第 {seq} 条和前一条接不上（缺失、插入或调换）"
        before = record
    for head in heads:
        if not before or before[7] != head:
            yield f"日志链头不符：这里是 {before and before[7]}，应为 {head}"


def check_vouchers(vouchers, log, period):
    """Each voucher is what was posted, none is missing, numbers run from 1, debits equal credits."""
    posted = {r[5]["uid"]: r for r in log if r[3] == "post" and r[4].startswith(period + " ")}
    last = defaultdict(int)
    for voucher in vouchers:
        label = f"{voucher['word']}-{voucher['number']}"
        record = posted.pop(voucher["uid"], None)
        if record is None:
            yield f"凭证 {label} 在日志里没有记账记录（是后来塞进来的）"
        elif record[5]["content"] != digest(voucher):
            yield f"凭证 {label} 的内容和记账时不一样（被改动过）"
        last[voucher["word"]] += 1
        if voucher["number"] != last[voucher["word"]] or not voucher["date"].startswith(period):
            yield f"凭证号不连续或日期不在本月：{label} {voucher['date']}"
        if sum(line[3] for line in voucher["lines"]) != sum(line[4] for line in voucher["lines"]):
            yield f"凭证 {label} 借贷不平"
    for record in posted.values():
        yield f"凭证 {record[4]} 被删掉了（日志第 {record[0]} 条有它的记账记录）"


def check_state(manifest, log, vouchers, accounts, items):
    """Closed or not, marked or not, and every name: as the log says. Returns the close record, if closed."""
    found = []
    if manifest["format"] != "village-ledger month 1" or manifest["vouchers"] != len(vouchers):
        found.append("清单的格式或凭证张数不对")
    acts = [r for r in log if r[3] in ("close", "reopen") and r[4] == manifest["period"]]
    close = acts[-1] if acts and acts[-1][3] == "close" else None
    if bool(manifest["closed"]) != bool(close):
        found.append("清单说的是否结账，和日志不一致")
    changed = any(r[3] == "reopen" and r[5]["handed_over"] for r in acts)
    if manifest["mark"] != "已报送后反结账" and (changed or manifest["mark"] != ("" if close else "本月尚未结账")):
        found.append("清单上的标记（是否结账、是否报送后反结账）和日志不一致")
    names = [manifest["village"], manifest["region_code"], accounts, items]
    if close and close[5].get("names_sha256", digest(names)) != digest(names):
        found.append("村名、科目或往来户等的名称和结账时登记的不一样（被改动过）")
    return close, found


def check_balances(balances, vouchers, close):
    """Opening plus the vouchers' movements is closing, both tie, and the close record says the same."""
    moved = defaultdict(lambda: [0, 0])
    for _summary, code, items, debit, credit, _quantity in (line for one in vouchers for line in one["lines"]):
        moved[(code, *items)][0] += debit
        moved[(code, *items)][1] += credit
    for code, items, opening, debit, credit, closing, _quantity in balances:
        if [debit, credit] != moved.pop((code, *items), [0, 0]) or opening + debit - credit != closing:
            yield f"科目 {code} {' '.join(items)} 的期初、本月发生、期末对不上凭证"
    for key in moved:
        yield f"科目 {' '.join(key)} 有发生额，余额表里没有"
    if sum(row[2] for row in balances) or sum(row[5] for row in balances):
        yield "期初或期末余额借贷不平"
    if close and close[5]["balances_sha256"] != digest(balances):
        yield "余额和结账时登记的摘要不一样"


def findings(folder, head):
    """Yield each thing that does not agree."""
    read = {path.name: path.read_bytes() for path in Path(folder).iterdir() if path.is_file()}
    manifest = json.loads(read["manifest.json"])
    for name, wanted in manifest["files"].items():
        if hashlib.sha256(read.get(name, b"")).hexdigest() != wanted:
            yield f"文件 {name} 与清单不符（被替换、修改或缺失）"
    vouchers = [json.loads(line) for line in read["vouchers.jsonl"].splitlines()]
    log = [json.loads(line) for line in read["log.jsonl"].splitlines()]
    period = manifest["period"]
    accounts, items = json.loads(read["accounts.json"]), json.loads(read["items.json"])
    close, state = check_state(manifest, log, vouchers, accounts, items)
    yield from state
    yield from check_chain(log, [manifest["head"]] + ([head] if head else []))
    yield from check_vouchers(vouchers, log, period)
    yield from check_balances(json.loads(read["balances.json"]), vouchers, close)


def main(words):
    """Print the findings and return the exit code."""
    head = words[words.index("--head") + 1].strip().lower() if "--head" in words[:-1] else ""
    head = head[7:] if head.startswith("sha256:") else head
    try:
        found = list(findings(words[0], head))
    except (OSError, ValueError, LookupError, TypeError) as error:
        found = [f"文件缺失或格式不对：{error!r}"]
    for text in found:
        print("✗ " + text)
    print("核对没有通过" if found else "核对通过：清单、日志链、凭证、余额全部一致")
    if not head:
        print("提示：没有用 --head 给出签字结账单上的链头，不能排除整个文件夹被重做")
    return 3 if found else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("用法：python verify_month.py 文件夹 [--head 日志链头]")
    sys.exit(main(sys.argv[1:]))
