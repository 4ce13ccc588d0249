"""The dashboard on paper: one tagged page, however much there is."""

import re
from io import BytesIO
from pathlib import Path

from django.test import Client
from pypdf import PdfReader

from assessments.models import Cycle, User
from tests.assessments.boards import act, address
from tests.cast import SignIn
from tests.exports.documents import pdf_findings
from tests.volume import fill


def pdf_of(client: Client, cycle: Cycle) -> bytes:
    response = client.get(address(cycle, "pdf/"))
    assert response["Content-Type"] == "application/pdf"
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_it_prints_on_one_tagged_page(
    mixed: Cycle, as_: SignIn, chair: User, tmp_path: Path
) -> None:
    act(mixed, "1.1", "Renew the profile", "Ann", days=-3)
    data = pdf_of(as_(chair), mixed)
    [page] = PdfReader(BytesIO(data)).pages
    text = re.sub(r"\s+", " ", page.extract_text())
    for words in (
        "Northmere Borough Council",
        "1 Amber, 1 Red; Local risk has moved from Amber to Red since 2019",
        "1 action overdue",
        "Renew the profile",
        "■ Red",
        "down from Amber. The profile is old.",
        "Exempt, paragraph 1: about an individual",
        "Board version: contains restricted text",
        "Nobody yet",
    ):
        assert words in text, words
    assert pdf_findings(data, tmp_path) == []


def test_much_of_everything_still_prints_on_one_page(
    mixed: Cycle, lead: User, as_: SignIn, chair: User
) -> None:
    fill(mixed, lead)
    for number in range(12):
        act(mixed, "1.1", f"Thing {number} " * 30, f"Owner {number} of a long name", days=-number)
    assert len(PdfReader(BytesIO(pdf_of(as_(chair), mixed))).pages) == 1
