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
from assessments.imports.word.marks import Mark
from assessments.imports.word.matching import match
from assessments.imports.word.places import Place
from assessments.imports.word.splitting import join, pieces_of, row_before, split
from assessments.imports.word.telling import retell
from assessments.presenters.import_rows import choices
from tests.imports.completed import LEVELS, WORDS, Completed, as_docx, completed
from tests.imports.editions import blank_edition

EDITION = blank_edition()
PLACES = [place for _, group in choices(EDITION, "") for place, _ in group]
BY = "A person"


def decide(entries: list[Entry], chance: random.Random) -> list[Entry]:
    """One row sent somewhere, to the tray, split, joined with the one before, or its texts said to
    be something else."""
    kind = chance.choice(["move", "tray", "split", "split", "join", "retell"])
    if kind == "retell":
        entry = chance.choice(entries)
        roles = {n: chance.choice(list(Role)) for n, _ in enumerate(entry.parts)}
        return retell(entries, entry, roles, Mark(chance.choice(["", *LEVELS])), BY)
    open_ones = [each for each in entries if not each.is_label]
    if not open_ones:
        return entries
    entry = chance.choice(open_ones)
    if kind == "split":
        cut = chance.choice(["", *WORDS])
        goes_to = {n: chance.randrange(4) for n, _ in enumerate(pieces_of(entry, cut))}
        return split(entries, entry, goes_to, BY, cut)
    if kind == "join":
        return join(entries, entry, EDITION.levels, BY) if row_before(entries, entry) else entries
    place = Place.read(chance.choice(PLACES)) if kind == "move" else None
    return [each.sent_to(place, BY) if each is entry else each for each in entries]


def letters(entries: Sequence[Entry]) -> Counter[str]:
    """Wherever they are now."""
    texts = (part.text for entry in entries for part in entry.parts)
    return Counter("".join("".join(texts).split()))


def placed(entries: Sequence[Entry], *roles: Role) -> int:
    return sum(
        characters(part.text)
        for entry in entries
        for part in entry.parts
        if part.role in roles and entry.outcome(part) == State.PLACED
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
    assert letters(entries) == letters(read)
    numbers = [entry.number for entry in entries]
    assert len(set(numbers)) == len(numbers)
    assert {owner for entry in entries for owner in entry.joined.values()} <= set(numbers)
    record = build_record(EDITION, entries)
    statements = [s.text.value for q in record.questions.values() for s in q.statements]
    assert sum(map(characters, statements)) == placed(entries, Role.EVIDENCE)
    front = [text for each in record.benchmarks for text in (each.actions, each.comments)]
    on_it = placed(entries, Role.FRONT_ACTIONS, Role.FRONT_COMMENTS)
    assert sum(characters(each.value) for each in front) == on_it
