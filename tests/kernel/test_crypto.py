"""Encryption at rest: what lies in the table or on the disk says nothing without the key."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tests.office import CARD, PHONE

from vidan.kernel import crypto, keyfiles
from vidan.kernel.crypto import Unreadable
from vidan.people.models import Person


@pytest.mark.parametrize(
    "text", ["", "066187000012", "H’Len Êban", "a" * 10_000, "\x00 \U0001f9fe"]
)
def test_what_was_encrypted_is_read_again(text):
    assert crypto.decrypt(crypto.encrypt(text)) == text


@given(st.text(max_size=200))
def test_any_text_is_read_again(text):
    assert crypto.decrypt(crypto.encrypt(text)) == text


def test_equal_texts_look_different():
    assert crypto.encrypt(CARD) != crypto.encrypt(CARD)


@pytest.mark.parametrize("place", [0, 1, 5, 12, 13, 20, -1])
def test_one_changed_byte_is_noticed(place):
    sealed = bytearray(crypto.encrypt(CARD))
    sealed[place] ^= 1
    with pytest.raises(Unreadable):
        crypto.decrypt(bytes(sealed))


@given(st.binary(max_size=60))
def test_any_other_bytes_are_unreadable_and_nothing_worse(data):
    with pytest.raises(Unreadable):
        crypto.decrypt(data)


@pytest.mark.parametrize("length", [0, 1, 5, 8, 12, 13, 20])
def test_a_cut_off_text_is_unreadable(length):
    with pytest.raises(Unreadable):
        crypto.decrypt(crypto.encrypt(CARD)[:length])


def test_another_installations_key_opens_nothing(settings, tmp_path):
    sealed, index = crypto.encrypt(CARD), crypto.blind_index(CARD, "citizen-id")
    settings.VIDAN_MASTER_KEY = tmp_path / "keys" / "master.key"
    with pytest.raises(Unreadable):
        crypto.decrypt(sealed)
    assert crypto.blind_index(CARD, "citizen-id") != index


def test_an_index_finds_equal_values_of_one_purpose_only():
    index = crypto.blind_index(CARD, "citizen-id")
    assert index == crypto.blind_index(CARD, "citizen-id")
    assert len(index) == 32
    assert len({index, crypto.blind_index(CARD, "phone"), crypto.blind_index(PHONE, "phone")}) == 3


def test_a_digest_means_nothing_without_its_own_salt():
    salt = crypto.new_salt()
    assert crypto.digest(salt, "H’Len Êban") == crypto.digest(salt, "H’Len Êban")
    assert crypto.digest(salt, "H’Len Êban") != crypto.digest(crypto.new_salt(), "H’Len Êban")


def test_a_key_is_made_once_and_only_the_owner_reads_it(tmp_path):
    path = tmp_path / "keys" / "master.key"
    made = keyfiles.read_or_make(path)
    assert keyfiles.read_or_make(path) == made
    assert len(made) == 32
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [file.name for file in path.parent.iterdir()] == ["master.key"]


MANY = """
import sys, threading
from pathlib import Path
from vidan.kernel import keyfiles
sys.stdin.readline()
print(keyfiles.read_or_make(Path(sys.argv[1])).hex())
"""


def test_many_processes_starting_together_get_one_key(tmp_path):
    path = tmp_path / "keys" / "master.key"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", MANY, str(path)], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
        )
        for _each in range(8)
    ]  # fmt: skip
    for process in started:
        process.stdin.write("now\n")
        process.stdin.flush()
    keys = {process.communicate()[0].strip() for process in started}
    assert keys == {keyfiles.read_or_make(path).hex()}


class TestEncryptedColumn:
    def test_the_table_holds_ciphertext_only(self, hlen):
        with connection.cursor() as cursor:
            cursor.execute("SELECT citizen_id, phone, p::text FROM people_person p")
            number, phone, row = cursor.fetchone()
        for plain in (CARD, PHONE, CARD.encode().hex(), PHONE.encode().hex()):
            assert plain not in row
            assert plain.encode() not in bytes(number) + bytes(phone)
        assert crypto.decrypt(bytes(number)) == CARD

    def test_the_dossiers_secret_and_authority_are_ciphertext_too(self, dossier):
        with connection.cursor() as cursor:
            cursor.execute("SELECT secret, d::text FROM dossiers_dossier d")
            secret, row = cursor.fetchone()
        assert dossier.secret not in row
        assert dossier.secret.encode() not in bytes(secret)
        dossier.refresh_from_db()
        assert crypto.decrypt(bytes(secret)) == dossier.secret

    def test_nothing_stays_nothing(self, db):
        assert Person._meta.get_field("phone").from_db_value(None) is None
