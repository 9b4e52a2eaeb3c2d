import base64
from pathlib import Path

import pytest

from api.sealing import Seal, SealBroken, keys_from

OLD, NEW = b"o" * 32, b"n" * 32


def test_what_was_sealed_opens_again():
    seal = Seal([NEW])
    assert (
        seal.open(seal.seal("آمان".encode(), context=b"row 1"), context=b"row 1").decode() == "آمان"
    )


def test_the_same_text_is_sealed_differently_each_time():
    assert Seal([NEW]).seal(b"text") != Seal([NEW]).seal(b"text")


def test_a_sealed_text_cannot_be_moved_to_another_row():
    seal = Seal([NEW])
    with pytest.raises(SealBroken):
        seal.open(seal.seal(b"text", context=b"row 1"), context=b"row 2")


def test_old_keys_open_and_the_first_seals():
    sealed_before = Seal([OLD]).seal(b"text")
    rotated = Seal([NEW, OLD])
    assert rotated.open(sealed_before) == b"text"
    with pytest.raises(SealBroken):
        Seal([OLD]).open(rotated.seal(b"text"))


def test_the_blind_index_stays_through_a_rotation_and_hides_the_value():
    before, after = Seal([OLD]), Seal([NEW, OLD])
    assert before.blind("name") == after.blind("name")
    assert before.blind("name") != Seal([NEW]).blind("name")
    assert "name" not in before.blind("name")


@pytest.mark.parametrize("sealed", [b"", b"abcd", b"x" * 40])
def test_what_is_no_seal_is_broken(sealed):
    with pytest.raises(SealBroken):
        Seal([NEW]).open(sealed)


@pytest.mark.parametrize("at", [0, 5, 20, -1])
def test_a_changed_byte_breaks_the_seal(at):
    sealed = bytearray(Seal([NEW]).seal(b"a text"))
    sealed[at] ^= 1
    with pytest.raises(SealBroken):
        Seal([NEW]).open(bytes(sealed))


def test_keys_are_read_with_and_without_padding():
    padded = base64.urlsafe_b64encode(NEW).decode()
    assert keys_from(f"{padded}, {padded.rstrip('=')}") == [NEW, NEW]


@pytest.mark.parametrize("text", ["", "short", "!" * 43, "a" * 42])
def test_what_is_no_key_is_refused_without_being_shown(text):
    with pytest.raises(ValueError, match="32 bytes") as caught:
        keys_from(text)
    assert text not in str(caught.value) or not text


def test_a_seal_needs_a_key():
    with pytest.raises(ValueError, match="at least one"):
        Seal([])


def test_the_folders_that_seal_hold_one_text():
    texts = {Path(folder, "sealing.py").read_text() for folder in ("api", "bot", "channels")}
    assert len(texts) == 1
