"""The data files and word tables that come with the package, each with the hash it must have.

``data/SHA256SUMS`` holds the hashes, in the form that ``sha256sum -c`` reads; ``python -m training.pin``
writes it.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from onrecord.errors import ModelError
from onrecord.ids import content_id, sha256

SUMS = "SHA256SUMS"
HEAD = 12  # digits of a hash that names show
_AGAIN = "install onrecord again; a file is only used with the version it came with"


@lru_cache(maxsize=1)
def pinned() -> dict[str, str]:
    """File name -> SHA-256, of all data files of this version."""
    lines = files("onrecord").joinpath("data", SUMS).read_text("utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def shipped(file: str) -> bytes:
    """The bytes of a data file.

    Raises:
        ModelError: it is missing, or its hash is not the one of this version.
    """
    wanted = pinned().get(file)
    path = files("onrecord") / "data" / file
    if wanted is None or not path.is_file():
        raise ModelError(f"the model's file {file} is missing from the package", hint=_AGAIN)
    data = path.read_bytes()
    if (found := sha256(data)) != wanted:
        what = f"the model's file {file} has the hash {found[:HEAD]}…, this version needs {wanted[:HEAD]}…"
        raise ModelError(what, hint=_AGAIN)
    return data


def digest(*, without: str = "") -> str:
    """The head of a hash over all data files, but for the one named ``without``."""
    parts = (part for name, one in sorted(pinned().items()) if name != without for part in (name, one))
    return content_id("files", *parts).removeprefix("files_")[:HEAD]
