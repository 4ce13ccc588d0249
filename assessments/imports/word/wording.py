"""How alike two wordings are, from 0 to 100."""

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process

ENOUGH_WORDS = 4
NOT_A_WORD = re.compile(r"[^\w]+")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    return NOT_A_WORD.sub(" ", text.casefold()).strip()


def likeness(text: str, wording: str) -> float:
    """Words left out or put in count little as long as enough of them are shared."""
    one, other = plain(text), plain(wording)
    if not one or not other:
        return 0
    alike = fuzz.ratio(one, other)
    if min(one.count(" "), other.count(" ")) < ENOUGH_WORDS - 1:
        return alike
    return max(alike, 0.92 * fuzz.token_set_ratio(one, other))


def most_alike(text: str, wordings: Iterable[str], *, least: float) -> float:
    """The best `likeness` to any of them; 0 where none reaches `least`."""
    one, others = plain(text), [plain(each) for each in wordings]
    alike = process.extractOne(one, others, scorer=fuzz.ratio, score_cutoff=least)
    best = alike[1] if one and alike else 0
    cutoff = max(least, best) / 0.92
    if one.count(" ") < ENOUGH_WORDS - 1 or cutoff > 100:
        return best
    long = [each for each in others if each.count(" ") >= ENOUGH_WORDS - 1]
    shared = process.extractOne(one, long, scorer=fuzz.token_set_ratio, score_cutoff=cutoff)
    return max(best, 0.92 * shared[1]) if shared else best


def exact_likeness(text: str, wording: str) -> float:
    """In which what is left out counts in full."""
    return fuzz.ratio(plain(text), plain(wording))


def part_of(text: str, wording: str) -> bool:
    """A sentence taken out of a longer wording, such as a question's second sentence."""
    one, other = plain(text), plain(wording)
    return one.count(" ") >= ENOUGH_WORDS and fuzz.partial_ratio(one, other) >= 92
