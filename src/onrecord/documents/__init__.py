"""Documents: a report as found becomes canonical text with what is known about it."""

from onrecord.documents.lines import classify_repeated, line_keys
from onrecord.documents.make import SPLIT_IT, make_document
from onrecord.documents.parts import DocumentSettings

__all__ = ["SPLIT_IT", "DocumentSettings", "classify_repeated", "line_keys", "make_document"]
