"""Fixtures for every test: the shared cast, and nothing kept from one test to the next."""

import pytest
from django.core.cache import cache

pytest_plugins = ["tests.cast", "tests.carrying", "tests.packs", "tests.tampering"]


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Rate limits of sign-in are counted there."""
    cache.clear()
