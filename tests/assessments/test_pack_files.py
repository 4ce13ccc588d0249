"""The files of a pack: which there are, what they are called, what they are made of."""

import dataclasses
import hashlib
import io

import pikepdf
import pytest
from django.core.files.base import ContentFile
from openpyxl import load_workbook

from assessments.models import (
    Audience,
    Cycle,
    Pack,
    PackFile,
    PackVersion,
    Snapshot,
    User,
)
from assessments.services import made_files, pack_files
from assessments.services.packs import change_meeting
from tests.cast import SignIn
from tests.exports.pdf_reading import all_text
from tests.packs import (
    MEETING,
    content_of,
    freeze_now,
    pack_on,
    requested,
    section,
    url,
    write,
)
from tests.tampering import tamper


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


def test_the_number_of_an_appendix_is_the_same_everywhere(
    as_: SignIn, cycle: Cycle, lead: User, publisher: User, chair: User, media: None
):
    cycle.benchmarks.update(comments="Exempt words.", comments_sensitivity="exempt-7")
    own = {"own_appendices": "Leaflet\nTerms of reference", "first_appendix": 2}
    pack = pack_on(freeze_now(cycle, chair), lead, **own)
    version = requested(pack, publisher)
    files = version.files.select_related("pack_version__pack__council").filter(document="appendix")
    names = {pack_files.name_of(file, version) for file in files}
    begin = "Item 6 Appendix"
    assert names == {
        f"{begin} 2 Prevent self-assessment 2025-26.pdf",
        f"{begin} 2 Prevent self-assessment 2025-26.xlsx",
        f"{begin} 3 Prevent self-assessment 2025-26 with exempt text.pdf",
    }
    web = content_of(version, "html")
    for line in (
        "Appendix 1: Leaflet",
        "Appendix 2: Prevent self-assessment 2025/26",
        "Appendix 3: Prevent self-assessment 2025/26 with exempt text",
        "Appendix 4: Terms of reference",
        "The full self-assessment is at Appendix\N{NO-BREAK SPACE}2.",
    ):
        assert line in web
    for file in files:
        data = pack_files.contents(file, lambda step: None)
        number = 3 if file.audience == Audience.COMMITTEE else 2
        assert title_of(data, file.format).startswith(f"Appendix {number}: Northmere")
        said = all_text(data) if file.format == "pdf" else front_of(data)
        assert f"Appendix {number}" in said
        assert f"Appendix {5 - number}" not in said
    page = as_(publisher).get(url("release_check", pack)).content.decode()
    assert "Left out of Appendix 2" in page


def title_of(data: bytes, format: str) -> str:
    if format == "xlsx":
        return str(load_workbook(io.BytesIO(data)).properties.title)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return str(pdf.docinfo.Title)


def front_of(data: bytes) -> str:
    return str(load_workbook(io.BytesIO(data)).worksheets[0]["A1"].value)


def test_no_number_between_two_appendices_is_nobodys(as_: SignIn, lead: User, pack: Pack):
    typed = {
        "title": "Prevent",
        "committee": "Scrutiny",
        **{f"meeting_on_{n}": part for n, part in enumerate(("20", "2", "2027"))},
        "sensitivity": "public",
        "own_appendices": " Leaflet \n\n",
        "version": "1",
    }
    html = as_(lead).post(url("meeting", pack), typed | {"first_appendix": "3"}).content.decode()
    assert "must be at most 2, unless more of your own come before it" in html
    as_(lead).post(url("meeting", pack), typed | {"first_appendix": "2"})
    pack.refresh_from_db()
    assert (pack.own_appendices, pack.first_appendix) == ("Leaflet", 2)


def test_a_whole_report_can_not_be_for_nobody(as_: SignIn, lead: User, pack: Pack):
    html = as_(lead).get(url("meeting", pack)).content.decode()
    assert 'value="exempt-7"' in html
    assert 'value="not-for-publication"' not in html


def test_what_is_for_nobody_makes_no_files_for_the_committee(
    ready: Pack, lead: User, publisher: User, media: None
):
    write(section(ready, "consultation"), "For the board alone.", lead, "not-for-publication")
    assert not requested(ready, publisher).files.exclude(audience=Audience.PUBLIC).exists()


def test_two_files_of_a_long_title_never_share_a_name(
    ready: Pack, lead: User, publisher: User, media: None
):
    meeting = dataclasses.replace(MEETING, title="Prevent duty and what it asks of us " * 5)
    change_meeting(pack=ready, version=1, meeting=meeting, by=lead)
    write(section(ready, "consultation"), "Exempt words.", lead, "exempt-7")
    for is_draft in (True, False):
        version = requested(ready, publisher, is_draft=is_draft)
        names = [pack_files.name_of(file, version) for file in version.files.all()]
        assert len(set(names)) == len(names) > 6
        assert all("Draft" in name for name in names) == is_draft


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
