"""A word of its own for every field that people write, in a council's cycle and its pack."""

import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from assessments.models import (
    AcceptedWarning,
    Action,
    ActionLink,
    ActionOwner,
    Challenge,
    ChallengeReply,
    ClosureDay,
    Cycle,
    DocumentImport,
    Draft,
    DraftPart,
    EditionDraft,
    EvidenceItem,
    EvidenceStatement,
    Mail,
    Membership,
    Pack,
    PackComment,
    PackPart,
    PartKind,
    ProgressUpdate,
    ReturnedWorkbook,
    ReviewStep,
    User,
    WorkingWorkbook,
)
from assessments.models.sensitivity import SensitivityField
from assessments.services.review import freeze
from tests.packs import pack_on, section

PROGRAM = "written by the program, not by a person"
PRINTED = "who publishes, and how to reach them: printed for everybody"
HEAD = "an agenda names the report and its meeting, also where the report is exempt"
CARRIED = "where it stood before: a year and a number, in the program's words"
SIGNED = "the post that answers for a part of the report is printed in it"

# Why a field is never restricted. A new one is restricted until it has a reason here.
NEVER_RESTRICTED = {
    "User.password": "a hash",
    "Council.slug": PRINTED,
    "Council.name": PRINTED,
    "Council.accent_colour": PRINTED,
    "Council.address": PRINTED,
    "Council.formats_contact": PRINTED,
    "Council.protective_marking": PRINTED,
    "Cycle.period": "the title of the self-assessment, printed on its front",
    "CalendarFeed.token": PROGRAM,
    "Draft.page": PROGRAM,
    "DocumentImport.step": PROGRAM,
    "DocumentImport.problem": PROGRAM,
    "ActionLink.carried_from": CARRIED,
    "BenchmarkAssessment.carried_from": CARRIED,
    "Answer.carried_from": CARRIED,
    "EvidenceStatement.carried_from": CARRIED,
    "EvidenceItem.carried_from": CARRIED,
    "EvidenceStatement.covers": PROGRAM,
    "Snapshot.content": "a copy of what was signed: each text in it has its own word",
    "Snapshot.sha256": PROGRAM,
    "Export.step": PROGRAM,
    "Export.sha256": PROGRAM,
    "Reminder.week": PROGRAM,
    "TemplateSection.key": PROGRAM,
    "TemplateSection.heading": "a heading of every report, whoever reads it",
    "Pack.title": HEAD,
    "Pack.committee": HEAD,
    "Pack.item": HEAD,
    "Pack.wards": HEAD,
    "Pack.key_decision": HEAD,
    "Pack.report_of": HEAD,
    "Pack.assistant_directors": HEAD,
    "Pack.director": HEAD,
    "Pack.author": HEAD,
    "Pack.public_interest": "the reason why the public may not read the rest",
    "Pack.marking": HEAD,
    "Pack.own_appendices": "their titles are listed for everybody, and the form says so",
    "PackSection.key": PROGRAM,
    "PackSection.heading": "a heading of every report, whoever reads it",
    "PackSection.verifier": SIGNED,
    "PackSection.verified_by": SIGNED,
    "AcceptedWarning.fingerprint": PROGRAM,
    "PackVersion.content": "a copy of the pack: each text in it has its own word",
    "PackVersion.sha256": PROGRAM,
    "PackRelease.confirmation": PROGRAM,
    "PackRelease.files": PROGRAM,
    "PackRelease.by_name": "who released a pack answers for it, and is on none of its files",
    "PackFile.step": PROGRAM,
    "PackFile.sha256": PROGRAM,
    "ReviewStep.by_name": "who signed is printed on what was signed",
}


def written_fields() -> dict[str, models.Field[Any, Any]]:
    """“Model.field” of every field of the database that holds words."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return {
        f"{model.__name__}.{field.name}": field
        for model in apps.get_app_config("assessments").get_models()
        if not model.__name__.startswith("Historical")
        for field in model._meta.fields
        if isinstance(field, kinds) and not field.choices
    }


def restricted_fields() -> dict[str, models.Field[Any, Any]]:
    fields = written_fields()
    return {name: fields[name] for name in fields if name not in NEVER_RESTRICTED}


class Canaries:
    """Fills rows. What has a sensitivity gets this one; what has none is for nobody outside."""

    def __init__(self, sensitivity: str) -> None:
        self.sensitivity = sensitivity
        self.words = {
            name: f"Zqcanary{place:02}q" for place, name in enumerate(restricted_fields())
        }

    def fields(self, model: type[models.Model]) -> dict[str, Any]:
        """Of a new row: every restricted field with its word, every sensitivity."""
        values: dict[str, Any] = {}
        for field in model._meta.fields:
            name = f"{model.__name__}.{field.name}"
            if isinstance(field, SensitivityField):
                values[field.name] = self.sensitivity
            elif name in self.words:
                values[field.name] = shaped(field, self.words[name])
        return values

    def add(self, model: type[models.Model], **others: Any) -> Any:
        return model._default_manager.create(**(self.fields(model) | others))


def shaped(field: models.Field[Any, Any], word: str) -> Any:
    """As the field may hold it; in text, beside what each format has to escape, and as each kind
    of paragraph that a report knows."""
    if isinstance(field, models.JSONField):
        return {"text": [word]}
    if isinstance(field, models.EmailField):
        return f"{word.lower()}@canary.example"
    if isinstance(field, models.URLField):
        return f"https://{word.lower()}.example/"
    if isinstance(field, models.TextField):
        link = f"[{word}](https://{word}.example/{word})"
        return f"=“{word}” <b>& {word}’s</b>\n{word}\n\n## {word}\n\n{link}\n- {word}"
    return f"{word} <b>"


def fill_cycle(cycle: Cycle, by: User, canaries: Canaries) -> None:
    """Every text of a self-assessment, and what is said and sent about it."""
    one = cycle.questions.select_related("question__benchmark").get(question__ref="1.1")
    person = canaries.add(User)
    here = {"cycle": cycle, "question": one.question}
    cycle.questions.filter(pk=one.pk).update(assignee=person)
    for rows in (cycle.answers.filter(question=one.question), cycle.benchmarks.all()):
        rows.update(not_applicable=True, **canaries.fields(rows.model))
    canaries.add(EvidenceStatement, **here)
    canaries.add(EvidenceStatement, **here, covers=[1, 2])
    canaries.add(EvidenceItem, **here)
    fill_actions(cycle, one.question, canaries)
    fill_council(cycle, person, canaries)
    now = timezone.now()
    benchmark = one.question.benchmark
    challenge = canaries.add(Challenge, cycle=cycle, benchmark=benchmark, raised_at=now)
    canaries.add(ChallengeReply, challenge=challenge, by=person, at=now)
    canaries.add(ClosureDay, council=cycle.council, day=now.date())
    canaries.add(Draft, user=by, cycle=cycle, page="question:1.1", saved_at=now)
    canaries.add(Mail, council=cycle.council, user=person, kind="review")
    canaries.add(
        DocumentImport,
        council=cycle.council,
        toolkit=cycle.toolkit,
        scale=cycle.scale,
        cycle=cycle,
        by=person,
        characters=1,
        status="ready",
    )


def fill_council(cycle: Cycle, person: User, canaries: Canaries) -> None:
    """What stands beside a cycle: people, a draft of an edition, workbooks sent and returned."""
    canaries.add(Membership, council=cycle.council, user=person, role="viewer")
    edition = EditionDraft.objects.create(council=cycle.council)
    canaries.add(DraftPart, draft=edition, kind="about", position=1)
    sent = canaries.add(WorkingWorkbook, cycle=cycle)
    canaries.add(ReturnedWorkbook, cycle=cycle, workbook=sent)


def fill_actions(cycle: Cycle, question: Any, canaries: Canaries) -> None:
    """Restricted ones, overdue and not, and a public one with restricted progress."""
    day = datetime.date(2020, 2, 3)
    council = cycle.council
    actions = [
        canaries.add(Action, council=council),
        canaries.add(Action, council=council, due_words="", due_date=day),
    ]
    for action in actions:
        canaries.add(ActionOwner, action=action)
    open_to_all = Action.objects.create(council=council, text="May be read.", due_date=day)
    for action in (*actions, open_to_all):
        ActionLink.objects.create(action=action, cycle=cycle, question=question)
        canaries.add(ProgressUpdate, action=action, dated_on=day)


def pack_full_of(canaries: Canaries, cycle: Cycle, by: User, chair: User, **meeting: str) -> Pack:
    """On a snapshot of a cycle full of them: every kind of part, and what is said of it."""
    fill_cycle(cycle, by, canaries)
    now = timezone.now()
    submission = canaries.add(
        ReviewStep, cycle=cycle, kind="submitted", revision=1, by=by, by_name=by.name, at=now
    )
    snapshot = freeze(cycle, submission, submission.reason, chair, now)
    pack = pack_on(snapshot, by, **meeting)
    canaries.add(AcceptedWarning, pack=pack, fingerprint="0" * 64, by=by, at=now)
    for each in pack.sections.all():
        canaries.add(PackPart, section=each, position=50)
        canaries.add(PackComment, section=each, by=by, at=now)
    for position, kind in enumerate(PartKind, start=51):
        PackPart.objects.create(
            section=section(pack, "issues"), position=position, kind=kind, snapshot=snapshot
        )
    left_out = section(pack, "risks")
    left_out.parts.update(sensitivity="public")
    pack.sections.filter(pk=left_out.pk).update(left_out=True)
    return pack
