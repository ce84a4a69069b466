"""Text of JSON as values, whatever numbers stand in it."""

from __future__ import annotations

import json
from typing import Any


def parsed(text: str) -> Any:
    """The value that ``text`` is in JSON; a whole number of more digits than Python reads stays text.

    Raises:
        ValueError: it is no JSON.
        RecursionError: it is nested too deeply.
    """
    return json.loads(text, parse_int=_whole)


def _whole(digits: str) -> int | str:
    try:
        return int(digits)
    except ValueError:  # more than sys.get_int_max_str_digits()
        return digits
