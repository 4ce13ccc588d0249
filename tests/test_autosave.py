"""What app.js does with a long form: drafts, the line that says so, the warning before leaving.

A small server plays the question page, so that each answer comes exactly when it should.
"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.browser.chromium import chromium

pytestmark = pytest.mark.browser

APP_JS = Path(__file__).parent.parent / "static/js/app.js"
PAGE = """<!DOCTYPE html><html lang="en"><title>Question</title>
<form method="post" action="/save" data-autosave-url="/draft" enctype="multipart/form-data">
<input type="hidden" name="csrfmiddlewaretoken" value="old">
<textarea name="evidence"></textarea><input type="file" name="paper"><button>Save</button>
<p data-autosave-status aria-live="polite"></p></form><a href="/elsewhere">Elsewhere</a>
<script type="module" src="/app.js" data-govuk-frontend="/govuk.js"></script></html>"""
GOVUK = "export const isSupported = () => false; export const initAll = () => {};"
PAGES = {
    "/": ("text/html", PAGE),
    "/app.js": ("text/javascript", APP_JS.read_text()),
    "/govuk.js": ("text/javascript", GOVUK),
}
MORNING = datetime(2026, 1, 5, 9, tzinfo=UTC)

Answer = tuple[int, dict[str, str]]


class Server(ThreadingHTTPServer):
    """Keeps what is posted; a draft is answered when the test says how."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.drafts: list[dict[str, str]] = []
        self.saves: list[dict[str, str]] = []
        self.answers: Queue[Answer] = Queue()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        kind, body = PAGES.get(self.path, ("text/html", "<title>Other</title>"))
        self.reply(200, kind, body)

    def do_POST(self) -> None:
        fields = self.fields()
        if self.path == "/save":
            self.server.saves.append(fields)
            return self.reply(200, "text/html", "<title>Saved</title>")
        self.server.drafts.append(fields)
        status, body = self.server.answers.get(timeout=20)
        if status == 302:
            self.send_response(302)
            self.send_header("Location", "/sign-in")
            return self.end_headers()
        return self.reply(status, "application/json", json.dumps(body))

    def fields(self) -> dict[str, str]:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        parts = message_from_bytes(head + body).get_payload()
        return {
            part.get_param("name", header="content-disposition"): part.get_payload(
                decode=True
            ).decode()
            for part in parts
        }

    def reply(self, status: int, kind: str, body: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the test says what went wrong."""


class Question:
    """The page, what its server was sent, and what the browser asked before leaving."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.server = server
        self.drafts = server.drafts
        self.saves = server.saves
        self.dialogs: list[str] = []
        page.on("dialog", self.leave)
        page.clock.install(time=MORNING)
        page.goto(f"{server.origin}/")
        page.wait_for_function("document.body.classList.contains('js-enabled')")
        page.clock.pause_at(MORNING + timedelta(hours=1))
        self.text = page.locator("textarea")
        self.status = page.locator("[data-autosave-status]")

    def leave(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.type)
        dialog.accept()

    def draft_sent(self) -> None:
        """Let the pause after typing pass, and the request arrive."""
        before = len(self.drafts)
        self.until(lambda: len(self.drafts) > before, pass_time=True)

    def until(self, happened: Callable[[], object], *, pass_time: bool = False) -> None:
        """The page's clock stands still unless `pass_time`: then up to ten seconds pass."""
        for _ in range(100):
            if happened():
                return
            if pass_time:
                self.page.clock.run_for(100)
            self.page.wait_for_timeout(20)
        pytest.fail("It didn't happen.")

    def answer(self, status: int = 200, **body: str) -> None:
        self.server.answers.put((status, body))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def question(browser: Browser, server: Server) -> Iterator[Question]:
    context = browser.new_context()
    question = Question(context.new_page(), server)
    yield question
    for _ in server.drafts:  # nobody may wait for an answer any longer
        question.answer(saved_at="23:59")
    context.close()


def test_typing_is_saved_and_said(question: Question) -> None:
    question.text.fill("Training is yearly")
    question.draft_sent()
    question.answer(saved_at="14:02")
    expect(question.status).to_have_text("Draft saved at 14:02")
    assert question.drafts[0]["evidence"] == "Training is yearly"
    assert question.drafts[0]["csrfmiddlewaretoken"] == "old"
    assert "paper" not in question.drafts[0]


def test_nothing_is_sent_before_anything_is_typed(question: Question) -> None:
    question.text.focus()
    question.page.locator("button").focus()
    question.page.clock.run_for(10_000)
    assert question.drafts == []


def test_leaving_the_field_saves_at_once(question: Question) -> None:
    question.text.fill("Yes")
    question.page.locator("button").focus()
    question.until(lambda: question.drafts)
    assert len(question.drafts) == 1


def test_an_answer_to_an_older_text_never_marks_a_newer_one_as_saved(question: Question) -> None:
    question.text.fill("first")
    question.draft_sent()
    question.text.fill("first and second")
    question.page.clock.run_for(5000)
    question.page.wait_for_timeout(200)
    assert len(question.drafts) == 1, "only one request may be under way"
    question.answer(saved_at="14:02")
    question.draft_sent()
    expect(question.status).to_be_empty()
    question.answer(saved_at="14:03")
    expect(question.status).to_have_text("Draft saved at 14:03")
    assert [draft["evidence"] for draft in question.drafts] == ["first", "first and second"]
    numbers = [int(draft["autosave_sequence"]) for draft in question.drafts]
    assert numbers == sorted(set(numbers))


def test_a_failure_is_said_and_tried_again(question: Question) -> None:
    question.text.fill("kept")
    question.draft_sent()
    question.answer(status=503)
    expect(question.status).to_have_text("Not saved – still trying")
    question.draft_sent()
    question.answer(saved_at="14:05")
    expect(question.status).to_have_text("Draft saved at 14:05")
    assert question.text.input_value() == "kept"


def test_a_lost_connection_is_said_and_tried_again(question: Question) -> None:
    question.page.context.set_offline(True)
    question.text.fill("on the train")
    question.page.clock.run_for(1600)
    expect(question.status).to_have_text("Not saved – still trying")
    question.page.context.set_offline(False)
    question.until(lambda: question.drafts)
    question.answer(saved_at="14:06")
    expect(question.status).to_have_text("Draft saved at 14:06")


def test_a_refusal_is_shown_and_not_repeated(question: Question) -> None:
    question.text.fill("late")
    question.draft_sent()
    question.answer(status=409, message="This cycle is signed off.")
    expect(question.status).to_have_text("This cycle is signed off.")
    question.page.clock.run_for(120_000)
    assert len(question.drafts) == 1


def test_signed_out_is_said_and_saved_once_signed_in_again(question: Question) -> None:
    question.text.fill("overnight")
    question.draft_sent()
    question.answer(status=302)
    expect(question.status).to_contain_text("you are signed out")
    expect(question.status.get_by_role("link")).to_have_attribute("target", "_blank")
    question.page.context.add_cookies(
        [{"name": "csrftoken", "value": "new", "url": question.server.origin}]
    )
    question.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    question.until(lambda: len(question.drafts) == 2)
    question.answer(saved_at="09:01")
    expect(question.status).to_have_text("Draft saved at 09:01")
    assert question.drafts[1]["evidence"] == "overnight"
    assert question.drafts[1]["csrfmiddlewaretoken"] == "new"


def test_leaving_unsaved_text_warns_and_sends_it_all_the_same(question: Question) -> None:
    question.text.fill("not saved yet")
    question.page.goto(f"{question.server.origin}/elsewhere")
    assert question.dialogs == ["beforeunload"]
    question.until(lambda: question.drafts)
    assert question.drafts[-1]["evidence"] == "not saved yet"


def test_leaving_sends_what_was_typed_during_a_request(question: Question) -> None:
    question.text.fill("first")
    question.draft_sent()
    question.text.fill("first and second")
    question.page.goto(f"{question.server.origin}/elsewhere")
    question.until(lambda: len(question.drafts) > 1)
    question.page.wait_for_timeout(500)
    assert [draft["evidence"] for draft in question.drafts] == ["first", "first and second"]


def test_leaving_saved_text_does_not_warn(question: Question) -> None:
    question.text.fill("saved")
    question.draft_sent()
    question.answer(saved_at="14:02")
    expect(question.status).to_have_text("Draft saved at 14:02")
    question.page.locator("a").click()
    question.page.wait_for_url("**/elsewhere")
    assert question.dialogs == []


def test_submitting_does_not_warn(question: Question) -> None:
    question.text.fill("submitted")
    question.page.locator("button").click()
    question.page.wait_for_url("**/save")
    assert question.dialogs == []
    assert question.saves[0]["evidence"] == "submitted"
