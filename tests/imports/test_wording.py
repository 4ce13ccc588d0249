"""How alike two wordings are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.imports.word.wording import likeness, most_alike

WORDS = st.lists(st.sampled_from(["a", "risk", "is", "found", "by", "the", "board"]), max_size=9)
WORDINGS = WORDS.map(" ".join)


@given(text=WORDINGS, wordings=st.lists(WORDINGS, max_size=6))
def test_the_most_alike_is_the_likeness_of_the_best_or_nothing(
    text: str, wordings: list[str]
) -> None:
    best = max((likeness(text, each) for each in wordings), default=0)
    found = most_alike(text, wordings, least=70)
    assert found == pytest.approx(best if best >= 70 else 0)
