"""Starting from the last cycle: what it holds comes along, all of it to be confirmed."""

from collections.abc import Iterable
from typing import TypeVar

from assessments.models import (
    ActionLink,
    ActionStatus,
    Answer,
    BenchmarkAssessment,
    Cycle,
    Decision,
    EvidenceItem,
    EvidenceStatement,
    User,
)
from assessments.services.history import create_rows, update_rows

CARRIED = ["to_confirm", "carried_from"]
DECISION = ["not_applicable", "reason", "reason_sensitivity"]
LINES = ["actions", "actions_sensitivity", "comments", "comments_sensitivity"]
STATEMENT = ["question_id", "text", "covers", "sensitivity"]
ITEM = ["question_id", "title", "url", "reference", "dated_on", "review_on", "sensitivity"]

Evidence = TypeVar("Evidence", EvidenceStatement, EvidenceItem)


def carry_forward(*, source: Cycle, cycle: Cycle, by: User) -> None:
    """Fill a cycle just started with what stands in another on the same edition.

    Completed actions stay behind. A rating comes along only on the same scale: none is
    converted. Needs the council's lock and the source's. A number of queries that doesn't grow
    with what is carried.
    """
    same_scale = source.scale_id == cycle.scale_id
    carry_judgements(source, cycle, same_scale, by)
    carry_answers(source, cycle, same_scale, by)
    statements = source.statements.order_by("pk")
    create_rows([copied(row, cycle, STATEMENT, source.period) for row in statements], by)
    items = source.evidence_items.order_by("pk")
    create_rows([copied(row, cycle, ITEM, source.period) for row in items], by)
    create_rows([link_in(cycle, link, source.period) for link in open_links(source)], by)


def carry_judgements(source: Cycle, cycle: Cycle, same_scale: bool, by: User) -> None:
    rows = {row.benchmark_id: row for row in cycle.benchmarks.all()}
    changed: list[BenchmarkAssessment] = []
    for old in source.benchmarks.all():
        row = rows[old.benchmark_id]
        copy_fields(old, row, [*DECISION, *LINES])
        if carry_rating(old, row, same_scale, source.period) or old.actions or old.comments:
            changed.append(row)
    update_rows(changed, ["rating", "version", *DECISION, *LINES, *CARRIED], by)


def carry_answers(source: Cycle, cycle: Cycle, same_scale: bool, by: User) -> None:
    rows = {(row.question_id, row.prompt_id): row for row in cycle.answers.all()}
    changed: list[Answer] = []
    for old in source.answers.all():
        row = rows[old.question_id, old.prompt_id]
        copy_fields(old, row, DECISION)
        if carry_rating(old, row, same_scale, source.period):
            changed.append(row)
    update_rows(changed, ["rating", "version", *DECISION, *CARRIED], by)


def carry_rating(old: Decision, row: Decision, same_scale: bool, period: str) -> bool:
    """Whether there was anything to carry."""
    row.rating_id = old.rating_id if same_scale else None
    row.version, row.to_confirm, row.carried_from = 1, True, period
    return row.says_something or bool(old.reason)


def copied(row: Evidence, cycle: Cycle, fields: Iterable[str], period: str) -> Evidence:
    copy = type(row)(cycle=cycle, to_confirm=True, carried_from=period)
    copy_fields(row, copy, fields)
    return copy


def copy_fields(
    old: Decision | EvidenceStatement | EvidenceItem,
    new: Decision | EvidenceStatement | EvidenceItem,
    fields: Iterable[str],
) -> None:
    for name in fields:
        setattr(new, name, getattr(old, name))


def open_links(source: Cycle) -> Iterable[ActionLink]:
    """Where the actions stand that aren't done yet. One query."""
    return source.action_links.exclude(action__status=ActionStatus.COMPLETED).order_by("pk")


def link_in(cycle: Cycle, link: ActionLink, period: str) -> ActionLink:
    return ActionLink(
        action_id=link.action_id,
        cycle=cycle,
        question_id=link.question_id,
        prompt_id=link.prompt_id,
        to_confirm=True,
        carried_from=period,
    )
