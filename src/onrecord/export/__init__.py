"""Exports: the listings of a record as files, the same bytes from the same reports on any machine."""

from onrecord.export.csv import decode_cell, encode_cell
from onrecord.export.files import FORMATS, export

__all__ = ["FORMATS", "decode_cell", "encode_cell", "export"]
