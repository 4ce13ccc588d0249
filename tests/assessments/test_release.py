"""A pack on its way out: what holds it back, what looks wrong, its files, its release."""

import dataclasses
import hashlib
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from assessments.models import (
    Audience,
    BenchmarkAssessment,
    Cycle,
    FrozenPackError,
    Pack,
    PackFile,
    PackRelease,
    PackVersion,
    PartKind,
    Snapshot,
    User,
)
from assessments.release_check import Pattern, warnings
from assessments.report.sections import WITHOUT_WORDS
from assessments.services import made_files, pack_files, release
from assessments.services.pack_sections import (
    add_part,
)
from assessments.services.packs import change_meeting
from tests.cast import SignIn
from tests.packs import MEETING, finish, freeze_now, pack_on, section, write
from tests.tampering import tamper


def url(name: str, pack: Pack, *arguments: Any) -> str:
    return reverse(f"councils:{name}", args=[pack.council.slug, pack.pk, *arguments])


@pytest.fixture
def ready(pack: Pack, lead: User) -> Pack:
    """Everything in it written, confirmed and verified."""
    return finish(pack, lead)


@pytest.fixture
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def version(ready: Pack, publisher: User, media: None) -> PackVersion:
    """With files that stand for the real ones, which take seconds to make."""
    made = requested(ready, publisher)
    for file in made.files.all():
        made_files.store(file, f"{file.document} {file.format}".encode(), f"packs/{file.pk}")
    return made


def requested(pack: Pack, by: User, *, is_draft: bool = False) -> PackVersion:
    return pack_files.request_files(pack=pack, is_draft=is_draft, by=by, enqueue=lambda pk: pk)


def content_of(version: PackVersion, format: str, audience: Audience = Audience.PUBLIC) -> str:
    """Of a report that can be read as text."""
    file = version.files.select_related("pack_version__pack__council").get(
        document="report", format=format, audience=audience
    )
    return pack_files.contents(file, lambda step: None).decode()


def held_back_by(pack: Pack) -> list[str]:
    return [each.words for each in release.check(pack).blockers]


def test_nothing_holds_back_a_finished_pack(ready: Pack):
    assert held_back_by(ready) == []


def test_a_new_pack_is_held_back_by_all_that_a_person_has_to_do(pack: Pack):
    found = held_back_by(pack)
    assert "Executive summary: 1 part is still to be confirmed" in found
    assert "Reasons for recommendations: it is empty; write it or leave it out" in found
    assert "Legal: nobody has verified it" in found


def test_every_blocker_leads_to_where_it_is_mended(as_: SignIn, lead: User, pack: Pack):
    change_meeting(pack=pack, version=1, meeting=dataclasses.replace(MEETING, item=""), by=lead)
    client = as_(lead)
    html = client.get(url("release_check", pack)).content.decode()
    assert f'href="{url("meeting", pack)}"' in html
    for each in pack.sections.exclude(key__in=WITHOUT_WORDS):
        assert f'href="{url("pack_section", pack, each.key)}"' in html


def test_a_section_that_is_left_out_holds_nothing_back(ready: Pack, lead: User):
    section(ready, "reasons").parts.all().delete()
    assert len(held_back_by(ready)) == 1
    ready.sections.filter(key="reasons").update(left_out=True)
    assert held_back_by(ready) == []


def test_a_block_from_another_snapshot_than_the_appendix_holds_it_back(
    ready: Pack, lead: User, chair: User
):
    ready.snapshot.cycle.revision = 2
    newer = freeze_now(ready.snapshot.cycle, chair)
    part = add_part(
        section=section(ready, "issues"), kind=PartKind.RATINGS, snapshot=newer, by=lead
    )
    assert part.snapshot == newer
    assert held_back_by(ready) == [
        "Issues, options and analysis of options: it shows another snapshot than number 1"
    ]


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("Ask jo.bloggs@example.org about it.", Pattern.EMAIL),
        ("Ring 01632 960 142 for more.", Pattern.PHONE),
        ("Ring +44 7700 900982.", Pattern.PHONE),
        ("His number is 943 476 5919.", Pattern.NHS_NUMBER),
        ("See case no. PRV/2025/0123 for this.", Pattern.CASE_NUMBER),
        ("Crime ref 42/118832/25 was closed.", Pattern.CASE_NUMBER),
        ("Filed at objective://id:A123456.", Pattern.INTERNAL_LINK),
        ("Kept in S:\\Prevent\\Referrals.", Pattern.INTERNAL_LINK),
        ("See https://northmere.sharepoint.com/sites/prevent.", Pattern.INTERNAL_LINK),
        ("See http://intranet/prevent.", Pattern.INTERNAL_LINK),
        ("The referral of Jordan Ashdown was closed.", Pattern.PERSON),
        ("Robin O’Dell was a pupil at the school.", Pattern.PERSON),
    ],
)
def test_words_that_look_like_something_private_are_found(text: str, pattern: Pattern):
    found = warnings([("paragraph 2.1", text)])
    assert pattern in {each.pattern for each in found}
    assert found[0].places == ("paragraph 2.1",)


@pytest.mark.parametrize(
    "text",
    [
        "The Prevent Board reviewed each referral to the Channel Panel in 2025/26.",
        "61 per cent of 1,204 front-line staff completed the training by 31 December 2025.",
        "See https://www.gov.uk/government/publications/prevent-duty-guidance.",
        "Section 26 of the Counter-Terrorism and Security Act 2015.",
        "The reference group met four times.",
    ],
)
def test_ordinary_words_are_not(text: str):
    assert warnings([("here", text)]) == []


def test_the_same_words_in_two_places_are_one_warning():
    text = "Ask jo.bloggs@example.org."
    (found,) = warnings([("paragraph 1.1", text), ("paragraph 2.1", text)])
    assert found.places == ("paragraph 1.1", "paragraph 2.1")


def test_a_warning_holds_the_pack_back_until_a_publisher_accepts_it_with_a_reason(
    as_: SignIn, lead: User, publisher: User, ready: Pack
):
    write(section(ready, "consultation"), "Ask desk@northmere.example.", lead)
    (warning,) = release.check(ready).warnings
    assert held_back_by(ready) == ["1 warning has not been accepted"]
    client = as_(publisher)
    typed = {"fingerprint": warning.fingerprint, "reason": ""}
    html = client.post(url("accept_warning", ready), typed).content.decode()
    assert "Say why these words may be public" in html
    client.post(url("accept_warning", ready), typed | {"reason": "The public desk."})
    assert held_back_by(ready) == []
    page = client.get(url("release_check", ready)).content.decode()
    assert f"by {publisher.name}" in page
    assert "The public desk." in page


def test_the_title_is_looked_at_too(ready: Pack, lead: User):
    meeting = dataclasses.replace(MEETING, title="On the pupil Jordan Ashdown")
    renamed = change_meeting(pack=ready, version=1, meeting=meeting, by=lead)
    (warning,) = release.check(renamed).warnings
    assert warning.places == ("the title of the report",)


def test_an_acceptance_ends_when_the_words_change(lead: User, publisher: User, ready: Pack):
    consultation = section(ready, "consultation")
    write(consultation, "Ask desk@northmere.example.", lead)
    (warning,) = release.check(ready).warnings
    accept = {"pack": ready, "fingerprint": warning.fingerprint, "by": publisher}
    release.accept_warning(reason="Public.", **accept)  # type: ignore[arg-type]
    write(consultation, "Ask jo@northmere.example.", lead)
    assert held_back_by(ready) == ["1 warning has not been accepted"]
    with pytest.raises(ValidationError, match="have changed"):
        release.accept_warning(reason="Public.", **accept)  # type: ignore[arg-type]


def test_every_text_that_is_not_public_is_listed_with_where_it_would_stand(
    as_: SignIn, lead: User, publisher: User, cycle: Cycle, chair: User
):
    BenchmarkAssessment.objects.filter(cycle=cycle, benchmark__number=1).update(
        comments="Kept from the appendix.", comments_sensitivity="exempt-1"
    )
    pack = pack_on(freeze_now(cycle, chair), lead)
    write(section(pack, "consultation"), "Kept from the report.", lead, "exempt-7")
    html = as_(publisher).get(url("release_check", pack)).content.decode()
    for words in (
        "Kept from the report.",
        "paragraph 5.1",
        "Kept from the appendix.",
        "benchmark 1",
    ):
        assert words in html
    public = as_(publisher).get(url("public_page", pack)).content.decode()
    assert "Kept from" not in public
    assert "Not for publication: paragraph 7" in public


def test_the_files_of_a_public_pack(version: PackVersion):
    files = {(f.document, f.format, f.audience) for f in version.files.all()}
    assert files == {
        *(("report", each, "public") for each in ("pdf", "docx", "html")),
        *(("appendix", each, "public") for each in ("pdf", "xlsx")),
    }


def test_what_is_exempt_is_in_files_of_its_own(
    lead: User, publisher: User, ready: Pack, media: None
):
    write(section(ready, "consultation"), "Exempt words.", lead, "exempt-7")
    made = requested(ready, publisher)
    exempt = made.files.filter(audience=Audience.COMMITTEE)
    assert {(f.document, f.format) for f in exempt} == {("report", "pdf"), ("report", "docx")}
    assert "Exempt words." not in content_of(made, "html")


def test_an_exempt_report_has_no_public_appendix(
    lead: User, publisher: User, ready: Pack, media: None
):
    ready.sensitivity, ready.public_interest = "exempt-7", "It would hamper an operation."
    ready.save()
    made = requested(ready, publisher)
    public = made.files.filter(audience=Audience.PUBLIC)
    assert {f.document for f in public} == {"report"}
    web = content_of(made, "html")
    assert "It would hamper an operation." in web
    assert "It is as it should be." not in web


def test_the_same_version_is_made_of_the_same_bytes(ready: Pack, publisher: User, media: None):
    made = requested(ready, publisher)
    for file in made.files.all():
        pack_files.make_pack_file(file.pk)
        again = pack_files.contents(file, lambda step: None)
        file.refresh_from_db()
        assert file.status == PackFile.Status.READY
        assert hashlib.sha256(again).hexdigest() == file.sha256, file.format


def test_a_pack_that_stays_as_it_is_stays_the_same_version(version: PackVersion, publisher: User):
    again = pack_files.make_version(pack=version.pack, is_draft=False, by=publisher)
    assert again == version
    draft = pack_files.make_version(pack=version.pack, is_draft=True, by=publisher)
    assert draft.number == version.number + 1


def test_names_are_those_that_democratic_services_would_choose(version: PackVersion):
    names = {pack_files.name_of(file, version) for file in version.files.all()}
    assert "Item 6 Appendix 1 Prevent self-assessment 2025-26.pdf" in names
    assert "Item 6 Prevent duty self-assessment.docx" in names


def test_drafts_say_so_in_name_and_text(ready: Pack, lead: User, media: None):
    made = requested(ready, lead, is_draft=True)
    web = made.files.get(format="html")
    assert pack_files.name_of(web, made).endswith(" (Draft 1).html")
    assert "Draft 1" in content_of(made, "html")


def test_a_publisher_releases_and_the_hash_of_each_file_is_on_record(
    as_: SignIn, publisher: User, version: PackVersion
):
    client, pack = as_(publisher), version.pack
    html = client.post(url("release", pack, version.number), {}).content.decode()
    assert "Tick the confirmation before you release" in html
    client.post(url("release", pack, version.number), {"confirmed": "on"})
    released = PackRelease.objects.get()
    assert (released.version, released.by_name) == (version, publisher.name)
    assert {each["sha256"] for each in released.files} == set(
        version.files.values_list("sha256", flat=True)
    )
    assert "Released" in client.get(url("pack", pack)).content.decode()
    sums = client.get(url("checksums", pack, version.number)).content.decode()
    assert all(each["sha256"] in sums and each["name"] in sums for each in released.files)


def test_what_has_changed_since_its_files_were_made_is_not_released(
    version: PackVersion, lead: User, publisher: User
):
    write(section(version.pack, "consultation"), "Other words.", lead)
    with pytest.raises(ValidationError, match="make them again"):
        release.release(pack=version.pack, version=version, by=publisher)


def test_what_is_held_back_is_not_released(pack: Pack, publisher: User):
    version = pack_files.make_version(pack=pack, is_draft=False, by=publisher)
    with pytest.raises(ValidationError, match="still to be done"):
        release.release(pack=pack, version=version, by=publisher)


def test_files_that_are_not_there_are_not_released(version: PackVersion, publisher: User):
    version.files.filter(format="xlsx").update(status=PackFile.Status.FAILED)
    with pytest.raises(ValidationError, match="Not every file is ready"):
        release.release(pack=version.pack, version=version, by=publisher)


def test_a_draft_is_never_released(ready: Pack, publisher: User, media: None):
    draft = requested(ready, publisher, is_draft=True)
    with pytest.raises(ValidationError, match="make them again"):
        release.release(pack=ready, version=draft, by=publisher)


def test_a_version_is_released_once(version: PackVersion, publisher: User):
    release.release(pack=version.pack, version=version, by=publisher)
    with pytest.raises(ValidationError, match="Somebody else has released"):
        release.release(pack=version.pack, version=version, by=publisher)


def test_no_file_is_made_of_a_snapshot_that_is_not_the_one_it_was(
    version: PackVersion, snapshot: Snapshot
):
    content = version.content.replace(snapshot.sha256, "0" * 64)
    tamper("UPDATE assessments_packversion SET content = %s WHERE id = %s", content, version.pk)
    file = version.files.select_related("pack_version__pack__council").first()
    assert file
    with pytest.raises(pack_files.SnapshotChanged):
        pack_files.contents(file, lambda step: None)


def test_a_committee_file_is_not_for_those_who_may_not_take_restricted_text_away(
    as_: SignIn, contributor: User, lead: User, ready: Pack, media: None
):
    write(section(ready, "consultation"), "Exempt words.", lead, "exempt-7")
    made = requested(ready, lead)
    exempt = made.files.filter(audience=Audience.COMMITTEE)[0]
    public = made.files.filter(audience=Audience.PUBLIC)[0]
    client = as_(contributor)
    assert client.get(url("download_pack_file", ready, exempt.pk)).status_code == 403
    made_files.store(public, b"Public.", "packs/public")
    response = client.get(url("download_pack_file", ready, public.pk))
    assert b"".join(response.streaming_content) == b"Public."  # type: ignore[attr-defined]


def test_the_councils_word_template_of_that_day_is_kept(ready: Pack, publisher: User, media: None):
    council = ready.council
    council.word_template.save("ours.docx", ContentFile(b"of that day"))
    version = pack_files.make_version(pack=ready, is_draft=True, by=publisher)
    council.word_template.delete()
    kept = pack_files.thaw(version.content).publisher.word_template
    assert pack_files.kept_template(kept) == b"of that day"


# What is frozen --------------------------------------------------------------------------------
@pytest.fixture
def released(version: PackVersion, publisher: User) -> PackRelease:
    return release.release(pack=version.pack, version=version, by=publisher)


def test_models_refuse_to_change_what_was_released(released: PackRelease):
    for row in (released, released.version):
        every = type(row)._default_manager.all()
        for change in (row.save, row.delete, partial(every.update, pk=9), every.delete):
            with pytest.raises(FrozenPackError):
                change()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assessments_packversion SET content = '{}'",
        "UPDATE assessments_packversion SET is_draft = NOT is_draft",
        "UPDATE assessments_packversion SET made_by_id = made_by_id",
        "DELETE FROM assessments_packversion",
        "UPDATE assessments_packrelease SET by_name = 'Somebody Else'",
        "UPDATE assessments_packrelease SET files = '[]'",
        "UPDATE assessments_packrelease SET by_id = by_id",
        "DELETE FROM assessments_packrelease",
    ],
)
def test_the_database_refuses_to_change_what_was_released(released: PackRelease, statement: str):
    with (
        pytest.raises(DatabaseError, match="never change"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_who_released_stays_on_record_when_the_account_goes(released: PackRelease, publisher: User):
    publisher.delete()
    released.refresh_from_db()
    assert (released.by, released.by_name) == (None, "Priya Publisher")
