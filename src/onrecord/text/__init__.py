"""The annotated text: words, sentences, lines and quotation of a report, found once and handed on."""
