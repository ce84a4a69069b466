"""Bytes in: whatever a user points at becomes reports as found, or failures that say what to do.

``find`` turns inputs, and ``find_given`` bytes, into ``RawDocument`` or ``Failure`` values, lazily and within
bounded memory;
``decode`` turns the bytes of one report into characters. ``docs/inputs.md`` is the specification.
"""

from onrecord.sources.charsets import UnknownCharset
from onrecord.sources.decoding import Decoded, decode
from onrecord.sources.given import Given, find_given
from onrecord.sources.inputs import find
from onrecord.sources.problems import WORDS
from onrecord.sources.settings import MAPPING_KEYS, SourceSettings

__all__ = [
    "MAPPING_KEYS",
    "WORDS",
    "Decoded",
    "Given",
    "SourceSettings",
    "UnknownCharset",
    "decode",
    "find",
    "find_given",
]
