"""One sheet of a working workbook, row by row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from assessments.imports.spreadsheet.cells import RawSheet, filled_rows
from assessments.imports.spreadsheet.findings import (
    LEFT_OUT,
    MERGED,
    MOVED,
    NO_HEADINGS,
    NO_PLACE,
    NO_QUESTION,
    NO_SUCH_PROMPT,
    NO_WORDS,
    NOT_RATED_HERE,
    OTHER_COLUMN,
    TWICE,
    UNKNOWN_KEY,
    Findings,
)
from assessments.imports.spreadsheet.layout import KEYS, NUMBER, REF, Layout
from assessments.workbooks.rows import Row
from assessments.workbooks.values import (
    ACTION,
    ACTION_CELLS,
    ACTION_COLUMNS,
    ACTION_READERS,
    ANSWER_CELLS,
    ANSWER_COLUMNS,
    BESIDE,
    COVERS,
    EVIDENCE,
    PROGRESS,
    READERS,
    SENSITIVITIES,
    STATEMENT_CELLS,
    STATUS,
    TITLES,
    TOO_LONG,
    Raw,
    Unreadable,
    comparable,
)


class SheetReading:
    """One sheet, row by row."""

    def __init__(self, whole: Findings, sheet: RawSheet, layout: Layout) -> None:
        self.whole, self.sheet, self.layout = whole, sheet, layout
        self.vocabulary = whole.vocabulary

    def read(self) -> None:
        self.note_merged()
        self.note_others()
        found: defaultdict[str, list[int]] = defaultdict(list)
        unknown: list[int] = []
        for number, _ in filled_rows(self.sheet):
            if number > self.layout.heading:
                key = self.key(number)
                (found[key] if key in self.whole.base else unknown).append(number)
        for key, numbers in found.items():
            self.known(self.whole.base[key], numbers)
        for number in unknown:
            self.unknown(number)

    def raw(self, number: int, name: str) -> Raw | None:
        """None where the file doesn't say: no such column, or a cell merged with another."""
        column = self.layout.columns.get(name)
        if column is None or (number, column) in self.sheet.covered:
            return None
        return self.sheet.at(number, column)

    def key(self, number: int) -> str:
        """By the key, or where its column has gone, by the question and the prompt."""
        if KEYS in self.layout.columns:
            return (self.raw(number, KEYS) or Raw()).text.strip()
        if self.layout.is_actions:
            return self.key_of_action(number)
        here = self.whole.at_place.get(self.named_place(number), [])
        says = self.raw(number, EVIDENCE) or Raw()
        same = (r for r in here if comparable(r.cells.get(EVIDENCE, "")) == comparable(says.text))
        left = (row for row in here if row.key not in self.whole.claimed)
        chosen = next(same, None) or next(left, None)
        if chosen:
            self.whole.claimed.add(chosen.key)
        return chosen.key if chosen else ""

    def key_of_action(self, number: int) -> str:
        """Without its key an action is known by its words alone."""
        text = comparable((self.raw(number, ACTION) or Raw()).text)
        rows = (row for row in self.whole.base.values() if row.action is not None)
        same = (row.key for row in rows if comparable(row.cells.get(ACTION, "")) == text)
        return next(same, "") if text else ""

    def named_place(self, number: int) -> tuple[str, int]:
        ref = (self.raw(number, REF) or Raw()).text.strip()
        position = (self.raw(number, NUMBER) or Raw()).text.strip()
        return ref, int(position) if position.isascii() and position.isdigit() else 0

    def place(self, number: int, name: str = "") -> str:
        column = f", {TITLES[name]}" if name else ""
        return f"{self.sheet.title}, row {number}{column}"

    def note(self, number: int, name: str, says: str, text: str = "") -> None:
        self.whole.note(self.place(number, name), says, text)

    def known(self, row: Row, numbers: Sequence[int]) -> None:
        """A key in several rows: the one that was left as it was is meant by it; evidence in
        the others is new."""
        untouched = [n for n in numbers if self.says_evidence(n, row)]
        first = 0 if row.key in self.whole.seen else (untouched or [*numbers])[0]
        if first:
            self.cells(first, row)
        self.whole.seen.add(row.key)
        for number in numbers:
            if number != first:
                self.copy(number, row)

    def says_evidence(self, number: int, row: Row) -> bool:
        name = EVIDENCE if row.action is None else ACTION
        raw = self.raw(number, name)
        return raw is not None and self.vocabulary.says(raw, name, row.cells.get(name, ""))

    def copy(self, number: int, row: Row) -> None:
        raw = self.raw(number, EVIDENCE)
        if row.action is None and raw and not self.says_evidence(number, row):
            self.new_evidence(number, row, raw)
        else:
            self.note(number, "", TWICE)

    def cells(self, number: int, row: Row) -> None:
        names = ACTION_CELLS if row.action is not None else ANSWER_COLUMNS
        for name in names:
            raw = self.raw(number, name)
            if raw is None:
                continue
            if name == EVIDENCE and row.statement is None:
                self.new_evidence(number, row, raw, row.key)
            elif name in STATEMENT_CELLS and row.statement is None:
                continue  # taken with the evidence
            elif name in row.cells:
                self.cell(number, row, name, raw)
            elif name in ANSWER_CELLS and row.answer is None:
                self.no_answer(number, name, raw)
            elif comparable(raw.text) != TOO_LONG:
                self.note(number, name, TOO_LONG, raw.text)
        if row.action is not None:
            self.progress(number, row)

    def cell(self, number: int, row: Row, name: str, raw: Raw) -> None:
        sent = row.cells[name]
        if not raw.refused and self.vocabulary.says(raw, name, sent):
            return
        try:
            value = self.checked(row, name, self.vocabulary.read(name, raw))
        except Unreadable as problem:
            self.note(number, name, str(problem), raw.text)
            return
        if not self.vocabulary.same(name, value, sent) and value is not None:
            self.whole.say(row.key, name, value, self.place(number), row)

    def checked(self, row: Row, name: str, value: str) -> str:
        """Raises Unreadable for what no row can say."""
        if name == COVERS:
            self.check_positions(row.ref, value)
        if name == BESIDE:
            raise Unreadable(MOVED)
        if name == ACTION and not value:
            raise Unreadable(NO_WORDS)
        if not value and (name in SENSITIVITIES or name == STATUS):
            return row.cells[name]  # emptied: as it was
        return value

    def check_positions(self, ref: str, covers: str) -> None:
        if not set(map(int, filter(None, covers.split(", ")))) <= self.whole.positions[ref]:
            raise Unreadable(NO_SUCH_PROMPT)

    def no_answer(self, number: int, name: str, raw: Raw) -> None:
        if raw.text.strip() or raw.refused:
            self.note(number, name, NOT_RATED_HERE, raw.text)

    def progress(self, number: int, row: Row) -> None:
        raw = self.raw(number, PROGRESS)
        value = self.value(number, PROGRESS, raw) if raw else ""
        if value:
            self.whole.say(row.key, PROGRESS, value, self.place(number), row)

    def value(self, number: int, name: str, raw: Raw | None) -> str | None:
        """None, and a note, where it can't be read."""
        try:
            return self.vocabulary.read(name, raw or Raw())
        except Unreadable as problem:
            self.note(number, name, str(problem), raw.text if raw else "")
            return None

    def new_evidence(self, number: int, row: Row, raw: Raw, key: str = "") -> None:
        text = self.value(number, EVIDENCE, raw)
        if not text:
            return
        more = {}
        for name in (COVERS, READERS):
            cell = self.raw(number, name)
            sent = row.cells.get(name, "")
            said = sent if cell is None else self.value(number, name, cell)
            if said is None:
                self.note(number, EVIDENCE, f"{LEFT_OUT}{TITLES[name].lower()} isn’t known", text)
                return
            more[name] = said
        more[READERS] = more[READERS] or "public"
        try:
            self.check_positions(row.ref, more[COVERS])
        except Unreadable as problem:
            self.note(number, EVIDENCE, str(problem), text)
            return
        place = self.place(number)
        self.whole.say(key or f"new/{place}", EVIDENCE, text, place, row, more)

    def unknown(self, number: int) -> None:
        """A row that was put in, or whose key was changed."""
        key = self.raw(number, KEYS)
        texts = list(self.texts(number))
        if not texts:
            return
        if key and key.text.strip():
            self.note(number, "", UNKNOWN_KEY, "\n".join(texts))
        elif self.layout.is_actions:
            self.new_action(number, texts)
        elif left := self.left_at(self.named_place(number)):
            self.known(left, [number])
        else:
            self.new_row(number, texts)

    def left_at(self, place: tuple[str, int]) -> Row | None:
        """A row of that place that nothing in the file was known by: its key has been emptied."""
        rows = self.whole.at_place.get(place, [])
        return next((row for row in rows if row.key not in self.whole.seen), None)

    def texts(self, number: int) -> Iterator[str]:
        """What a person wrote into a row."""
        for name, column in self.layout.columns.items():
            raw = self.sheet.at(number, column)
            if name in TITLES and (raw.text.strip() or raw.refused):
                yield f"{TITLES[name]}: {raw.text or raw.refused}"

    def new_row(self, number: int, texts: Iterable[str]) -> None:
        ref, position = self.named_place(number)
        known = self.whole.positions
        if ref not in known or position not in {0, *known[ref]}:
            self.note(number, "", NO_PLACE, "\n".join(texts))
            return
        raw = self.raw(number, EVIDENCE)
        row = Row("", ref, position, cells={COVERS: str(position or ""), READERS: "public"})
        if raw and raw.text.strip():
            self.new_evidence(number, row, raw)
        for name in ANSWER_CELLS:
            if (cell := self.raw(number, name)) and cell.text.strip():
                self.note(number, name, "A row that was put in holds evidence only", cell.text)

    def new_action(self, number: int, texts: Iterable[str]) -> None:
        raw = {name: self.raw(number, name) for name in ACTION_COLUMNS}
        values = {name: self.value(number, name, cell) for name, cell in raw.items()}
        more = {name: value or "" for name, value in values.items()}
        text = more.pop(ACTION)
        if not text or not more[BESIDE] or values[ACTION_READERS] is None:
            says = NO_QUESTION if text and not more[BESIDE] else NO_WORDS
            self.note(number, ACTION, says, "\n".join(texts))
            return
        places = [each.split() for each in more[BESIDE].splitlines()]
        if any(int(at) not in {0, *self.whole.positions[ref]} for ref, at in places):
            self.note(number, BESIDE, NO_SUCH_PROMPT, "\n".join(texts))
            return
        ref, position = places[0]
        row = Row("", ref, int(position))
        key = f"new/{self.place(number)}"
        self.whole.say(key, ACTION, text, self.place(number), row, more)

    def note_merged(self) -> None:
        columns = {self.layout.columns.get(name) for name in TITLES}
        covered = (column for row, column in self.sheet.covered if row > self.layout.heading)
        if any(column in columns for column in covered):
            self.whole.note(self.sheet.title, MERGED)

    def note_others(self) -> None:
        """What stands in columns that were put in."""
        if not self.layout.heading:
            self.whole.note(self.sheet.title, NO_HEADINGS)
            return
        known = set(self.layout.columns.values())
        for number, cells in filled_rows(self.sheet):
            if number <= self.layout.heading:
                continue
            for column, raw in cells.items():
                if column not in known and raw.text.strip():
                    title = self.sheet.at(self.layout.heading, column).text.strip()
                    place = f"{self.place(number)}{', ' + title[:60] if title else ''}"
                    self.whole.note(place, OTHER_COLUMN, raw.text)
