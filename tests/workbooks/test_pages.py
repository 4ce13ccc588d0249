"""A workbook goes out, comes back, is reviewed change by change and confirmed, on its pages."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assessments.models import Cycle, EvidenceStatement, ReturnedWorkbook, User, WorkingWorkbook
from assessments.services.answers import StatementInput, save_question
from assessments.services.workbooks import ReturnFinished
from tests.cast import SignIn
from tests.workbooks.sheets import Partner, partner_of


@pytest.fixture
def client(as_: SignIn, lead: User) -> Client:
    return as_(lead)


def address(cycle: Cycle, name: str = "workbooks", *more: int) -> str:
    return reverse(f"councils:{name}", args=["northmere", cycle.pk, *more])


def upload(client: Client, cycle: Cycle, partner: Partner, name: str = "back.xlsx") -> Any:
    file = SimpleUploadedFile(name, partner.file)
    return client.post(address(cycle), {"workbook": file}, follow=True)


@pytest.fixture
def statement(cycle: Cycle, lead: User) -> EvidenceStatement:
    save_text(cycle, lead, StatementInput(None, 0, "Six risks are known.", (1,), "public"))
    return cycle.statements.get()


def save_text(cycle: Cycle, by: User, statement: StatementInput) -> None:
    assessment = cycle.questions.get(question__ref="1.1")
    save_question(assessment=assessment, answers=[], statements=[statement], by=by)


def test_a_lead_downloads_a_workbook_for_anybody(
    client: Client, cycle: Cycle, contributor: User
) -> None:
    response = client.post(address(cycle, "download_workbook"), {"whose": contributor.pk})
    assert response["Content-Disposition"] == (
        'attachment; filename="Northmere Borough Council Prevent 2025-26 workbook for '
        'Conor Contributor (not for publication).xlsx"'
    )
    sheets = openpyxl.load_workbook(io.BytesIO(response.content)).sheetnames
    assert sheets == ["About this workbook", "Answers", "Actions"]
    assert WorkingWorkbook.objects.get().whose == contributor


def test_restricted_text_shows_in_the_file_name_and_on_every_sheet(
    client: Client, cycle: Cycle, statement: EvidenceStatement
) -> None:
    EvidenceStatement.objects.update(sensitivity="exempt-1")
    response = client.post(address(cycle, "download_workbook"), {"whose": "everybody"})
    assert "(restricted).xlsx" in response["Content-Disposition"]
    for sheet in openpyxl.load_workbook(io.BytesIO(response.content)):
        texts = [str(cell.value) for row in sheet.iter_rows(max_row=3) for cell in row]
        assert any("contains restricted text" in text for text in texts)
        assert "contains restricted text" in sheet.oddHeader.right.text


def test_a_contributor_downloads_their_own_and_no_other(
    as_: SignIn, contributor: User, lead: User, cycle: Cycle
) -> None:
    client = as_(contributor)
    page = client.get(address(cycle)).content.decode()
    assert "Lena Lead" not in page
    own = client.post(address(cycle, "download_workbook"), {"whose": contributor.pk})
    assert own["Content-Type"].endswith("sheet")
    for other in ("everybody", lead.pk, ""):
        refused = client.post(address(cycle, "download_workbook"), {"whose": other})
        assert "<title>Error: " in refused.content.decode()
    assert WorkingWorkbook.objects.count() == 1


def test_the_review_shows_before_and_after_with_the_words_that_differ(
    client: Client, cycle: Cycle, lead: User, statement: EvidenceStatement
) -> None:
    partner = partner_of(cycle, lead).write("1.1/1", "evidence", "Seven risks are known.")
    partner.write("1.1/2", "rating", "Green").write("1.1/3", "rating", "Greenish")
    page = upload(client, cycle, partner)
    content = page.content.decode()
    assert "<strong>2</strong> changes" in content
    assert "takes out: </span>Six</del>" in content
    assert "adds: </span>Seven</ins>" in content
    assert "<strong>● Green</strong>" in content
    assert "It is none of the ratings (Green, Amber, Red, Not applicable)" in content
    assert "Greenish" in content
    assert cycle.statements.get().text == "Six risks are known."


def test_a_conflict_waits_for_a_person_and_shows_who_saved(
    client: Client,
    cycle: Cycle,
    lead: User,
    statement: EvidenceStatement,
    django_assert_max_num_queries: Any,
) -> None:
    partner = partner_of(cycle, lead).write("1.1/1", "evidence", "Seven.")
    save_text(cycle, lead, StatementInput(statement.pk, 1, "Eight.", (1,), "public"))
    assert "<strong>1</strong> to decide" in upload(client, cycle, partner).content.decode()
    returned = ReturnedWorkbook.objects.get()
    with django_assert_max_num_queries(12):
        page = client.get(address(cycle, "workbook_change", returned.pk, 1))
    content = page.content.decode()
    assert "Lena Lead has saved this since the workbook was made." in content
    refused = client.post(address(cycle, "confirm_workbook", returned.pk))
    assert "1 of the changes must be decided first." in refused.content.decode()

    typed = page.context["form"].initial
    answer = {**typed, "choice": "together", "text": "Seven or eight."}
    back = client.post(address(cycle, "workbook_change", returned.pk, 1), answer, follow=True)
    assert "Will stand:</strong> Seven or eight." in back.content.decode()
    client.post(address(cycle, "confirm_workbook", returned.pk))
    assert cycle.statements.get().text == "Seven or eight."


def test_a_choice_made_on_an_old_page_is_asked_again(
    client: Client, cycle: Cycle, lead: User, statement: EvidenceStatement
) -> None:
    upload(client, cycle, partner_of(cycle, lead).write("1.1/1", "evidence", "Seven."))
    returned = ReturnedWorkbook.objects.get()
    where = address(cycle, "workbook_change", returned.pk, 1)
    typed = client.get(where).context["form"].initial | {"choice": "take"}
    save_text(cycle, lead, StatementInput(statement.pk, 1, "Eight.", (1,), "public"))
    content = client.post(where, typed).content.decode()
    assert "Somebody has saved this meanwhile: look at it again" in content
    returned.refresh_from_db()
    assert returned.decisions == {}


def test_two_who_decide_at_once_do_not_overwrite_each_other(
    client: Client, cycle: Cycle, lead: User, statement: EvidenceStatement
) -> None:
    upload(client, cycle, partner_of(cycle, lead).write("1.1/1", "evidence", "Seven."))
    where = address(cycle, "workbook_change", ReturnedWorkbook.objects.get().pk, 1)
    typed = client.get(where).context["form"].initial
    client.post(where, typed | {"choice": "leave"})
    late = client.post(where, typed | {"choice": "take"}, follow=True)
    assert "Lena Lead has decided on this meanwhile." in late.content.decode()
    assert ReturnedWorkbook.objects.get().decisions["1"]["choice"] == "leave"


def test_confirmed_it_is_written_once_and_named_in_the_history(
    client: Client, cycle: Cycle, lead: User, contributor: User
) -> None:
    cycle.questions.filter(question__ref="2.1").update(assignee=contributor)
    partner = partner_of(cycle, lead, contributor).write("2.1/0", "evidence", "We train.")
    upload(client, cycle, partner)
    returned = ReturnedWorkbook.objects.get()
    for _ in range(2):
        done = client.post(address(cycle, "confirm_workbook", returned.pk), follow=True)
    assert cycle.statements.count() == 1
    assert "1 change confirmed by Lena Lead" in done.content.decode()
    assert client.get(address(cycle, "returned_workbook", returned.pk)).status_code == 404
    history = client.get(reverse("councils:history", args=["northmere", cycle.pk]))
    assert "From the workbook of Conor Contributor" in history.content.decode()


def test_a_discarded_file_leaves_nothing(client: Client, cycle: Cycle, lead: User) -> None:
    upload(client, cycle, partner_of(cycle, lead).write("2.1/0", "evidence", "We train."))
    returned = ReturnedWorkbook.objects.get()
    client.post(address(cycle, "discard_workbook", returned.pk))
    assert not ReturnedWorkbook.objects.exists()
    assert not cycle.statements.exists()


def test_whoever_comes_too_late_is_told_so(
    client: Client, cycle: Cycle, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(client, cycle, partner_of(cycle, lead).write("2.1/0", "evidence", "We train."))
    returned = ReturnedWorkbook.objects.get()
    change = address(cycle, "workbook_change", returned.pk, 1)
    typed = client.get(change).context["form"].initial | {"choice": "take"}

    def late(**_: Any) -> None:
        raise ReturnFinished

    for name in ("decide_on", "confirm_return", "discard_return"):
        monkeypatch.setattr(f"assessments.views.workbooks.{name}", late)
    posts = [
        (change, typed),
        (address(cycle, "confirm_workbook", returned.pk), {}),
        (address(cycle, "discard_workbook", returned.pk), {}),
    ]
    for where, data in posts:
        content = client.post(where, data, follow=True).content.decode()
        assert "Somebody has confirmed this workbook, or discarded it." in content


def test_a_signed_cycle_offers_no_workbook(client: Client, cycle: Cycle) -> None:
    Cycle.objects.filter(pk=cycle.pk).update(stage="signed-off")
    content = client.get(address(cycle)).content.decode()
    assert "has been signed off" in content
    assert "Download the workbook" not in content


def test_a_name_is_only_a_name(client: Client, cycle: Cycle, lead: User) -> None:
    partner = partner_of(cycle, lead).write("2.1/0", "evidence", "<script>alert(1)</script>")
    content = upload(client, cycle, partner, "../../etc/<b>.xlsx").content.decode()
    assert ReturnedWorkbook.objects.get().file_name == "<b>.xlsx"
    assert "<b>.xlsx" not in content
    assert "<script>alert(1)" not in content
