"""Fixtures for every test: the shared cast, and nothing kept from one test to the next."""

import pytest
from django.core.cache import cache

pytest_plugins = ["tests.cast", "tests.carrying", "tests.packs", "tests.tampering"]
DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out the tests that are refused the database, so pass alike on every one",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("database_only"):
        return
    left_out = [each for each in items if not may_use_the_database(each)]
    items[:] = [each for each in items if may_use_the_database(each)]
    config.hook.pytest_deselected(items=left_out)


def may_use_the_database(item: pytest.Item) -> bool:
    """pytest-django refuses it to all others."""
    marked = item.get_closest_marker("django_db") is not None
    return marked or not DATABASE.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Rate limits of sign-in are counted there."""
    cache.clear()
