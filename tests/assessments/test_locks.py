"""What a signed-off cycle refuses, and what still goes on in it."""

import datetime
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from assessments.models import (
    Action,
    ActionLink,
    BenchmarkAssessment,
    Cycle,
    Draft,
    EvidenceItem,
    ProgressUpdate,
    QuestionAssessment,
    Stage,
    User,
)
from assessments.services.actions import (
    ActionInput,
    Place,
    UpdateInput,
    add_action,
    add_update,
    change_action,
    remove_action,
)
from assessments.services.assignments import assign_questions
from assessments.services.documents import (
    DocumentInput,
    add_document,
    change_document,
    remove_document,
)
from assessments.services.drafts import DraftKey
from assessments.services.judgement import Judgement, save_judgement
from assessments.services.locks import CycleClosed, lock_council, lock_cycle
from benchmarks.models import Question
from tests.cast import SignIn
from tests.races import race

DOCUMENT = DocumentInput("Minutes", "", "", None, None, "public")


@pytest.fixture
def question(cycle: Cycle) -> Question:
    return cycle.questions.get(question__ref="1.1").question


@pytest.fixture
def action(cycle: Cycle, question: Question) -> Action:
    action = Action.objects.create(council=cycle.council, text="Do it.")
    ActionLink.objects.create(action=action, cycle=cycle, question=question)
    return action


@pytest.fixture
def item(cycle: Cycle, question: Question) -> EvidenceItem:
    return EvidenceItem.objects.create(cycle=cycle, question=question, title="Report")


def sign(cycle: Cycle) -> None:
    Cycle.objects.filter(pk=cycle.pk).update(stage=Stage.SIGNED_OFF)


def says(places: frozenset[Place], **changes: Any) -> ActionInput:
    words: dict[str, Any] = {
        "text": "Do it.",
        "status": "not-started",
        "due_date": None,
        "due_words": "",
        "completed_on": None,
        "sensitivity": "public",
        "owners": frozenset(),
        **changes,
    }
    return ActionInput(**words, places=places)


def judge(cycle: Cycle, by: User) -> None:
    words = ("reason", "actions", "comments")
    texts = dict.fromkeys(words, "Said.") | {f"{name}_sensitivity": "public" for name in words}
    judgement = Judgement(version=0, rating_id=None, not_applicable=True, **texts)
    save_judgement(assessment=cycle.benchmarks.get(benchmark__number=1), judgement=judgement, by=by)


REFUSED: dict[str, Callable[..., object]] = {
    "add an action": lambda cycle, question, by, **_: add_action(
        cycle=cycle, action=replace(says(frozenset([Place(question.pk)])), text="More."), by=by
    ),
    "put an action elsewhere": lambda cycle, action, by, **_: change_action(
        cycle=cycle, action=action, version=1, change=says(frozenset()), by=by
    ),
    "remove an action": lambda cycle, action, by, **_: remove_action(
        cycle=cycle, action=action, by=by
    ),
    "add a document": lambda cycle, question, by, **_: add_document(
        cycle=cycle, question=question, document=DOCUMENT, by=by
    ),
    "change a document": lambda item, by, **_: change_document(
        item=item, version=1, change=DOCUMENT, by=by
    ),
    "remove a document": lambda item, by, **_: remove_document(item=item, by=by),
    "judge a benchmark": lambda cycle, by, **_: judge(cycle, by),
    "assign a question": lambda cycle, by, **_: assign_questions(
        cycle=cycle, refs=["1.1"], assignee=by, by=by
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_signed_off_cycle_refuses_to(
    what: str, cycle: Cycle, question: Question, action: Action, item: EvidenceItem, lead: User
) -> None:
    things: dict[str, Any] = {"cycle": cycle, "question": question, "action": action}
    sign(cycle)
    before = everything()
    with pytest.raises(CycleClosed):
        REFUSED[what](**things, item=item, by=lead)
    assert everything() == before


@pytest.mark.parametrize("what", REFUSED)
def test_an_open_cycle_lets_one(
    what: str, cycle: Cycle, question: Question, action: Action, item: EvidenceItem, lead: User
) -> None:
    before = everything()
    REFUSED[what](cycle=cycle, question=question, action=action, item=item, by=lead)
    assert everything() != before


def everything() -> list[list[tuple[Any, ...]]]:
    models = (Action, ActionLink, EvidenceItem, BenchmarkAssessment, QuestionAssessment)
    return [list(model.objects.order_by("pk").values_list()) for model in models]


def test_an_action_goes_on_after_its_cycle_is_signed_off(
    cycle: Cycle, question: Question, action: Action, lead: User
) -> None:
    sign(cycle)
    here = frozenset([Place(question.pk)])
    change_action(
        cycle=cycle, action=action, version=1, change=says(here, status="in-progress"), by=lead
    )
    today = datetime.date(2026, 1, 2)
    add_update(action=action, update=UpdateInput(today, "Q4", "Begun.", "", "public"), by=lead)
    action.refresh_from_db()
    assert (action.status, action.updates.get().text) == ("in-progress", "Begun.")


def kept_token(cycle: Cycle, by: User, page: str) -> str:
    return DraftKey(by.pk, cycle.pk, page).token


@pytest.mark.parametrize(
    ("more", "page", "fields"),
    [
        ("questions/1.1/documents/add/", "add-document:1.1", {"title": "Typed"}),
        ("questions/1.1/actions/add/", "add-action:1.1", {"text": "Typed", "beside": "0"}),
        ("benchmarks/1/", "benchmark:1", {"comments": "Typed", "version": "0"}),
    ],
)
def test_the_page_says_so_and_keeps_what_was_typed(
    as_: SignIn, lead: User, cycle: Cycle, more: str, page: str, fields: dict[str, str]
) -> None:
    sign(cycle)
    sent = {"sensitivity": "public", "status": "not-started", **fields}
    for name in ("reason", "actions", "comments"):
        sent[f"{name}_sensitivity"] = "public"
    response = send(as_(lead), cycle, more, {**sent, "draft_token": kept_token(cycle, lead, page)})
    assert response.status_code == 409
    assert b"This cycle has been signed off" in response.content
    draft = Draft.objects.get()
    assert (draft.page, "Typed" in str(draft.data)) == (page, True)


def send(client: Client, cycle: Cycle, more: str, sent: dict[str, str], **how: Any) -> HttpResponse:
    address = f"/councils/{cycle.council.slug}/cycles/{cycle.pk}/{more}"
    return client.post(address, sent, **how)


def test_a_form_opened_in_place_shows_it_too(as_: SignIn, lead: User, cycle: Cycle) -> None:
    sign(cycle)
    sent = {"title": "Typed", "sensitivity": "public"}
    token = kept_token(cycle, lead, "add-document:1.1")
    more = "questions/1.1/documents/add/"
    response = send(
        as_(lead),
        cycle,
        more,
        {**sent, "draft_token": token},
        headers={"HX-Request": "true"},
    )
    assert response.status_code == 200  # htmx shows no other
    assert response["HX-Retarget"] == "#main-content"
    assert b"This cycle has been signed off" in response.content


@race
@pytest.mark.parametrize("held", ["council", "cycle"])
def test_writing_waits_for_whoever_signs(
    held: str, cycle: Cycle, question: Question, action: Action, lead: User
) -> None:
    """An update of an action waits for the council's lock, a document for the cycle's; once
    the cycle is signed off, the document is refused."""
    is_held, written = Event(), Event()

    def write() -> None:
        is_held.wait(timeout=20)
        try:
            if held == "council":
                progress = UpdateInput(datetime.date(2026, 1, 2), "", "Begun.", "", "public")
                add_update(action=action, update=progress, by=lead)
            else:
                add_document(cycle=cycle, question=question, document=DOCUMENT, by=lead)
        finally:
            written.set()
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        writer = pool.submit(write)
        with transaction.atomic():
            lock_council(cycle.council_id) if held == "council" else lock_cycle(cycle.pk)
            is_held.set()
            assert not written.wait(timeout=0.5)
            sign(cycle)
        if held == "council":
            writer.result(timeout=20)
        else:
            with pytest.raises(CycleClosed):
                writer.result(timeout=20)
    assert ProgressUpdate.objects.count() == (1 if held == "council" else 0)
    assert EvidenceItem.objects.count() == 0
