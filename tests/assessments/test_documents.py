"""Evidence documents beside a question."""

import datetime
import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from assessments.models import Cycle, Draft, EvidenceItem, User
from tests.cast import SignIn

IN_PLACE = {"headers": {"HX-Request": "true"}}


def address(cycle: Cycle, more: str) -> str:
    return f"/councils/northmere/cycles/{cycle.pk}/{more}"


def filled(**changes: Any) -> dict[str, Any]:
    return {"title": "Prevent plan 2025", "sensitivity": "public", **changes}


def dates(name: str, *parts: str) -> dict[str, str]:
    return {f"{name}_{place}": part for place, part in enumerate(parts)}


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def make(cycle: Cycle, ref: str = "1.1", **fields: Any) -> EvidenceItem:
    asked = cycle.questions.get(question__ref=ref).question
    fields = {"title": "Prevent plan 2025", **fields}
    return EvidenceItem.objects.create(cycle=cycle, question=asked, **fields)


def test_adding_one(page: Client, cycle: Cycle, lead: User) -> None:
    response = page.post(
        address(cycle, "questions/1.1/documents/add/"),
        filled(
            url="https://www.example.org/plan",
            reference="CSP/12",
            **dates("dated_on", "1", "9", "2025"),
            **dates("review_on", "1", "9", "2999"),
        ),
    )
    item = EvidenceItem.objects.get()
    home = address(cycle, "questions/1.1/")
    assert response.url == f"{home}#document-{item.pk}"
    assert (item.url, item.reference) == ("https://www.example.org/plan", "CSP/12")
    assert (item.dated_on, item.review_on.year) == (datetime.date(2025, 9, 1), 2999)
    assert item.history.get().history_user == lead
    html = page.get(home).content.decode()
    link = re.search(r'<a [^>]*href="https://www.example.org/plan"[^>]*>', html)
    assert link
    assert "noreferrer" in link[0]
    assert "Dated 1 September 2025" in html
    assert "Next review 1 September 2999" in html


def test_sent_twice_it_is_added_once(page: Client, cycle: Cycle) -> None:
    for _ in range(2):
        page.post(address(cycle, "questions/1.1/documents/add/"), filled())
    assert EvidenceItem.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"title": " "}, "title", "Enter the title of the document"),
        ({"title": "x" * 301}, "title", "at most 300 characters"),
        ({"url": "javascript:alert(1)"}, "url", "Enter a web address such as"),
        ({"url": "ftp://example.org/x"}, "url", "Enter a web address such as"),
        ({"url": "file:///etc/passwd"}, "url", "Enter a web address such as"),
        ({"url": "S drive, Prevent"}, "url", "Put anything else under reference"),
        ({"sensitivity": "top"}, "sensitivity", "Select a valid choice"),
        (dates("dated_on", "30", "2", "2025"), "dated_on_0", "must be a real date"),
        (
            {**dates("dated_on", "2", "1", "2025"), **dates("review_on", "1", "1", "2025")},
            "review_on_0",
            "must be after the date of the document",
        ),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(
    page: Client, cycle: Cycle, changes: dict[str, str], field: str, message: str
) -> None:
    link = address(cycle, "questions/1.1/documents/add/")
    html = page.post(link, filled(**changes)).content.decode()
    assert "<title>Error: " in html
    assert message in html
    assert f'href="#add-document-1-1-{field}"' in html
    assert f'id="add-document-1-1-{field}"' in html
    assert not EvidenceItem.objects.exists()
    assert Draft.objects.get().page == "add-document:1.1"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example"])
def test_an_unsafe_address_that_came_in_otherwise_is_text(
    page: Client, cycle: Cycle, url: str
) -> None:
    make(cycle, url=url)
    html = page.get(address(cycle, "questions/1.1/")).content.decode()
    assert f'href="{url}"' not in html
    assert f"<span>{url}</span>" in html


def test_changing_one(page: Client, cycle: Cycle) -> None:
    item = make(cycle, review_on=datetime.date(2020, 1, 1))
    link = address(cycle, f"documents/{item.pk}/")
    form = page.get(link).content.decode()
    assert 'value="Prevent plan 2025"' in form
    assert 'value="2020"' in form
    page.post(link, filled(title="Plan", version=1, sensitivity="exempt-3"))
    item.refresh_from_db()
    assert (item.title, item.review_on, item.version) == ("Plan", None, 2)
    assert item.sensitivity == "exempt-3"


def test_somebody_else_saved_first(page: Client, cycle: Cycle) -> None:
    item = make(cycle)
    link = address(cycle, f"documents/{item.pk}/")
    page.post(link, filled(title="Theirs", version=1))
    response = page.post(link, filled(title="Mine", version=1))
    assert response.status_code == 409
    assert "Theirs" in words(response)
    item.refresh_from_db()
    assert item.title == "Theirs"
    assert Draft.objects.get().data["title"] == ["Mine"]
    hidden = dict(
        re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', response.content.decode())
    )
    page.post(link, {**hidden, "keep": "mine"})
    item.refresh_from_db()
    assert (item.title, item.version) == ("Mine", 3)
    page.post(link, filled(title="Again", version=1))
    page.post(link, {"keep": "theirs"})
    assert EvidenceItem.objects.get().title == "Mine"
    assert not Draft.objects.exists()


def test_removing_asks_first_and_keeps_the_history(page: Client, cycle: Cycle, lead: User) -> None:
    item = make(cycle)
    link = address(cycle, f"documents/{item.pk}/remove/")
    assert "Remove “Prevent plan 2025”?" in words(page.get(link))
    assert EvidenceItem.objects.exists()
    response = page.post(link, follow=True)
    assert "has been removed from question 1.1" in words(response)
    assert not EvidenceItem.objects.exists()
    gone = EvidenceItem.history.get(history_type="-")
    assert (gone.title, gone.history_user) == ("Prevent plan 2025", lead)


def test_only_those_who_may_answer_the_question_may_touch_them(
    as_: SignIn, contributor: User, cycle: Cycle
) -> None:
    cycle.questions.filter(question__ref="1.1").update(assignee=contributor)
    own, foreign = make(cycle), make(cycle, "2.2")
    client = as_(contributor)
    assert client.post(address(cycle, f"documents/{own.pk}/"), filled(version=1)).status_code == 302
    for more in (f"documents/{foreign.pk}/", f"documents/{foreign.pk}/remove/"):
        assert client.post(address(cycle, more), filled(version=1)).status_code == 403
    html = client.get(address(cycle, "questions/2.2/")).content.decode()
    assert "Prevent plan 2025" in html
    assert f"documents/{foreign.pk}/" not in html


def test_in_place(page: Client, cycle: Cycle) -> None:
    link = address(cycle, "questions/1.1/documents/add/")
    html = page.get(link, **IN_PLACE).content.decode()
    assert "<html" not in html
    assert f'hx-post="{link}"' in html
    response = page.post(link, filled(), **IN_PLACE)
    assert response["HX-Retarget"] == "#question-documents"
    assert "The document has been added." in words(response)


def test_a_review_that_is_due_is_marked(page: Client, cycle: Cycle) -> None:
    make(cycle, review_on=timezone.localdate() - datetime.timedelta(days=1))
    assert "Review was due" in words(page.get(address(cycle, "questions/1.1/")))


def test_a_document_that_there_is_not(page: Client, cycle: Cycle) -> None:
    for pk in (999, 10**25):
        assert page.get(address(cycle, f"documents/{pk}/")).status_code == 404
    assert page.get(address(cycle, "questions/9.9/documents/add/")).status_code == 404
