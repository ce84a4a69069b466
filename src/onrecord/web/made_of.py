"""What Onrecord is made of as it is installed here: packages with their versions and licences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, metadata, requires

_NAME = re.compile(r"[\w.-]+")
_LONG = 60  # characters; what is longer is the text of a licence, not its name


@dataclass(frozen=True, slots=True)
class Part:
    """A package that is needed to run: its name, version and licence, as it says itself."""

    name: str
    version: str
    licence: str


@lru_cache(maxsize=1)
def parts() -> tuple[Part, ...]:
    """Packages that Onrecord asks for, by name; those that are not installed left out."""
    wanted = [one for one in requires("onrecord") or () if "extra ==" not in one]
    names = sorted({found[0].lower() for one in wanted if (found := _NAME.match(one))})
    return tuple(part for name in names if (part := _part(name)))


def _part(name: str) -> Part | None:
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return None
    fields = told.get_all("Classifier") or []
    classes = [one.rsplit(" :: ", 1)[-1] for one in fields if one.startswith("License ::")]
    said = (told.get_all("License-Expression") or told.get_all("License") or [""])[0].strip()
    named = said if said and len(said) <= _LONG and "\n" not in said else "; ".join(classes)
    return Part(name, told["Version"], named or "not stated")
