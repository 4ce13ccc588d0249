"""What cannot be done now says so and keeps what was typed: signed out, signed off, removed."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.models import (
    Action,
    ActionLink,
    Cycle,
    Draft,
    EvidenceItem,
    EvidenceStatement,
    Stage,
    User,
)
from assessments.services.drafts import DraftKey
from tests.cast import SignIn

IN_PLACE = {"headers": {"HX-Request": "true"}}
TYPED = "Typed with care, and long."


def address(cycle: Cycle, more: str) -> str:
    return f"/councils/{cycle.council.slug}/cycles/{cycle.pk}/{more}"


@pytest.fixture
def action(cycle: Cycle) -> Action:
    action = Action.objects.create(council=cycle.council, text="Train the board.")
    question = cycle.questions.get(question__ref="1.1").question
    ActionLink.objects.create(action=action, cycle=cycle, question=question)
    return action


@pytest.fixture
def item(cycle: Cycle) -> EvidenceItem:
    question = cycle.questions.get(question__ref="1.1").question
    return EvidenceItem.objects.create(cycle=cycle, question=question, title="Plan")


def token(cycle: Cycle, by: User, page: str) -> str:
    return DraftKey(by.pk, cycle.pk, page).token


@pytest.mark.parametrize("how", [{}, IN_PLACE])
@pytest.mark.parametrize(
    ("more", "draft", "field"),
    [
        ("actions/{action}/", "action:{action}", "text"),
        ("actions/{action}/progress/add/", "update:{action}", "next_steps"),
        ("documents/{item}/", "document:{item}", "title"),
    ],
)
def test_what_was_typed_about_something_removed_is_shown_until_it_is_discarded(
    page: Client,
    cycle: Cycle,
    action: Action,
    item: EvidenceItem,
    lead: User,
    more: str,
    draft: str,
    field: str,
    how: dict[str, Any],
) -> None:
    pks = {"action": action.pk, "item": item.pk}
    link, name = address(cycle, more.format(**pks)), draft.format(**pks)
    action.delete()
    item.delete()
    sent = {field: TYPED, "draft_token": token(cycle, lead, name)}
    response = page.post(link, sent, **how)
    assert response.status_code == (200 if how else 410)  # htmx shows no other
    assert response.get("HX-Retarget") == ("#main-content" if how else None)
    assert TYPED in response.content.decode()
    assert TYPED in page.get(link).content.decode()
    page.post(address(cycle, f"drafts/{name}/discard/"))
    assert page.get(link).status_code == 404


def test_another_persons_draft_of_something_removed_stays_theirs(
    page: Client, cycle: Cycle, contributor: User
) -> None:
    theirs = Draft(user=contributor, cycle=cycle, page="action:99", data={"text": [TYPED]})
    theirs.saved_at = timezone.now()
    theirs.save()
    assert page.get(address(cycle, "actions/99/")).status_code == 404


@pytest.mark.parametrize(
    ("more", "draft", "field"),
    [
        ("questions/1.1/", "question:1.1", "evidence-new-1-text"),
        ("benchmarks/1/", "benchmark:1", "comments-text"),
    ],
)
def test_a_draft_can_be_read_where_its_cycle_has_been_signed_off(
    page: Client, cycle: Cycle, lead: User, more: str, draft: str, field: str
) -> None:
    Cycle.objects.filter(pk=cycle.pk).update(stage=Stage.SIGNED_OFF)
    page.post(address(cycle, more + "draft/"), {field: TYPED})
    html = page.get(address(cycle, more)).content.decode()
    assert TYPED in html
    assert "copy what you need" in html
    assert "Save it to keep it" not in html


def test_a_signed_off_cycle_offers_nothing_that_it_would_refuse(
    page: Client, cycle: Cycle, action: Action, item: EvidenceItem
) -> None:
    refused = [
        address(cycle, "questions/1.1/actions/add/"),
        address(cycle, "questions/1.1/documents/add/"),
        address(cycle, f"documents/{item.pk}/"),
        address(cycle, "assign/"),
    ]
    offered = page.get(address(cycle, "questions/1.1/")).content.decode()
    assert [link for link in refused if link not in offered] == []
    Cycle.objects.filter(pk=cycle.pk).update(stage=Stage.SIGNED_OFF)
    offered = page.get(address(cycle, "questions/1.1/")).content.decode()
    assert [link for link in refused if link in offered] == []
    assert address(cycle, f"actions/{action.pk}/") in offered
    assert address(cycle, "assign/") not in page.get(address(cycle, "")).content.decode()


def test_signing_in_again_begins_with_what_happened_and_what_was_kept(
    cycle: Cycle, lead: User
) -> None:
    link = address(cycle, "questions/1.1/")
    sent = {"evidence-new-1-text": TYPED, "draft_token": token(cycle, lead, "question:1.1")}
    response = Client().post(link, {**sent, "return_to": link}, follow=True)
    assert response.redirect_chain == [(f"/account/login/?next={link}", 302)]
    assert "You were signed out. Sign in to go on: what you typed is kept." in (
        response.content.decode()
    )


def test_no_page_of_a_council_stays_in_the_browser(page: Client, cycle: Cycle) -> None:
    for more in ("", "questions/1.1/", "front-sheet/"):
        assert "no-store" in page.get(address(cycle, more))["Cache-Control"]
    assert "no-store" not in page.get("/councils/northmere/theme.css")["Cache-Control"]


def test_two_statements_that_somebody_else_removed_both_come_back(
    page: Client, as_: SignIn, cycle: Cycle, contributor: User
) -> None:
    cycle.questions.update(assignee=contributor)
    link = address(cycle, "questions/1.1/")

    def said(slot: object, text: str) -> dict[str, Any]:
        prefix = f"evidence-{slot}"
        return {f"{prefix}-text": text, f"{prefix}-covers": [1], f"{prefix}-version": 1}

    page.post(link, said("new-1", "First"))
    page.post(link, said("new-1", "Second"))
    first, second = cycle.statements.order_by("pk")
    page.post(link, {**said(first.pk, ""), **said(second.pk, "")})
    theirs = as_(contributor)
    clash = theirs.post(link, {**said(first.pk, "First, longer"), **said(second.pk, "Second too")})
    assert clash.status_code == 409
    fields: dict[str, list[str]] = {}
    for each in clash.context["clashes"]:
        for name, value in each.fields:
            fields.setdefault(name, []).append(value)
        fields[each.choice_name] = ["mine"]
    theirs.post(link, fields)
    assert sorted(EvidenceStatement.objects.values_list("text", "covers")) == [
        ("First, longer", [1]),
        ("Second too", [1]),
    ]
