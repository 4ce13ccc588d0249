"""Texts compared word by word."""

from hypothesis import given
from hypothesis import strategies as st

from assessments.words import in_runs, readable_diff, word_diff

words = st.sampled_from(["the", "board", "read", "a", "plan", "in", "June"])
texts = st.lists(words).map(" ".join)


@given(texts, texts)
def test_both_texts_can_be_read_out_of_their_difference(before: str, after: str) -> None:
    for pieces in (word_diff(before, after), in_runs(word_diff(before, after))):
        old = " ".join(words for kind, words in pieces if kind != "added")
        new = " ".join(words for kind, words in pieces if kind != "removed")
        assert (old.split(), new.split()) == (before.split(), after.split())


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert [kind for kind, _ in readable_diff(text, text)] in ([], ["same"])


def test_a_changed_word_stands_out() -> None:
    assert readable_diff("Read by the board in June", "Read by the board in July") == [
        ("same", "Read by the board in"),
        ("removed", "June"),
        ("added", "July"),
    ]


def test_an_odd_word_between_two_changes_is_taken_into_them() -> None:
    before = "Everybody in the team is trained once and told why"
    after = "Everybody in the team was trained twice and told why"
    assert readable_diff(before, after) == [
        ("same", "Everybody in the team"),
        ("removed", "is trained once"),
        ("added", "was trained twice"),
        ("same", "and told why"),
    ]


def test_of_a_text_written_anew_both_are_shown_whole() -> None:
    before, after = "No policy\nyet", "A policy for every venue has stood since May"
    assert readable_diff(before, after) == [("removed", before), ("added", after)]


def test_the_long_middle_of_what_stayed_is_left_out() -> None:
    middle = " ".join(f"word{n}" for n in range(60))
    pieces = readable_diff(f"Old {middle} end", f"New {middle} finish")
    assert [kind for kind, _ in pieces] == ["removed", "added", "same", "removed", "added"]
    assert "…" in pieces[2][1]
    assert "word30" not in pieces[2][1]
