"""What happened in and round the years: actions and their progress, sign-off, later edits, an
unsaved draft. Each is an event with its moment, so that a snapshot holds what stood then."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from django.http import QueryDict
from django.utils import timezone

from assessments.demo.dating import at
from assessments.demo.reading import Fields, positions, text_fields
from assessments.models import Action, ActionStatus, Council, Cycle, Draft, Sensitivity, User
from assessments.services import actions, drafts
from assessments.services.actions import ActionInput, OwnerInput, Place, UpdateInput
from assessments.services.answers import AnswerInput, StatementInput, save_question
from assessments.services.drafts import DraftKey
from assessments.services.judgement import Judgement, save_judgement
from assessments.services.review import sign_off, submit

WORDS = ("reason", "actions", "comments")


@dataclass(frozen=True)
class Event:
    """Something that happened to a council: events are run in the order of `moment`, and what
    they write is dated `dated`, which is the moment unless told otherwise."""

    moment: datetime.datetime
    run: Callable[[], object]
    dated: datetime.datetime | None = None


@dataclass
class ActionStory:
    """One action of the file: added in its first year, taken on into the later ones, reported
    on, in progress from its first report, perhaps completed."""

    council: Council
    years: dict[str, Fields]
    written: Fields
    action: Action | None = None

    def events(self) -> Iterator[Event]:
        first, *later = [self.years[period] for period in self.written["in"].split(", ")]
        yield Event(at(first["written on"], 11), partial(self.add, first))
        for year in later:
            taken_on = at(year["started on"], 15)
            yield Event(at(year["written on"], 12), partial(self.take_on, year), taken_on)
        updates = self.written.get("updates", [])
        for update in updates:
            yield Event(at(update["date"], 14), partial(self.report, update))
        began = min((update["date"] for update in updates), default=first["written on"])
        if self.written.get("status") != ActionStatus.NOT_STARTED:
            yield Event(at(began, 15), partial(self.stand, ActionStatus.IN_PROGRESS))
        if completed := self.written.get("completed"):
            yield Event(at(completed, 16), partial(self.stand, ActionStatus.COMPLETED, completed))

    @property
    def lead(self) -> User:
        first = self.years[self.written["in"].split(", ")[0]]
        return self.council.members.get(email=first["written by"])

    def cycle(self, year: Fields) -> Cycle:
        return self.council.cycles.get(period=year["period"])

    def add(self, year: Fields) -> None:
        cycle = self.cycle(year)
        values = action_input(self.council, cycle, self.written)
        self.action = actions.add_action(cycle=cycle, action=values, by=self.lead)

    def take_on(self, year: Fields) -> None:
        cycle = self.cycle(year)
        actions.write_places(self.added, cycle, places(cycle, self.written), self.lead)

    def report(self, update: Fields) -> None:
        add_update(self.council, self.added, update)

    def stand(self, status: ActionStatus, completed: datetime.date | None = None) -> None:
        action = self.added
        action.refresh_from_db()
        if action.status == ActionStatus.COMPLETED:
            return
        link = action.links.order_by("pk")[0]
        values = action_input(self.council, link.cycle, self.written)
        actions.change_action(
            cycle=link.cycle,
            action=action,
            version=action.version,
            change=replace(values, status=status, completed_on=completed),
            by=self.lead,
        )

    @property
    def added(self) -> Action:
        assert self.action, "an action is reported on before it is added"
        return self.action


def sign_off_events(council: Council, year: Fields) -> Iterator[Event]:
    """A year's way to the board, where its file says `signed off`."""
    if "signed off" not in year:
        return
    written = year["signed off"]
    submitted, signed = at(written["submitted on"], 17), at(written["signed on"], 16)

    def submit_year() -> None:
        submit(
            cycle=council.cycles.get(period=year["period"]),
            gaps=0,
            by=council.members.get(email=year["written by"]),
            at=submitted,
        )

    def sign_year() -> None:
        sign_off(
            cycle=council.cycles.get(period=year["period"]),
            note=written["note"],
            by=council.members.get(email=written["by"]),
            at=signed,
        )

    yield Event(submitted, submit_year)
    yield Event(signed, sign_year)


def action_input(council: Council, cycle: Cycle, written: Fields) -> ActionInput:
    users = {user.email: user for user in council.members.all()}
    named = [(users.get(owner), owner) for owner in written.get("owners", [])]
    return ActionInput(
        text=written["text"],
        status=ActionStatus.NOT_STARTED,
        due_date=written.get("due"),
        due_words=written.get("due words", ""),
        completed_on=None,
        sensitivity=written.get("sensitivity", Sensitivity.PUBLIC),
        owners=frozenset(
            OwnerInput(user.name, user.pk) if user else OwnerInput(name) for user, name in named
        ),
        places=places(cycle, written),
    )


def places(cycle: Cycle, written: Fields) -> frozenset[Place]:
    found = set()
    for place in written["at"].split():
        ref, _, position = place.partition("/")
        assessment = cycle.questions.get(question__ref=ref)
        prompts = assessment.question.prompts.filter(position=int(position or 0))
        found.add(Place(assessment.question_id, prompts.values_list("pk", flat=True).first()))
    return frozenset(found)


def add_update(council: Council, action: Action, written: Fields) -> None:
    actions.add_update(
        action=action,
        update=UpdateInput(
            dated_on=written["date"],
            quarter=written["quarter"],
            text=written["text"],
            next_steps=written.get("next steps", ""),
            sensitivity=written.get("sensitivity", Sensitivity.PUBLIC),
        ),
        by=council.members.get(email=written["by"]),
    )


def edit_event(council: Council, edit: Fields) -> Event:
    zone = timezone.get_current_timezone()
    moment = datetime.datetime.fromisoformat(edit["date"]).replace(tzinfo=zone)
    return Event(moment, partial(make_edit, council, edit, moment))


def make_edit(council: Council, edit: Fields, moment: datetime.datetime) -> None:
    cycle = council.cycles.get(period=edit["cycle"])
    by = council.members.get(email=edit["by"])
    if "benchmark" in edit:
        edit_benchmark(cycle, edit, by)
    elif "question" in edit:
        edit_question(cycle, edit, by)
    else:
        keep_draft(cycle, edit, by, moment)


def edit_benchmark(cycle: Cycle, edit: Fields, by: User) -> None:
    row = cycle.benchmarks.get(benchmark__number=edit["benchmark"])
    words = {name: edit.get(name, getattr(row, name)) for name in WORDS}
    classes = {f"{name}_sensitivity": getattr(row, f"{name}_sensitivity") for name in WORDS}
    level = cycle.scale.levels.get(slug=edit["rating"])
    judgement = Judgement(
        version=row.version, rating_id=level.pk, not_applicable=False, **words, **classes
    )
    save_judgement(assessment=row, judgement=judgement, by=by)


def edit_question(cycle: Cycle, edit: Fields, by: User) -> None:
    assessment = cycle.questions.get(question__ref=edit["question"])
    rows = {
        row.prompt.position: row
        for row in cycle.answers.filter(question=assessment.question_id, prompt__isnull=False)
        if row.prompt
    }
    levels = {level.slug: level.pk for level in cycle.scale.levels.all()}
    save_question(
        assessment=assessment,
        answers=[
            AnswerInput(rows[n].pk, rows[n].version, levels[word], False, "", Sensitivity.PUBLIC)
            for n, word in edit.get("ratings", {}).items()
        ],
        statements=[
            statement_input(cycle, edit["question"], positions(covers), text_fields(text))
            for covers, text in edit.get("evidence", {}).items()
        ],
        by=by,
    )


def statement_input(cycle: Cycle, ref: str, covers: list[int], words: Fields) -> StatementInput:
    """In place of the statement that covers the same prompts, where there is one."""
    statements = cycle.statements.filter(question__ref=ref)
    row = next((each for each in statements if each.covers == covers), None)
    return StatementInput(
        statement_id=row.pk if row else None,
        version=row.version if row else 0,
        text=words["text"],
        covers=tuple(covers),
        sensitivity=words.get("sensitivity", Sensitivity.PUBLIC),
    )


def keep_draft(cycle: Cycle, edit: Fields, by: User, moment: datetime.datetime) -> None:
    typed = QueryDict(mutable=True)
    for position, text in edit["typed"].items():
        typed[f"evidence-new-{position}-text"] = text
        typed[f"evidence-new-{position}-covers"] = str(position)
    draft = drafts.keep(DraftKey(by.pk, cycle.pk, f"question:{edit['draft']}"), typed)
    Draft.objects.filter(pk=draft.pk).update(saved_at=moment)
