"""Encryption at rest, blind indexes for look-up, salted digests for the ledger.

One master key lives outside the database (``VIDAN_HOME/keys/master.key``); every purpose gets its
own key derived from it, so that an index value never helps to read a text.
"""

from __future__ import annotations

import hmac
import os
from functools import cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from vidan.kernel import keyfiles

_GENERATION = b"\x01"
_NONCE, _TAG = 12, 16


class Unreadable(ValueError):
    """The bytes were not encrypted with our key, or somebody changed them."""


@cache
def _master(path: Path) -> bytes:
    return keyfiles.read_or_make(path)


@cache
def _key(purpose: str, path: Path) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"vidan:" + purpose.encode())
    return kdf.derive(_master(path))


def _seal(key: bytes, plain: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return _GENERATION + nonce + AESGCM(key).encrypt(nonce, plain, _GENERATION)


def _open(key: bytes, sealed: bytes) -> bytes:
    if sealed[:1] != _GENERATION or len(sealed) < 1 + _NONCE + _TAG:
        raise Unreadable("not sealed by this installation's key")
    nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    try:
        return AESGCM(key).decrypt(nonce, body, _GENERATION)
    except InvalidTag:
        raise Unreadable("the key does not fit, or the bytes were changed") from None


def encrypt(text: str) -> bytes:
    """AES-256-GCM over the UTF-8 text, with a fresh nonce: equal texts look different."""
    return _seal(_key("text", settings.VIDAN_MASTER_KEY), text.encode())


def decrypt(sealed: bytes) -> str:
    """The text ``encrypt`` was given. Raises ``Unreadable``."""
    return _open(_key("text", settings.VIDAN_MASTER_KEY), sealed).decode()


def blind_index(value: str, purpose: str) -> bytes:
    """32 bytes by which an encrypted value is found again without being readable.

    ``purpose`` ("citizen-id", "phone", …) separates indexes, so that two columns never match.
    """
    key = _key(f"index:{purpose}", settings.VIDAN_MASTER_KEY)
    return hmac.digest(key, value.encode(), sha256)


def new_salt() -> bytes:
    """A subject's own salt; dropping it makes every digest of that subject meaningless."""
    return os.urandom(16)


def digest(salt: bytes, text: str) -> str:
    """Hex digest that an event may carry instead of personal data (architecture, section 4)."""
    return hmac.digest(salt, text.encode(), sha256).hex()


def new_file_key() -> bytes:
    """A key for one file, wrapped by the master key: it is stored, the plain one never."""
    return _seal(_key("files", settings.VIDAN_MASTER_KEY), AESGCM.generate_key(bit_length=256))


def seal_file(wrapped: bytes, data: bytes) -> bytes:
    """A file's bytes as they lie on the disk."""
    return _seal(_open(_key("files", settings.VIDAN_MASTER_KEY), wrapped), data)


def open_file(wrapped: bytes, sealed: bytes) -> bytes:
    """The bytes of a file. Raises ``Unreadable`` when disk or key were changed."""
    return _open(_open(_key("files", settings.VIDAN_MASTER_KEY), wrapped), sealed)
