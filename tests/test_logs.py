"""No text of a council's reaches a log, whatever fails while it is handled."""

import logging
import sys

import pytest
from django.conf import settings
from django.db import IntegrityError, connection
from django.test import override_settings
from django.urls import path
from gunicorn.config import Config

from prevent_toolkit.logs import DiscreetFormatter, DiscreetLogger

TEXT = "A named person was referred"


def failing(request):
    try:
        raise IntegrityError(f"Failing row contains ({TEXT}).")
    except IntegrityError as error:
        raise ValueError(TEXT) from error


urlpatterns = [path("fails/", failing)]


def formatted(message, *args, error=None):
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("any", logging.ERROR, "here.py", 1, message, args, info)
    return DiscreetFormatter("{message}", style="{").format(record)


def raised():
    try:
        failing(None)
    except ValueError as error:
        return error
    raise AssertionError("failing() must fail")


def test_a_traceback_keeps_its_places_and_names_but_no_message():
    text = formatted("Internal Server Error: %s", "/fails/", error=raised())
    assert TEXT not in text
    assert "IntegrityError\n" in text
    assert text.endswith("ValueError")
    assert "in failing" in text


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("Error handling request /search/?q=named+person", "Error handling request /search/?..."),
        ("'GET /search?q=x HTTP/1.1' 200", "'GET /search?... HTTP/1.1' 200"),
        ("Why did it stop? Nobody knows", "Why did it stop? Nobody knows"),
    ],
)
def test_a_query_string_is_cut(message, shown):
    assert formatted(message) == shown


@override_settings(ROOT_URLCONF=__name__)
def test_a_failing_page_logs_where_but_not_what(client, caplog, monkeypatch):
    client.raise_request_exception = False
    # One handler serves every test of the process.
    monkeypatch.setattr(caplog.handler, "formatter", DiscreetFormatter("%(message)s"))
    response = client.post("/fails/?q=named", {"text": TEXT})
    assert response.status_code == 500
    assert "Internal Server Error: /fails/" in caplog.text
    assert "in failing" in caplog.text
    assert TEXT not in caplog.text
    assert "named" not in caplog.text


def test_the_product_logs_through_the_discreet_formatter():
    assert settings.LOGGING["formatters"]["line"]["()"] == "prevent_toolkit.logs.DiscreetFormatter"
    root = [type(handler.formatter) for handler in logging.getLogger().handlers]
    assert DiscreetFormatter in root
    assert logging.getLogger("django").handlers == []
    assert logging.getLogger("django.server").handlers == []


def test_the_level_holds_for_a_logger_that_sets_its_own_too():
    """As the job worker does."""
    printing = [
        h for h in logging.getLogger().handlers if isinstance(h.formatter, DiscreetFormatter)
    ]
    assert {handler.level for handler in printing} == {getattr(logging, settings.LOG_LEVEL)}


@pytest.mark.django_db
def test_statements_are_not_logged_even_at_the_lowest_level(caplog):
    caplog.set_level(logging.DEBUG)
    connection.force_debug_cursor = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s", [TEXT])
            assert cursor.fetchone() == (TEXT,)
    finally:
        connection.force_debug_cursor = False
    assert TEXT not in caplog.text


def test_gunicorn_keeps_no_access_log_and_a_discreet_error_log(capsys):
    config = Config()
    config.set("errorlog", "-")
    logger = DiscreetLogger(config)
    try:
        raise ValueError(TEXT)
    except ValueError:
        logger.exception("Error handling request %s", "/search/?q=named")
    printed = capsys.readouterr().err
    assert "Error handling request /search/?..." in printed
    assert TEXT not in printed
    assert not logger.access_log_enabled
    assert sys.exc_info() == (None, None, None)
