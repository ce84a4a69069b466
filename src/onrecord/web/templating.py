"""Templates: HTML from values, everything escaped. The only module that imports jinja2."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from onrecord.web.ask import link


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of the package, with the filters that all of them have."""
    made = Environment(
        loader=PackageLoader("onrecord.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["thousands"] = thousands
    made.filters["percent"] = percent
    made.filters["counted"] = counted
    made.filters["short"] = short
    made.globals["link"] = link
    return made


def html(template: str, values: Mapping[str, Any]) -> str:
    """The page that ``template`` makes of ``values``."""
    return environment().get_template(template).render(values)


def thousands(number: int) -> str:
    """A number with its thousands set apart.

    >>> thousands(1204)
    '1,204'
    """
    return f"{number:,}"


def percent(share: float) -> str:
    """A share as whole percent; never 100 for what is not certain.

    >>> percent(0.997), percent(0.5), percent(1.0)
    ('99 %', '50 %', '100 %')
    """
    return f"{int(share * 100 + 1e-9)} %"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "report"), counted(2000, "story", "stories")
    ('1 report', '2,000 stories')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def short(text: str, most: int = 160) -> str:
    """The beginning of a longer text, cut at a word, with an ellipsis.

    >>> short("one two three", 8)
    'one two …'
    """
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    cut = flat[:most].rsplit(" ", 1)[0] if " " in flat[:most] else flat[:most]
    return f"{cut} …"
