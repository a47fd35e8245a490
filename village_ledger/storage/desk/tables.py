"""The tables. Months are text (`2025-06`), days ISO text, money integer fen, lists canonical JSON."""

import peewee
from peewee import (
    BigIntegerField,
    BlobField,
    BooleanField,
    CompositeKey,
    IntegerField,
    TextField,
)


class MetaRow(peewee.Model):
    """What the desk is called and how it works; `head` is the newest log record's number and hash."""

    key = TextField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "meta"


class LogRow(peewee.Model):
    """The hash-chained log of the desk. Rows never change (triggers)."""

    seq = BigIntegerField(primary_key=True)
    at = TextField()
    actor = TextField()
    action = TextField()
    subject = TextField()
    detail = TextField()
    previous = TextField()
    hash = TextField()

    class Meta:
        table_name = "log"


class VillageRow(peewee.Model):
    """A village."""

    code = TextField(primary_key=True)
    name = TextField()
    region_code = TextField()
    credit_code = TextField()
    county = TextField()
    township = TextField()
    chart = TextField()
    first_period = TextField()
    since = TextField()
    key = TextField()

    class Meta:
        table_name = "village"


class ReceivedRow(peewee.Model):
    """A file taken in for a month. Rows are added and change state; none is deleted."""

    village = TextField()
    period = TextField()
    revision = IntegerField()
    sha256 = TextField(index=True)
    size = BigIntegerField()
    file = TextField()
    signed = BooleanField()
    head = TextField()
    previous = TextField()
    opening = TextField()
    closing = TextField()
    key = TextField()
    mark = TextField()
    exceptions = TextField()
    program = TextField()
    vouchers = IntegerField()
    state = TextField()
    notes = TextField()
    at = TextField()
    actor = TextField()
    current = BooleanField()

    class Meta:
        table_name = "received"
        primary_key = CompositeKey("village", "period", "revision")


class ChartRow(peewee.Model):
    """A village's accounts as they were in its newest month of a year, and what its package said of the village
    (`ledger/entity.json`), both deflated canonical JSON.
    """

    village = TextField()
    year = IntegerField()
    content = BlobField()
    entity = BlobField()

    class Meta:
        table_name = "chart"
        primary_key = CompositeKey("village", "year")


class OpeningRow(peewee.Model):
    """What a village's ledger here begins with: balances at the start of the first year handed over."""

    village = TextField()
    period = TextField()
    content = BlobField()

    class Meta:
        table_name = "opening"
        primary_key = CompositeKey("village", "period")


class VoucherRow(peewee.Model):
    """A voucher, as its village's log has it: `content` is the canonical JSON that was digested there."""

    village = TextField()
    period = TextField()
    word = TextField()
    number = IntegerField()
    uid = TextField()
    day = TextField()
    kind = TextField()
    total_fen = BigIntegerField()
    summary = TextField()
    content = TextField()

    class Meta:
        table_name = "voucher"
        primary_key = CompositeKey("village", "period", "word", "number")
        indexes = ((("village", "uid"), False),)


class ItemRow(peewee.Model):
    """The name of a member of a dimension, as last handed over."""

    village = TextField()
    key = TextField()
    name = TextField()

    class Meta:
        table_name = "item"
        primary_key = CompositeKey("village", "key")


class BalanceRow(peewee.Model):
    """What happened on an account and combination of items in a month; `items` is `category:code` joined by `;`."""

    village = TextField()
    period = TextField()
    account = TextField()
    items = TextField()
    opening_fen = BigIntegerField()
    debit_fen = BigIntegerField()
    credit_fen = BigIntegerField()

    class Meta:
        table_name = "balance"
        primary_key = CompositeKey("village", "period", "account", "items")
        indexes = ((("period",), False),)


class RegisterRow(peewee.Model):
    """A register as handed over: the deflated JSON of the report."""

    village = TextField()
    period = TextField()
    name = TextField()
    content = BlobField()

    class Meta:
        table_name = "register"
        primary_key = CompositeKey("village", "period", "name")
        indexes = ((("period", "name"), False),)


class ActRow(peewee.Model):
    """What a month's slice of the village's log tells that rules look at (deflated JSON of the records)."""

    village = TextField()
    period = TextField()
    content = BlobField()

    class Meta:
        table_name = "act"
        primary_key = CompositeKey("village", "period")


class TopicRow(peewee.Model):
    """The figures of one topic of a month, canonical JSON by line key: what sums over villages are made of."""

    village = TextField()
    period = TextField()
    topic = TextField()
    figures = TextField()

    class Meta:
        table_name = "topic"
        primary_key = CompositeKey("village", "period", "topic")
        indexes = ((("period", "topic"), False),)


class DoubtRow(peewee.Model):
    """A red flag in a year of a village, as last found, and where it stands."""

    village = TextField()
    year = IntegerField()
    rule = TextField()
    key = TextField()
    period = TextField()
    subject = TextField()
    text = TextField()
    evidence = TextField()
    amount_fen = BigIntegerField()
    vouchers = TextField()
    found = BooleanField()
    status = TextField()
    reason = TextField()
    by = TextField()
    at = TextField()

    class Meta:
        table_name = "doubt"
        primary_key = CompositeKey("village", "year", "rule", "key")


class ParameterRow(peewee.Model):
    """A rule's parameter where the desk sets it otherwise than `resources/rules`."""

    rule = TextField()
    name = TextField()
    value = TextField()

    class Meta:
        table_name = "parameter"
        primary_key = CompositeKey("rule", "name")


class CommentRow(peewee.Model):
    """A reviewer's comment on something of a month."""

    village = TextField()
    period = TextField()
    uid = TextField()
    kind = TextField()
    subject = TextField()
    label = TextField()
    text = TextField()
    category = TextField()
    clause = TextField()
    demand = TextField()
    deadline = TextField()
    severity = TextField()
    author = TextField()
    at = TextField()
    sent = BooleanField()
    withdrawn = BooleanField()

    class Meta:
        table_name = "comment"
        primary_key = CompositeKey("village", "period", "uid")


class AnswerRow(peewee.Model):
    """What the village answered, and the package (its SHA-256) the answer came with."""

    village = TextField()
    uid = TextField()
    comment = TextField()
    text = TextField()
    voucher = TextField()
    author = TextField()
    at = TextField()
    package = TextField()

    class Meta:
        table_name = "answer"
        primary_key = CompositeKey("village", "uid")


class SettlementRow(peewee.Model):
    """The desk's last words on a comment, counted from 1."""

    village = TextField()
    comment = TextField()
    seq = IntegerField()
    state = TextField()
    text = TextField()
    author = TextField()
    at = TextField()

    class Meta:
        table_name = "settlement"
        primary_key = CompositeKey("village", "comment", "seq")


class ReviewRow(peewee.Model):
    """A review that was sent back: its opinion, and its whole content as signed."""

    village = TextField()
    period = TextField()
    round = IntegerField()
    opinion = TextField()
    head = TextField()
    package = TextField()
    sha256 = TextField()
    content = TextField()
    reviewer = TextField()
    at = TextField()

    class Meta:
        table_name = "review"
        primary_key = CompositeKey("village", "period", "round")


class LinkRow(peewee.Model):
    """A counterparty in a village's books that is another village of the desk."""

    village = TextField()
    party = TextField()
    other = TextField()

    class Meta:
        table_name = "link"
        primary_key = CompositeKey("village", "party")


TABLES = (
    *(MetaRow, LogRow, VillageRow, ReceivedRow, ChartRow, OpeningRow, VoucherRow, ItemRow, BalanceRow, RegisterRow),
    *(ActRow, TopicRow, DoubtRow, ParameterRow, CommentRow, AnswerRow, SettlementRow, ReviewRow),
    LinkRow,
)
