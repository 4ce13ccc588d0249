"""A year that starts from the one before, and what people have confirmed of it since."""

from collections.abc import Iterator
from functools import partial

from assessments.demo.dating import at
from assessments.demo.events import Event
from assessments.demo.reading import Fields
from assessments.models import Answer, BenchmarkAssessment, Council, Cycle, EvidenceStatement, User
from assessments.services.answers import AnswerInput, StatementInput
from assessments.services.confirm import Beside, confirm_question
from assessments.services.cycles import start_cycle
from assessments.services.judgement import Judgement, save_judgement


def start_events(council: Council, year: Fields) -> Iterator[Event]:
    yield Event(at(year["written on"]), partial(start_year, council, year))
    for confirmed in year.get("confirmed", []):
        yield Event(at(confirmed["date"], 11), partial(confirm, council, year, confirmed))


def start_year(council: Council, year: Fields) -> None:
    source = council.cycles.get(period=year["start from"])
    cycle = start_cycle(
        council=council,
        toolkit=source.toolkit,
        scale=source.scale,
        period=year["period"],
        as_at=year["as at"],
        closes_on=year["closes on"],
        start_from=source,
        by=council.members.get(email=year["written by"]),
    )
    Cycle.objects.filter(pk=cycle.pk).update(started_at=at(year["started on"]))


def confirm(council: Council, year: Fields, confirmed: Fields) -> None:
    cycle = council.cycles.get(period=year["period"])
    by = council.members.get(email=confirmed["by"])
    for ref in confirmed.get("questions", "").split():
        confirm_as_shown(cycle, ref, by)
    for number in confirmed.get("benchmarks", "").split():
        row = cycle.benchmarks.get(benchmark__number=int(number))
        save_judgement(assessment=row, judgement=judgement_of(row), confirms=True, by=by)


def confirm_as_shown(cycle: Cycle, ref: str, by: User) -> None:
    links = cycle.action_links.filter(question__ref=ref).select_related("action")
    confirm_question(
        assessment=cycle.questions.get(question__ref=ref),
        answers=[answer_of(row) for row in cycle.answers.filter(question__ref=ref)],
        statements=[statement_of(row) for row in cycle.statements.filter(question__ref=ref)],
        beside=Beside(
            documents={row.pk: row.version for row in cycle.evidence_items.all()},
            actions={link.action_id: link.action.version for link in links},
        ),
        by=by,
    )


def answer_of(row: Answer) -> AnswerInput:
    return AnswerInput(
        answer_id=row.pk,
        version=row.version,
        rating_id=row.rating_id,
        not_applicable=row.not_applicable,
        reason=row.reason,
        reason_sensitivity=row.reason_sensitivity,
    )


def statement_of(row: EvidenceStatement) -> StatementInput:
    return StatementInput(
        statement_id=row.pk,
        version=row.version,
        text=row.text,
        covers=tuple(row.covers),
        sensitivity=row.sensitivity,
    )


def judgement_of(row: BenchmarkAssessment) -> Judgement:
    return Judgement(**{name: getattr(row, name) for name in Judgement.__dataclass_fields__})
