"""Choosing where money comes from or goes to."""

from PySide6.QtWidgets import QComboBox

from village_ledger.ui.operations import Operations


class MoneyAccounts(QComboBox):
    """Chooses where money goes in or out: the details of cash and bank, one entry a bank account kept as an item.

    The data of an entry are the account's code and the (category, name) pairs of its items.
    """

    def __init__(self, operations: Operations) -> None:
        super().__init__()
        facts = operations.facts
        if facts is None:
            return
        settings = facts.settings
        banks = [record.item for record in facts.items if record.item.category == "银行账户" and not record.disabled]
        for account in facts.chart:
            if account.disabled or not facts.chart.is_leaf(account.code):
                continue
            title = f"{account.code} {account.name}"
            if account.code.startswith(settings.cash_accounts):
                self.addItem(title, (account.code, ()))
            elif account.code.startswith(settings.bank_accounts):
                split = any(auxiliary.category == "银行账户" for auxiliary in account.auxiliaries)
                for bank in banks if split and banks else ():
                    self.addItem(f"{title}（{bank.name}）", (account.code, (("银行账户", bank.name),)))
                if not (split and banks):
                    self.addItem(title, (account.code, ()))
        self.setCurrentIndex(min(1, self.count() - 1))
