"""Browser journeys: a served application, people who sign in, pages that are watched."""

import os
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from assessments.models import User
from benchmarks.editions.checking import read_edition
from benchmarks.editions.storing import load
from benchmarks.models import Toolkit
from tests.browser.chromium import chromium
from tests.browser.watching import Watch
from tests.cast import PASSWORD
from tests.serving import ROOT

DESK = {"width": 1200, "height": 900}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A module's, because Playwright keeps an event loop running in this thread: Django would
    take it for asynchronous code and refuse the database."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    with chromium() as browser:
        yield browser
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def live_server(live_server: LiveServer, transactional_db: None) -> Iterator[LiveServer]:
    """pytest-django's, at rest before the database is emptied.

    A page closed while it saves a draft leaves that request running, and on PostgreSQL its locks
    and those of the emptying can wait for each other.
    """
    yield live_server
    wait_until_at_rest(live_server)


def wait_until_at_rest(server: LiveServer) -> None:
    """Until every request made before this call is over, its database connection closed."""
    urlopen(f"{server.url}/health/").close()  # those in the queue before it have their threads now
    for thread in threading.enumerate():
        if thread.name.endswith("(process_request_thread)"):
            thread.join(timeout=30)
            assert not thread.is_alive(), "A request of this test is still running."


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """`open_page(lead)`: a browser of that person's own, signed in; `open_page()`: signed out.

    At the end no page may have reported an error or asked another site for anything.
    """
    watch = Watch(live_server.url)
    contexts = []

    def open_one(user: User | None = None, **settings: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, viewport=DESK, **settings)
        context.set_default_timeout(15_000)
        contexts.append(context)
        context.on("page", watch.over)
        page = context.new_page()
        if user:
            page.goto("/account/login/")
            sign_in(page, user)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert watch.errors == []
    assert watch.strays == []


def sign_in(page: Page, user: User) -> None:
    """On the sign-in page, wherever it leads."""
    page.get_by_label("Email address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/account/login/" not in address)


@pytest.fixture
def home_office_2018(transactional_db: None) -> Toolkit:
    document = read_edition(ROOT / "fixtures" / "toolkits" / "home-office-2018.yaml")
    return load([document])[0][0]
