"""Signing in and what goes wrong with it: every page of it is ours, and says what to do."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from assessments.models import Council, User
from benchmarks.models import Toolkit
from tests.cast import PASSWORD, SignIn


def title(response: HttpResponse) -> str:
    found = re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)
    assert found
    return " ".join(found[1].split())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "heading"),
    [
        ("account_login", "Sign in"),
        ("account_signup", "Ask for an account"),
        ("account_reset_password", "Reset your password"),
        ("account_reset_password_done", "Check your email"),
        ("account_reset_password_from_key_done", "Password changed"),
        ("account_inactive", "Your account is closed"),
        ("account_email_verification_sent", "Check your email"),
    ],
)
def test_a_page_before_signing_in(client: Client, page: str, heading: str) -> None:
    response = client.get(reverse(page))
    assert response.status_code == 200
    assert title(response) == f"{heading} – Prevent self-assessment"
    assert "Lena" not in response.content.decode()


@pytest.mark.parametrize(
    ("page", "heading"),
    [
        ("account_change_password", "Change your password"),
        ("account_email", "Your email address"),
        ("account_logout", "Sign out"),
        ("account_reauthenticate", "Confirm that it is you"),
    ],
)
def test_a_page_for_people_who_signed_in(as_: SignIn, lead: User, page: str, heading: str) -> None:
    response = as_(lead).get(reverse(page))
    assert response.status_code == 200
    assert title(response) == f"{heading} – Prevent self-assessment"
    assert "Lena Lead" in response.content.decode()


def test_the_sign_in_page_says_how_to_get_an_account(client: Client, db: None) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert "Ask your council’s toolkit lead to add you" in page
    assert "Try it as" not in page
    assert 'placeholder="' not in page


def test_a_demonstration_gives_each_account_a_button(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    accounts = [("Toolkit lead", "lead@northmere.example")]
    context = {"demo_accounts": accounts, "demo_password": "shared words"}
    page = render_to_string("account/snippets/demo_accounts.html", context, request)
    assert 'name="login" value="lead@northmere.example"' in page
    assert 'name="password" value="shared words"' in page
    assert "Toolkit lead" in page


def test_a_wrong_password_is_an_error_that_links_to_its_field(client: Client, lead: User) -> None:
    typed = {"login": lead.email, "password": "wrong"}
    response = client.post(reverse("account_login"), typed)
    assert title(response).startswith("Error: Sign in")
    assert 'href="#id_login"' in response.content.decode()
    assert 'id="id_login"' in response.content.decode()


def test_too_many_wrong_passwords_say_how_long_to_wait(client: Client, lead: User) -> None:
    typed = {"login": lead.email, "password": "wrong"}
    for _ in range(10):
        response = client.post(reverse("account_login"), typed)
    assert response.status_code == 429
    assert title(response) == "Too many attempts to sign in – Prevent self-assessment"
    assert "Wait an hour" in response.content.decode()


def test_a_forgotten_password_is_replaced(client: Client, lead: User) -> None:
    client.post(reverse("account_reset_password"), {"email": lead.email})
    [message] = mail.outbox
    assert "Choose a new password" in message.subject
    link = re.search(r"https?://[^/]+(/\S+)", message.body)
    assert link
    form = client.get(link[1], follow=True)
    assert title(form) == "Choose a new password – Prevent self-assessment"
    new = {"password1": "four quite unrelated words", "password2": "four quite unrelated words"}
    done = client.post(form.redirect_chain[-1][0], new, follow=True)
    assert title(done) == "Password changed – Prevent self-assessment"
    again = client.get(link[1], follow=True)
    assert title(again) == "This link no longer works – Prevent self-assessment"
    assert "Get a new link" in again.content.decode()


def test_its_link_leads_to_this_site_whatever_host_the_request_names(
    client: Client, lead: User, settings: Any
) -> None:
    settings.SITE_URL = "https://prevent.example.gov.uk"
    client.post(reverse("account_reset_password"), {"email": lead.email}, HTTP_HOST="localhost")
    [message] = mail.outbox
    assert "\nhttps://prevent.example.gov.uk/account/password/reset/key/" in message.body
    assert "localhost" not in message.body


@pytest.mark.parametrize("address", ["/", "/councils/add/", "/toolkits/", "/toolkits/small/"])
def test_pages_of_no_council_are_not_kept_by_the_browser_either(
    as_: SignIn, site_administrator: User, toolkit: Toolkit, address: str
) -> None:
    response = as_(site_administrator).get(address)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"


def test_an_unknown_address_gets_a_message_that_says_whom_to_ask(client: Client, db: None) -> None:
    client.post(reverse("account_reset_password"), {"email": "nobody@northmere.example"})
    [message] = mail.outbox
    assert "Ask your council's toolkit lead" in message.body


def test_signing_in_and_out_needs_no_extra_page(client: Client, lead: User) -> None:
    response = client.post(reverse("account_login"), {"login": lead.email, "password": PASSWORD})
    assert response.status_code == 302
    assert client.post(reverse("account_logout")).status_code == 302
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("template", "heading"),
    [
        ("400.html", "We couldn’t read that"),
        ("403.html", "You can’t do this"),
        ("403_csrf.html", "Save that again"),
        ("404.html", "Page not found"),
        ("500.html", "Something went wrong"),
    ],
)
def test_an_error_page_needs_no_context(template: str, heading: str) -> None:
    page = render_to_string(template)
    assert f"<title>{heading} – Prevent self-assessment</title>" in page
    assert f'<h1 class="govuk-heading-l">{heading}</h1>' in page


def test_a_refusal_gives_its_reason(rf: RequestFactory) -> None:
    page = render_to_string("403.html", {"exception": "Only the toolkit lead can add people."})
    assert "Only the toolkit lead can add people." in page


def test_a_refused_member_stays_in_their_council(
    as_: SignIn, viewer: User, northmere: Council
) -> None:
    response = as_(viewer).get(reverse("councils:people", args=[northmere.slug]))
    page = response.content.decode()
    assert response.status_code == 403
    assert title(response) == f"You can’t do this – {northmere} – Prevent self-assessment"
    assert f'href="{reverse("councils:council", args=[northmere.slug])}"' in page


def test_a_missing_page_tells_nothing_about_what_was_looked_for(client: Client, db: None) -> None:
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert title(response) == "Page not found – Prevent self-assessment"
    assert "no-such-page" not in response.content.decode()
