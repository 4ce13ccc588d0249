"""Asking for a file, watching it come, and taking it: who may do what."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.exports.files import file_name
from assessments.models import (
    Audience,
    Council,
    Cycle,
    Export,
    ExportFormat,
    User,
)
from assessments.services.export_files import make_file
from assessments.services.exports import request_export
from tests.cast import SignIn

pytestmark = pytest.mark.django_db


def page(name: str, cycle: Cycle, export: Export | None = None) -> str:
    numbers = [export.pk] if export else []
    return reverse(f"councils:{name}", args=[cycle.council.slug, cycle.pk, *numbers])


def ask(client: Client, cycle: Cycle, audience: str, format: str = "json") -> Any:
    return client.post(page("exports", cycle), {"format": format, "audience": audience})


@pytest.fixture
def board_file(cycle: Cycle, lead: User) -> Export:
    return made(cycle, lead, Audience.BOARD)


@pytest.fixture
def public_file(cycle: Cycle, lead: User) -> Export:
    return made(cycle, lead, Audience.PUBLIC)


def made(cycle: Cycle, by: User, audience: Audience) -> Export:
    export = request_export(cycle=cycle, format=ExportFormat.JSON, audience=audience, by=by)
    make_file(export.pk)
    export.refresh_from_db()
    return export


@pytest.mark.parametrize("who", ["lead", "chair", "publisher"])
def test_those_who_may_see_restricted_text_may_ask_for_it(
    who: str, cycle: Cycle, as_: SignIn, request: pytest.FixtureRequest
) -> None:
    client = as_(request.getfixturevalue(who))
    response = ask(client, cycle, "board")
    export = cycle.exports.get()
    assert response.status_code == 302
    assert response["Location"] == page("export", cycle, export)
    assert export.audience == Audience.BOARD
    assert export.requested_by == request.getfixturevalue(who)


@pytest.mark.parametrize("who", ["contributor", "viewer", "site_administrator"])
def test_others_get_the_public_version_only(
    who: str,
    cycle: Cycle,
    board_file: Export,
    public_file: Export,
    as_: SignIn,
    request: pytest.FixtureRequest,
) -> None:
    client = as_(request.getfixturevalue(who))
    refused = ask(client, cycle, "board")
    assert b"You may only ask for the public version" in refused.content
    assert b"<title>Error: Downloads" in refused.content
    assert cycle.exports.count() == 2
    assert ask(client, cycle, "public").status_code == 302

    listed = client.get(page("exports", cycle)).content.decode()
    assert page("export", cycle, public_file) in listed
    assert page("export", cycle, board_file) not in listed
    for name in ("export", "download_export"):
        assert client.get(page(name, cycle, board_file)).status_code == 403
        allowed = client.get(page(name, cycle, public_file))
        assert allowed.status_code == 200
        b"".join(allowed)  # to its end, where the file is closed
    assert client.post(page("make_export_again", cycle, board_file)).status_code == 403


def test_a_stranger_finds_nothing(
    cycle: Cycle, public_file: Export, stranger: User, as_: SignIn
) -> None:
    client = as_(stranger)
    for name in ("export", "download_export"):
        assert client.get(page(name, cycle, public_file)).status_code == 404
    assert client.post(page("make_export_again", cycle, public_file)).status_code == 404
    assert client.get(page("exports", cycle)).status_code == 404
    assert ask(client, cycle, "public").status_code == 404


def test_a_file_of_another_cycle_is_not_found(
    cycle: Cycle, public_file: Export, lead: User, as_: SignIn
) -> None:
    other = Cycle.objects.create(
        council=cycle.council,
        toolkit=cycle.toolkit,
        scale=cycle.scale,
        period="2024/25",
        as_at=datetime.date(2024, 12, 1),
    )
    assert as_(lead).get(page("download_export", other, public_file)).status_code == 404


def test_the_download_has_its_name_and_its_bytes(
    cycle: Cycle, public_file: Export, viewer: User, as_: SignIn
) -> None:
    response = as_(viewer).get(page("download_export", cycle, public_file))
    name = "Northmere Borough Council Prevent self-assessment 2025-26 (public).json"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == "application/json"
    with public_file.file.open() as file:
        assert b"".join(response.streaming_content) == file.read()


def test_a_file_that_is_not_made_yet_cannot_be_downloaded(
    cycle: Cycle, lead: User, as_: SignIn
) -> None:
    waiting = Export.objects.create(cycle=cycle, format="pdf", audience="public")
    assert as_(lead).get(page("download_export", cycle, waiting)).status_code == 404


def test_the_page_of_a_file_made(
    cycle: Cycle, public_file: Export, lead: User, as_: SignIn
) -> None:
    content = as_(lead).get(page("export", cycle, public_file)).content.decode()
    assert public_file.sha256 in content
    assert "Prevent self-assessment 2025-26 (public).json" in content
    assert page("download_export", cycle, public_file) in content
    assert "hx-get" not in content


def test_the_page_asks_again_until_the_file_is_made(cycle: Cycle, lead: User, as_: SignIn) -> None:
    export = Export.objects.create(cycle=cycle, format="json", audience="public")
    client, here = as_(lead), page("export", cycle, export)
    whole = client.get(here).content.decode()
    assert "Waiting for its turn" in whole
    assert f'<a class="govuk-link" href="{here}">Check again</a>' in whole
    seen = {"seen": "waiting--false-false"}
    htmx = {"HX-Request": "true"}
    assert f'hx-get="{here}?seen={seen["seen"]}"' in whole
    assert client.get(here, seen, headers=htmx).status_code == 204

    Export.objects.update(status=Export.Status.RUNNING, step="Laying out the pages")
    fragment = client.get(here, seen, headers=htmx).content.decode()
    assert "Laying out the pages…" in fragment
    assert "<html" not in fragment
    make_file(export.pk)
    assert "The file is ready" in client.get(here, seen, headers=htmx).content.decode()


@pytest.mark.parametrize(
    ("status", "minutes", "says", "again"),
    [
        ("waiting", 2, "Still waiting: the export worker may not be running.", False),
        ("running", 2, "Laying out the pages…", False),
        ("running", 11, "the export worker may have been stopped half way", True),
        ("failed", 0, "The file could not be made.", True),
    ],
)
def test_a_file_that_does_not_come(
    status: str, minutes: int, says: str, again: bool, cycle: Cycle, lead: User, as_: SignIn
) -> None:
    export = Export.objects.create(cycle=cycle, format="pdf", audience="public")
    asked = timezone.now() - datetime.timedelta(minutes=minutes)
    step = "Laying out the pages" if status == "running" else ""
    Export.objects.update(status=status, step=step, requested_at=asked)
    client = as_(lead)
    content = client.get(page("export", cycle, export)).content.decode()
    assert says in content
    assert ("Make it again" in content) == again
    client.post(page("make_export_again", cycle, export))
    export.refresh_from_db()
    assert export.status == ("waiting" if again else status)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"audience": "public"}, "Choose a format"),
        ({"format": "exe", "audience": "public"}, "Choose a format"),
        ({"format": "pdf"}, "Choose who it is for"),
    ],
)
def test_a_form_not_filled_in(
    data: dict[str, str], says: str, cycle: Cycle, lead: User, as_: SignIn
) -> None:
    content = as_(lead).post(page("exports", cycle), data).content.decode()
    assert "There is a problem" in content
    assert says in content
    assert not cycle.exports.exists()


def test_pages_take_as_many_queries_however_many_files(
    cycle: Cycle, lead: User, as_: SignIn, django_assert_max_num_queries: Any
) -> None:
    Export.objects.bulk_create(
        Export(cycle=cycle, format="pdf", audience="public", requested_by=lead) for _ in range(60)
    )
    client = as_(lead)
    for address in (page("exports", cycle), page("export", cycle, cycle.exports.first())):
        with django_assert_max_num_queries(6):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("council", "period", "name"),
    [
        ("Northmere", "2025/26", "Northmere Prevent self-assessment 2025-26 (board).xlsx"),
        ("A/B\\C: \x07'x'\n", "Q4 <21>", "A B C 'x' Prevent self-assessment Q4-21 (board).xlsx"),
        ("\u202egnp", "..", "gnp Prevent self-assessment (board).xlsx"),
    ],
)
def test_file_names(council: str, period: str, name: str) -> None:
    assert file_name(council, period, Audience.BOARD, ExportFormat.XLSX) == name


def test_a_file_name_is_never_too_long() -> None:
    name = file_name("🦄" * 200, "🦄" * 50, Audience.BOARD, ExportFormat.XLSX)
    assert len(name.encode()) < 255


def test_a_council_learns_nothing_of_anothers_files(
    cycle: Cycle, public_file: Export, southbeck: Council, stranger: User, as_: SignIn
) -> None:
    """Through its own address either."""
    own = Cycle.objects.create(
        council=southbeck,
        toolkit=cycle.toolkit,
        scale=cycle.scale,
        period="2025/26",
        as_at=cycle.as_at,
    )
    client = as_(stranger)
    assert client.get(page("export", own, public_file)).status_code == 404
    assert client.get(page("download_export", own, public_file)).status_code == 404
