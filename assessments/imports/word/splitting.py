"""One row parted into several, and a row joined with the one before it: by a person, at the
review. No character is lost or counted twice."""

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.imports.word.entries import Entry, Part, Role, State, as_held
from assessments.imports.word.places import Place
from assessments.record import Level

# What a row is known by, and how it is rated, stay with it.
STAYS = {Role.LABEL, Role.REF, Role.PROMPT, Role.RATING}
HERE = 0
MOST_PIECES = 200  # of one part: beyond them the rest is one piece
LIST_MARK = re.compile(r"\s*(?:\(?(?:\d+(?:\.\d+)*|[a-z]|[ivx]+)[.)]|•)?\s*")
END_OF_SENTENCE = re.compile(r"(?<=\w[.!?;]|[)”’\"][.!?;]|[.!?;][)”’\"])[^\S\n]+(?=[A-Z\d“‘\"(•])")


@dataclass(frozen=True)
class Piece:
    """A line of a part, or a sentence of one. `part`: which of the entry's parts; `text` begins
    with what parts it from the piece before."""

    part: int
    role: Role
    text: str


def pieces_of(entry: Entry, cut: str = "") -> list[Piece]:
    """What can be sent elsewhere, in order. `cut`: words that begin a piece of their own."""
    return [
        Piece(index, part.role, text)
        for index, part in enumerate(entry.parts)
        if part.role not in STAYS
        for text in pieces(part.text, cut)
    ]


def pieces(text: str, cut: str = "") -> list[str]:
    found: list[str] = []
    for line in text.split("\n"):
        start = "\n" if found else ""
        mark = LIST_MARK.match(line)
        assert mark
        first, *others = END_OF_SENTENCE.split(line[mark.end() :])
        for sentence in (mark[0] + first, *others):
            for piece in cut_before(sentence, cut):
                if piece.strip():
                    found.append(start + piece)
                    start = " "
    rest = "".join(found[MOST_PIECES - 1 :])
    return [*found[: MOST_PIECES - 1], rest] if rest else found


def cut_before(sentence: str, cut: str) -> list[str]:
    words = r"\s+".join(re.escape(word) for word in cut.split())
    if not words:
        return [sentence]
    return re.split(rf"(?<!\s)\s+(?={words})", sentence, flags=re.IGNORECASE)


def split(
    entries: Sequence[Entry],
    entry: Entry,
    goes_to: Mapping[int, int],
    by: str,
    cut: str = "",
) -> list[Entry]:
    """`goes_to`: piece → new row, counted from 1 in the order they shall stand; the others stay.
    New rows wait to be checked where the row stands, and in the tray where it has no place."""
    rows = sorted(set(goes_to.values()) - {HERE})
    last = max(max(each.number, each.took_in) for each in entries)
    left = dataclasses.replace(
        entry,
        parts=parts_for(entry, goes_to, HERE, cut),
        version=entry.version + 1,
        decided_by=by,
    )
    parted = [
        new_row(entry, parts_for(entry, goes_to, row, cut), number, by)
        for number, row in enumerate(rows, start=last + 1)
    ]
    at = entries.index(entry)
    return shared_anew([*entries[:at], left, *parted, *entries[at + 1 :]], [left, *parted])


def parts_for(entry: Entry, goes_to: Mapping[int, int], row: int, cut: str) -> tuple[Part, ...]:
    """Pieces of one part stay one text."""
    texts = {index: "" for index, part in enumerate(entry.parts) if part.role not in STAYS}
    for number, piece in enumerate(pieces_of(entry, cut)):
        if goes_to.get(number, HERE) == row:
            texts[piece.part] += piece.text
    told = [
        part if part.role in STAYS else Part(part.role, texts[index].strip())
        for index, part in enumerate(entry.parts)
        if row == HERE or part.role not in STAYS
    ]
    return tuple(part for part in told if part.text)


def new_row(entry: Entry, parts: tuple[Part, ...], number: int, by: str) -> Entry:
    return Entry(
        number=number,
        table=entry.table,
        row=entry.row,
        parts=parts,
        state=State.CHECK if entry.place else State.TRAY,
        place=entry.place,
        proposed=entry.place,
        decided_by=by,
        split_from=entry.number,
    )


def shared_anew(entries: Sequence[Entry], rows: Sequence[Entry]) -> list[Entry]:
    """Rows that shared a merged cell share it with the first part that still has its text."""
    holders = {
        role.value: each.number for each in reversed(rows) for role in Role if each.text(role)
    }
    return [renamed(each, rows[0].number, holders) for each in entries]


def renamed(entry: Entry, number: int, holders: Mapping[str, int]) -> Entry:
    if number not in entry.joined.values():
        return entry
    joined = {
        role: holders.get(role, number) if owner == number else owner
        for role, owner in entry.joined.items()
    }
    return dataclasses.replace(entry, joined=joined)


def row_before(entries: Sequence[Entry], entry: Entry) -> Entry | None:
    """The one that it can be joined with."""
    earlier = [each for each in entries[: entries.index(entry)] if not each.is_label]
    return earlier[-1] if earlier else None


def join(entries: Sequence[Entry], entry: Entry, levels: Sequence[Level], by: str) -> list[Entry]:
    """With the row before, which must be there: it keeps its place. Of two ratings the lower
    one, as for rows of one prompt."""
    before = row_before(entries, entry)
    assert before
    place = Place.read(before.place) if before.place else None
    both = dataclasses.replace(
        before,
        parts=(*before.parts, *as_held(entry.parts, place)),
        rating=lower(before.rating, entry.rating, levels),
        not_applicable=before.not_applicable or entry.not_applicable,
        joined=joined_of(before, entry),
        version=before.version + 1,
        decided_by=by,
        took_in=max(before.took_in, entry.took_in, entry.number),
    )
    rest = [both if each is before else each for each in entries if each is not entry]
    return [renamed(each, entry.number, dict.fromkeys(Role, before.number)) for each in rest]


def joined_of(before: Entry, entry: Entry) -> dict[str, int]:
    other = {role: owner for role, owner in entry.joined.items() if owner != before.number}
    return {**other, **before.joined}


def lower(one: str, other: str, levels: Sequence[Level]) -> str:
    ranks = {level.slug: level.rank for level in levels}
    return min(filter(None, (one, other)), key=lambda slug: ranks[slug], default="")
