"""Whatever people decide on the rows of a document, nothing of it is lost or counted twice."""

import random
from collections import Counter
from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.imports.word.blocks import read_rows
from assessments.imports.word.building import build_record
from assessments.imports.word.entries import (
    Entry,
    Role,
    State,
    as_json,
    characters,
    from_json,
    sum_of,
)
from assessments.imports.word.matching import match
from assessments.imports.word.places import Place
from assessments.imports.word.splitting import join, pieces_of, row_before, split
from assessments.presenters.import_rows import choices
from tests.imports.completed import WORDS, Completed, as_docx, completed
from tests.imports.editions import blank_edition

EDITION = blank_edition()
PLACES = [place for _, group in choices(EDITION, "") for place, _ in group]
BY = "A person"


def decide(entries: list[Entry], chance: random.Random) -> list[Entry]:
    """One row sent somewhere, to the tray, split, or joined with the one before."""
    entry = chance.choice([each for each in entries if not each.is_label])
    kind = chance.choice(["move", "tray", "split", "split", "join"])
    if kind == "split":
        cut = chance.choice(["", *WORDS])
        goes_to = {n: chance.randrange(4) for n, _ in enumerate(pieces_of(entry, cut))}
        return split(entries, entry, goes_to, BY, cut)
    if kind == "join":
        return join(entries, entry, EDITION.levels, BY) if row_before(entries, entry) else entries
    place = Place.read(chance.choice(PLACES)) if kind == "move" else None
    return [each.sent_to(place, BY) if each is entry else each for each in entries]


def letters(entries: Sequence[Entry], role: Role) -> Counter[str]:
    """Of one role, wherever they are now; a row of labels never changes."""
    return Counter("".join("".join(each.text(role).split()) for each in entries))


def placed_evidence(entries: Sequence[Entry]) -> int:
    return sum(
        characters(part.text)
        for entry in entries
        for part in entry.parts
        if part.role == Role.EVIDENCE and entry.outcome(part) == State.PLACED
    )


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(completed(EDITION), st.randoms(use_true_random=False), st.integers(1, 30))
def test_the_sum_comes_out_after_any_decisions(
    layout: Completed, chance: random.Random, decisions: int
):
    rows = read_rows(as_docx(layout))
    document = sum(characters(row.text) for row in rows)
    read = entries = match(rows, EDITION)
    for _ in range(decisions):
        entries = decide(entries, chance)
        assert sum_of(entries, document).comes_out
    assert from_json(as_json(entries)) == entries
    for role in Role:
        assert letters(entries, role) == letters(read, role)
    numbers = [entry.number for entry in entries]
    assert len(set(numbers)) == len(numbers)
    assert {owner for entry in entries for owner in entry.joined.values()} <= set(numbers)
    statements = [
        s.text.value
        for q in build_record(EDITION, entries).questions.values()
        for s in q.statements
    ]
    assert sum(map(characters, statements)) == placed_evidence(entries)
