"""Whom a lockout counts: the visitor, whether or not a proxy stands in front."""

import pytest
from axes.helpers import get_client_ip_address

FORWARDED = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9, 198.51.100.7"}


def test_without_a_proxy_a_visitor_cannot_name_an_address(rf):
    assert get_client_ip_address(rf.get("/", **FORWARDED)) == "127.0.0.1"


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert get_client_ip_address(rf.get("/", **FORWARDED)) == "198.51.100.7"


@pytest.mark.django_db
def test_ten_failures_lock_one_person_at_one_address(client, lead, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def sign_in(address: str, password: str) -> int:
        form = {"login": lead.email, "password": password}
        return client.post("/account/login/", form, HTTP_X_FORWARDED_FOR=address).status_code

    assert [sign_in("203.0.113.9", "wrong") for _ in range(10)] == [200] * 9 + [429]
    assert sign_in("203.0.113.9", "correct horse battery staple") == 429
    assert sign_in("198.51.100.7", "correct horse battery staple") == 302
