"""Submit, return, sign off, reopen: who may, in which order, and what stays for ever."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from assessments.models import Cycle, ReviewStep, SignedSnapshotError, Snapshot, Stage, User
from assessments.services.answers import AnswerInput, save_question
from assessments.services.locks import CycleClosed
from assessments.services.review import reopen, return_to_lead, sign_off, submit
from assessments.snapshots import canonical, digest, thaw

pytestmark = pytest.mark.django_db


@pytest.fixture
def snapshot(cycle: Cycle, lead: User, chair: User) -> Snapshot:
    submit(cycle=cycle, gaps=7, reason="The police answer in May", by=lead)
    return sign_off(cycle=cycle, note="Agreed", by=chair)


def save_reason(cycle: Cycle, by: User) -> None:
    assessment = cycle.questions.select_related("cycle").get(question__ref="2.1")
    answer = cycle.answers.get(question__ref="2.1")
    mine = AnswerInput(answer.pk, answer.version, None, True, "Because", "public")
    save_question(assessment=assessment, answers=[mine], statements=[], by=by)


def test_gaps_need_a_reason(cycle: Cycle, lead: User) -> None:
    with pytest.raises(ValidationError, match="gaps"):
        submit(cycle=cycle, gaps=1, by=lead)
    submit(cycle=cycle, gaps=0, by=lead)
    cycle.refresh_from_db()
    assert cycle.stage == Stage.IN_REVIEW


def test_the_person_who_submits_cannot_sign_off(cycle: Cycle, lead: User) -> None:
    submit(cycle=cycle, gaps=0, by=lead)
    with pytest.raises(ValidationError, match="submitted"):
        sign_off(cycle=cycle, by=lead)
    assert not Snapshot.objects.exists()


def test_returned_cycle_can_be_submitted_again(cycle: Cycle, lead: User, chair: User) -> None:
    submit(cycle=cycle, gaps=0, by=lead)
    return_to_lead(cycle=cycle, reason="Training looks too good", by=chair)
    submit(cycle=cycle, gaps=0, by=lead)
    kinds = list(cycle.review_steps.values_list("kind", "by_name"))
    assert kinds == [
        ("submitted", "Lena Lead"),
        ("returned", "Chika Chair"),
        ("submitted", "Lena Lead"),
    ]


def test_second_chair_finds_it_signed(snapshot: Snapshot, chair: User) -> None:
    with pytest.raises(ValidationError, match="signed off"):
        sign_off(cycle=snapshot.cycle, by=chair)
    assert Snapshot.objects.count() == 1


def test_snapshot_holds_what_was_signed(snapshot: Snapshot) -> None:
    frozen = thaw(snapshot.content)
    sign = frozen.sign_off
    assert (sign.number, sign.by, sign.note, sign.gaps) == (1, "Chika Chair", "Agreed", 7)
    assert sign.submission_reason == "The police answer in May"
    assert frozen.record.benchmarks[0].questions[0].answers[0].prompt == "How are risks found?"
    assert frozen.suggestions[0].suggestion.says.startswith("No suggestion yet")
    assert snapshot.sha256 == digest(snapshot.content)


def test_canonical_form_comes_back_to_the_letter(snapshot: Snapshot) -> None:
    assert canonical(thaw(snapshot.content)) == snapshot.content


def test_signed_cycle_refuses_changes(snapshot: Snapshot, lead: User) -> None:
    with pytest.raises(CycleClosed):
        save_reason(snapshot.cycle, lead)


def test_reopening_needs_a_reason_and_starts_a_new_version(
    snapshot: Snapshot, lead: User, chair: User
) -> None:
    cycle = snapshot.cycle
    with pytest.raises(ValidationError):
        reopen(cycle=cycle, reason="", by=chair)
    reopen(cycle=cycle, reason="A figure was wrong", by=chair)
    save_reason(cycle, lead)
    submit(cycle=cycle, gaps=0, by=lead)
    second = sign_off(cycle=cycle, by=chair)
    assert (second.number, second.revision) == (2, 2)
    frozen = thaw(second.content)
    assert frozen.sign_off.previous_sha256 == snapshot.sha256
    assert frozen.record.benchmarks[1].questions[0].answers[0].decision.not_applicable
    assert (
        not thaw(snapshot.content).record.benchmarks[1].questions[0].answers[0].decision.is_decided
    )


def test_snapshot_outlives_changes_of_names(snapshot: Snapshot, chair: User) -> None:
    chair.name = "Somebody Else"
    chair.save()
    council = snapshot.council
    council.name = "Renamed"
    council.save()
    frozen = thaw(Snapshot.objects.get().content)
    assert (frozen.sign_off.by, frozen.record.council_name) == (
        "Chika Chair",
        "Northmere Borough Council",
    )


def test_models_refuse_to_change_a_snapshot(snapshot: Snapshot) -> None:
    snapshot.content = "{}"
    for write in (
        snapshot.save,
        snapshot.delete,
        lambda: Snapshot.objects.update(content="{}"),
        Snapshot.objects.all().delete,
    ):
        with pytest.raises(SignedSnapshotError):
            write()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE assessments_snapshot SET content = '{}'", "DELETE FROM assessments_snapshot"],
)
def test_database_refuses_to_change_a_snapshot(snapshot: Snapshot, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Snapshot.objects.get().content == snapshot.content


def test_steps_going_back_have_a_reason_in_the_database(cycle: Cycle, lead: User) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        ReviewStep.objects.create(
            cycle=cycle, kind="returned", revision=1, by=lead, by_name="L", at=cycle.started_at
        )
