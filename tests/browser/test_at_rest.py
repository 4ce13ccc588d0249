"""The server that journeys are driven against, between one test and the next."""

import socket
import time
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import wait_until_at_rest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_request_whose_client_has_left_is_waited_for(live_server: LiveServer) -> None:
    finished: list[object] = []

    def dawdle(environ: dict[str, str], **_: Any) -> None:
        if environ["QUERY_STRING"] == "left":
            time.sleep(0.5)

    def note(**_: Any) -> None:
        finished.append(True)

    request_started.connect(dawdle)
    request_finished.connect(note)
    try:
        with socket.create_connection((live_server.thread.host, live_server.thread.port)) as client:
            client.sendall(b"GET /health/?left HTTP/1.1\r\nHost: localhost\r\n\r\n")
        wait_until_at_rest(live_server)
        assert len(finished) == 2  # that one, and the one that the wait itself sends
    finally:
        request_started.disconnect(dawdle)
        request_finished.disconnect(note)
