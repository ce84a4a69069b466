"""What is said to people: on standard error, never on standard output."""

from __future__ import annotations

import sys
from contextlib import suppress


def say(text: str) -> None:
    """One message, characters the terminal cannot show replaced."""
    encoding = sys.stderr.encoding or "utf-8"
    with suppress(OSError):  # standard error is a file on a full disk: nobody can be told anything
        sys.stderr.write(text.encode(encoding, "replace").decode(encoding) + "\n")
        sys.stderr.flush()


def say_error(message: str, hint: str = "") -> None:
    """What went wrong, and what to do next."""
    say(f"onrecord: {message}")
    if hint:
        say(f"  → {hint}")


def count(number: int, name: str) -> str:
    """A number with its noun.

    >>> count(1204, "document"), count(1, "document"), count(2, "mismatch at all")
    ('1,204 documents', '1 document', '2 mismatches at all')
    """
    noun, _, rest = name.partition(" ")
    plural = noun if number == 1 else _plural(noun)
    return f"{number:,} {plural}{' ' + rest if rest else ''}"


def say_on_terminal(text: str) -> None:
    """One message, only if standard output is a terminal and somebody is there to read it."""
    if sys.stdout.isatty():
        say(text)


def say_count(number: int, name: str) -> None:
    """How many rows were written, to who reads them; that there are none is said into a pipe too."""
    (say_on_terminal if number else say)(count(number, name))


def _plural(noun: str) -> str:
    if noun.endswith("y"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith("ch") else "s")
