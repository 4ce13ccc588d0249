"""A file read into a drafted edition: what the draft would become, and written once confirmed."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from assessments.drafted import AWAITS, Content, Drafted, Entry, entries_of, laid_upon
from assessments.models import DraftPart, DraftPartKind, EditionDraft, User
from assessments.services.conflicts import StaleSave
from assessments.services.edition_parts import save_rows
from assessments.services.editions import free_slug, lock_draft, new_part
from assessments.services.history import create_rows, taken_from, written_by
from benchmarks.editions.checking import Document, problems_in
from benchmarks.editions.differences import differences
from benchmarks.editions.problems import EditionError

NAMED_BY = {
    DraftPartKind.SCALE: "slug",
    DraftPartKind.BENCHMARK: "number",
    DraftPartKind.QUESTION: "ref",
}
Pairs = Sequence[tuple[DraftPart | None, Entry]]


@dataclass(frozen=True)
class Incoming:
    """`replaces`: what the file doesn't have goes; else it stays."""

    name: str
    document: Document
    replaces: bool


def outcome_of(draft: EditionDraft, drafted: Drafted, incoming: Incoming) -> Document:
    """What the draft would be. It keeps its short name where the file's can't be its own. Raises
    EditionError for what is wrong with that and wasn't before. Up to two queries."""
    document = incoming.document
    if not is_shaped(document):
        raise EditionError(
            [": ".join(filter(None, (p.where, p.says))) for p in problems_in(document)]
        )
    now = drafted.document
    outcome = document if incoming.replaces else laid_upon(now, document)
    wanted = outcome.get("slug")
    if not isinstance(wanted, str) or free_slug(wanted, draft.council) != wanted:
        outcome = {**outcome, "slug": now.get("slug", "")}
    before = {(problem.where, problem.says) for problem in problems_in(now)}
    found = [(each.where, each.says) for each in problems_in(outcome)]
    if worse := [each for each in found if each not in before]:
        raise EditionError([": ".join(filter(None, each)) for each in worse])
    return outcome


def is_shaped(document: object) -> bool:
    """Whether it can be taken apart."""
    if not isinstance(document, dict):
        return False
    scales, benchmarks = document.get("scales", []), document.get("benchmarks", [])
    if not (are_groups(scales) and are_groups(benchmarks)):
        return False
    return all(are_groups(each.get("questions", [])) for each in benchmarks)


def are_groups(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def stamp_of(drafted: Drafted) -> str:
    """Another one after every save."""
    state = [(part.pk, part.version, part.position) for part in drafted.parts]
    return hashlib.sha256(repr(state).encode()).hexdigest()[:16]


@transaction.atomic
def take_file(*, draft: EditionDraft, incoming: Incoming, stamp: str, by: User) -> None:
    """Only what differs is written, part by part. Raises StaleSave where the draft isn't what it
    was at `stamp`, EditionError as `outcome_of` does, and DraftClosed."""
    locked = lock_draft(draft.pk)
    drafted = Drafted(locked.parts.all())
    if stamp_of(drafted) != stamp:
        raise StaleSave(locked)
    outcome = outcome_of(locked, drafted, incoming)
    with taken_from(f"From the file “{incoming.name}”"):
        Rewriting(locked, drafted, by).write(outcome)


class Rewriting:
    """Within one transaction that holds the draft."""

    def __init__(self, draft: EditionDraft, drafted: Drafted, by: User) -> None:
        self.draft, self.drafted, self.by = draft, drafted, by
        self.changed: list[DraftPart] = []
        self.kept: set[int] = set()

    def write(self, outcome: Document) -> None:
        drafted = self.drafted
        pairs = paired([drafted.about, *drafted.scales, *drafted.benchmarks], entries_of(outcome))
        tops = self.placed(pairs, None)
        for part, (_, entry) in zip(tops, pairs, strict=True):
            if entry.children or part.pk in drafted.under:
                self.placed(paired(drafted.under[part.pk], entry.children), part)
        save_rows(self.changed, self.by)
        gone = [part for part in drafted.parts if part.pk not in self.kept]
        for part in sorted(gone, key=lambda each: each.parent_id is None):  # questions first
            written_by(part, self.by).delete()

    def placed(self, pairs: Pairs, parent: DraftPart | None) -> list[DraftPart]:
        """The parts of some entries in their order, new ones among them."""
        parts, fresh, last = [], [], 0
        for part, entry in pairs:
            last = part.position if part and part.position > last else last + 1
            if part is None:
                part = new_part(self.draft, entry, last, parent)
                fresh.append(part)
            else:
                self.keep(part, entry.content, last)
            parts.append(part)
        create_rows(fresh, self.by)
        return parts

    def keep(self, part: DraftPart, content: Content, position: int) -> None:
        self.kept.add(part.pk)
        if differences(self.drafted.content(part), content):
            awaits = {name: value for name, value in part.content.items() if name == AWAITS}
            part.content = {**content, **awaits}
        elif part.position == position:
            return
        part.position = position
        self.changed.append(part)


def paired(parts: Iterable[DraftPart], entries: Iterable[Entry]) -> Pairs:
    """Each entry with the part of its name, where there is one."""
    pools: defaultdict[tuple[str, str], list[DraftPart]] = defaultdict(list)
    for part in parts:
        pools[named(part.kind, part.content)].append(part)
    found = [(pools[named(entry.kind, entry.content)], entry) for entry in entries]
    return [(pool.pop(0) if pool else None, entry) for pool, entry in found]


def named(kind: str, content: Content) -> tuple[str, str]:
    return kind, str(content.get(NAMED_BY.get(DraftPartKind(kind), ""), ""))
