import pytest
from django.db import OperationalError, connection


@pytest.mark.django_db
def test_a_reachable_database_is_healthy(client, django_assert_num_queries, caplog):
    with django_assert_num_queries(1):
        response = client.get("/health/")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response["Cache-Control"]
    assert caplog.text == ""


def test_an_unreachable_database_is_not(client, monkeypatch):
    def refuse():
        raise OperationalError("refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/health/")
    assert (response.status_code, response.content) == (503, b"database unreachable")


@pytest.mark.django_db
def test_a_monitor_inside_needs_no_tls(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/health/").status_code == 200
    assert client.get("/account/login/").status_code == 301


def test_it_only_reads(client):
    assert client.post("/health/").status_code == 405
