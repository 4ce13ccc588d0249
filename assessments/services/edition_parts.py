"""The parts of a drafted edition: added, changed, moved, removed.

Numbers follow the order: what changes places changes numbers with it, and questions are
numbered after their benchmark.
"""

import re
from collections.abc import Iterable

from django.db import transaction

from assessments.drafted import Content, Drafted, Entry
from assessments.models import DraftPart, DraftPartKind, EditionDraft, User
from assessments.services.conflicts import StaleSave
from assessments.services.editions import lock_draft, new_part
from assessments.services.history import update_rows, written_by

NUMBER = re.compile(r"\A\d+\.(\d+)")


@transaction.atomic
def save_part(*, part: DraftPart, version: int, content: Content, by: User) -> DraftPart:
    """Raises StaleSave where somebody else changed or removed it since `version`, and
    DraftClosed."""
    lock_draft(part.draft_id)
    row = DraftPart.objects.filter(pk=part.pk).first()
    if row is None:
        raise StaleSave(None)
    if content == row.content:
        return row
    if row.version != version:
        raise StaleSave(row)
    rows = [*renumbered(row.children.all(), content.get("number")), row]
    row.content = content
    save_rows(rows, by)
    return row


@transaction.atomic
def add_part(
    *, draft: EditionDraft, kind: DraftPartKind, by: User, under: DraftPart | None = None
) -> DraftPart:
    """At the end, with the next number. Raises DraftClosed."""
    lock_draft(draft.pk)
    drafted = Drafted(draft.parts.all())
    before = [each for each in drafted.by_kind[kind] if each.parent_id == (under and under.pk)]
    position = max((each.position for each in before), default=len(drafted.parts)) + 1
    part = new_part(draft, Entry(kind, blank_content(kind, before, under)), position, under)
    written_by(part, by).save()
    return part


def blank_content(
    kind: DraftPartKind, before: Iterable[DraftPart], under: DraftPart | None
) -> Content:
    if kind == DraftPartKind.BENCHMARK:
        numbers = [each.content.get("number") or 0 for each in before]
        return {"number": max(numbers, default=0) + 1, "guidance": {"links": []}}
    if under is None:
        return {"levels": []}
    taken = [NUMBER.match(each.content.get("ref", "")) for each in before]
    last = max((int(match[1]) for match in taken if match), default=0)
    return {"ref": f"{under.content.get('number')}.{last + 1}", "category": "expectation"}


@transaction.atomic
def move_part(*, part: DraftPart, up: bool, by: User) -> None:
    """It changes places with the one above or below it, where there is one. Raises
    DraftClosed."""
    draft = lock_draft(part.draft_id)
    drafted = Drafted(draft.parts.all())
    siblings = [each for each in drafted.parts if each.kind == part.kind]
    siblings = [each for each in siblings if each.parent_id == part.parent_id]
    at = next((n for n, each in enumerate(siblings) if each.pk == part.pk), None)
    other = None if at is None else at - 1 if up else at + 1
    if at is None or other is None or not 0 <= other < len(siblings):
        return
    one, two = siblings[at], siblings[other]
    one.position, two.position = two.position, one.position
    save_rows(exchanged(drafted, one, two), by)


def exchanged(drafted: Drafted, one: DraftPart, two: DraftPart) -> list[DraftPart]:
    """The rows that change when two parts change numbers."""
    name = {DraftPartKind.BENCHMARK: "number", DraftPartKind.QUESTION: "ref"}.get(
        DraftPartKind(one.kind)
    )
    if name is None:
        return [one, two]
    first, second = one.content.get(name), two.content.get(name)
    children = [
        *renumbered(drafted.under[one.pk], second),
        *renumbered(drafted.under[two.pk], first),
    ]
    one.content, two.content = {**one.content, name: second}, {**two.content, name: first}
    return [*children, one, two]


def renumbered(questions: Iterable[DraftPart], number: object) -> list[DraftPart]:
    """Those of the questions that must change to be numbered after their benchmark."""
    changed = []
    for question in questions:
        ref = re.sub(r"\A\d+(?=\.)", str(number), question.content.get("ref", ""))
        if isinstance(number, int) and ref != question.content.get("ref", ""):
            question.content = {**question.content, "ref": ref}
            changed.append(question)
    return changed


def save_rows(rows: list[DraftPart], by: User) -> None:
    for row in rows:
        row.version += 1
    update_rows(rows, ["content", "position", "version"], by)


@transaction.atomic
def remove_part(*, part: DraftPart, by: User) -> None:
    """With what stands under it; its history stays. Raises DraftClosed."""
    lock_draft(part.draft_id)
    for child in part.children.all():
        written_by(child, by).delete()
    written_by(part, by).delete()
