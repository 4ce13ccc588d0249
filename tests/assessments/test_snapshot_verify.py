"""`manage.py snapshot verify` finds every way to tamper with a stored snapshot."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessments.models import Cycle, Snapshot, User
from assessments.services.review import reopen, sign_off, submit
from assessments.snapshots import digest
from tests.tampering import tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_snapshots(cycle: Cycle, lead: User, chair: User) -> list[Snapshot]:
    submit(cycle=cycle, gaps=0, by=lead)
    first = sign_off(cycle=cycle, by=chair)
    reopen(cycle=cycle, reason="A figure was wrong", by=chair)
    submit(cycle=cycle, gaps=0, by=lead)
    return [first, sign_off(cycle=cycle, by=chair)]


def verify() -> str:
    out = StringIO()
    call_command("snapshot", "verify", stdout=out, stderr=out)
    return out.getvalue()


def verify_fails() -> str:
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("snapshot", "verify", stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.usefixtures("two_snapshots")
def test_untouched_snapshots_are_verified() -> None:
    assert verify() == "2 snapshots verified.\n"


def test_changed_content_is_found(two_snapshots: list[Snapshot]) -> None:
    changed = two_snapshots[0].content.replace("Chika Chair", "Somebody Else")
    tamper("UPDATE assessments_snapshot SET content = %s WHERE number = 1", changed)
    assert "snapshot 1: its content does not have the hash" in verify_fails()


def test_content_changed_with_its_hash_breaks_the_chain(two_snapshots: list[Snapshot]) -> None:
    changed = two_snapshots[0].content.replace("Chika Chair", "Somebody Else")
    tamper(
        "UPDATE assessments_snapshot SET content = %s, sha256 = %s WHERE number = 1",
        changed,
        digest(changed),
    )
    assert "snapshot 2: the snapshot before it is not the one" in verify_fails()


@pytest.mark.usefixtures("two_snapshots")
def test_changed_date_is_found() -> None:
    tamper("UPDATE assessments_snapshot SET signed_at = '2020-01-01 00:00:00' WHERE number = 2")
    assert "snapshot 2: its number, version or date" in verify_fails()


@pytest.mark.usefixtures("two_snapshots")
def test_deleted_snapshot_is_missed() -> None:
    tamper("DELETE FROM assessments_snapshot WHERE number = 1")
    assert "snapshot 2: a snapshot before it is missing" in verify_fails()
