"""Editions out as YAML and as workbooks, and in again."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from openpyxl import Workbook, load_workbook

from assessments.exports.edition_workbook import as_workbook
from assessments.imports.edition_workbook import read_workbook
from assessments.imports.editions import read_upload
from assessments.models import EditionDraft, User
from benchmarks.editions.checking import Document, read_edition
from benchmarks.editions.problems import EditionError
from benchmarks.editions.writing import as_yaml
from benchmarks.models import Toolkit
from tests.assessments.test_ratings_history import ROOT
from tests.benchmarks.editions import editions, small
from tests.cast import SignIn
from tests.editions.drafting import drafted

SHIPPED = sorted((ROOT / "fixtures" / "toolkits").glob("*.yaml"))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_shipped_edition_comes_back_from_its_workbook(file: Any):
    document = read_edition(file)
    assert read_upload("toolkit.xlsx", as_workbook(document)) == document


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(editions())
def test_any_edition_comes_back_from_its_workbook(document: Document):
    assert read_workbook(as_workbook(document)) == document


def changed(change: Any) -> bytes:
    """The small edition's workbook, changed as a person could."""
    workbook = load_workbook(io.BytesIO(as_workbook(small())))
    change(workbook)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def test_columns_in_another_order_and_sheets_of_ones_own_do_no_harm():
    def change(workbook: Workbook) -> None:
        sheet = workbook["Prompts"]
        rows = [(text.value, ref.value) for ref, text in sheet.iter_rows()]
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row, start=1):
                sheet.cell(number, place, value)
        workbook.create_sheet("Notes").append(["Ours"])

    assert read_upload("toolkit.xlsx", changed(change)) == small()


def test_what_is_wrong_is_said_by_its_place():
    def change(workbook: Workbook) -> None:
        workbook["Questions"]["D2"] = None
        workbook["Scales"]["F2"] = "pink"

    with pytest.raises(EditionError) as refused:
        read_upload("toolkit.xlsx", changed(change))
    assert refused.value.problems == [
        "question 1.1: “text” is missing",
        "scale two, level poor: “colour” must be one of red, orange, amber, green, teal, blue, "
        "grey, not “pink”",
    ]


def packed(**entries: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return stream.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
HOSTILE = {
    "cut short": as_workbook(small())[:2000],
    "no workbook": packed(readme=b"hello"),
    "entities": packed(workbook=ENTITIES),
    "entities behind a comment": packed(
        workbook=ENTITIES.replace(b"<!DOCTYPE", b"<!--%b--><!DOCTYPE" % (b" " * 1_100_000))
    ),
    "password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    "a bomb": packed(workbook=b"\0" * 60_000_000),
    "macros": packed(vbaProject=b"x"),
    "no sheets of ours": changed(lambda workbook: workbook.remove(workbook["Prompts"])),
    "a column less": changed(lambda workbook: workbook["Prompts"].delete_cols(2)),
    "a cell too deep": changed(lambda workbook: workbook["Prompts"].cell(9_000, 1, "x")),
    "not text": b"\xff\xfe\x00",
    "empty": b"",
    "too large": b"a" * 1_000_001,
    "aliases": b"a: &a [1]\nb: *a",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=list(HOSTILE))
def test_a_file_that_is_none_is_refused_in_a_sentence(data: bytes):
    with pytest.raises(EditionError) as refused:
        read_upload("toolkit.xlsx", data)
    assert all(problem and len(problem) < 300 for problem in refused.value.problems)


@pytest.fixture
def client(as_: SignIn, site_administrator: User) -> Client:
    return as_(site_administrator)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data"),
    [("toolkit.yaml", as_yaml(small()).encode()), ("toolkit.xlsx", as_workbook(small()))],
)
def test_a_draft_starts_from_a_file(name: str, data: bytes, client: Client):
    upload = SimpleUploadedFile(name, data)
    response = client.post("/editions/start/", {"source": "file", "document": upload})
    assert response.status_code == 302
    edition = EditionDraft.objects.get()
    assert drafted(edition).document == small()
    page = client.get(response["Location"])
    assert page.context["page"].errors == []


@pytest.mark.django_db
def test_what_is_wrong_with_a_file_is_listed_by_line(client: Client):
    upload = SimpleUploadedFile("x.yaml", as_yaml(small()).replace("- First", "- '' #").encode())
    response = client.post("/editions/start/", {"source": "file", "document": upload})
    links = response.context["form"].error_links
    assert len(links) == 4
    assert all(place == "id_document" for place, _ in links)
    assert "question 1.1, prompt 1: “prompts” must not be empty" in links[0][1]
    assert not EditionDraft.objects.exists()


@pytest.mark.django_db
def test_a_file_has_to_be_chosen(client: Client):
    response = client.post("/editions/start/", {"source": "file"})
    assert ("id_document", "Choose the file to start from") in (
        response.context["form"].error_links
    )


@pytest.mark.django_db
def test_an_unfinished_draft_can_be_downloaded(client: Client):
    address = client.post("/editions/start/", {"source": "empty"})["Location"]
    client.post(f"{address}parts/add/", {"kind": "scale"})
    client.post(f"{address}parts/add/", {"kind": "benchmark"})
    for name in ("toolkit.yaml", "toolkit.xlsx"):
        response = client.get(f"{address}{name}")
        assert response.status_code == 200
        assert "attachment" in response["Content-Disposition"]


@pytest.mark.django_db
def test_a_published_toolkit_can_be_downloaded(client: Client, toolkit: Toolkit):
    response = client.get("/toolkits/small/toolkit.xlsx")
    assert response["Content-Disposition"] == 'attachment; filename="small.xlsx"'
    assert read_workbook(response.content)["slug"] == "small"
    assert b"slug: small\n" in client.get("/toolkits/small/toolkit.yaml").content
