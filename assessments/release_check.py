"""What a person has to look at before a pack goes out. Pure: plain data in and out.

Two things: every text that isn't public, with where it would have stood; and words in the
public text that look like something that must not be public. The second are patterns, not a
judgement: a person accepts each with a reason, or mends the text.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from assessments.packs import PackRecord, Section, has_words
from assessments.record import CycleRecord
from assessments.report import Bullets, FrontSheet, Heading, Paragraph, Report, Run, Table
from assessments.report.sections import WITHOUT_WORDS
from assessments.texts import Text, texts

CONTEXT = 60  # characters on either side of what was found

NAMED_APPENDICES = re.compile(r"\bappendi(?:x|ces)\s+(\d+(?:(?:, | and | to |[-–])\d+)*)", re.I)
LISTED_APPENDIX = re.compile(r"Appendix \d+(?=: )")

CASE_WORDS = (
    r"(?i:(?:case|referral|referred|subject|individual|pupil|student|child|children|patient|"
    r"suspect|arrest\w*|intervention|nominal|safeguarding concern)s?)"
)
# Capitalised words of this field, which are no part of anybody's name.
NO_NAME = (
    r"Prevent|Channel|Panel|Board|Council|Home|Office|Officer|Police|Partnership|Community|"
    r"Safety|Safeguarding|Authority|Local|Group|Committee|Service|Services|Team|Lead|Manager|"
    r"Director|Duty|Plan|Strategy|Referral|Referrals|Act|Training|Education|Health|Social|Care|"
    r"Children|Adult|Adults|The|This|That|These|All|Each|Every|Any|When|Where|If|In|At|On|For|A|An|"
    r"As|By|From|To|Of|With|After|Before|Since|While|Both|No|Not|One|Two|Three|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|North|South|East|West|Counter|Terrorism|Borough|"
    r"County|City|District|School|College|Academy|Chief|Executive|Assistant|Head|Secretary|State|"
    r"Youth|Trust|Centre|Forum|University|Hospital"
)
PHONE = r"(?<![\w/.])(?:(?:\+|00 ?)44(?:[ -]?\(0\))?|0)(?:[ .-]?\(?\d\)?){9,10}(?!\w)"
INTERNAL_HOST = (
    r"[\w-]+\.sharepoint\.com|teams\.microsoft\.com|intranet\b[\w.-]*|[\w-]+(?=[:/\s]|$)"
    r"|[\w.-]+\.(?:local|internal|intranet|corp|lan)\b"
    r"|(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d+)+"
)
UPPER, LOWER = "A-ZÀ-ÖØ-Þ", "a-zà-öø-ÿ"
CAPITALISED = (
    rf"(?!(?:{NO_NAME})\b)(?:[{UPPER}][’']|Mc|Mac)?[{UPPER}][{LOWER}]+(?:-[{UPPER}][{LOWER}]+)?"
)
NAME = rf"{CAPITALISED} {CAPITALISED}"


class Pattern(Enum):
    """What it may be, and how it looks."""

    EMAIL = (
        "an e-mail address",
        re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"),
    )
    PHONE = "a phone number", re.compile(PHONE)
    NHS_NUMBER = "an NHS number", re.compile(r"(?<![\w.])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\w)")
    CASE_NUMBER = (
        "a case or reference number",
        re.compile(
            r"\b(?:case|ref(?:erence)?|URN|CRN|crime)\W{0,3}(?:no\.?|number|id)?\W{0,3}"
            r"(?=[\w/-]*\d)[A-Z0-9][A-Z0-9/-]{3,}",
            re.IGNORECASE,
        ),
    )
    INTERNAL_LINK = (
        "an internal link or file path",
        re.compile(
            r"objective://\S+|\bfile://\S+|\\\\[\w.-]+\\\S+|\b[A-Z]:\\\S+"
            rf"|https?://(?:{INTERNAL_HOST})\S*"
        ),
    )
    PERSON = (
        "a person’s name beside words about a case",
        re.compile(
            rf"\b(?:{CASE_WORDS})\b[^.\n]{{0,40}}?\b{NAME}"
            rf"|\b{NAME}[^.\n]{{0,40}}?\b(?:{CASE_WORDS})\b"
        ),
    )

    def __init__(self, words: str, pattern: re.Pattern[str]) -> None:
        self.words, self.pattern = words, pattern


@dataclass(frozen=True)
class Warning:
    """`found` is the words that look wrong, `around` the sentence they stand in."""

    pattern: Pattern
    found: str
    around: str
    places: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """The same for the same words round it, wherever they stand; other words, other hash."""
        return hashlib.sha256(f"{self.pattern.name}\n{self.around}".encode()).hexdigest()


def warnings(public: Iterable[tuple[str, str]]) -> list[Warning]:
    """Of the public text, as (place, text). The same words in several places are one warning."""
    found: dict[tuple[Pattern, str, str], dict[str, None]] = {}
    for place, text in public:
        for pattern, words, around in matches(text):
            found.setdefault((pattern, words, around), {})[place] = None
    return [Warning(*key, tuple(places)) for key, places in found.items()]


def matches(text: str) -> Iterator[tuple[Pattern, str, str]]:
    for pattern in Pattern:
        for match in pattern.pattern.finditer(text):
            start, end = match.span()
            around = text[max(0, start - CONTEXT) : end + CONTEXT]
            yield pattern, match[0], " ".join(around.split())


def report_texts(report: Report) -> Iterator[tuple[str, str]]:
    """Every text of a report, with the number or heading it stands under."""
    place = "the head of the report"
    yield "the title of the report", report.title
    yield place, report.committee
    for line in report.facts:
        yield f"{line.label}, at the head of the report", line.text
    yield place, report.publicity
    for block in report.blocks:
        if isinstance(block, Heading):
            place = f"{block.number} {block.text}".strip()
            yield place, block.text
        elif isinstance(block, Paragraph):
            yield (f"paragraph {block.number}" if block.number else place), said(block.text)
        else:
            yield from ((place, words) for words in words_in(block))


def words_in(block: Bullets | Table | FrontSheet) -> Iterator[str]:
    if isinstance(block, Bullets):
        yield from map(said, block.items)
    elif isinstance(block, Table):
        yield from (cell for row in block.rows for cell in row if isinstance(cell, str))
    else:
        yield from (line.text for entry in block.entries for line in entry.lines)


def said(runs: Iterable[Run]) -> str:
    """With the addresses of links, which are public too."""
    return " ".join(run if isinstance(run, str) else f"{run.words} {run.address}" for run in runs)


def record_texts(record: CycleRecord) -> Iterator[tuple[str, Text]]:
    """Every council text of a self-assessment, with where it stands in its appendix."""
    for benchmark in record.benchmarks:
        place = f"benchmark {benchmark.number}"
        for part in (benchmark.decision, benchmark.actions, benchmark.comments):
            yield from ((place, text) for text in texts(part))
        for question in benchmark.questions:
            for text in texts(question):
                yield f"question {question.ref}", text
    for action in record.actions:
        for text in texts(action):
            yield f"action {action.number}", text


@dataclass(frozen=True)
class Withheld:
    """A text that the public doesn't get: where it would have stood, and why it doesn't."""

    place: str
    restriction: str
    text: str


def withheld_of_report(whole: Report) -> Iterator[Withheld]:
    """`whole`: as the board may read it, with every restricted text marked."""
    place = ""
    for block in whole.blocks:
        if isinstance(block, Heading):
            place = f"{block.number} {block.text}".strip()
            if block.marking:
                yield Withheld(f"sub-heading {block.number}".strip(), block.marking, block.text)
        elif isinstance(block, Paragraph) and block.marking:
            yield Withheld(
                f"paragraph {block.number}" if block.number else place,
                block.marking,
                said(block.text),
            )
        elif isinstance(block, Bullets) and block.marking:
            yield Withheld(place, block.marking, "\n".join(map(said, block.items)))


def withheld_of_record(record: CycleRecord) -> Iterator[Withheld]:
    for place, text in record_texts(record):
        if text and not text.is_public:
            yield Withheld(place, text.sensitivity_label, text.value)


def unknown_appendices(whole: Report) -> Iterator[str]:
    """“Appendix 5, in paragraph 2.3”. It may be another document's, so a person decides."""
    said_in = list(report_texts(whole))
    listed = {found[0] for _, text in said_in if (found := LISTED_APPENDIX.match(text))}
    for place, text in said_in:
        for number in dict.fromkeys(re.findall(r"\d+", " ".join(NAMED_APPENDICES.findall(text)))):
            if f"Appendix {number}" not in listed:
                yield f"Appendix {number}, in {place}"


@dataclass(frozen=True)
class Blocker:
    """What has to be done before the pack can go out. `section`: the key of the one it is in,
    “” for the meeting's details, “warnings” for what a person has to accept or mend."""

    words: str
    section: str = ""


@dataclass(frozen=True)
class Found:
    """By looking through every word of a pack. `unknown_appendices`: where the report names one
    that it doesn't list."""

    warnings: tuple[Warning, ...]
    withheld_of_report: tuple[Withheld, ...]
    withheld_of_record: tuple[Withheld, ...]
    unknown_appendices: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReleaseCheck:
    blockers: tuple[Blocker, ...]
    found: Found

    @property
    def is_ready(self) -> bool:
        return not self.blockers


def blockers(
    pack: PackRecord, to_confirm: Mapping[str, int], open_warnings: int
) -> Iterator[Blocker]:
    """`to_confirm`: how many parts of each section a person has not confirmed."""
    if not pack.meeting.item:
        yield Blocker("The meeting’s item number is missing")
    for section in pack.sections:
        yield from (Blocker(f"{section.heading}: {w}", section.key) for w in lacks(section, pack))
        if number := to_confirm.get(section.key):
            parts = "1 part is" if number == 1 else f"{number} parts are"
            yield Blocker(f"{section.heading}: {parts} still to be confirmed", section.key)
    if open_warnings:
        say = "1 warning has" if open_warnings == 1 else f"{open_warnings} warnings have"
        yield Blocker(f"{say} not been accepted", "warnings")


def lacks(section: Section, pack: PackRecord) -> Iterator[str]:
    if section.key not in WITHOUT_WORDS and not any(has_words(part) for part in section.parts):
        yield "it is empty; write it or leave it out"
    if section.is_implication and not section.verified_on:
        yield "nobody has verified it"
    if {part.snapshot for part in section.parts if not part.is_text} - {pack.snapshot}:
        yield f"it shows another snapshot than number {pack.snapshot}"
