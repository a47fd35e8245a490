"""peewee models of the tables people edit: drafts, templates, people. Rows never leave this package.

Reports and posting read and write by SQL on the same connection (docs/decisions/0003): importing peewee would
double the start time of a text report on the command line.
"""

import sqlite3

import peewee


class BookDatabase(peewee.SqliteDatabase):
    """peewee on a connection somebody else opened and configured; transactions stay with `Transaction`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(":memory:", thread_safe=False)
        self.raw = connection
        self.connect()

    def _connect(self) -> sqlite3.Connection:
        return self.raw


class DraftRow(peewee.Model):
    """A draft's heading."""

    id = peewee.AutoField()
    version = peewee.IntegerField()
    month = peewee.TextField()
    day = peewee.TextField()
    word = peewee.TextField()
    position = peewee.IntegerField()
    attachments = peewee.IntegerField()
    state = peewee.TextField()
    kind = peewee.TextField()
    maker = peewee.TextField()
    reviewer = peewee.TextField()
    cashier = peewee.TextField()
    reverses = peewee.IntegerField()
    source = peewee.TextField()

    class Meta:
        table_name = "draft"


class DraftLineRow(peewee.Model):
    """One line of a draft, as typed; `items` is canonical JSON of (category, name) pairs."""

    draft_id = peewee.IntegerField()
    position = peewee.IntegerField()
    summary = peewee.TextField()
    account = peewee.TextField()
    items = peewee.TextField()
    debit_fen = peewee.IntegerField()
    credit_fen = peewee.IntegerField()
    quantity = peewee.IntegerField()

    class Meta:
        table_name = "draft_line"
        primary_key = peewee.CompositeKey("draft_id", "position")


class TemplateRow(peewee.Model):
    """A voucher template; `lines` as in a draft, in JSON."""

    id = peewee.AutoField()
    name = peewee.TextField()
    lines = peewee.TextField()

    class Meta:
        table_name = "template"


class PersonRow(peewee.Model):
    """A person who works with the book."""

    name = peewee.TextField(primary_key=True)
    role = peewee.TextField()
    active = peewee.BooleanField()

    class Meta:
        table_name = "person"
