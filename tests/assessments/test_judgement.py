"""The page of a benchmark: suggested, decided, and never lost between two people."""

import json
import re

import pytest
from django.http import HttpResponse
from django.test import Client

from assessments.models import BenchmarkAssessment, Cycle, Draft, User
from assessments.services.cycles import start_cycle
from tests.cast import SignIn

Fields = dict[str, object]


def address(cycle: Cycle, more: str = "") -> str:
    return f"/councils/northmere/cycles/{cycle.pk}/benchmarks/1/{more}"


def judged(cycle: Cycle, number: int = 1) -> BenchmarkAssessment:
    return cycle.benchmarks.get(benchmark__number=number)


def form(cycle: Cycle, **changes: object) -> Fields:
    """What the page's form would post."""
    row = judged(cycle)
    fields = {
        "version": row.version,
        "rating-value": row.rating.slug if row.rating else "",
        "rating-reason": row.reason,
        "rating-reason_sensitivity": row.reason_sensitivity,
        "actions-text": row.actions,
        "actions-sensitivity": row.actions_sensitivity,
        "comments-text": row.comments,
        "comments-sensitivity": row.comments_sensitivity,
    }
    return {**fields, **{name.replace("__", "-"): value for name, value in changes.items()}}


def rate(cycle: Cycle, ref: str, slug: str) -> None:
    level = cycle.scale.levels.get(slug=slug)
    cycle.answers.filter(question__ref=ref).update(rating=level)


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_it_suggests_and_says_why(page: Client, cycle: Cycle) -> None:
    assert "No suggestion yet: 3 of 3 answers to expectations of compliance have no rating" in (
        words(page.get(address(cycle)))
    )
    rate(cycle, "1.1", "amber")
    shown = words(page.get(address(cycle)))
    assert "Amber: the one expectation of compliance is not yet green (1.1)" in shown
    assert "no action covers 1.1" in shown
    assert "3 × Amber" in shown
    assert "Not rated" in shown
    assert "The worst one counts." in shown


def test_last_cycles_rating_stands_beside_it(page: Client, cycle: Cycle, lead: User) -> None:
    later = start_cycle(
        council=cycle.council,
        toolkit=cycle.toolkit,
        scale=cycle.scale,
        period="2026/27",
        as_at=cycle.as_at.replace(year=2026),
        by=lead,
    )
    cycle.benchmarks.filter(benchmark__number=1).update(rating=cycle.scale.levels.get(slug="red"))
    assert "In 2025/26: Red" in words(page.get(address(later)))
    assert "In 2025/26" not in words(page.get(address(cycle)))


def test_a_person_decides_and_the_front_sheet_entry_shows_it(
    page: Client, cycle: Cycle, lead: User
) -> None:
    rate(cycle, "1.1", "green")
    response = page.post(
        address(cycle),
        form(cycle, rating__value="green", actions__text="All done.", comments__text="Fine."),
        follow=True,
    )
    assert response.redirect_chain == [(address(cycle), 302)]
    assert "Benchmark 1 saved." in words(response)
    row = judged(cycle)
    assert (row.rating.label, row.actions, row.comments) == ("Green", "All done.", "Fine.")
    assert row.version == 1
    entry = row.history.get()
    assert (entry.history_user, entry.version) == (lead, 1)
    preview = response.content.decode().split('id="preview-heading"')[1]
    assert "1. Local risk" in preview
    assert "Green" in preview
    assert "All done." in preview


def test_saving_without_a_change_writes_nothing(page: Client, cycle: Cycle) -> None:
    page.post(address(cycle), form(cycle))
    assert judged(cycle).version == 0
    assert not BenchmarkAssessment.history.exists()


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("green", "Say why your rating differs from the suggested Amber"),
        ("not-applicable", "Say why this benchmark is not applicable"),
    ],
)
def test_another_rating_needs_a_reason(
    page: Client, cycle: Cycle, lead: User, value: str, message: str
) -> None:
    rate(cycle, "1.1", "amber")
    sent = form(cycle, rating__value=value, comments__text="Typed with care.")
    response = page.post(address(cycle), sent)
    assert response.status_code == 200
    html = response.content.decode()
    assert "<title>Error: " in html
    assert f'<a href="#rating-reason">{message}</a>' in html
    assert "Typed with care." in html
    assert judged(cycle).version == 0
    assert Draft.objects.get().data["comments-text"] == ["Typed with care."]
    page.post(address(cycle), {**sent, "rating-reason": "Because."})
    assert judged(cycle).reason == "Because."
    assert not Draft.objects.exists()


def test_the_suggested_rating_needs_none(page: Client, cycle: Cycle) -> None:
    rate(cycle, "1.1", "amber")
    page.post(address(cycle), form(cycle, rating__value="amber"))
    assert judged(cycle).rating.label == "Amber"


def test_two_people_on_different_lines_both_keep_theirs(page: Client, cycle: Cycle) -> None:
    opened = form(cycle)
    page.post(address(cycle), {**opened, "actions-text": "Theirs."})
    page.post(address(cycle), {**opened, "comments-text": "Mine."})
    row = judged(cycle)
    assert (row.actions, row.comments, row.version) == ("Theirs.", "Mine.", 2)


def test_two_people_on_one_line_see_both_texts(page: Client, cycle: Cycle, lead: User) -> None:
    opened = form(cycle)
    page.post(address(cycle), {**opened, "actions-text": "Theirs first."})
    response = page.post(
        address(cycle), {**opened, "actions-text": "Mine second.", "comments-text": "Also mine."}
    )
    assert response.status_code == 409
    shown = words(response)
    assert "Somebody else saved first" in shown
    assert "Theirs first." in shown
    assert "your other changes on this page have been saved" in shown
    assert 'value="Mine second."' in response.content.decode()
    row = judged(cycle)
    assert (row.actions, row.comments) == ("Theirs first.", "Also mine.")
    assert Draft.objects.get(user=lead).data["actions-text"] == ["Mine second."]


@pytest.mark.parametrize(
    ("choice", "stands"),
    [("mine", "Mine."), ("theirs", "Theirs."), ("together", "Theirs.\n\nMine, edited.")],
)
def test_the_conflict_page_settles_it(page: Client, cycle: Cycle, choice: str, stands: str) -> None:
    opened = form(cycle)
    page.post(address(cycle), {**opened, "actions-text": "Theirs."})
    response = page.post(address(cycle), {**opened, "actions-text": "Mine."})
    hidden = dict(
        re.findall(
            r'<input type="hidden" name="(actions-\w+|version)" value="([^"]*)">',
            response.content.decode(),
        )
    )
    page.post(
        address(cycle),
        {**hidden, "actions-keep": choice, "actions-text-together": "Theirs.\r\n\r\nMine, edited."},
    )
    assert judged(cycle).actions == stands
    assert not Draft.objects.exists()


def test_a_stale_form_that_changed_nothing_overwrites_nothing(page: Client, cycle: Cycle) -> None:
    opened = form(cycle)
    page.post(address(cycle), {**opened, "actions-text": "Theirs."})
    assert page.post(address(cycle), opened).status_code == 302
    assert judged(cycle).actions == "Theirs."


@pytest.mark.parametrize("version", ["", "abc", "-1", "99999999999999999999", "²"])
def test_a_made_up_version_overwrites_nothing(page: Client, cycle: Cycle, version: str) -> None:
    page.post(address(cycle), form(cycle, actions__text="Theirs."))
    response = page.post(address(cycle), form(cycle, actions__text="Mine.", version=version))
    assert response.status_code == 409
    assert judged(cycle).actions == "Theirs."


def test_a_rating_of_another_scale_is_refused(page: Client, cycle: Cycle) -> None:
    response = page.post(address(cycle), form(cycle, rating__value="achieving"))
    assert "<title>Error: " in response.content.decode()
    assert judged(cycle).rating is None


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://example.org")',
        "<script>alert(1)</script>",
        "<img src=file:///etc/passwd>",
        "\u202eright to left, 🙂\tand • bullets\n\u2022 pasted",
        "x" * 20_000,
    ],
)
def test_any_text_is_stored_as_typed_and_shown_inert(page: Client, cycle: Cycle, text: str) -> None:
    response = page.post(address(cycle), form(cycle, comments__text=text), follow=True)
    assert judged(cycle).comments == text
    assert "<script>alert" not in response.content.decode()
    assert "<img src=file" not in response.content.decode()


def test_text_beyond_the_limit_is_kept_and_named(page: Client, cycle: Cycle) -> None:
    response = page.post(address(cycle), form(cycle, comments__text="x" * 20_001))
    assert 'href="#comments-text"' in response.content.decode()
    assert judged(cycle).version == 0
    assert len(Draft.objects.get().data["comments-text"][0]) == 20_001


def test_a_draft_is_kept_shown_and_discarded(page: Client, cycle: Cycle) -> None:
    kept = page.post(address(cycle, "draft/"), form(cycle, actions__text="Half a thou"))
    assert re.fullmatch(r"\d\d:\d\d", json.loads(kept.content)["saved_at"])
    shown = page.get(address(cycle)).content.decode()
    assert "Half a thou" in shown
    assert "haven’t saved it" in shown
    assert judged(cycle).actions == ""
    response = page.post(address(cycle, "draft/discard/"), follow=True)
    assert "Half a thou" not in response.content.decode()
    assert not Draft.objects.exists()


def test_a_draft_that_says_nothing_new_is_dropped(page: Client, cycle: Cycle) -> None:
    page.post(address(cycle, "draft/"), form(cycle))
    assert "haven’t saved it" not in page.get(address(cycle)).content.decode()
    assert not Draft.objects.exists()


def test_a_benchmark_the_toolkit_does_not_have(page: Client, cycle: Cycle) -> None:
    assert page.get(address(cycle).replace("/1/", "/99/")).status_code == 404
    draft = address(cycle, "draft/").replace("/1/draft", "/99/draft")
    assert page.post(draft, form(cycle)).status_code == 404


def test_a_reader_sees_the_judgement_without_the_form(
    as_: SignIn, chair: User, cycle: Cycle
) -> None:
    judged_row = judged(cycle)
    judged_row.reason, judged_row.rating = "It is better.", cycle.scale.levels.get(slug="green")
    judged_row.save()
    html = as_(chair).get(address(cycle)).content.decode()
    assert 'name="rating-value"' not in html
    assert "It is better." in html
