"""The board's journey on its pages: submit, challenge, answer, sign off, reopen."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from assessments.models import Challenge, Council, Cycle, Draft, Export, Snapshot, Stage, User
from assessments.services.export_files import contents, make_file
from assessments.services.review import reopen
from tests.assessments.boards import act
from tests.budgets import assert_budget
from tests.cast import SignIn

pytestmark = pytest.mark.django_db


def address(cycle: Cycle, tail: str) -> str:
    return f"/councils/{cycle.council.slug}/cycles/{cycle.pk}/{tail}"


def stage(cycle: Cycle) -> str:
    cycle.refresh_from_db()
    return cycle.stage


def submit(as_: SignIn, lead: User, cycle: Cycle) -> None:
    data = {"submit-text": "The police answer in May", "submit-sensitivity": "public"}
    as_(lead).post(address(cycle, "review/submit/"), data)
    assert stage(cycle) == Stage.IN_REVIEW


@pytest.fixture
def signed(as_: SignIn, lead: User, chair: User, cycle: Cycle) -> Snapshot:
    submit(as_, lead, cycle)
    as_(chair).post(address(cycle, "review/sign-off/"), {"declared": "on", "note": "Agreed"})
    return Snapshot.objects.get()


def test_submitting_shows_what_is_missing_and_asks_why(
    as_: SignIn, lead: User, cycle: Cycle
) -> None:
    page = as_(lead).get(address(cycle, "review/")).content.decode()
    assert "prompts have no rating" in page
    response = as_(lead).post(address(cycle, "review/submit/"), {"submit-sensitivity": "public"})
    html = response.content.decode()
    assert "Say why you are submitting with gaps" in html
    assert "<title>Error: " in html
    assert stage(cycle) == Stage.DRAFT


def test_chair_signs_and_gets_the_certificate(signed: Snapshot, as_: SignIn, chair: User) -> None:
    html = as_(chair).get(f"/councils/northmere/snapshots/{signed.number}/").content.decode()
    assert signed.sha256 in html
    assert "Chika Chair" in html
    assert "tampered" not in html
    assert stage(signed.cycle) == Stage.SIGNED_OFF


def test_signing_needs_the_declaration(as_: SignIn, lead: User, chair: User, cycle: Cycle) -> None:
    submit(as_, lead, cycle)
    response = as_(chair).post(address(cycle, "review/sign-off/"), {"note": "Agreed"})
    assert "Tick the declaration" in response.content.decode()
    assert stage(cycle) == Stage.IN_REVIEW


def test_signed_cycle_keeps_the_text_of_a_late_save_as_a_draft(
    as_: SignIn, lead: User, chair: User, cycle: Cycle
) -> None:
    client = as_(lead)
    question = address(cycle, "questions/1.1/")
    token = client.get(question).context["draft_token"]
    submit(as_, lead, cycle)
    as_(chair).post(address(cycle, "review/sign-off/"), {"declared": "on"})
    late = {"evidence-new-1-text": "One more thing", "evidence-new-1-covers": 1}
    response = client.post(question, {**late, "draft_token": token})
    assert response.status_code == 409
    assert "One more thing" in response.content.decode()
    assert not cycle.statements.exists()
    assert Draft.objects.get(user=lead).data["evidence-new-1-text"] == ["One more thing"]


def test_chair_returns_and_lead_reads_why(
    as_: SignIn, lead: User, chair: User, cycle: Cycle
) -> None:
    submit(as_, lead, cycle)
    data = {"return-text": "Training looks too good", "return-sensitivity": "public"}
    as_(chair).post(address(cycle, "review/return/"), data)
    assert stage(cycle) == Stage.DRAFT
    assert "Training looks too good" in as_(lead).get(address(cycle, "review/")).content.decode()


def test_chair_changes_a_rating_only_with_a_new_reason(
    as_: SignIn, lead: User, chair: User, cycle: Cycle
) -> None:
    page = address(cycle, "benchmarks/1/")
    change = {"version": 0, "rating-value": "amber", "rating-reason_sensitivity": "public"}
    assert as_(chair).post(page, {**change, "rating-reason": "Too early"}).status_code == 403
    submit(as_, lead, cycle)
    refused = as_(chair).post(page, {**change, "rating-reason": ""}).content.decode()
    assert "Say why you are changing this rating" in refused
    as_(chair).post(page, {**change, "rating-reason": "The audit said so"})
    row = cycle.benchmarks.get(benchmark__number=1)
    assert row.rating is not None
    assert (row.rating.slug, row.reason) == ("amber", "The audit said so")
    assert "The audit said so" in as_(lead).get(page).content.decode()


def test_signed_cycle_shows_no_forms_for_its_answers(
    signed: Snapshot, as_: SignIn, lead: User
) -> None:
    client = as_(lead)
    for tail in ("questions/1.1/", "benchmarks/1/"):
        html = client.get(address(signed.cycle, tail)).content.decode()
        assert "Save" not in html


def test_reopening_leaves_the_snapshot_as_it_is(signed: Snapshot, as_: SignIn, chair: User) -> None:
    before = signed.content
    data = {"reopen-text": "A figure was wrong", "reopen-sensitivity": "public"}
    as_(chair).post(address(signed.cycle, "review/reopen/"), data)
    assert stage(signed.cycle) == Stage.DRAFT
    assert Snapshot.objects.get().content == before


def test_signing_again_shows_what_is_rated_otherwise(
    signed: Snapshot, as_: SignIn, lead: User, chair: User
) -> None:
    cycle = signed.cycle
    reopen(cycle=cycle, reason="A figure was wrong", by=chair)
    green = cycle.scale.levels.get(slug="green")
    cycle.benchmarks.filter(benchmark__number=2).update(rating=green)
    submit(as_, lead, cycle)
    response = as_(chair).get(address(cycle, "review/sign-off/"))
    [change] = response.context["page"].changes
    assert (str(change.benchmark), change.before.label, change.now.label) == (
        "2. Training",
        "Not decided",
        "Green",
    )


def test_sign_off_page_budget(as_: SignIn, chair: User, cycle: Cycle, lead: User) -> None:
    submit(as_, lead, cycle)
    client = as_(chair)
    assert_budget("councils:sign_off", lambda: client.get(address(cycle, "review/sign-off/")))


def test_conversation_from_question_to_resolution(
    as_: SignIn, lead: User, chair: User, cycle: Cycle
) -> None:
    asked = {"about": "question:2.1", "text": "Is that all?", "sensitivity": "public"}
    as_(chair).post(address(cycle, "challenges/add/"), asked)
    challenge = Challenge.objects.get()
    place = f"challenges/{challenge.pk}/"
    answer = {"text": "It is", "sensitivity": "public"}
    as_(lead).post(address(cycle, f"{place}reply/"), answer)
    challenge.refresh_from_db()
    assert challenge.state == "answered"
    as_(chair).post(address(cycle, f"{place}reply/"), {"text": "Why?", "sensitivity": "public"})
    challenge.refresh_from_db()
    assert challenge.state == "open"
    as_(chair).post(address(cycle, f"{place}resolve/"))
    challenge.refresh_from_db()
    assert challenge.state == "resolved"
    page = as_(lead).get(address(cycle, place)).content.decode()
    assert "Is that all?" in page
    assert "It is" in page
    refused = as_(lead).post(address(cycle, f"{place}reply/"), answer)
    assert "has been resolved" in refused.content.decode()


def test_sent_twice_it_is_asked_once_and_answered_once(
    as_: SignIn, lead: User, chair: User, cycle: Cycle
) -> None:
    asked = {"about": "benchmark:1", "text": "Who owns it?", "sensitivity": "public"}
    for _ in range(2):
        as_(chair).post(address(cycle, "challenges/add/"), asked)
    challenge = cycle.challenges.get()
    answer = {"text": "The directors.", "sensitivity": "public"}
    for _ in range(2):
        as_(lead).post(address(cycle, f"challenges/{challenge.pk}/reply/"), answer)
    assert challenge.replies.get().text == "The directors."
    as_(chair).post(address(cycle, "challenges/add/"), asked)
    assert cycle.challenges.count() == 2  # asked again, once it had been answered


def test_a_challenge_on_an_action_names_it(as_: SignIn, chair: User, cycle: Cycle) -> None:
    action = act(cycle, "1.1", "Renew the profile", "Ann")
    cycle.challenges.create(
        action=action, text="Why so late?", raised_by=chair, raised_at=cycle.started_at
    )
    for page in ("challenges/", "review/", f"challenges/{cycle.challenges.get().pk}/"):
        assert "Action: Renew the profile" in as_(chair).get(address(cycle, page)).content.decode()


def test_challenge_has_to_be_about_something(as_: SignIn, chair: User, cycle: Cycle) -> None:
    data = {"about": "question:9.9", "text": "Hm?", "sensitivity": "public"}
    response = as_(chair).post(address(cycle, "challenges/add/"), data)
    assert response.status_code == 200
    assert not Challenge.objects.exists()


def test_snapshot_gives_the_same_file_for_ever(
    signed: Snapshot, as_: SignIn, chair: User, lead: User, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    wanted = {"format": "pdf", "audience": "public"}
    for person in (chair, lead):
        as_(person).post("/councils/northmere/snapshots/1/files/", wanted)
    export = Export.objects.get()
    make_file(export.pk)
    export.refresh_from_db()
    council, cycle = signed.council, signed.cycle
    Council.objects.filter(pk=council.pk).update(name="Renamed", accent_colour="#000000")
    cycle.statements.create(question=cycle.questions.all()[0].question, text="Added later")
    with export.file.open() as file:
        assert contents(export, print) == file.read()
    assert hashlib.sha256(contents(export, print)).hexdigest() == export.sha256
