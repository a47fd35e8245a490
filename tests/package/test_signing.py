import base64

import pytest

from village_ledger.domain.errors import BadInput, Refusal
from village_ledger.package import signing
from village_ledger.package.signing import holds, new_private_key, public_half, public_pem, read_public, sign


def test_the_published_example_holds():
    """RFC 8032, section 7.1, test 2."""
    public = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert holds(public, signature, b"\x72")
    assert not holds(public, signature, b"\x73")
    assert not holds("00" * 32, signature, b"\x72")
    assert not holds("zz", signature, b"\x72")


def test_a_key_signs_alike_each_time_and_no_other_key_does():
    mine, other = new_private_key(), new_private_key()
    signature = sign(mine, b"manifest")
    assert sign(mine, b"manifest") == signature
    assert len(signature) == 64
    assert holds(public_half(mine), signature, b"manifest")
    assert not holds(public_half(other), signature, b"manifest")


def test_the_public_key_is_read_as_hex_and_as_pem():
    public = public_half(new_private_key())
    assert read_public(public.upper()) == public
    assert read_public(f" ed25519:{public[:32]} {public[32:]}\n") == public
    assert read_public(public_pem(public).decode()) == public
    for wrong in ("", "abc", public[:-1], base64.b64encode(bytes(44)).decode()):
        with pytest.raises(BadInput, match="公钥不对"):
            read_public(wrong)


def test_what_is_no_private_key_is_refused():
    with pytest.raises(BadInput, match="已损坏"):
        sign(b"not a key", b"")


def test_a_machine_without_the_component_says_so(monkeypatch):
    def missing(_name: str) -> None:
        raise ImportError

    monkeypatch.setattr(signing, "import_module", missing)
    with pytest.raises(Refusal, match="缺少加密组件"):
        new_private_key()
