"""Characters that a printed page or a spreadsheet can't hold."""

import re
from typing import Any, TypeVar

from assessments.texts import with_parts

Value = TypeVar("Value")

# Controls other than tab and line feed, halves of characters, and the code points that are
# never characters: XML forbids most of them, and none can be seen.
ENDS_OF_PLANES = "".join(
    chr(plane + end) for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)
)
UNPRINTABLE = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{ENDS_OF_PLANES}]"
)
# Bullets pasted from Word come in its own symbol font, which only Word has.
WORD_BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪"})
LINE_END = re.compile("\r\n?|[\u2028\u2029]")
STAND_IN = "□"  # in the font of the PDF, unlike U+FFFD


def printable_text(text: str) -> str:
    """The same text, with a visible “□” for each character that can't be shown."""
    if text.replace("\n", "").isprintable():  # nearly always, and seen at once
        return text
    return UNPRINTABLE.sub(STAND_IN, LINE_END.sub("\n", text.translate(WORD_BULLETS)))


def printable(value: Value) -> Value:
    """A record, or any part of one, with every text in it printable."""
    changed: Any = printable_text(value) if isinstance(value, str) else with_parts(value, printable)
    return changed  # type: ignore[no-any-return]
