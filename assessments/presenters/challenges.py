"""What challenges are about, and in which order they stand."""

from collections.abc import Mapping

from django.db.models import Case, IntegerField, QuerySet, Value, When

from assessments.models import Action, Challenge, Cycle
from assessments.presenters.asked import Asked
from assessments.services.challenges import Concern
from benchmarks.models import Benchmark, Question

FIRST = [Challenge.State.OPEN, Challenge.State.ANSWERED, Challenge.State.RESOLVED]
OPEN_FIRST = (
    Case(
        *(When(state=state, then=Value(place)) for place, state in enumerate(FIRST)),
        output_field=IntegerField(),
    ),
    "-raised_at",
    "-pk",
)
KINDS = ("benchmark", "question", "action")


def conversations(cycle: Cycle) -> QuerySet[Challenge]:
    """A cycle's challenges with what they concern and their replies, open ones first. Two
    queries."""
    rows = cycle.challenges.select_related(
        "benchmark", "question", "action", "addressed_to", "raised_by"
    )
    return rows.prefetch_related("replies").order_by(*OPEN_FIRST)


def asked_about(action: Action) -> dict[str, object]:
    """Every challenge on an action, whatever its cycle, open ones first, and what the address of
    another one says. One query."""
    rows = action.challenges.select_related("raised_by").order_by(*OPEN_FIRST)
    return {"challenges": rows, "about": f"action={action.pk}"}


def unresolved_at(
    cycle: Cycle, *, benchmark: Benchmark | None = None, question: Question | None = None
) -> QuerySet[Challenge]:
    """What is still asked about a benchmark, or a question. One query."""
    rows = cycle.challenges.filter(benchmark=benchmark, question=question, action=None)
    return rows.exclude(state=Challenge.State.RESOLVED).select_related("raised_by")


def unresolved_places(cycle: Cycle) -> tuple[set[str], set[int]]:
    """References of the questions that something is still asked about, of those too that hold
    an action it is about; and numbers of the benchmarks. One query."""
    rows = cycle.challenges.exclude(state=Challenge.State.RESOLVED).values_list(
        "benchmark__number",
        "question__ref",
        "action__links__question__ref",
        "action__links__cycle",
    )
    refs, numbers = set[str](), set[int]()
    for number, ref, held_by, cycle_id in rows:
        here = held_by if cycle_id == cycle.pk else None
        refs |= {each for each in (ref, here) if each}
        numbers |= {number} if number else set()
    return refs, numbers


def choices(cycle: Cycle) -> list[tuple[str, str]]:
    """Everything a challenge can be about: `benchmark:7`, `question:7.1`, `action:12`."""
    asked = Asked(cycle)
    found = [("", "Choose one")]
    for benchmark in asked.benchmarks.values():
        found.append((f"benchmark:{benchmark.number}", f"Benchmark {benchmark}"))
        found += [
            (f"question:{question.ref}", f"Question {question.ref} {shortened(question.text)}")
            for question in benchmark.questions.all()
        ]
    actions = cycle.council.actions.filter(links__cycle=cycle).distinct()
    return found + [(f"action:{a.pk}", f"Action: {shortened(a.text)}") for a in actions]


def concern_of(cycle: Cycle, about: str) -> Concern:
    """`about` is one of `choices`."""
    kind, _, value = about.partition(":")
    asked = Asked(cycle)
    if kind == "benchmark":
        return Concern(benchmark=asked.benchmark(int(value)))
    if kind == "question":
        return Concern(question=asked.question(value))
    return Concern(action=cycle.council.actions.get(pk=value))


def prompted_by(query: Mapping[str, str]) -> dict[str, str]:
    """The form's first choice from the address."""
    return next(({"about": f"{kind}:{query[kind]}"} for kind in KINDS if kind in query), {})


def shortened(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
