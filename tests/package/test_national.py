"""The SM2 seal: against the standards' own examples, against OpenSSL, and against changes."""

import shutil
import subprocess
from pathlib import Path

import pytest

from village_ledger.domain.errors import BadInput, IntegrityFailure, Refusal
from village_ledger.package import national, sm2

# GB/T 32905-2016 annex A.1 and A.2
ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
SIXTY_FOUR = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
# GB/T 32918.5-2017 annex A.2: key pair, message and signature on the recommended curve
SECRET = "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"
POINT = (
    "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
)
MESSAGE = b"message digest"
R = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
S = "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"

FILES = {"journal/journal.csv": b"a,b\n", "ledger/entity.json": b"{}", "附件/00.jpg": b"picture"}


def known_key() -> bytes:
    return sm2._pem("PRIVATE KEY", sm2._PRIVATE + bytes.fromhex(SECRET) + sm2._BETWEEN + bytes.fromhex(POINT))


def test_sm3_gives_the_digests_of_the_standard():
    assert sm2.sm3(b"abc") == ABC
    assert sm2.sm3(b"abcd" * 16) == SIXTY_FOUR


def test_the_signature_of_the_standard_holds():
    numbers = [bytes.fromhex(f"00{number}") for number in (R, S)]  # both begin with a set bit
    body = b"".join(b"\x02" + bytes([len(number)]) + number for number in numbers)
    signature = b"\x30" + bytes([len(body)]) + body
    assert sm2.holds(sm2.public_pem(known_key()), signature, MESSAGE)
    assert not sm2.holds(sm2.public_pem(known_key()), signature, MESSAGE + b".")


def openssl(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    assert shutil.which("openssl")
    return subprocess.run(["openssl", *words], cwd=folder, capture_output=True, check=False)


SIGNING = ("-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678")


def test_openssl_reads_our_keys_and_holds_our_signature_and_we_hold_its(tmp_path):
    key = sm2.new_private_key()
    (tmp_path / "k.pem").write_bytes(key)
    (tmp_path / "p.pem").write_bytes(sm2.public_pem(key))
    (tmp_path / "m").write_bytes(MESSAGE)
    (tmp_path / "s").write_bytes(sm2.sign(key, MESSAGE))
    assert openssl(tmp_path, "pkey", "-in", "k.pem", "-pubout").stdout == sm2.public_pem(key)
    made = openssl(tmp_path, "pkeyutl", "-verify", "-pubin", "-inkey", "p.pem", *SIGNING, "-in", "m", "-sigfile", "s")
    assert made.returncode == 0, made.stderr
    assert openssl(tmp_path, "pkeyutl", "-sign", "-inkey", "k.pem", *SIGNING, "-in", "m", "-out", "t").returncode == 0
    assert sm2.holds(sm2.public_pem(key), (tmp_path / "t").read_bytes(), MESSAGE)


def sealed() -> dict[str, bytes]:
    return {**FILES, **national.national_files(FILES, known_key())}


def test_a_seal_holds_and_leaves_out_attachments_and_what_is_made_after_it():
    files = {**sealed(), "manifest.json": b"later"}
    assert national.check_national(files, frozenset({"manifest.json"})) == "已验"
    assert files[sm2.SUMS].decode().splitlines() == [
        f"{sm2.sm3(b'a,b' + bytes([10]))}  journal/journal.csv",
        f"{sm2.sm3(b'{}')}  ledger/entity.json",
    ]
    assert national.check_national(FILES, frozenset()) == ""


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"journal/journal.csv": b"a,c\n"}, "SM3SUMS"),
        ({"more.txt": b""}, "SM3SUMS"),
        ({sm2.SIGNATURE: b"0"}, "国密签名"),
        ({sm2.PUBLIC_KEY: b"0"}, "国密签名"),
        ({sm2.SUMS: b""}, "SM3SUMS"),
    ],
)
def test_a_change_under_the_seal_is_refused(change, reason):
    with pytest.raises(IntegrityFailure, match=reason):
        national.check_national({**sealed(), **change}, frozenset())


@pytest.mark.parametrize("missing", [sm2.SUMS, sm2.SIGNATURE, sm2.PUBLIC_KEY])
def test_half_a_seal_is_refused(missing):
    files = sealed()
    del files[missing]
    with pytest.raises(IntegrityFailure, match="缺少文件"):
        national.check_national(files, frozenset())


def test_another_key_s_signature_does_not_hold():
    files = {**sealed(), sm2.PUBLIC_KEY: sm2.public_pem(sm2.new_private_key())}
    with pytest.raises(IntegrityFailure, match="国密签名"):
        national.check_national(files, frozenset())


def test_a_damaged_key_is_refused():
    with pytest.raises(BadInput, match="已损坏"):
        sm2.sign(b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", MESSAGE)


def test_without_the_algorithms_one_is_told_and_the_seal_stays_unchecked(monkeypatch):
    files = sealed()

    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(sm2, "import_module", missing)
    with pytest.raises(Refusal, match="gmssl-pyx"):
        sm2.new_private_key()
    assert national.check_national(files, frozenset()) == "未验"
