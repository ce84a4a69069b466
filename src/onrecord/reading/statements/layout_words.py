"""Who can stand before a colon as a speaker: word lists of the layout rules, and what they decide.

All lists are lower case. They were written down from headlines and page furniture of English news; a word is
only listed where it is nearly always one or the other.
"""

from __future__ import annotations

import re


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Titles: a name may follow them ("Deputy Prime Minister Borisov").
TITLES = _words(
    """minister premier president chancellor secretary senator sen. sen rep. rep congressman
    congresswoman governor gov. gov mayor ambassador envoy spokesman spokeswoman spokesperson spox
    chief chairman chairwoman chair director head commander general gen. gen admiral adm. colonel
    col. major captain lieutenant marshal king queen prince princess sheikh emir sultan pope
    cardinal archbishop bishop imam rabbi ayatollah judge justice prosecutor sheriff lawyer attorney
    mp mep lawmaker deputy diplomat adviser advisor aide official professor prof. dr. dr mr. mr mrs.
    mrs ms. ms sir lord dame lady leader analyst expert economist scientist researcher historian
    author founder ceo coach pollster candidate activist pm fm"""
)
# What can speak as the last word of a name, with nothing after it.
BODIES = _words(
    """ministry kremlin pentagon government cabinet parliament senate duma congress commission council
    committee court police army navy military militia embassy consulate foundation institute union
    association federation agency bureau department administration party office watchdog campaign un
    nato eu osce opec imf who iaea dnc rnc gop camp team fbi cia nsa doj fda cdc report reports
    study survey poll polls source sources officials experts analysts economists scientists
    researchers lawyers lawmakers leaders ministers senators prosecutors witnesses residents
    activists rebels insiders critics democrats republicans historians"""
)
OUTLETS = _words(
    """reuters afp ap tass sputnik interfax xinhua cnn bbc nbc abc cbs msnbc npr bloomberg politico
    guardian telegraph independent times post journal herald tribune news magazine newspaper media
    wsj nyt"""
)
TWO_WORD_BODIES = ("white house", "state department", "downing street", "foreign office", "supreme court")
# Page furniture and kinds of article: never speakers, alone or at the head or end of the label.
LABELS = _words(
    """related content image photo photos picture pictures video audio watch read listen live update
    updates updated breaking exclusive opinion analysis editorial commentary review reviews column
    feature features interview explainer explained factbox fact-check factcheck timeline transcript
    note correction clarification translation translated source via by credit caption file tags tag
    topics topic category categories filed published posted modified date time place location venue
    address phone email e-mail tel fax website url share follow subscribe advertisement ad sponsored
    more also see next previous page gallery graphic infographic map chart table figure podcast
    episode season chapter part volume section summary background context warning spoiler disclaimer
    copyright contact contributing contributed revealed latest special series briefing newsletter
    recap results result scores score preview live-blog liveblog obituary profile quiz question-time
    hint name age occupation price cost total winner loser pros cons example reminder tip tips alert
    headline headlines title subject re fwd ps p.s. nb n.b. edit editor editor's bottom-line
    takeaway takeaways facts fact"""
)
_PARTICLES = _words("of the de del de la da do dos di van von der den bin ibn al el and y e le du")
_NO_NAME = _words(
    """the a an this that these those it its he she they we you i in on at by from with without how why
    what when where who which and but or for if no not is are was were be been has have had do does
    did will would can could should may might must there here now then today tomorrow yesterday so
    as after before than only just both all some one two three more most new continued added
    concluded replied asked responded however additionally later earlier meanwhile moreover
    still finally instead according really said says"""
)
_NO_PLACE_IN_NAME = _words("in on at as with vs vs. is are was to for")
_PREPOSITIONS = _words("in at to from near of outside across into about around with for")
# Contents that are about the name and not by it.
_ABOUT = _words(
    """how why what when where who which inside meet everything live latest timeline profile a-z full
    photos video key five ten 5 10 one-time in a an"""
)
_VERB = re.compile(
    r"\b(?:said|says?|saying|told|tells|stated|states|stressed|added|adds|announced|claims?|claimed|"
    r"argued|argues|insisted|insists|warned|warns|noted|wrote|writes|tweeted|tweets|declared|denied|denies|explained|called|"
    r"asked|asks|replied|emphasi[sz]ed|pledged|vowed|vows|urged|urges|believes|"
    r"according to|suggested|found|finds|shows|showed|reported|reports)\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\s,()]+")
_NEAR = 45  # characters between a name and its verb
_LOOKS = 200  # occurrences of a name looked at


def tokens_of(label: str) -> list[str]:
    """The words of a label, punctuation inside them kept."""
    return _TOKEN.findall(label)


def is_label(label: str) -> bool:
    """Whether the words are page furniture ("RELATED CONTENT", "Featured image") and no speaker."""
    words = [word.lower().strip(".!*[]") for word in tokens_of(label)]
    if words[:1] == ["the"]:
        words = words[1:]
    return not words or words[0] in LABELS or words[-1] in LABELS


def is_name(label: str) -> bool:
    """Whether the words are written as a name: one to six, capitals but for particles, no digit.

    >>> is_name("Ursula von der Leyen"), is_name("It was not so"), is_name("Volume 2")
    (True, False, False)
    """
    words = tokens_of(label.partition(",")[0])
    if not 1 <= len(words) <= 6 or any(c.isdigit() or c in '?!;"“”/@#&' for c in label.partition(",")[0]):
        return False
    first = re.sub(r"['’]s$", "", words[0].lower())
    if first in _NO_NAME or words[-1].lower() in _NO_NAME or not words[0][0].isupper():
        return False
    if any(word.lower() in _NO_PLACE_IN_NAME for word in words):
        return False
    return words[-1][0].isupper() and all(w[0].isupper() or w.lower() in _PARTICLES for w in words)


def has_office(label: str) -> bool:
    """Whether the words end in, or open with, what can speak: a title, a public body, a report.

    >>> has_office("Deputy Prime Minister Borisov"), has_office("Police shooting"), has_office("Study")
    (True, False, True)
    """
    words = [word.lower() for word in tokens_of(label)]
    if not words or len(words) > 7 or words[0] in _NO_NAME - {"the"} or any(c in '"“”‘?!' for c in label):
        return False
    for preposition in ("of", "for", "to"):
        if preposition in words[1:]:
            words = words[: words.index(preposition, 1)]
    if words[-1] in TITLES | BODIES or " ".join(words[-2:]) in TWO_WORD_BODIES:
        return True
    titles = [i for i, word in enumerate(words) if word in TITLES]
    return bool(titles) and is_name(label) and len(words) - titles[-1] <= 4


def is_outlet(label: str) -> bool:
    """Whether the words name a newspaper, agency or station."""
    words = tokens_of(label)
    return bool(words) and words[-1].lower() in OUTLETS


def has_verb(label: str) -> bool:
    """Whether a reporting verb stands in the words: then it is a sentence, and the model's to read."""
    return bool(_VERB.search(label))


def surname(label: str) -> str:
    """The last word of the name before any comma, without a possessive."""
    words = tokens_of(label.partition(",")[0])
    return re.sub(r"['’]s$", "", words[-1]) if words else ""


def _occurrences(name: str, text: str) -> list[int]:
    return [
        m.start() for m, _ in zip(re.finditer(rf"\b{re.escape(name)}\b", text), range(_LOOKS), strict=False)
    ]


def is_told_of(label: str, body: str) -> bool:
    """Whether the last word of the name stands in ``body`` too, written the same way."""
    name = surname(label)
    return bool(name) and bool(_occurrences(name, body))


def speaks_in(label: str, body: str) -> bool:
    """Whether ``body`` has the last word of the name next to a reporting verb or behind a title."""
    name = surname(label)
    if not name:
        return False
    for at in _occurrences(name, body):
        end = at + len(name)
        before = max(0, at - _NEAR // 2)
        last = body[before:at].split()[-1:]
        if last and last[0].lower() in _PREPOSITIONS:  # "said in Davos" does not make Davos speak
            continue
        if _VERB.search(body, end, end + _NEAR) or _VERB.search(body, before, at):
            return True
        if any(word.lower() in TITLES for word in tokens_of(body[before:at])):
            return True
    return False


def is_about(content: str) -> bool:
    """Whether the words after the colon tell of the name rather than repeat what it said."""
    first = content.split(maxsplit=1)
    return not first or first[0].lower().strip("‘’'\"“”") in _ABOUT
