"""Addresses of the many things that one page lists: a route is looked up once for all of them."""

from functools import lru_cache
from urllib.parse import quote

from django.urls import reverse

LAST = "1900000000"  # stands for the last argument: a number that a word may be too


def address(name: str, *args: object) -> str:
    """As `reverse` gives it, for a route of `councils:` with at least one argument."""
    *above, last = args
    before, after = around(name, *above)
    return f"{before}{quote(str(last))}{after}"


@lru_cache(maxsize=1024)
def around(name: str, *above: object) -> tuple[str, str]:
    """What stands before and after the last argument."""
    before, _, after = reverse(f"councils:{name}", args=[*above, LAST]).rpartition(LAST)
    return before, after
