"""Starting on another edition from the last cycle, along the mapping between the two."""

from collections.abc import Sequence

from assessments.carrying import BETWEEN, Kind, Piece, Place, Plan, Planner, Spot, links_of, origins
from assessments.correcting import Asked, CorrectionPlanner
from assessments.models import (
    ActionLink,
    Answer,
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
from benchmarks.mappings.corrections import is_correction_of
from benchmarks.models import EditionMapping, Question, RatingScale, Toolkit


def mapping_between(source: Toolkit, target: Toolkit) -> EditionMapping | None:
    """One query."""
    mappings = EditionMapping.objects.select_related("source", "target__corrects")
    return mappings.filter(source=source, target=target).first()


def plan_for(source: Cycle, mapping: EditionMapping, scale: RatingScale) -> Plan:
    """Where everything in the cycle goes on the mapping's other edition. Eight queries; one more
    for each correction that the edition in between was itself."""
    (contents,) = read_cycles(Cycle.objects.filter(pk=source.pk), brief=True)
    numbers = {each.pk: each.number for each in contents_of(mapping.source).benchmarks.all()}
    links, old = links_of(mapping.links), asked_in(mapping.source)
    same_scale = levels_of(source.scale) == levels_of(scale)
    planner: Planner
    if is_correction_of(mapping.target, mapping.source):
        levels = same_levels(source.scale, scale) if same_scale else None
        new = asked_in(mapping.target)
        planner = CorrectionPlanner(contents, links, old, new, numbers=numbers, levels=levels)
    else:
        places = {each.pk: each.place for each in old}
        planner = Planner(contents, links, places=places, numbers=numbers, same_scale=same_scale)
    return planner.plan()


def asked_in(toolkit: Toolkit) -> list[Asked]:
    return [
        Asked(question.pk, Place(benchmark.number, question.ref), tuple(question.prompts.all()))
        for benchmark in contents_of(toolkit).benchmarks.all()
        for question in benchmark.questions.all()
    ]


def levels_of(scale: RatingScale) -> list[tuple[str, str, int, bool]]:
    """Two scales with the same levels are the same, in whichever edition."""
    return [(each.slug, each.label, each.rank, each.met) for each in scale.levels.all()]


def same_levels(old: RatingScale, new: RatingScale) -> dict[int, int]:
    """Of two scales that are the same: the new levels by the old ones, both by primary key."""
    pairs = zip(old.levels.all(), new.levels.all(), strict=True)
    return {before.pk: after.pk for before, after in pairs}


def carry_along(plan: Plan, *, cycle: Cycle, by: User) -> None:
    """Fill a cycle just started with what the plan carries. What it has no spot for hangs on the
    benchmark's first question as a whole. A number of queries that doesn't grow with what is
    carried."""
    questions = {
        each.number: each.questions.all()[0] for each in contents_of(cycle.toolkit).benchmarks.all()
    }
    writer = Writer(plan, cycle, questions)
    create_rows(writer.statements(), by)
    create_rows(writer.items(), by)
    create_rows(writer.links(), by)
    update_rows(writer.answers(), ["rating", "version", *DECISION, *CARRIED], by)
    update_rows(writer.judgements(), ["rating", "version", *DECISION, *LINES, *CARRIED], by)


class Writer:
    """`questions`: the first of each new benchmark, by its number."""

    def __init__(self, plan: Plan, cycle: Cycle, questions: dict[int, Question]) -> None:
        self.plan, self.cycle, self.questions = plan, cycle, questions

    def sent(self, kind: Kind) -> list[tuple[Piece, Spot, str]]:
        """With where each goes, and where it came from."""
        return [
            (piece, spot, spot.came_from.origin(self.plan.period))
            for piece in self.plan.pieces
            if piece.kind is kind
            for spot in piece.spots or self.first_questions(piece)
        ]

    def first_questions(self, piece: Piece) -> list[Spot]:
        return [Spot(self.questions[number].pk, piece.place) for number in piece.targets]

    def statements(self) -> list[EvidenceStatement]:
        return [
            EvidenceStatement(
                cycle=self.cycle,
                question_id=spot.question_id,
                text=piece.row.text,
                covers=list(spot.covers),
                sensitivity=piece.row.sensitivity,
                to_confirm=True,
                carried_from=origin,
            )
            for piece, spot, origin in self.sent(Kind.EVIDENCE)
        ]

    def items(self) -> list[EvidenceItem]:
        rows = []
        for piece, spot, origin in self.sent(Kind.DOCUMENT):
            row = EvidenceItem(cycle=self.cycle, to_confirm=True, carried_from=origin)
            copy_fields(piece.row, row, ITEM)
            row.question_id = spot.question_id
            rows.append(row)
        return rows

    def links(self) -> list[ActionLink]:
        return [
            ActionLink(
                cycle=self.cycle,
                action=piece.row,
                question_id=spot.question_id,
                prompt_id=spot.prompt_id,
                to_confirm=True,
                carried_from=origin,
            )
            for piece, spot, origin in self.sent(Kind.ACTION)
        ]

    def answers(self) -> list[Answer]:
        """Of a correction alone: no other edition asks the same prompts."""
        if not (sent := self.sent(Kind.ANSWER)):
            return []
        blank = {(row.question_id, row.prompt_id): row for row in self.cycle.answers.all()}
        rows = []
        for piece, spot, origin in sent:
            row = blank[spot.question_id, spot.prompt_id]
            copy_fields(piece.row, row, ["rating_id", *DECISION])
            row.version, row.to_confirm, row.carried_from = 1, True, origin
            rows.append(row)
        return rows

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
