"""
Values that wait in files between the steps of a build, so that memory holds one plan at a time.

In: a value and a path. Out: a file, and the value again. A file is signed with a key that only this process and those
that it starts know: the folder may lie where others can put files, and to read a value is to run what it says.
"""

from __future__ import annotations

import hashlib
import hmac
import pickle
import secrets
from pathlib import Path
from typing import Any

from .errors import NotReadable

_SIGNATURE_LENGTH = 32
_key = secrets.token_bytes(32)


def current_key() -> bytes:
    """Return the key of this process, for one that it starts; one that is forked has it already."""
    return _key


def use_key(key: bytes) -> None:
    """
    Use the key of another process from now on.

    Args:
        key: What `current_key` returned there.

    >>> use_key(current_key())
    """
    global _key
    _key = key


def save_value(path: Path, value: Any) -> None:
    """
    Let a value wait in a file, for `load_value` in this process or in one that has its key.

    Args:
        path: The file, which is made anew.

        value: Anything that can be pickled.
    """
    data = pickle.dumps(value, protocol=5)
    with path.open("wb") as file:
        file.write(_sign(path, data))
        file.write(data)


def load_value(path: Path) -> Any:
    """
    Return the value that waits in a file.

    Args:
        path: The file.

    Raises:
        NotReadable: The file is not the one that was saved there by this program.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_value(Path(folder) / "value", [1, 2])
    ...     load_value(Path(folder) / "value")
    [1, 2]
    """
    data = path.read_bytes()
    signature, rest = data[:_SIGNATURE_LENGTH], memoryview(data)[_SIGNATURE_LENGTH:]
    if not hmac.compare_digest(signature, _sign(path, rest)):
        raise NotReadable.of("publishing.kept-file-changed", str(path))
    return pickle.loads(rest)  # nosec B301 # noqa: S301 - signed by this program a moment ago


def _sign(path: Path, data: bytes | memoryview) -> bytes:
    """Return what proves that the program wrote these bytes at this path."""
    digest = hashlib.blake2b(path.name.encode(), key=_key, digest_size=_SIGNATURE_LENGTH)
    digest.update(data)
    return digest.digest()
