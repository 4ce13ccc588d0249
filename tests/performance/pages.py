"""The pages that are measured, and what is asked of each."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Protocol
from urllib.parse import urlencode

from django.db import connection
from django.test import Client as InProcessClient
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Cycle, User
from tests.performance.client import Fields, Response, fields_of
from tests.performance.measuring import Ask


class Asker(Protocol):
    def get(self, path: str) -> Response: ...
    def post(self, path: str, fields: Fields) -> Response: ...


@dataclass(frozen=True)
class Page:
    """`aim`: how many times the floor it may take. `ask`: makes the request to be measured."""

    name: str
    aim: float | None
    ask: Callable[[Asker], Ask]
    expect: int = 200


def floor_path(cycle: Cycle) -> str:
    return reverse("floor", args=[cycle.council.slug])


def pages_of(cycle: Cycle) -> list[Page]:
    def path(name: str, *rest: object) -> str:
        return reverse(f"councils:{name}", args=[cycle.council.slug, cycle.pk, *rest])

    def look(name: str, aim: float | None, address: str) -> Page:
        return Page(name, aim, lambda asker: lambda: asker.get(address))

    return [
        look("Council home", None, reverse("councils:council", args=[cycle.council.slug])),
        look("Task list", 4, path("cycle")),
        look("Question with 4 prompts (1.1)", 3, path("question", "1.1")),
        look("Question with 8 prompts (8.3)", 5, path("question", "8.3")),
        look("Benchmark judgement", None, path("benchmark", 7)),
        look("Front sheet", 4, path("front_sheet")),
        look("Check answers", None, path("check")),
        look("Board dashboard", 4, path("dashboard")),
        look("Actions", None, path("actions")),
        look("Action register", 4, reverse("councils:register", args=[cycle.council.slug])),
        look("History", None, path("history")),
        look("Downloads", None, path("exports")),
        Page(
            "Save of 4 prompts (7.1)",
            None,
            lambda asker: saving(asker, path("question", "7.1")),
            302,
        ),
        Page(
            "Autosave of 4 prompts (8.1)",
            1.5,
            lambda asker: autosave(asker, path("question", "8.1")),
        ),
    ]


def saving(asker: Asker, page: str) -> Ask:
    """Opens the question, then saves it with one text changed: the save is measured."""
    number = count(1)

    def save() -> Response:
        fields = fields_of(asker.get(page).body, form_id="answers")
        changed = next(name for name, value in fields if name.endswith("-text") and value)
        words = f"{EVIDENCE} {next(number)}"
        return asker.post(page, [(n, words if n == changed else v) for n, v in fields])

    return save


def autosave(asker: Asker, page: str) -> Ask:
    fields = fields_of(asker.get(page).body, form_id="answers")
    return lambda: asker.post(f"{page}draft/", fields)


EVIDENCE = "The board read the profile in June and asked for two changes."


class InProcess:
    """Asks without a server, to count the SQL statements of the last request."""

    def __init__(self, user: User) -> None:
        self.client = InProcessClient()
        # A forced sign-in has no address that failed attempts could be counted for.
        with override_settings(AXES_ENABLED=False):
            self.client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        self.statements = 0

    def get(self, path: str) -> Response:
        return self.request("get", path)

    def post(self, path: str, fields: Fields) -> Response:
        form = "application/x-www-form-urlencoded"
        return self.request("post", path, data=urlencode(fields), content_type=form)

    def request(self, method: str, path: str, **how: str) -> Response:
        start = time.perf_counter()
        with CaptureQueriesContext(connection) as captured:
            answer = getattr(self.client, method)(
                path, secure=True, headers={"host": "127.0.0.1"}, **how
            )
        self.statements = len(captured)
        return Response(
            answer.status_code, answer.content.decode(), time.perf_counter() - start, ""
        )


def statements(page: Page, user: User) -> int:
    """Of the second request, because a process reads a toolkit once."""
    asker = InProcess(user)
    ask = page.ask(asker)
    for _ in range(2):
        answer = ask()
        if answer.status != page.expect:
            raise SystemExit(f"{page.name} answered {answer.status}.")
    return asker.statements
