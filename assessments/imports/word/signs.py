"""Ticks and boxes to tick, however a document holds them: as signs of a font of pictures, as
fields of a form, as content controls."""

from lxml import etree

from assessments.imports.word.xml import W14, W, digits, is_on, value_of

TICK, CROSS, TICKED, EMPTY = "✓", "✗", "☒", "☐"
# By the number of the letter, whose place in the font the sign has taken.
SIGNS = {
    "wingdings": {0xFC: TICK, 0xFE: TICK, 0xFB: CROSS, 0xFD: CROSS, 0x78: CROSS}
    | dict.fromkeys((0xA8, 0x6F, 0x71, 0x72), EMPTY),
    "wingdings 2": dict.fromkeys((0x50, 0x52), TICK)
    | dict.fromkeys((0x4F, 0x51, 0x53, 0x54), CROSS)
    | {0xA3: EMPTY, 0x2A: EMPTY},
    "webdings": {0x61: TICK, 0x72: CROSS, 0x63: EMPTY},
}


def sign(element: etree._Element) -> str:
    """Of a `w:sym`; empty where it is no such sign."""
    font = (element.get(f"{W}font") or "").lower()
    try:
        code = int(element.get(f"{W}char") or "", 16) & 0xFF
    except ValueError:
        return ""
    known = SIGNS.get(font, SIGNS["wingdings"] | {0x52: TICK})
    return known.get(code, "")


def typed(run: etree._Element, text: str) -> str:
    """Letters typed in a font of pictures."""
    fonts = run.find(f"{W}rPr/{W}rFonts")
    font = "" if fonts is None else (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "")
    if not (known := SIGNS.get(font.lower())) or len(text) > 9:
        return text
    return "".join(known.get(ord(letter) & 0xFF, letter) for letter in text)


def checkbox(control: etree._Element) -> str:
    """Of a content control; empty where it is no box to tick."""
    box = control.find(f"{W}sdtPr/{W14}checkbox")
    if box is None:
        return ""
    checked = box.find(f"{W14}checked")
    is_ticked = checked is not None and checked.get(f"{W14}val") in ("1", "true")
    return TICKED if is_ticked else EMPTY


def form_field(begin: etree._Element) -> str:
    """What a field of an older form shows: a box to tick, or what was chosen of a list."""
    box = begin.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        checked = box.find(f"{W}checked")
        return TICKED if is_on(box.find(f"{W}default") if checked is None else checked) else EMPTY
    choice = begin.find(f"{W}ffData/{W}ddList")
    if choice is None:
        return ""
    offered = [value_of(each) for each in choice.iterchildren(f"{W}listEntry")]
    chosen = choice.find(f"{W}result")
    number = int(digits(value_of(choice.find(f"{W}default") if chosen is None else chosen)) or 0)
    return offered[number] if number < len(offered) else ""
