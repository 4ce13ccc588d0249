"""A working workbook as plain rows, and what a file says that differs from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """One row, known by its `key`; `cells`: name → plain value, as `values.Vocabulary` has it.

    `answer`, `statement` and `action` are primary keys; None where there is none, or none yet.
    `position` of the prompt; 0: the question as a whole.
    """

    key: str
    ref: str = ""
    position: int = 0
    answer: int | None = None
    statement: int | None = None
    action: int | None = None
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """A cell of a file that says something else than the row it belongs to, or something new.

    `number` counts from 1 in the file; `place` is the sheet and the row there. `more`: the other
    cells of what is new.
    """

    number: int
    key: str
    cell: str
    value: str
    place: str
    ref: str = ""
    position: int = 0
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Note:
    """Something in a file that isn't taken, and why; `text`: what stands there.

    `row`: its number in a sheet that isn't ours; `in_tray`: the whole row found no place.
    """

    place: str
    says: str
    text: str = ""
    row: int = 0
    in_tray: bool = False


def as_json(rows: Iterable[Row | Said | Note]) -> list[dict[str, Any]]:
    return [asdict(row) for row in rows]


def rows_from(stored: Sequence[Mapping[str, Any]]) -> list[Row]:
    return [Row(**each) for each in stored]


def said_from(stored: Sequence[Mapping[str, Any]]) -> list[Said]:
    return [Said(**each) for each in stored]


def notes_from(stored: Sequence[Mapping[str, Any]]) -> list[Note]:
    return [Note(**each) for each in stored]
