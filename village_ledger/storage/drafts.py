"""Drafts and templates: rows to values and back. The only part of a book that is edited in place."""

import json
from collections.abc import Iterable
from datetime import date

from ..domain.voucher import Draft, DraftLine
from .draft_writer import DraftWriter, insert_lines
from .tables import BookDatabase, DraftLineRow, DraftRow, TemplateRow


class Drafts:
    """The drafts of an open book."""

    def __init__(self, database: BookDatabase) -> None:
        self._database = database

    def get(self, draft_id: int) -> Draft | None:
        """One draft with its lines."""
        found = self.select(DraftRow.id == draft_id)
        return found[0] if found else None

    def many(self, ids: Iterable[int]) -> tuple[Draft, ...]:
        """The named drafts that exist, in month and position order."""
        return self.select(DraftRow.id.in_(list(ids)))

    def of_month(self, month: str) -> tuple[Draft, ...]:
        """A month's drafts in word and position order."""
        return self.select(DraftRow.month == month)

    def reviewed(self) -> tuple[Draft, ...]:
        """Every draft ready to post."""
        return self.select(DraftRow.state == "reviewed")

    def select(self, condition: object) -> tuple[Draft, ...]:
        """Drafts matching a peewee condition on `DraftRow`."""
        heads = list(
            DraftRow.select()
            .where(condition)
            .order_by(DraftRow.month, DraftRow.word, DraftRow.position, DraftRow.id)
            .execute(self._database)
        )
        lines: dict[int, list[DraftLine]] = {}
        query = (
            DraftLineRow.select()
            .where(DraftLineRow.draft_id.in_(DraftRow.select(DraftRow.id).where(condition)))
            .order_by(DraftLineRow.draft_id, DraftLineRow.position)
        )
        for row in query.execute(self._database):
            lines.setdefault(row.draft_id, []).append(
                DraftLine(row.summary, row.account, _items(row.items), row.debit_fen, row.credit_fen, row.quantity)
            )
        return tuple(_draft(row, tuple(lines.get(row.id, ()))) for row in heads)

    def insert(self, draft: Draft) -> Draft:
        """Add a draft after the last of its month and word."""
        return DraftWriter(self._database.raw).insert(draft)

    def update(self, draft: Draft) -> Draft:
        """Write a draft back; moving it to another month or word puts it last there."""
        before = self.get(draft.id)
        position = draft.position
        if before and (str(before.period), before.word) != (str(draft.period), draft.word):
            position = self._last_position(str(draft.period), draft.word) + 1
        saved = draft._replace(version=draft.version + 1, position=position)
        DraftRow.update(**_columns(saved)).where(DraftRow.id == draft.id).execute(self._database)
        DraftLineRow.delete().where(DraftLineRow.draft_id == draft.id).execute(self._database)
        insert_lines(self._database.raw, saved.id, saved.lines)
        return saved

    def set_position(self, draft_id: int, position: int) -> None:
        """Reorder."""
        DraftRow.update(position=position).where(DraftRow.id == draft_id).execute(self._database)

    def delete(self, ids: Iterable[int]) -> None:
        """Remove drafts; their lines go with them."""
        DraftRow.delete().where(DraftRow.id.in_(list(ids))).execute(self._database)

    def _last_position(self, month: str, word: str) -> int:
        (last,) = self._database.raw.execute(
            "SELECT coalesce(max(position), 0) FROM draft WHERE month=? AND word=?", (month, word)
        ).fetchone()
        return int(last)

    def rank(self, draft: Draft) -> int:
        """Which one it is among its month's drafts of the same word, counted from 1 (a new one comes last)."""
        if not draft.id:
            (count,) = self._database.raw.execute(
                "SELECT count(*) FROM draft WHERE month=? AND word=?", (str(draft.period), draft.word)
            ).fetchone()
        else:
            (count,) = self._database.raw.execute(
                "SELECT count(*) FROM draft WHERE month=? AND word=? AND position < ? AND id <> ?",
                (str(draft.period), draft.word, draft.position, draft.id),
            ).fetchone()
        return int(count) + 1

    def reversal_of(self, voucher_id: int) -> Draft | None:
        """The draft that is to reverse a posted voucher."""
        found = self.select(DraftRow.reverses == voucher_id)
        return found[0] if found else None


class Templates:
    """Saved voucher templates."""

    def __init__(self, database: BookDatabase) -> None:
        self._database = database

    def all(self) -> tuple[tuple[int, str, tuple[DraftLine, ...]], ...]:
        """(id, name, lines) in name order."""
        rows = TemplateRow.select().order_by(TemplateRow.name).execute(self._database)
        return tuple((row.id, row.name, _lines(row.lines)) for row in rows)

    def save(self, name: str, lines: tuple[DraftLine, ...]) -> None:
        """Add a template or replace the one of that name."""
        text = json.dumps(lines, ensure_ascii=False)
        TemplateRow.delete().where(TemplateRow.name == name).execute(self._database)
        TemplateRow.insert(name=name, lines=text).execute(self._database)

    def delete(self, template_id: int) -> None:
        """Remove a template."""
        TemplateRow.delete().where(TemplateRow.id == template_id).execute(self._database)


def _items(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((category, name) for category, name in json.loads(text))


def _lines(text: str) -> tuple[DraftLine, ...]:
    return tuple(
        DraftLine(summary, account, tuple((c, n) for c, n in items), *amounts)
        for summary, account, items, *amounts in json.loads(text)
    )


def _columns(draft: Draft) -> dict[str, object]:
    return {
        "version": draft.version,
        "month": str(draft.period),
        "day": draft.day.isoformat(),
        "word": draft.word,
        "position": draft.position,
        "attachments": draft.attachments,
        "state": draft.state,
        "kind": draft.kind,
        "maker": draft.maker,
        "reviewer": draft.reviewer,
        "cashier": draft.cashier,
        "reverses": draft.reverses,
        "source": draft.source,
    }


def _draft(row: DraftRow, lines: tuple[DraftLine, ...]) -> Draft:
    return Draft._make(
        (
            date.fromisoformat(row.day),
            row.word,
            lines,
            row.attachments,
            row.id,
            row.version,
            row.position,
            row.state,
            row.kind,
            row.maker,
            row.reviewer,
            row.cashier,
            row.reverses,
            row.source,
        )
    )
