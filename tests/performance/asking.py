"""How a request is made: over a connection to be timed, or in this process to count its SQL."""

import time
from collections.abc import Callable
from itertools import count
from typing import Protocol
from urllib.parse import urlencode

from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client as InProcessClient
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from assessments.models import User
from tests.performance.client import Fields, Response, fields_of, text_of
from tests.performance.measuring import Ask

EVIDENCE = "The board read the profile in June and asked for two changes."


class Asker(Protocol):
    def get(self, path: str) -> Response: ...
    def post(self, path: str, fields: Fields) -> Response: ...


Prepare = Callable[[Asker], Ask]  # makes the request that is measured


def looking(address: str) -> Prepare:
    return lambda asker: lambda: asker.get(address)


def saving(page: str) -> Prepare:
    """Opens the question, then saves it with one text changed: the save is measured."""
    number = count(1)

    def prepare(asker: Asker) -> Ask:
        def save() -> Response:
            fields = fields_of(asker.get(page).body, form_id="answers")
            changed = next(name for name, value in fields if name.endswith("-text") and value)
            words = f"{EVIDENCE} {next(number)}"
            return asker.post(page, [(n, words if n == changed else v) for n, v in fields])

        return save

    return prepare


def autosaving(page: str) -> Prepare:
    def prepare(asker: Asker) -> Ask:
        fields = fields_of(asker.get(page).body, form_id="answers")
        return lambda: asker.post(f"{page}draft/", fields)

    return prepare


def asking_again(page: str, address: str) -> Prepare:
    """The form on a snapshot's page, sent for a file that has been made."""

    def prepare(asker: Asker) -> Ask:
        fields = [
            *fields_of(asker.get(page).body, action=address),
            ("format", "pdf"),
            ("audience", "board"),
        ]
        return lambda: asker.post(address, fields)

    return prepare


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
            streamed = isinstance(answer, StreamingHttpResponse)
            body = answer.getvalue() if streamed else answer.content
        self.statements = len(captured)
        seconds = time.perf_counter() - start
        text = text_of(body, answer.headers.get("Content-Type", ""))
        return Response(answer.status_code, text, seconds, "")


def statements(prepare: Prepare, user: User, *, expect: int, page: str) -> int:
    """Of the second request, because a process reads a toolkit once. `page`: its name."""
    asker = InProcess(user)
    ask = prepare(asker)
    for _ in range(2):
        answer = ask()
        if answer.status != expect:
            raise SystemExit(f"{page} answered {answer.status} instead of {expect}.")
    return asker.statements
