"""A form without a draft, sent after the session has ended, comes back to whoever typed it."""

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, override_settings

from assessments.models import Challenge, Council, Cycle, TemplateSection, User
from tests.cast import AUTHENTICATION, SignIn
from tests.serving import ROOT

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
WORDS = "Larger print: Democratic Services,\r\nfirst floor – “ask” <b>&amp;</b> =1+1"


def sign_in(client: Client, user: User) -> None:
    with override_settings(AXES_ENABLED=False):
        client.force_login(user, AUTHENTICATION)


def hidden_fields(client: Client, page: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in HIDDEN.findall(shown(client, page))}


def shown(client: Client, page: str) -> str:
    return client.get(page).content.decode()


def sent_too_late(client: Client, page: str, typed: dict[str, Any], to: str = "") -> None:
    """From a page that was opened while the person was still signed in."""
    fields = hidden_fields(client, page)
    Session.objects.all().delete()
    response = client.post(to or page, {**fields, **typed})
    assert response["Location"] == "/account/login/?next=/unsent/"
    assert "what you typed is kept" in shown(client, "/account/login/")


def send_on(client: Client) -> Any:
    fields = hidden_fields(client, "/unsent/")
    response = client.post("/unsent/", fields)
    assert response.status_code == 307
    return client.post(response["Location"], fields, follow=True)


def test_settings_come_back_and_are_saved_as_they_were_typed(
    as_: SignIn, lead: User, northmere: Council
):
    client, page = as_(lead), f"/councils/{northmere.slug}/settings/"
    typed = {"name": "Northmere", "accent_colour": "#12436d", "address": WORDS}
    sent_too_late(client, page, typed)
    northmere.refresh_from_db()
    assert northmere.address == ""
    sign_in(client, lead)
    kept = shown(client, "/unsent/")
    assert "What you typed is kept" in kept
    assert "“ask” &lt;b&gt;&amp;amp;&lt;/b&gt; =1+1" in kept
    assert "have been saved" in send_on(client).content.decode()
    northmere.refresh_from_db()
    assert northmere.address == WORDS.replace("\r\n", "\n")
    assert "Nothing is waiting" in shown(client, "/unsent/")


def test_what_somebody_saved_meanwhile_is_shown_beside_it(
    as_: SignIn, lead: User, northmere: Council
):
    client, page = as_(lead), f"/councils/{northmere.slug}/settings/publishing/"
    mine = {"clear_days": "6", "clearance_days": "3", "protective_marking": "OFFICIAL"}
    sent_too_late(client, page, mine)
    sign_in(client, lead)
    client.post(page, {**hidden_fields(client, page), **mine, "protective_marking": "SECRET"})
    response = send_on(client)
    assert response.status_code == 409
    assert [(s.theirs, s.mine) for s in response.context["clashes"][0].sides] == [
        ("SECRET", "OFFICIAL")
    ]


def test_so_do_the_sections_of_reports(as_: SignIn, lead: User, northmere: Council):
    client, page = as_(lead), f"/councils/{northmere.slug}/report-sections/"
    new = {"heading": "Climate", "kind": "implication"}
    sent_too_late(client, page, new, to=f"{page}add/")
    sign_in(client, lead)
    send_on(client)
    assert TemplateSection.objects.filter(council=northmere, heading="Climate").exists()


def test_and_what_the_board_asks(as_: SignIn, chair: User, cycle: Cycle):
    client, page = as_(chair), f"/councils/northmere/cycles/{cycle.pk}/challenges/add/?question=1.1"
    sent_too_late(client, page, {"about": "question:1.1", "text": WORDS, "sensitivity": "public"})
    sign_in(client, chair)
    send_on(client)
    assert Challenge.objects.get().text == WORDS.replace("\r\n", "\n")


def test_nobody_else_reads_it(as_: SignIn, lead: User, publisher: User, northmere: Council):
    client, page = as_(lead), f"/councils/{northmere.slug}/settings/"
    sent_too_late(client, page, {"name": "Northmere", "address": WORDS})
    sign_in(client, publisher)
    assert "Nothing is waiting" in shown(client, "/unsent/")
    assert client.post("/unsent/").status_code == 200


@pytest.mark.parametrize("token", ["", "1", "1:aaaaaa:bbbbbb"])
def test_nobody_leaves_anything_who_was_not_shown_the_form(northmere: Council, token: str):
    client, page = Client(), f"/councils/{northmere.slug}/settings/"
    response = client.post(page, {"shown_to": token, "address": WORDS})
    assert response["Location"] == f"/account/login/?next={page}"
    assert not Session.objects.exists()


def typed_into(form: str) -> bool:
    inputs = re.findall(r"<input\b[^>]*", form)
    visible = [each for each in inputs if 'type="hidden"' not in each]
    return bool(visible) or "<textarea" in form or "<select" in form or "field.html" in form


def test_every_form_that_something_is_typed_into_keeps_a_draft_or_says_to_whom_it_was_shown():
    checked = 0
    for template in sorted((ROOT / "templates" / "assessments").glob("*.html")):
        for form in re.findall(r'<form method="post".*?</form>', template.read_text(), re.S):
            if typed_into(form):
                checked += 1
                assert "draft_token" in form or "{{ shown_to }}" in form, template.name
    assert checked >= 8
