"""The front sheet: whole for those who may read the cycle, public for everybody else."""

import re

import pytest
from django.http import HttpResponse

from assessments.models import BenchmarkAssessment, Cycle, User
from tests.budgets import assert_budget
from tests.cast import SignIn
from tests.volume import fill


def address(cycle: Cycle) -> str:
    return f"/councils/northmere/cycles/{cycle.pk}/front-sheet/"


def entry(response: HttpResponse, number: int) -> str:
    """One benchmark in words."""
    found = response.content.decode().split('<div class="app-front-sheet__entry')[number]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found.split("</li>")[0]))


@pytest.fixture
def sheet(cycle: Cycle) -> Cycle:
    """Benchmark 1 Amber with a secret comment; benchmark 2 not applicable, secretly why."""
    first, second = cycle.benchmarks.all()
    first.rating = cycle.scale.levels.get(slug="amber")
    first.actions = "Brief the board."
    first.comments, first.comments_sensitivity = "The informant is Jo.", "exempt-7"
    first.save()
    second.not_applicable = True
    second.reason, second.reason_sensitivity = "A named family.", "not-for-publication"
    second.save()
    return cycle


def test_it_reads_like_the_printed_page(as_: SignIn, lead: User, sheet: Cycle) -> None:
    response = as_(lead).get(address(sheet))
    first = entry(response, 1)
    assert re.search(r"1\. Local risk .*Amber .*Actions .*Brief the board\.", first)
    assert re.search(r"Comments .*The informant is Jo\. .*Exempt: paragraph 7", first)
    second = entry(response, 2)
    assert re.search(r"2\. Training .*Not applicable .*Why .*A named family\.", second)
    assert "Actions for Training Nothing entered" in second
    html = response.content.decode()
    assert "app-level--amber" in html
    assert '<ul class="app-front-sheet app-front-sheet--rows-1">' in html
    assert "as at 1 December 2025" in html


def test_an_undecided_benchmark_says_so(as_: SignIn, lead: User, cycle: Cycle) -> None:
    assert "Not decided" in entry(as_(lead).get(address(cycle)), 1)


def test_everything_on_it_leads_to_where_it_is_changed(
    as_: SignIn, lead: User, sheet: Cycle
) -> None:
    html = as_(lead).get(address(sheet)).content.decode()
    benchmark = f"/councils/northmere/cycles/{sheet.pk}/benchmarks/1/"
    for place in ("", "#actions-text", "#comments-text"):
        assert f'href="{benchmark}{place}"' in html
    page = as_(lead).get(benchmark).content.decode()
    assert 'id="actions-text"' in page
    assert 'id="comments-text"' in page


@pytest.mark.parametrize("who", ["viewer", "site_administrator"])
def test_others_get_the_public_version(
    as_: SignIn, request: pytest.FixtureRequest, sheet: Cycle, who: str
) -> None:
    response = as_(request.getfixturevalue(who)).get(address(sheet))
    html = response.content.decode()
    assert "informant" not in html
    assert "family" not in html
    assert "Not for publication: paragraph 7" in entry(response, 1)
    assert re.search(r"Why .*Not for publication", entry(response, 2))
    assert "Brief the board." in entry(response, 1)
    assert "This is the public version" in html
    assert "/benchmarks/" not in html
    assert "/check/" not in html
    assert f"/councils/northmere/cycles/{sheet.pk}/exports/" in html


def test_printing_needs_no_button(as_: SignIn, lead: User, cycle: Cycle) -> None:
    """The button does nothing without JavaScript, so it is hidden until that shows it."""
    html = as_(lead).get(address(cycle)).content.decode()
    assert re.search(r"<button[^>]* data-print hidden>", html)


def test_its_cost_does_not_grow_for_a_viewer(
    as_: SignIn, viewer: User, lead: User, cycle: Cycle
) -> None:
    client = as_(viewer)
    assert_budget("councils:front_sheet, viewer", lambda: client.get(address(cycle)))
    fill(cycle, lead)
    assert_budget("councils:front_sheet, viewer", lambda: client.get(address(cycle)))


def test_restricted_text_is_marked_for_the_board(as_: SignIn, chair: User, sheet: Cycle) -> None:
    BenchmarkAssessment.objects.filter(cycle=sheet).update(actions_sensitivity="exempt-3")
    assert "Exempt: paragraph 3" in entry(as_(chair).get(address(sheet)), 1)
