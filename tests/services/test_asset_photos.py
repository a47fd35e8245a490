"""A photo kept with a card, inside the book."""

from pathlib import Path

import pytest

from tests.services.asset_desk import desk, truck
from village_ledger.domain.errors import BadInput
from village_ledger.services import asset_cards, integrity
from village_ledger.services.book import Book

__all__ = ["desk"]
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 100


def test_a_photo_is_kept_proved_and_removed(desk: Book, tmp_path: Path):
    picture = tmp_path / "车.jpg"
    picture.write_bytes(JPEG)
    card = truck(desk)
    asset_cards.set_photo(desk, card.id, picture)
    assert asset_cards.photo(desk, card.id) == ("车.jpg", JPEG)
    assert integrity.verify(desk).ok
    desk.connection.execute("UPDATE asset_photo SET content = x'FFD8FF'")
    assert any("资产照片" in text for text in integrity.verify(desk).findings)
    asset_cards.remove_photo(desk, card.id)
    assert asset_cards.photo(desk, card.id) is None
    assert integrity.verify(desk).ok
    asset_cards.set_photo(desk, card.id, picture)
    asset_cards.delete_card(desk, card.id)
    assert integrity.verify(desk).ok


@pytest.mark.parametrize(
    ("content", "reason"), [(b"GIF89a", "不是 JPG 或 PNG"), (JPEG + b"0" * 3_000_000, "超过 3 MB")]
)
def test_what_is_no_photo_or_too_big_is_refused(desk: Book, tmp_path: Path, content: bytes, reason: str):
    picture = tmp_path / "车.jpg"
    picture.write_bytes(content)
    with pytest.raises(BadInput, match=reason):
        asset_cards.set_photo(desk, truck(desk).id, picture)
    with pytest.raises(BadInput, match="读不出照片"):
        asset_cards.set_photo(desk, truck(desk).id, tmp_path / "没有.jpg")
