"""Everything a published toolkit asks, read once per process: a published edition can't change."""

from datetime import datetime
from functools import lru_cache

from benchmarks.models import Toolkit


def contents_of(toolkit: Toolkit) -> Toolkit:
    """The toolkit with its scales, levels, benchmarks, questions and prompts at hand.

    Six queries the first time, none after. The rows are shared: never alter them.
    """
    if toolkit.published_at is None:
        return Toolkit.objects.with_contents().get(pk=toolkit.pk)
    return _published(toolkit.pk, toolkit.published_at)


@lru_cache(maxsize=64)
def _published(pk: int, published_at: datetime) -> Toolkit:
    """`published_at` is part of the key, so that another database's edition is another one."""
    return Toolkit.objects.with_contents().get(pk=pk)
