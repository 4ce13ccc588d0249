"""Cells of a working workbook: their names, and their plain values in words and out of words."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from assessments.exports.characters import printable_text
from assessments.models import ActionStatus, Sensitivity
from assessments.record import NOT_APPLICABLE, NOT_RATED, Level

RATING, REASON, REASON_READERS = "rating", "reason", "reason_readers"
EVIDENCE, COVERS, READERS = "evidence", "covers", "readers"
ACTION, OWNERS, DUE, STATUS = "action", "owners", "due", "status"
COMPLETED_ON, BESIDE, PROGRESS = "completed_on", "beside", "progress"
ACTION_READERS = "action_readers"

ANSWER_CELLS = (RATING, REASON, REASON_READERS)
STATEMENT_CELLS = (EVIDENCE, COVERS, READERS)
ACTION_CELLS = (ACTION, OWNERS, DUE, STATUS, COMPLETED_ON, BESIDE, ACTION_READERS)
ANSWER_COLUMNS = (*ANSWER_CELLS, *STATEMENT_CELLS)
ACTION_COLUMNS = (*ACTION_CELLS, PROGRESS)
TEXTS = {REASON, EVIDENCE, ACTION, PROGRESS}
SENSITIVITIES = {REASON_READERS, READERS, ACTION_READERS}

TITLES = {
    RATING: "Rating",
    REASON: "Reason",
    REASON_READERS: "Who may read the reason",
    EVIDENCE: "Evidence",
    COVERS: "Evidence covers prompts",
    READERS: "Who may read the evidence",
    ACTION: "Action",
    OWNERS: "Owners",
    DUE: "Due",
    STATUS: "Status",
    COMPLETED_ON: "Completed on",
    BESIDE: "Beside",
    ACTION_READERS: "Who may read the action",
    PROGRESS: "New progress",
}

KEY, SO_FAR = "Key (do not change)", "Progress so far"
COVERED = "Evidence elsewhere"
TOO_LONG = "This text is too long for a spreadsheet. Change it on its page."

NOT_APPLICABLE_VALUE = "not-applicable"
LONGEST_TEXT, LONGEST_NAME, LONGEST_DUE = 20_000, 200, 200
NOT_A_WORD = re.compile(r"[^\w/]+")
BETWEEN = re.compile(r"[\n;]+")
# Each number ends at what parts it from the next: where one could end anywhere, a long row of
# figures would be tried in every way there is to cut it.
BETWEEN_NUMBERS = r"(?:\s*(?:[,;&+]|and)\s*|\s+)"
NUMBERS = re.compile(rf"\d{{1,3}}(?:{BETWEEN_NUMBERS}\d{{1,3}})*{BETWEEN_NUMBERS}?\Z")
PLACE = re.compile(r"(?:question\s*)?(\d+(?:\.\d+)*)(?:[\s,/]+(?:prompt\s*)?(\d{1,3}))?\Z", re.I)
PARAGRAPH = re.compile(r"(?:exempt\D*)?(?:paragraph|para)?\s*([1-7])\b", re.I)
DATES = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%y")


class Unreadable(Exception):
    """Its message says why a cell can't be taken."""


@dataclass(frozen=True)
class Raw:
    """A cell as a file has it: `text` as it is read, and the date where it holds one.

    `refused`: why it can't be taken, whatever it says.
    """

    text: str = ""
    date: datetime.date | None = None
    refused: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """The words of one cycle. `today`: the last day that something can have been completed."""

    levels: tuple[Level, ...]
    refs: frozenset[str]
    today: datetime.date

    def in_file(self, cell: str, value: str) -> str | datetime.date:
        """What a plain value is written as."""
        if cell in (DUE, COMPLETED_ON):
            return date_of(value) or value
        return self.words(cell, value)

    def words(self, cell: str, value: str) -> str:
        """A plain value as people read it."""
        if cell == RATING:
            return self.ratings.get(value, value)
        if cell in SENSITIVITIES:
            return str(Sensitivity(value).label) if value else ""
        if cell == STATUS:
            return str(ActionStatus(value).label) if value else ""
        if cell == BESIDE:
            return "\n".join(place_words(*each.split()) for each in value.splitlines())
        if cell in (DUE, COMPLETED_ON) and (date := date_of(value)):
            return f"{date:%-d %B %Y}"
        return value

    def read(self, cell: str, raw: Raw) -> str:
        """The plain value. Raises Unreadable."""
        if raw.refused:
            raise Unreadable(raw.refused)
        if cell in TEXTS:
            return text_of(raw.text)
        readers: dict[str, Callable[[Raw], str]] = {
            RATING: self.read_rating,
            COVERS: read_covers,
            OWNERS: read_owners,
            DUE: read_due,
            STATUS: read_status,
            COMPLETED_ON: self.read_completed_on,
            BESIDE: self.read_places,
        }
        return readers.get(cell, read_sensitivity)(raw)

    def says(self, raw: Raw, cell: str, value: str) -> bool:
        """Whether a cell still says what was written for a plain value."""
        written = self.in_file(cell, value)
        if isinstance(written, datetime.date):
            return raw.date == written or date_of(value) == date_in(raw.text)
        return comparable(raw.text) == comparable(written)

    def same(self, cell: str, one: str, other: str) -> bool:
        """Whether two plain values differ in nothing that a spreadsheet keeps."""
        return comparable(one) == comparable(other) if cell in TEXTS else one == other

    @cached_property
    def ratings(self) -> dict[str, str]:
        """By plain value, as the drop-down has them."""
        levels = {level.slug: f"{level.shape} {level.label}" for level in self.levels}
        return {**levels, NOT_APPLICABLE_VALUE: NOT_APPLICABLE, "": NOT_RATED}

    def read_rating(self, raw: Raw) -> str:
        said = plain(raw.text)
        names = {plain(level.label): level.slug for level in self.levels}
        names |= {plain(level.slug): level.slug for level in self.levels}
        names |= {plain(NOT_APPLICABLE): NOT_APPLICABLE_VALUE, plain(NOT_RATED): "", "": ""}
        names |= dict.fromkeys(("n/a", "na", "n a"), NOT_APPLICABLE_VALUE)
        if said in names:
            return names[said]
        found = [level.slug for level in self.levels if plain(level.label).startswith(said)]
        if len(found) != 1:
            known = ", ".join(level.label for level in self.levels)
            raise Unreadable(f"It is none of the ratings ({known}, {NOT_APPLICABLE})")
        return found[0]

    def read_completed_on(self, raw: Raw) -> str:
        if not raw.text.strip():
            return ""
        date = raw.date or date_in(raw.text)
        if date is None:
            raise Unreadable("It is no date")
        if date > self.today:
            raise Unreadable("The date of completion must be today or in the past")
        return date.isoformat()

    def read_places(self, raw: Raw) -> str:
        found: dict[str, None] = {}
        for part in filter(None, map(str.strip, BETWEEN.split(raw.text))):
            match = PLACE.match(part)
            if not match or match[1] not in self.refs:
                raise Unreadable("It names no question of this toolkit, such as 7.1, prompt 2")
            found[f"{match[1]} {int(match[2] or 0)}"] = None
        return "\n".join(found)


def read_covers(raw: Raw) -> str:
    """“1, 2 and 4” → “1, 2, 4”; nothing: the question as a whole."""
    said = raw.text.strip()
    if said and not NUMBERS.match(said):
        raise Unreadable("Write the numbers of the prompts, such as 1, 2")
    return ", ".join(map(str, sorted({int(each) for each in re.findall(r"\d+", said)})))


def read_owners(raw: Raw) -> str:
    names = dict.fromkeys(" ".join(each.split()) for each in BETWEEN.split(text_of(raw.text)))
    if any(len(name) > LONGEST_NAME for name in names):
        raise Unreadable(f"A name must be {LONGEST_NAME} characters or fewer")
    return "\n".join(filter(None, names))


def read_due(raw: Raw) -> str:
    date = raw.date or date_in(raw.text)
    if date:
        return date.isoformat()
    said = " ".join(text_of(raw.text).split())
    if len(said) > LONGEST_DUE:
        raise Unreadable(f"It must be a date, or {LONGEST_DUE} characters or fewer")
    return said


def read_status(raw: Raw) -> str:
    said = plain(raw.text)
    names = {plain(each.label): each.value for each in ActionStatus}
    names |= {"": "", "complete": "completed", "done": "completed", "open": "not-started"}
    if said not in names:
        raise Unreadable(f"It is no status ({', '.join(ActionStatus.labels)})")
    return names[said]


def read_sensitivity(raw: Raw) -> str:
    """What isn't understood is refused, never taken as public."""
    said = plain(raw.text)
    names = {plain(each.label): each.value for each in Sensitivity}
    names |= {plain(each.value): each.value for each in Sensitivity}
    if said in names or not said:
        return names.get(said, "")
    if match := PARAGRAPH.match(said):
        return f"exempt-{match[1]}"
    raise Unreadable("Choose who may read it from the list")


def text_of(text: str) -> str:
    """As a form would take it. Raises Unreadable."""
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    text = "\n".join(line.rstrip() for line in text.split("\n")).strip()
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"Shorten it to {LONGEST_TEXT:,} characters: it has {len(text):,}")
    return text


def comparable(text: str) -> str:
    """Without what a spreadsheet program may lose or add at the ends of lines."""
    lines = (line.rstrip() for line in printable_text(text).split("\n"))
    return "\n".join(lines).strip()


def plain(text: str) -> str:
    """Only words, so that shapes, stops and capitals make no difference."""
    return " ".join(NOT_A_WORD.sub(" ", text).casefold().split())


def date_of(value: str) -> datetime.date | None:
    """A plain value that is a date."""
    try:
        return datetime.date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None


def date_in(text: str) -> datetime.date | None:
    """A date written out, and nothing else."""
    for form in DATES:
        try:
            return datetime.datetime.strptime(text.strip(), form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def place_words(ref: str, position: str = "0") -> str:
    return f"{ref}, prompt {position}" if position != "0" else ref
