"""Documents: a report as found becomes canonical text with what is known about it."""

from onrecord.documents.make import make_document
from onrecord.documents.repeated import classify_repeated, line_keys
from onrecord.documents.settings import DocumentSettings

__all__ = ["DocumentSettings", "classify_repeated", "line_keys", "make_document"]
