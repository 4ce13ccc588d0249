"""Councils, cycles and answers in bulk.

One cycle is filled row by row; all others are copies of it made by the database. Each row has
its line of history, so that the tables are as long as after years of use.
"""

import datetime
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle as endlessly

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connection, models, transaction
from django.db.models import Max

from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    ActionStatus,
    Answer,
    BenchmarkAssessment,
    Council,
    Cycle,
    EvidenceItem,
    EvidenceStatement,
    Membership,
    ProgressUpdate,
    QuestionAssessment,
    Role,
    User,
)
from assessments.services.cycles import start_cycle
from benchmarks.contents import contents_of
from benchmarks.models import Question, Toolkit
from tests.serving import ROOT

PASSWORD = "correct horse battery staple"
THIS_YEAR = 2025
TEXT = (
    "The risk picture is agreed with the police each spring and read by the board in June. "
    "Licensing, housing and the three academies each name one person who brings concerns, and "
    "the minutes of the quarterly meeting show what was decided and by whom. "
)
IN_A_CYCLE: list[type[models.Model]] = [
    BenchmarkAssessment,
    QuestionAssessment,
    Answer,
    EvidenceStatement,
    EvidenceItem,
]
WITH_HISTORY = [*IN_A_CYCLE, Action, ActionOwner, ActionLink, ProgressUpdate]


def load_toolkit() -> Toolkit:
    file = ROOT / "fixtures" / "toolkits" / "home-office-2018.yaml"
    with open(os.devnull, "w") as nowhere:
        call_command("toolkit", "load", str(file), stdout=nowhere)
    return Toolkit.objects.get(slug="home-office-2018")


@transaction.atomic
def first_cycle(toolkit: Toolkit) -> Cycle:
    """The cycle that is measured."""
    with history_of_new_rows():
        [council] = add_councils(range(1))
        cycle = start_cycle(
            council=council,
            toolkit=toolkit,
            scale=toolkit.default_scale,
            period=period(THIS_YEAR),
            as_at=datetime.date(THIS_YEAR, 12, 1),
            by=council.members.get(memberships__role=Role.LEAD),
        )
        fill(cycle)
        add_actions([council])
        link_actions([cycle])
    return cycle


@transaction.atomic
def grow(model: Cycle, *, councils: int, cycles: int) -> None:
    """Copies of `model` until there are as many councils, each with as many cycles."""
    with history_of_new_rows():
        added = add_councils(range(Council.objects.count(), councils))
        add_actions(added)
        new = Cycle.objects.bulk_create(missing_cycles(model, cycles))
        for table in IN_A_CYCLE:
            copy_rows(table, model, new[0].pk)
        link_actions(new)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def add_councils(numbers: Iterable[int]) -> list[Council]:
    """Each with one person in every role."""
    password = make_password(PASSWORD)
    councils = Council.objects.bulk_create(
        Council(slug=f"council-{n}", name=f"Council {n} Borough Council") for n in numbers
    )
    users = User.objects.bulk_create(
        User(email=f"{role}@{council.slug}.example", name=f"{role.label} {council.pk}")
        for council in councils
        for role in Role
    )
    User.objects.filter(password="").update(password=password)
    places = [(council, role) for council in councils for role in Role]
    Membership.objects.bulk_create(
        Membership(council=council, role=role, user=user)
        for (council, role), user in zip(places, users, strict=True)
    )
    return councils


def period(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02}"


def missing_cycles(model: Cycle, number: int) -> Iterator[Cycle]:
    there = set(Cycle.objects.values_list("council_id", "period"))
    for council in Council.objects.all():
        for year in range(THIS_YEAR, THIS_YEAR - number, -1):
            if (council.pk, period(year)) not in there:
                yield Cycle(
                    council=council,
                    toolkit=model.toolkit,
                    scale=model.scale,
                    period=period(year),
                    as_at=datetime.date(year, 12, 1),
                )


def fill(cycle: Cycle) -> None:
    """Two thirds rated, evidence everywhere, every benchmark judged."""
    levels = list(cycle.scale.levels.all())
    answers = list(cycle.answers.select_related("prompt"))
    for answer, level in zip(answers, endlessly([*levels, None])):
        answer.rating, answer.version = level, 1
    Answer.objects.bulk_update(answers, ["rating", "version"])
    EvidenceStatement.objects.bulk_create(
        EvidenceStatement(
            cycle=cycle,
            question_id=answer.question_id,
            covers=[answer.prompt.position] if answer.prompt else [],
            text=TEXT * (1 + place % 3),
        )
        for place, answer in enumerate(answers)
    )
    EvidenceItem.objects.bulk_create(
        EvidenceItem(cycle=cycle, question=question, title=f"Minutes for {question.ref}")
        for question in questions_of(cycle)
    )
    judgements = list(cycle.benchmarks.all())
    for judgement, level in zip(judgements, endlessly(levels)):
        judgement.rating, judgement.version = level, 1
        judgement.actions = judgement.comments = TEXT
    fields = ["rating", "version", "actions", "comments"]
    BenchmarkAssessment.objects.bulk_update(judgements, fields)
    contributor = cycle.council.members.get(memberships__role=Role.CONTRIBUTOR)
    cycle.questions.filter(question__ref__endswith=".1").update(assignee=contributor)


def questions_of(cycle: Cycle) -> list[Question]:
    toolkit = contents_of(cycle.toolkit)
    return [q for benchmark in toolkit.benchmarks.all() for q in benchmark.questions.all()]


def add_actions(councils: Sequence[Council]) -> None:
    """One for every question, with an owner and two updates."""
    count = Question.objects.count()
    actions = Action.objects.bulk_create(
        Action(
            council=council,
            text=TEXT,
            status=list(ActionStatus)[place % 2],
            due_date=datetime.date(THIS_YEAR, 1 + place % 12, 15),
        )
        for council in councils
        for place in range(count)
    )
    ActionOwner.objects.bulk_create(
        ActionOwner(action=action, name="Community safety manager") for action in actions
    )
    ProgressUpdate.objects.bulk_create(
        ProgressUpdate(
            action=action,
            dated_on=datetime.date(THIS_YEAR, month, 1),
            quarter=f"Q{month // 3}",
            text=TEXT,
            author_name="Community safety manager",
        )
        for action in actions
        for month in (6, 9)
    )


def link_actions(cycles: Sequence[Cycle]) -> None:
    actions: dict[int, list[int]] = defaultdict(list)
    for council, action in Action.objects.order_by("pk").values_list("council_id", "pk"):
        actions[council].append(action)
    questions = questions_of(cycles[0])
    ActionLink.objects.bulk_create(
        ActionLink(cycle=cycle, action_id=action, question=question)
        for cycle in cycles
        for action, question in zip(actions[cycle.council_id], questions, strict=True)
    )


def columns(model: type[models.Model]) -> list[str]:
    return [field.column for field in model._meta.concrete_fields]


def copy_rows(model: type[models.Model], source: Cycle, first: int) -> None:
    """The rows of one cycle, to every cycle from number `first` on."""
    table = model._meta.db_table
    names = [name for name in columns(model) if name != "id"]
    own = {"cycle_id": "target.id", "assignee_id": "NULL"}
    values = ", ".join(own.get(name, f"source.{name}") for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} source "
            "CROSS JOIN assessments_cycle target WHERE source.cycle_id = %s AND target.id >= %s",
            [source.pk, first],
        )


@contextmanager
def history_of_new_rows() -> Iterator[None]:
    before = {model: newest(model) for model in WITH_HISTORY}
    yield
    for model, last in before.items():
        add_history(model, last)


def newest(model: type[models.Model]) -> int:
    return model._default_manager.aggregate(newest=Max("pk"))["newest"] or 0


def add_history(model: type[models.Model], last: int) -> None:
    """A line for each row after number `last`, as made by its council's lead's first save."""
    table, history = model._meta.db_table, model.history.model._meta.db_table  # type: ignore[attr-defined]
    names = ", ".join(columns(model))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {history} ({names}, history_date, history_type) "
            f"SELECT {names}, CURRENT_TIMESTAMP, '+' FROM {table} WHERE id > %s",
            [last],
        )
