"""A file sealed with a passphrase, written and read as a stream: what `make backup` leaves behind.

AES-256-GCM under a key that scrypt makes of the passphrase, both of `cryptography`. The file is a
header (16 bytes that name the format, 16 of salt, 32 by which a wrong passphrase is told from a torn
file), the sealed bytes, and the tag of 16 bytes that holds header and bytes together. The salt is
new for each file, so no key is ever used twice. GCM seals at most 64 GiB under one key.
"""

import hmac
import os
import tarfile
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from scripts.home import Refused

MAGIC = b"amaan backup 1\r\n"
SALT = 16  # bytes
KEY = 32
NONCE = 12
PROOF = 32
TAG = 16
HEADER = len(MAGIC) + SALT + PROOF
COST = 2**17  # with r=8: 128 MB and about half a second for each guess at a passphrase
CHUNK = 1 << 20  # bytes


def _derive(passphrase: str, salt: bytes) -> tuple[bytes, bytes, bytes]:
    made = Scrypt(salt=salt, length=KEY + NONCE + PROOF, n=COST, r=8, p=1).derive(
        passphrase.encode()
    )
    return made[:KEY], made[KEY:-PROOF], made[-PROOF:]


class SealedWriter:
    """Seals what is written to it; the tag, without which nothing opens, comes with `close`."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        salt = os.urandom(SALT)
        key, nonce, proof = _derive(passphrase, salt)
        header = MAGIC + salt + proof
        self._file = file
        self._written = 0
        self._sealing = Cipher(AES256(key), GCM(nonce)).encryptor()
        self._sealing.authenticate_additional_data(header)
        file.write(header)

    def write(self, plain: bytes) -> int:
        """Seal these bytes behind the others. Raises Refused beyond 64 GiB."""
        try:
            sealed = self._sealing.update(plain)
        except ValueError as error:
            raise Refused("There is more than 64 GiB: use the databases' own tools.") from error
        self._written += len(plain)
        return self._file.write(sealed)

    def tell(self) -> int:
        """Return how many bytes were sealed so far."""
        return self._written

    def archive(self) -> tarfile.TarFile:
        """Return an archive to fill. It asks of its file no more than to write and to tell."""
        return tarfile.open(fileobj=self, mode="w")  # type: ignore[call-overload,no-any-return]

    def close(self) -> None:
        """Write the tag and bring all of it to the disk."""
        self._sealing.finalize()
        self._file.write(self._sealing.tag)
        self._file.flush()
        os.fsync(self._file.fileno())


class SealedReader:
    """Reads a sealed file. Raises Refused for what is none or has another passphrase."""

    def __init__(self, path: Path, passphrase: str) -> None:
        self._file = path.open("rb")
        header = self._file.read(HEADER)
        if not header.startswith(MAGIC):
            self._file.close()
            raise Refused(f"{path} is no backup of Amaan. Nothing was changed.")
        if len(header) < HEADER:
            self._file.close()
            raise Refused(f"{path} is torn: use another backup. Nothing was changed.")
        salt, proof = header[len(MAGIC) : -PROOF], header[-PROOF:]
        key, nonce, expected = _derive(passphrase, salt)
        if not hmac.compare_digest(proof, expected):
            self._file.close()
            raise Refused(f"This passphrase does not open {path}. Nothing was changed.")
        self._path = path
        self._left = path.stat().st_size - HEADER - TAG
        self._opening = Cipher(AES256(key), GCM(nonce)).decryptor()
        self._opening.authenticate_additional_data(header)

    def read(self, size: int) -> bytes:
        """Return at most this many bytes, none at the end. They are proven only by `prove`."""
        sealed = self._file.read(max(0, min(size, self._left)))
        self._left -= len(sealed)
        return self._opening.update(sealed)

    def archive(self) -> tarfile.TarFile:
        """Return the archive inside, to be gone through once."""
        return tarfile.open(fileobj=self, mode="r|")  # type: ignore[call-overload,no-any-return]

    def prove(self) -> None:
        """Read on to the end and hold all that was read to the tag. Raises Refused."""
        while self.read(CHUNK):
            continue
        try:
            self._opening.finalize_with_tag(self._file.read(TAG))
        except (InvalidTag, ValueError):
            raise Refused(
                f"{self._path} is torn or was changed: use another backup. Nothing was changed."
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
