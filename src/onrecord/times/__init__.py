"""Times in a text: found, read and resolved by an own small grammar of English.

``tokens`` cuts the text into words; ``lexicon`` says what words mean; ``numbers``, ``clocks``, ``days``,
``periods``, ``holidays`` and ``relative`` read a piece each; ``grammar`` puts the longest together as a
meaning (``meanings``), ``scan`` does so through the text, ``ranges`` lets the ends of a range help each
other; ``tense`` decides whether a sentence looks back or ahead and whether the text tells a story;
``resolve`` makes a TIMEX3 value of it, ``calendar`` the days it covers. ``find`` runs it all.
"""

from onrecord.times.find import find_times

__all__ = ["find_times"]
