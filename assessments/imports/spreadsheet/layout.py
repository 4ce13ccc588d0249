"""Which column of a sheet is which: by its heading, by words like it, or by what it holds."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from assessments.imports.spreadsheet.cells import RawSheet, filled_rows
from assessments.workbooks.rows import Row
from assessments.workbooks.values import (
    ACTION_COLUMNS,
    ANSWER_COLUMNS,
    COVERED,
    KEY,
    RATING,
    SO_FAR,
    TEXTS,
    TITLES,
    Raw,
    plain,
)

REF, NUMBER, KEYS = "ref", "number", "key"
CONTEXT = {KEYS: KEY, REF: "Ref", NUMBER: "No.", "question": "Question", "prompt": "Prompt"}
CONTEXT |= {"covered": COVERED, "so far": SO_FAR}
ALIKE = 82
HEADINGS_WITHIN, MOST_COLUMNS, LONGEST_TITLE = 40, 100, 80
LEAST_TITLES = 3
MOST_ALIKE = 0.6  # of the cells that a column must have kept to be known by them


@dataclass
class Layout:
    """Name → column. `heading`: the row of the headings; 0 where there is none."""

    heading: int = 0
    columns: dict[str, int] = field(default_factory=dict)
    is_actions: bool = False

    @property
    def is_ours(self) -> bool:
        names = ACTION_COLUMNS if self.is_actions else ANSWER_COLUMNS
        known = sum(name in self.columns for name in names)
        if KEYS in self.columns:
            return known > 0
        return known >= LEAST_TITLES and (self.is_actions or REF in self.columns)


Says = Callable[[Raw, str, str], bool]


def layout_of(sheet: RawSheet, base: Mapping[str, Row], says: Says) -> Layout:
    """`says`: whether a cell still says what was written for a plain value."""
    key_column, keys = find_keys(sheet, base)
    found = Layout()
    first = min(keys, default=HEADINGS_WITHIN + 1)
    for is_actions in (False, True):
        for number, cells in filled_rows(sheet):
            if number >= min(first, HEADINGS_WITHIN + 1):
                break
            columns = titled(cells, names_for(is_actions))
            if len(columns) > len(found.columns):
                found = Layout(number, columns, is_actions)
    if keys:
        found.is_actions = sum(base[key].action is not None for key in keys.values()) > 0
        found.columns = {n: c for n, c in found.columns.items() if c != key_column}
        found.columns[KEYS] = key_column
        by_contents(sheet, found, {row: base[key] for row, key in keys.items()}, says)
    else:
        found.columns.pop(KEYS, None)
    return found


def names_for(is_actions: bool) -> dict[str, str]:
    """Name → heading, as written."""
    names = ACTION_COLUMNS if is_actions else ANSWER_COLUMNS
    context = ("so far",) if is_actions else (REF, NUMBER, "question", "prompt", "covered")
    return {each: CONTEXT[each] for each in (KEYS, *context)} | {n: TITLES[n] for n in names}


def find_keys(sheet: RawSheet, base: Mapping[str, Row]) -> tuple[int, dict[int, str]]:
    """The column in which most of the keys stand, and row → key there."""
    found = Counter(
        column
        for _, cells in filled_rows(sheet)
        for column, raw in cells.items()
        if raw.text.strip() in base
    )
    if not found:
        return 0, {}
    column = found.most_common(1)[0][0]
    rows = sheet.cells.items()
    keys = {row: cells[column].text.strip() for row, cells in rows if column in cells}
    return column, {row: key for row, key in keys.items() if key in base}


def titled(cells: Mapping[int, Raw], names: Mapping[str, str]) -> dict[str, int]:
    """The same heading first, then the likest."""
    short = [(n, raw.text) for n, raw in cells.items() if len(raw.text) <= LONGEST_TITLE]
    said = [(column, plain(text)) for column, text in short[:MOST_COLUMNS]]
    titles = [(name, plain(title)) for name, title in names.items()]
    scored = sorted(
        (
            (fuzz.ratio(words, title), -column, name)
            for column, words in said
            for name, title in titles
        ),
        reverse=True,
    )
    found: dict[str, int] = {}
    for score, column, name in scored:
        if score >= ALIKE and name not in found and -column not in found.values():
            found[name] = -column
    return found


def by_contents(sheet: RawSheet, layout: Layout, rows: Mapping[int, Row], says: Says) -> None:
    """Columns whose headings say nothing any more, known by what was left as it was."""
    names = ACTION_COLUMNS if layout.is_actions else ANSWER_COLUMNS
    found = sorted({column for cells in sheet.cells.values() for column in cells})
    columns = set(found[:MOST_COLUMNS])
    for name in names:
        if name in layout.columns or not (name in TEXTS or name == RATING):
            continue
        held = {n: row.cells[name] for n, row in rows.items() if row.cells.get(name)}
        counts = {
            column: sum(says(sheet.at(n, column), name, value) for n, value in held.items())
            for column in columns - set(layout.columns.values())
        }
        best = max(counts, key=lambda column: counts[column], default=0)
        if held and best and counts[best] >= MOST_ALIKE * len(held):
            layout.columns[name] = best
