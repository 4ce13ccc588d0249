"""What a person says that the texts of a row are, where they were taken for something else. No
character is lost or counted twice."""

import dataclasses
from collections.abc import Mapping, Sequence

from assessments.imports.word.entries import Entry, Part, Role, State
from assessments.imports.word.marks import Mark

# With a benchmark for its place a row can hold these; with any other, or none, those.
FRONT_ROLES = (Role.FRONT_COMMENTS, Role.FRONT_ACTIONS, Role.RATING)
ROLES = (Role.EVIDENCE, Role.ACTION, Role.OWNER, Role.DUE, Role.STATUS, Role.RATING)
NO_ANSWER = (Role.PROMPT, Role.LABEL, Role.UNKNOWN)


def retell(
    entries: Sequence[Entry], entry: Entry, roles: Mapping[int, Role], mark: Mark, by: str
) -> list[Entry]:
    """`roles`: which part → what it is; those not named stay what they are."""
    parts = tuple(
        Part(roles.get(index, part.role), part.text) for index, part in enumerate(entry.parts)
    )
    told = dataclasses.replace(
        entry,
        parts=parts,
        state=state_of(entry, parts, mark),
        rating=mark.rating,
        not_applicable=mark.not_applicable,
        version=entry.version + 1,
        decided_by=by,
    )
    moved = moved_roles(entry, told)
    return [told if each is entry else shared_as(each, entry.number, moved) for each in entries]


def state_of(entry: Entry, parts: Sequence[Part], mark: Mark) -> State:
    """Nothing but labels answers nothing. What was a label until now has no place that anybody
    has looked at."""
    if not mark and all(part.role == Role.LABEL for part in parts):
        return State.LABEL
    if not entry.is_label:
        return entry.state
    return State.CHECK if entry.place else State.TRAY


def moved_roles(before: Entry, after: Entry) -> dict[str, str]:
    """Of roles that no text of the row has any more: what those texts are now."""
    gone = {part.role for part in before.parts} - {part.role for part in after.parts}
    return {
        old.role.value: new.role.value
        for old, new in zip(before.parts, after.parts, strict=True)
        if old.role in gone
    }


def shared_as(entry: Entry, owner: int, moved: Mapping[str, str]) -> Entry:
    """A row that shares the merged cell shares it as what it is now."""
    if owner not in entry.joined.values():
        return entry
    joined: dict[str, int] = {}
    for role, number in entry.joined.items():
        joined.setdefault(moved.get(role, role) if number == owner else role, number)
    return dataclasses.replace(entry, joined=joined)
