"""Lines that web pages leave behind in the text of an article, known by their wording.

A pattern must match the whole line, so that a sentence of the article that only uses the same words stays.
Each was met in scraped reports; ``tests/documents/cases/lines.jsonl`` holds lines it must take and lines it
must leave.
"""

from __future__ import annotations

import re

_LONGEST = 700  # characters; a longer line is never judged by its wording


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(r"\W*(?:" + "|".join(patterns) + r")\W*", re.IGNORECASE)


PHRASES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "advertisement",
        _any(
            r"(?:\W*advertisements?)+(?: continue reading the main story)?",
            r"ad(?:vert)?",
            r"sponsored(?: content| by \S.{0,40})?",
            r"(?:story|article) continues? below(?: advertisement| this ad)?|story continued below",
            r"(?:continue reading|scroll down to continue|scroll for more|continue reading the main story)",
            r"(?:skip|close|report this|remove) (?:this )?ad(?:vertisement)?|this ad will (?:end"
            r"|close) in.{0,20}",
        ),
    ),
    (
        "newsletter box",
        _any(
            r"please leave this field empty\b.*",
            r".*\bwe don[’']?t spam\b.*",
            r"(?:daily|weekly|our|the|e-?mail|free)? ?newsletters?(?: sign[- ]?up| signup)?",
            r"newsletter sign ?up .{0,400}",
            r"(?:manage newsletters|sign[- ]up for daily .{0,40}newsletters?(?: manage newsletters)?)",
            r"(?:subscribe|sign up)(?: now| here| today| free)*(?: to| for) (?:our|the|my|this"
            r"|his|her|your|daily|free|a)\b"
            r".{0,60}\b(?:newsletters?|e-?mails?|updates|alerts|podcast|channel|feed|digest"
            r"|briefing|list|playbook)\b.{0,300}",
            r"(?:sign up|subscribe)(?: here| now| today)* (?:to|for|and) (?:get|receive|have"
            r"|keep|stay|be)\b.{0,250}",
            r"(?:get|have|want) .{2,100}\b(?:delivered|sent|straight|directly|right"
            r"|in)\b.{0,20}\b(?:to |in )?your (?:in-?box|e-?mail)\b.{0,300}",
            r"(?:enter|type|your) (?:your )?e-?mail(?: address)?(?: here| to .{0,120}| below)?",
            r"by (?:signing|subscribing|clicking|submitting|entering)\b.{0,60}you (?:agree"
            r"|consent|acknowledge|will)\b.{0,400}",
            r"(?:email sign up|thank you for (?:signing up|subscribing)|you (?:have|are) (?:now "
            r"|been )?(?:successfully )?subscribed)\b.{0,200}",
            r"check your (?:in-?box|e-?mail) .{0,80}|(?:invalid|please enter a valid) e-?mail.{0,60}",
            r"subscribe(?: now| today| here| for (?:free|as little).{0,40}| to (?:our|the) "
            r"\S+(?: \S+){0,3})?",
            r"want more\W+.{0,80}sign up\b.{0,300}",
        ),
    ),
    (
        "comment form",
        _any(
            r"fill in your details below or click an icon to log ?in\b.{0,40}",
            r"you are commenting using your\b.{0,80}",
            r"connecting to %s",
            r"enter your comment here",
            r"(?:google|twitter|facebook|wordpress(?:\.com)?|gravatar) (?:photo|picture|logo)",
            r"what do you think\?(?: ?\(.{0,40}\))?(?: (?:let us know|tell us|leave a comment"
            r"|comment below|sound off)\b.{0,80})?",
            r"(?:leave|post|write|add) (?:a|your) (?:reply|comment|response)\b.{0,40}|cancel "
            r"reply|join the (?:discussion|conversation)",
            r"(?:view|show|see|read|hide|load) (?:all |more )?(?:the )?(?:\d+ )?comments?(?: "
            r"\(\d+\))?|(?:\d+ )?comments?(?: \(\d+\))?",
            r"(?:your )?e-?mail address will not be published\b.{0,80}|required fields are marked.{0,10}",
            r"(?:notify|email) me of (?:new|follow-?up) (?:comments|posts)\b.{0,40}|save my "
            r"name, e-?mail,? .{0,80}",
            r"(?:you must be )?(?:logged in|log in|sign in)(?: or (?:register|sign up|create an "
            r"account))? to (?:post|leave|comment|reply).{0,40}",
            r"comments (?:are|have been) (?:closed|disabled|turned off)\b.{0,60}|this site uses "
            r"akismet\b.{0,100}",
        ),
    ),
    (
        "share bar",
        _any(
            r"(?:(?:share|tweet|pin(?: it)?|post|e-?mail|print|whatsapp|facebook|twitter"
            r"|telegram|reddit|linkedin|copy link|flipboard"
            r"|pinterest|tumblr|like|follow|save|pocket|vk|x)(?: this)?(?: article| story| post)?\W*){2,}",
            r"share(?: this)?(?: (?:article|story|post|page|with .{2,20}|on (?:facebook|twitter"
            r"|x|whatsapp|linkedin|telegram)|via e-?mail))?",
            r"(?:click|tap) to (?:share|e-?mail|print|tweet|copy)\b.{0,80}|tweet|print|e-?mail this",
            r"(?:follow|like|join|find|connect with) (?:us|me|him|her|them|@\w+|\S+(?: \S+)?) on "
            r"(?:facebook|twitter|instagram|telegram|linkedin|youtube|x\b|google|@).{0,80}",
            r"follow @\w+|follow (?:us|the \w+ on twitter\W*@\w+)|(?:join us on|like us on) \S.{0,40}",
            r"opens? in (?:a )?new (?:window|tab)|share this:?|like this:?( like)? loading.{0,5}|loading",
        ),
    ),
    (
        "related content",
        _any(
            r"(?:related|recommended|more) (?:content|stories|articles|posts|coverage|reading"
            r"|links|topics|news|video)s?(?: ?[:»>–—|-].{0,220})?",
            r"(?:read|see|watch|listen|learn)(?: ?/ ?watch)? (?:more|also|next|this"
            r"|related)(?: ?[:»>].{0,220}| here| stories)?",
            r"(?:also (?:read|see|watch|on)|see also|related|further reading|more|watch|trending"
            r"|most (?:read|popular|viewed)|recommended) ?:.{0,220}",
            r"(?:you (?:may|might) (?:also )?(?:like|be interested in|have missed)|more (?:from"
            r"|on|like) this\b|don[’']t miss|editors?[’']s? (?:picks?|choice)"
            r"|(?:most|what) (?:read|popular|viewed|people are reading)|trending(?: now)?|top "
            r"stories|latest (?:news|stories|posts)|popular posts?"
            r"|more stories(?: like this)?|more on this|you may also like|recommended for you"
            r"|previous (?:article|post|story)|next (?:article|post|story)).{0,10}",
            r"click here (?:to|for) (?:get |download |read |see |watch |subscribe |sign up |the "
            r"|more )(?:.{0,80})",
            r"full coverage ?: .{2,80}|(?:read|get) (?:the )?full (?:story|article|report)(?: here)?",
            r"(?:visit|go to) .{3,60} homepage for more.{0,40}",
        ),
    ),
    (
        "caption",
        _any(
            r"(?:featured|cover|header|file|top|main|lead) (?:image|photo|picture)s?(?: credit| "
            r"by| courtesy)? ?[:–—-].{1,300}",
            r"enlarge(?: this)? image\b.{0,200}|toggle caption\b.{0,120}|hide caption|view "
            r"(?:gallery|slideshow|photos)",
            r"(?:slideshow|photos?|images?|gallery|video|videos) ?(?:\(\d+ (?:images?|photos?)\)"
            r"|\d+ of \d+)?",
            r"(?:image|media|photo) (?:copyright|caption|source|credit)s?\b.{0,120}",
            r"(?:photo|image|picture|video|illustration)s?(?: ?/ ?\w+)? ?(?:by|credit"
            r"|courtesy(?: of)?|via|source)? ?: .{2,100}",
            r"media playback is (?:unsupported|not supported) on (?:your|this) device",
        ),
    ),
    (
        "credit",
        _any(
            r"(?:copyright )?(?:©|\(c\)|copyright) ?(?:19|20)\d\d\b.{0,160}",
            r"all rights reserved.{0,160}|(?:this material|it) may not be (?:published"
            r"|reproduced|copied).{0,160}",
            r"(?:the )?(?-i:[A-Z])[\w.&' ]{1,50}(?: and (?:the )?[A-Z][\w.&' ]{1,50})? (?:staff "
            r")?contributed to this (?:report|story|article)",
            r"(?:reporting|additional reporting|editing|writing|compiled|edited) by (?-i:[A-Z]).{2,200}",
            r"contributing ?: .{2,80}|with (?:post|wire|news wire) (?:wires|services|reports)",
            r"this (?:is a rush transcript|copy may not be|story (?:has been|was) (?:updated"
            r"|corrected)|transcript (?:has been|was)).{0,160}",
            r"content created by .{2,80} is available without charge.{0,400}",
            r"the (?:opinions|views)(?: and opinions)? expressed .{0,60}(?:are|do) .{0,200}",
            r"(?:this|the) (?:article|story|post|piece|report) (?:was|is|has been)? ?(?:first "
            r"|originally |also )+(?:appeared|published|posted|ran)\b.{0,160}",
        ),
    ),
    (
        "navigation",
        _any(
            r"skip to (?:main |primary )?(?:content|navigation)|back to (?:top|home|homepage)"
            r"|toggle navigation|main menu|go to top",
            r"(?:home|menu|search|close|log ?in|log ?out|sign ?in|sign ?out|sign ?up|register|my "
            r"account|subscribe|donate|loading|next|previous|prev|more|print|enlarge|about us"
            r"|contact(?: us)?|terms of (?:use|service)|privacy policy)",
            r"(?:terms|privacy)(?: of (?:use|service)| policy| notice)?(?:\W+(?:and"
            r"|&)?\W*(?:terms|privacy|cookie|contact|about)(?: of (?:use|service)| policy| us)?)+",
            r"please enable javascript.{0,120}|(?:this site is|protected by) ?(?:protected by)? "
            r"recaptcha.{0,160}",
            r"(?:we|this (?:web)?site) uses? cookies\b.{0,300}|accept (?:all )?cookies.{0,80}",
        ),
    ),
)  # fmt: skip
# Initials of translators and editors at the foot ("OT/GMS/SC"), which only their capitals tell.
_INITIALS = re.compile(r"(?:[A-Z]{2,4}|[a-z]{2,3})(?:/(?:[A-Z]{2,4}|[a-z]{2,3})){1,4}")
# A line without any of these is not worth matching: they keep the list fast on prose.
_KEYS = [
    "ad",
    "newsletter",
    "subscri",
    "sign",
    "spam",
    "mail",
    "log",
    "comment",
    "connect",
    "photo",
    "picture",
    "logo",
    "share",
    "tweet",
    "print",
    "follow",
    "join",
    "like",
    "load",
    "relat",
    "recommend",
    "more",
    "read",
    "see",
    "watch",
    "trend",
    "popular",
    "click",
    "full",
    "visit",
    "image",
    "video",
    "caption",
    "slide",
    "gallery",
    "media",
    "copyright",
    "©",
    "right",
    "contribut",
    "wires",
    "story",
    "opinion",
    "view",
    "article",
    "post",
    "skip",
    "back",
    "menu",
    "home",
    "search",
    "close",
    "register",
    "account",
    "donat",
    "next",
    "prev",
    "about",
    "contact",
    "terms",
    "privacy",
    "javascript",
    "captcha",
    "cookie",
    "inbox",
    "in-box",
    "think",
    "leave",
    "cancel",
    "open",
    "(c)",
    "learn",
    "listen",
    "scroll",
    "don",
    "editing",
    "edited",
    "writing",
    "compiled",
    "transcript",
    "enlarge",
    "rush",
    "reporting",
]
_LONG_KEYS = [
    "newsletter",
    "inbox",
    "e-mail",
    "email",
    "spam",
    "sign",
    "subscri",
    "caption",
    "copyright",
    "opinion",
    "without",
    "image",
    "photo",
    "originally",
    "cookie",
]


def drop_reason(line: str) -> str | None:
    """Why a line of clean text is no part of the article, if its wording says so.

    >>> drop_reason("- Advertisement -")
    'advertisement'
    >>> drop_reason("The advertisement ran for a week.") is None
    True
    """
    if len(line) > _LONGEST:
        return None
    if _INITIALS.fullmatch(line):
        return "credit"
    lower = line.lower()
    if not any(key in lower for key in (_KEYS if len(line) <= 200 else _LONG_KEYS)):
        return None
    for reason, pattern in PHRASES:
        if pattern.fullmatch(line):
            return reason
    return None
