"""A stored snapshot that somebody has changed is said to be so, and no file of it is given out."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from assessments.models import Cycle, Export, Snapshot, User
from assessments.services.export_files import make_file
from assessments.services.made_files import FileFailed
from assessments.services.review import reopen, sign_off, submit
from assessments.snapshots import digest
from tests.cast import SignIn
from tests.tampering import tamper

pytestmark = pytest.mark.django_db

PAGE = "/councils/northmere/snapshots/1/"
SAID = "Snapshot 1 has been tampered with"
WANTED = {"format": "json", "audience": "board"}


@pytest.fixture
def signed(cycle: Cycle, lead: User, chair: User, settings: Any, tmp_path: Path) -> Snapshot:
    settings.MEDIA_ROOT = tmp_path
    submit(cycle=cycle, gaps=0, by=lead)
    return sign_off(cycle=cycle, by=chair)


@pytest.fixture
def client(as_: SignIn, chair: User) -> Client:
    return as_(chair)


def change(content: str) -> None:
    tamper("UPDATE assessments_snapshot SET content = %s WHERE number = 1", content)


def another_name(content: str) -> str:
    return content.replace("Chika Chair", "Somebody Else")


def a_benchmark_less(content: str) -> str:
    frozen = json.loads(content)
    frozen["record"]["benchmarks"].pop()
    return json.dumps(frozen)


def cut_short(content: str) -> str:
    return content[:-100]


@pytest.mark.parametrize("how", [another_name, a_benchmark_less, cut_short, lambda content: "{}"])
def test_its_page_says_so_and_offers_no_file(client: Client, signed: Snapshot, how: Any) -> None:
    change(how(signed.content))
    page = client.get(PAGE).content.decode()
    assert SAID in page
    assert "Download as signed" not in page


def test_one_whose_hash_was_changed_too_is_shown_up_by_the_columns(
    client: Client, signed: Snapshot
) -> None:
    changed = signed.content.replace('"revision":1', '"revision":2')
    tamper("UPDATE assessments_snapshot SET content = %s, sha256 = %s", changed, digest(changed))
    assert SAID in client.get(PAGE).content.decode()


def test_no_file_is_begun(client: Client, signed: Snapshot) -> None:
    change(another_name(signed.content))
    response = client.post(f"{PAGE}files/", WANTED)
    assert response.status_code == 409
    assert SAID in response.content.decode()
    assert not Export.objects.exists()


def test_a_file_that_waits_is_not_made(client: Client, signed: Snapshot) -> None:
    client.post(f"{PAGE}files/", WANTED)
    change(another_name(signed.content))
    export = Export.objects.get()
    with pytest.raises(FileFailed):
        make_file(export.pk)
    export.refresh_from_db()
    assert (export.status, bool(export.file)) == (Export.Status.FAILED, False)


def test_a_file_from_before_is_given_out_no_more(
    client: Client, signed: Snapshot, as_: SignIn, viewer: User
) -> None:
    client.post(f"{PAGE}files/", {**WANTED, "audience": "public"})
    export = Export.objects.get()
    make_file(export.pk)
    address = f"/councils/northmere/cycles/{signed.cycle_id}/exports/{export.pk}/download/"
    for person in (client, as_(viewer)):
        assert person.get(address).getvalue()
    change(another_name(signed.content))
    for person in (client, as_(viewer)):
        response = person.get(address)
        assert response.status_code == 409
        assert SAID in response.content.decode()


def test_files_of_the_living_cycle_go_on(client: Client, signed: Snapshot) -> None:
    change("{}")
    cycle = signed.cycle
    client.post(f"/councils/northmere/cycles/{cycle.pk}/exports/", WANTED)
    export = Export.objects.get()
    make_file(export.pk)
    page = f"/councils/northmere/cycles/{cycle.pk}/exports/{export.pk}/download/"
    assert client.get(page).getvalue()


def test_the_next_sign_off_still_opens(
    client: Client, signed: Snapshot, cycle: Cycle, lead: User, chair: User
) -> None:
    change(cut_short(signed.content))
    reopen(cycle=cycle, reason="A figure was wrong", by=chair)
    submit(cycle=cycle, gaps=0, by=lead)
    page = f"/councils/northmere/cycles/{cycle.pk}/review/sign-off/"
    assert client.get(page).status_code == 200
