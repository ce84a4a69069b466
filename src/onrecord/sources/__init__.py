"""Bytes in: whatever a user points at becomes reports as found, or failures that say what to do.

``find`` turns inputs, and ``find_given`` bytes, into ``RawDocument`` or ``Failure`` values, lazily and within
bounded memory;
``decode`` turns the bytes of one report into characters. ``docs/inputs.md`` is the specification.
"""

from onrecord.sources.decoding import Decoded, UnknownCharset, decode
from onrecord.sources.inputs import Given, find, find_given
from onrecord.sources.origin import MAPPING_KEYS, WORDS, SourceSettings

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
