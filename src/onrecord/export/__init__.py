"""Exports: a record as rows or as a dossier to read, the same bytes from the same reports on any machine."""

from onrecord.export.files import DOSSIERS, FORMATS, decode_cell, encode_cell, export

__all__ = ["DOSSIERS", "FORMATS", "decode_cell", "encode_cell", "export"]
