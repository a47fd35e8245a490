"""Review files: written, read back, and refused whatever is changed in them."""

import io
import json
import random
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from hypothesis import given
from hypothesis import strategies as st

from tests.package.reviewing import DESK, a_comment, a_review
from village_ledger.domain.errors import BadInput, IntegrityFailure, Refusal
from village_ledger.domain.review import OPINIONS, SEVERITIES, SUBJECT_KINDS, Answer, Settlement
from village_ledger.package import review as format_
from village_ledger.package.container import read_container, write_container
from village_ledger.package.review import FILES, REVIEW, read_answers, read_review, write_answers, write_review
from village_ledger.package.signing import new_private_key, public_half, public_pem, sign

FULL = a_review(
    comments=(
        a_comment("c1", text="发票没有附上", category="票据", clause="财农〔2021〕121号", deadline=date(2024, 3, 31)),
        a_comment("c2", kind="合同", subject="HT-01", label="HT-01 门面", text="租金偏低", demand="说明原因"),
    ),
    settlements=(Settlement("c0", "已整改", "已看过", "李审核", "2024-02-20T02:00:00Z"),),
)


def unpacked(content: bytes) -> dict[str, bytes]:
    entries = read_container(io.BytesIO(content), len(content), lambda _name: True)
    return {one.name: one.content or b"" for one in entries}


def packed(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    write_container(made, sorted(files.items(), key=lambda one: one[0].encode()))
    return made.getvalue()


def read(folder: Path, content: bytes) -> format_.SignedReview:
    place = folder / "a.vlr"
    place.write_bytes(content)
    return read_review(place)


def signed_again(files: dict[str, bytes], change: dict[str, object]) -> bytes:
    """A forger's file: the content changed, canonical, signed by a key of their own."""
    key = new_private_key()
    told = {**json.loads(files[REVIEW]), "key": public_half(key), **change}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return packed(
        {**files, REVIEW: text, "signature.bin": sign(key, text), "public_key.pem": public_pem(public_half(key))}
    )


def test_a_review_is_read_back_as_it_was_written(tmp_path):
    content = write_review(FULL, DESK)
    told = read(tmp_path, content)
    assert told.review == FULL
    assert told.key == public_half(DESK)
    assert write_review(FULL, DESK) == content


_WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
_SAID = _WORDS.filter(str.strip)
_COMMENTS = st.lists(
    st.builds(
        a_comment,
        uid=_SAID,
        kind=st.sampled_from(SUBJECT_KINDS),
        subject=_WORDS,
        label=_SAID,
        text=_SAID,
        category=_WORDS,
        clause=_WORDS,
        demand=_WORDS,
        deadline=st.none() | st.dates(),
        severity=st.sampled_from(SEVERITIES),
    ),
    max_size=4,
    unique_by=lambda one: one.uid,
).map(tuple)


@given(comments=_COMMENTS, opinion=st.sampled_from(OPINIONS), text=_WORDS, round=st.integers(1, 99))
def test_any_review_is_read_back_whatever_is_written_in_it(tmp_path_factory, **told):
    review = a_review(**told)
    assert read(tmp_path_factory.getbasetemp(), write_review(review, DESK)).review == review


@given(st.lists(st.builds(Answer, uid=_SAID, comment=_SAID, text=_SAID, voucher=_WORDS), unique_by=lambda one: one.uid))
def test_any_answers_are_read_back(answers):
    assert read_answers(write_answers(answers)) == tuple(answers)


def test_the_signature_is_one_any_program_can_check():
    """Checked by `cryptography` straight from the PEM file, without our reading."""
    files = unpacked(write_review(FULL, DESK))
    assert tuple(files) == FILES
    load_pem_public_key(files["public_key.pem"]).verify(files["signature.bin"], files[REVIEW])
    assert json.loads(files[REVIEW])["review"]["comments"][0]["label"] == "2024-01 记-1"


def test_every_single_changed_byte_is_refused(tmp_path):
    content = write_review(a_review(), DESK)
    place = tmp_path / "a.vlr"
    for position in range(len(content)):
        for value in {0, 255, content[position] ^ 1, content[position] ^ 0x20} - {content[position]}:
            place.write_bytes(content[:position] + bytes([value]) + content[position + 1 :])
            with pytest.raises(Refusal):
                read_review(place)


def test_random_mutations_are_refused_and_none_crashes(tmp_path):
    content = write_review(FULL, DESK)
    place = tmp_path / "a.vlr"
    chance = random.Random(20240131)
    for _round in range(1500):
        changed = bytearray(content)
        match chance.randrange(4):
            case 0:
                del changed[chance.randrange(len(changed)) :]
            case 1:
                start = chance.randrange(len(changed))
                del changed[start : start + chance.randrange(1, 40)]
            case 2:
                changed += chance.randbytes(chance.randrange(1, 40))
            case _:
                for _byte in range(chance.randrange(1, 20)):
                    changed[chance.randrange(len(changed))] = chance.randrange(256)
        if bytes(changed) != content:
            place.write_bytes(changed)
            with pytest.raises(Refusal):
                read_review(place)


def test_changes_inside_that_keep_the_container_right_are_refused(tmp_path):
    """Whoever writes the ZIP file anew, with fitting checksums, still has not signed it."""
    files = unpacked(write_review(FULL, DESK))
    for name, content in files.items():
        for position in range(0, len(content), 7):
            changed = content[:position] + bytes([content[position] ^ 1]) + content[position + 1 :]
            with pytest.raises((IntegrityFailure, BadInput)):
                read(tmp_path, packed({**files, name: changed}))
    with pytest.raises(IntegrityFailure, match=r"说明\.txt被换过"):
        read(tmp_path, packed({**files, "说明.txt": b"all is well"}))
    other = public_half(new_private_key())
    with pytest.raises(IntegrityFailure, match="公钥文件"):
        read(tmp_path, packed({**files, "public_key.pem": public_pem(other)}))
    with pytest.raises(IntegrityFailure, match="签名不对"):
        read(tmp_path, packed({**files, "signature.bin": sign(new_private_key(), files[REVIEW])}))
    with pytest.raises(IntegrityFailure, match="应有的文件"):
        read(tmp_path, packed({**files, "more.txt": b""}))


def test_a_forger_with_a_key_of_their_own_must_still_write_a_review(tmp_path):
    files = unpacked(write_review(FULL, DESK))
    told = json.loads(files[REVIEW])["review"]
    with pytest.raises(IntegrityFailure, match="轮次"):
        read(tmp_path, signed_again(files, {"review": {**told, "round": 0}}))
    with pytest.raises(IntegrityFailure, match="不完整"):
        read(tmp_path, signed_again(files, {"review": {**told, "opinion": "很好"}}))
    with pytest.raises(IntegrityFailure, match="不是文字"):
        read(tmp_path, signed_again(files, {"review": {**told, "desk": 5}}))
    with pytest.raises(IntegrityFailure, match="日志链头"):
        read(tmp_path, signed_again(files, {"review": {**told, "head": "x"}}))
    settled = {**told["settlements"][0], "state": "好了"}
    with pytest.raises(IntegrityFailure, match="整改结论只能是"):
        read(tmp_path, signed_again(files, {"review": {**told, "settlements": [settled]}}))
    twice = [told["comments"][0], told["comments"][0]]
    with pytest.raises(IntegrityFailure, match="重复的意见"):
        read(tmp_path, signed_again(files, {"review": {**told, "comments": twice}}))
    silent = [{**told["comments"][0], "text": " "}]
    with pytest.raises(IntegrityFailure, match="请写明意见"):
        read(tmp_path, signed_again(files, {"review": {**told, "comments": silent}}))
    for wrong in (None, [], {"village": "石桥村"}):
        with pytest.raises(IntegrityFailure, match="不完整"):
            read(tmp_path, signed_again(files, {"review": wrong}))


def test_what_is_no_review_file_is_told_apart_from_a_changed_one(tmp_path):
    with pytest.raises(BadInput, match="找不到"):
        read_review(tmp_path / "nothing.vlr")
    with pytest.raises(BadInput, match="读不出"):
        read_review(tmp_path)
    with pytest.raises(BadInput, match="这不是审核意见文件"):
        read(tmp_path, b"%PDF-1.4")
    with pytest.raises(BadInput, match="这是报送包"):
        read(tmp_path, packed({"manifest.json": b"{}"}))
    with pytest.raises(BadInput, match="请选择乡镇发来的"):
        read(tmp_path, packed({"a.txt": b""}))
    files = unpacked(write_review(FULL, DESK))
    with pytest.raises(BadInput, match="请用新版本"):
        read(tmp_path, signed_again(files, {"format": "village-ledger review 2"}))
    with pytest.raises(BadInput, match="这不是审核意见文件"):
        read(tmp_path, signed_again(files, {"format": "something else"}))
    with pytest.raises(IntegrityFailure, match="读不出来"):
        read(tmp_path, packed({**files, REVIEW: b"["}))


def test_a_file_beyond_all_measure_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(format_, "MAX_SIZE", 100)
    with pytest.raises(BadInput, match="太大"):
        read(tmp_path, write_review(FULL, DESK))


def test_what_could_not_be_read_back_is_not_written():
    with pytest.raises(BadInput, match="轮次"):
        write_review(a_review(round=0), DESK)
    with pytest.raises(BadInput, match="请写明意见"):
        write_review(a_review(comments=(a_comment("c1", text=""),)), DESK)
    with pytest.raises(BadInput, match="密钥文件已损坏"):
        write_review(a_review(), b"no key")


def test_answers_travel_as_canonical_json():
    answers = (
        Answer("a1", "c1", "已补发票", "2024-02 记-3", "王会计", "2024-02-20T01:00:00Z"),
        Answer("a2", "c2", "=1+1 租金按决议"),
    )
    content = write_answers(answers)
    assert read_answers(content) == answers
    assert write_answers(()) == b"[]"
    assert read_answers(b"[]") == ()
    changed = content.replace("已补发票".encode(), b"")
    for wrong in (b"", b"{}", b"[[]]", b"[ ]", b"[1]", content + b"\n", b"null", changed, b'[{"uid":1}]', content[:-1]):
        with pytest.raises(IntegrityFailure):
            read_answers(wrong)
    with pytest.raises(IntegrityFailure, match="重复"):
        read_answers(write_answers((answers[0], answers[0])))
