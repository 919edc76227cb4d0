"""How a thing is said: denied, yet to come, on a condition, in doubt, or meant as its opposite."""

from __future__ import annotations

import re

NEGATION = re.compile(
    r"\b(?:not|no|never|none|nothing|neither|nor|without|hardly|barely|cannot|far from|nowhere"
    r"|fail(?:s|ed)?|unable|yet to|nobody|incomplete|unfinished|undone"
    r"|(?:is|was|has|have|are|were|did|does|do|wo|ca|would|could|should)n'?t)(?![\w'])|no longer",
    re.I,
)
FUTURE = re.compile(
    r"\b(?:will|shall|going to|gonna|to be|to|should|would|could|might|may|can|must|due|expect\w*"
    r"|aim\w*|plan\w*|hop(?:e|es|ed|ing)|hopefully|about to|soon|tomorrow|being|getting|nearly"
    r"|almost|shortly|intend\w*|try\w*|want\w*|needs?|needed|ready to|ought|supposed|meant|later"
    r"|next|working on|target\w*|until|till|awaiting|when|by)\b|'ll\b|\b\w*'d\b",
    re.I,
)
CONDITION = re.compile(
    r"\b(?:if|once|unless|assuming|provid(?:ed|ing)|subject to|pending|as soon as|depend\w*"
    r"|conditional\w*|in principle|except|apart from|other than|bar|besides|aside from|save for"
    r"|just need|only|remaining|remains|outstanding|still|before|after|some|most|part|partly|half"
    r"|draft|when|until|till|yet|well|mostly|largely|ish"
    r"|nearly|almost|partially|bits?|sections?|first)\b",
    re.I,
)
HARD_CONDITION = re.compile(
    r"\b(?:if|unless|assuming|provid(?:ed|ing)|subject to|depend(?:s|ing)|in principle|once"
    r"|as long as|except|apart from|other than|until)\b",
    re.I,
)
DOUBT = re.compile(
    r"\b(?:i think|we think|think so|probably|prob|hopefully|i guess|guess|maybe|perhaps|possibly"
    r"|apparently|presumably|supposedly|allegedly|as far as i know|afaik|not sure|unsure|uncertain"
    r"|fingers crossed|ish|sort of|kind of|kinda|i believe|i assume|i suppose|i reckon|i expect"
    r"|should be|ought to be|might be|may be|could be|in theory|i hope|we hope|seems?|looks like"
    r"|likely|can't tell|don't know|dunno|says?|said|told|reckons|thinks|claims|rumou?r\w*"
    r"|i heard|tbc|don't quote me)\b",
    re.I,
)
SARCASM = re.compile(
    r"\b(?:yeah right|as if|if only|in your dreams|lol|rofl|ha ?ha\w*|sure it is|of course it is"
    r"|oh great|oh sure|oh yes|oh yeah|yeah sure|obviously|totally|just kidding|joking|kidding"
    r"|what could go wrong|brilliant|fantastic|as usual|wonderful|surprise,? surprise"
    r"|miracul\w+|pigs)\b|/s\b|\.\.\. ?not\b|:(?:joy|rofl|smirk|upside_down_face|roll_eyes"
    r"|face_with_rolling_eyes|sweat_smile|clown_face|crossed_fingers|laughing|sob|skull)[\w-]*:"
    r"|[🙄😂🤣😏🙃😅🤡🤞😆😭💀😬]",
    re.I,
)
