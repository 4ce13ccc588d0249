"""What happened round the years: actions and their progress, later edits, an unsaved draft."""

import datetime
from dataclasses import replace

from django.http import QueryDict
from django.utils import timezone

from assessments.demo.dating import at, dated
from assessments.demo.reading import Fields, positions, text_fields
from assessments.models import Action, ActionStatus, Council, Cycle, Draft, Sensitivity, User
from assessments.services import actions, drafts
from assessments.services.actions import ActionInput, OwnerInput, Place, UpdateInput
from assessments.services.answers import AnswerInput, StatementInput, save_question
from assessments.services.drafts import DraftKey
from assessments.services.judgement import Judgement, save_judgement

WORDS = ("reason", "actions", "comments")


def add_action(council: Council, years: dict[str, Fields], written: Fields) -> None:
    """Added in its first year, taken on into the later ones, then brought to where it stands."""
    first, *later = [years[period] for period in written["in"].split(", ")]
    lead = council.members.get(email=first["written by"])
    cycle = council.cycles.get(period=first["period"])
    values = action_input(council, cycle, written)
    with dated(council, at(first["written on"], 11)):
        action = actions.add_action(cycle=cycle, action=values, by=lead)
    for year in later:
        cycle_on = council.cycles.get(period=year["period"])
        with dated(council, at(year["started on"], 15)):
            actions.write_places(action, cycle_on, places(cycle_on, written), lead)
    days = [update["date"] for update in written.get("updates", [])]
    for update in written.get("updates", []):
        add_update(council, action, update)
    completed = written.get("completed")
    status = ActionStatus.COMPLETED if completed else written["status"]
    change = replace(values, status=status, completed_on=completed)
    with dated(council, at(completed or max(days, default=first["written on"]), 15)):
        actions.change_action(
            cycle=cycle, action=action, version=action.version, change=change, by=lead
        )


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
    with dated(council, at(written["date"], 14)):
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


def make_edit(council: Council, edit: Fields) -> None:
    cycle = council.cycles.get(period=edit["cycle"])
    by = council.members.get(email=edit["by"])
    zone = timezone.get_current_timezone()
    moment = datetime.datetime.fromisoformat(edit["date"]).replace(tzinfo=zone)
    with dated(council, moment):
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
