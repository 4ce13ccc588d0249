"""Starting on another edition from the last cycle, along the mapping between the two."""

from collections.abc import Sequence

from assessments.carrying import BETWEEN, Kind, Piece, Place, Plan, Planner, links_of, origins
from assessments.models import (
    ActionLink,
    BenchmarkAssessment,
    Cycle,
    EvidenceItem,
    EvidenceStatement,
    Sensitivity,
    User,
)
from assessments.record_rows import read_cycles
from assessments.services.history import create_rows, update_rows
from assessments.services.roll_forward import CARRIED, DECISION, ITEM, LINES, copy_fields
from benchmarks.contents import contents_of
from benchmarks.models import EditionMapping, Question, RatingScale, Toolkit


def mapping_between(source: Toolkit, target: Toolkit) -> EditionMapping | None:
    """One query."""
    return EditionMapping.objects.filter(source=source, target=target).first()


def plan_for(source: Cycle, mapping: EditionMapping, scale: RatingScale) -> Plan:
    """Where everything in the cycle goes on the mapping's other edition. Eight queries."""
    (contents,) = read_cycles(Cycle.objects.filter(pk=source.pk), brief=True)
    benchmarks = contents_of(source.toolkit).benchmarks.all()
    planner = Planner(
        contents,
        links_of(mapping.links),
        places={q.pk: Place(b.number, q.ref) for b in benchmarks for q in b.questions.all()},
        numbers={each.pk: each.number for each in benchmarks},
        same_scale=levels_of(source.scale) == levels_of(scale),
    )
    return planner.plan()


def levels_of(scale: RatingScale) -> list[tuple[str, str, int, bool]]:
    """Two scales with the same levels are the same, in whichever edition."""
    return [(each.slug, each.label, each.rank, each.met) for each in scale.levels.all()]


def carry_along(plan: Plan, *, cycle: Cycle, by: User) -> None:
    """Fill a cycle just started with what the plan carries. Evidence hangs on the benchmark's
    first question as a whole. A number of queries that doesn't grow with what is carried."""
    questions = {
        each.number: each.questions.all()[0] for each in contents_of(cycle.toolkit).benchmarks.all()
    }
    writer = Writer(plan, cycle, questions)
    create_rows(writer.statements(), by)
    create_rows(writer.items(), by)
    create_rows(writer.links(), by)
    update_rows(writer.judgements(), ["rating", "version", *DECISION, *LINES, *CARRIED], by)


class Writer:
    """`questions`: where the texts of each new benchmark go, by its number."""

    def __init__(self, plan: Plan, cycle: Cycle, questions: dict[int, Question]) -> None:
        self.plan, self.cycle, self.questions = plan, cycle, questions

    def sent(self, kind: Kind) -> list[tuple[Piece, Question, str]]:
        """With the question each goes to, and where it came from."""
        return [
            (piece, self.questions[number], piece.origin(self.plan.period))
            for piece in self.plan.pieces
            if piece.kind is kind
            for number in piece.targets
        ]

    def statements(self) -> list[EvidenceStatement]:
        return [
            EvidenceStatement(
                cycle=self.cycle,
                question=question,
                text=piece.row.text,
                sensitivity=piece.row.sensitivity,
                to_confirm=True,
                carried_from=origin,
            )
            for piece, question, origin in self.sent(Kind.EVIDENCE)
        ]

    def items(self) -> list[EvidenceItem]:
        rows = []
        for piece, question, origin in self.sent(Kind.DOCUMENT):
            row = EvidenceItem(cycle=self.cycle, to_confirm=True, carried_from=origin)
            copy_fields(piece.row, row, ITEM)
            row.question = question
            rows.append(row)
        return rows

    def links(self) -> list[ActionLink]:
        return [
            ActionLink(
                cycle=self.cycle,
                action=piece.row,
                question=question,
                to_confirm=True,
                carried_from=origin,
            )
            for piece, question, origin in self.sent(Kind.ACTION)
        ]

    def judgements(self) -> list[BenchmarkAssessment]:
        rows = {row.benchmark.number: row for row in self.cycle.benchmarks.select_related()}
        return [row for number, row in rows.items() if self.judge(number, row)]

    def judge(self, number: int, row: BenchmarkAssessment) -> bool:
        """Whether there was anything to carry."""
        found: list[Piece] = []
        for kind, name in ((Kind.ACTIONS_LINE, "actions"), (Kind.COMMENTS_LINE, "comments")):
            if pieces := self.plan.going_to(number, kind):
                setattr(row, name, BETWEEN.join(piece.texts[0] for piece in pieces))
                classes = [getattr(piece.row, f"{name}_sensitivity") for piece in pieces]
                setattr(row, f"{name}_sensitivity", strictest(classes))
                found += pieces
        if rated := self.plan.ratings.get(number):
            self.rate(row, rated)
        if not (found or rated):
            return False
        row.version, row.to_confirm = 1, True
        row.carried_from = origins(found, self.plan.period) if found else self.origin_of(number)
        return True

    def rate(self, row: BenchmarkAssessment, rated: BenchmarkAssessment) -> None:
        slugs = {level.pk: level.slug for level in rated.cycle.scale.levels.all()}
        levels = {level.slug: level for level in self.cycle.scale.levels.all()}
        copy_fields(rated, row, DECISION)
        row.rating = levels[slugs[rated.rating_id]] if rated.rating_id else None

    def origin_of(self, number: int) -> str:
        return f"benchmark {self.plan.sources_of(number)[0]} of {self.plan.period}"


def strictest(classes: Sequence[str]) -> str:
    """Of texts joined into one: two paragraphs of Schedule 12A make it not for publication."""
    restricted = {each for each in classes if each != Sensitivity.PUBLIC}
    if not restricted:
        return Sensitivity.PUBLIC
    return restricted.pop() if len(restricted) == 1 else Sensitivity.NOT_FOR_PUBLICATION
