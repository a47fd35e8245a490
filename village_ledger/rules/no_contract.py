"""Works and larger purchases are made under a written contract (民法典第七百八十九条: 建设工程合同应当采用书面形式;
各地村级财务制度). Looked for: a payment above the bound for works, assets or supplies to somebody no contract or
project names.
"""

from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Rule, Values
from .payments import cited, payments, shares_of
from .wording import named, word_in, yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a voucher and payee."""
    parties = {cells.name(row, "party") for row in case.rows("contract-register")}
    parties |= {cells.name(row, "contractor") for row in case.rows("project-ledger")}
    chart = case.ledger.chart
    for one, share in shares_of(payments(case)):
        linked = any(cells.text(row, "contract") or cells.text(row, "project") for row in one.requests)
        if share.fen < values["bound"] or share.is_staff or linked or share.payee in parties:
            continue
        if word_in(values["accounts"], chart.full_name(share.account)) and not word_in(values["exempt"], share.summary):
            yield Hit(
                f"凭证 {one.label} {share.payee}".strip(),
                f"{one.day} 付给{named(share.payee)} {yuan(share.fen)}（{chart.full_name(share.account)}），"
                "台账里没有对应的合同或工程："
                f"{share.summary}",
                (cited(one, share.fen), ("界限", yuan(values["bound"])), ("合同", "没有")),
                share.fen,
                (one.label,),
            )


RULE = Rule(
    "no-contract",
    29,
    "无合同付款",
    "工程和大额采购应当签订书面合同再付款。",
    "民法典第七百八十九条；各地村级财务制度；审计疑点清单第29条",
    "中",
    check,
    ("bound", "accounts", "exempt"),
    ("contract-register", "project-ledger"),
)
