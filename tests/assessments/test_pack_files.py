"""The files of a pack: which, of what, with which names, for whom."""

import hashlib

import pytest
from django.core.files.base import ContentFile

from assessments.models import Audience, Pack, PackFile, PackVersion, Snapshot, User
from assessments.services import made_files, pack_files
from tests.cast import SignIn
from tests.packs import requested, section, url, write
from tests.tampering import tamper


def content_of(version: PackVersion, format: str, audience: Audience = Audience.PUBLIC) -> str:
    """Of a report that can be read as text."""
    file = version.files.select_related("pack_version__pack__council").get(
        document="report", format=format, audience=audience
    )
    return pack_files.contents(file, lambda step: None).decode()


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
