"""Text made to keep a search busy is read like any other. A search that went over it again for
each of its characters, let alone for every way to cut it, would not come to its end here."""

import pytest

from assessments.exports.report.words import with_mail
from assessments.forms.edition_parts import link_of
from assessments.imports.spreadsheet.parts import is_date
from assessments.imports.word.splitting import cut_before
from assessments.release_check import warnings
from assessments.workbooks.values import Raw, Unreadable, read_covers

MANY = 300_000


def test_a_long_word_is_no_address_to_write_to() -> None:
    word = "a" * MANY
    assert with_mail(word) == (word,)
    assert warnings([("here", word)]) == []


def test_an_address_at_the_end_of_a_long_row_of_others_is_found() -> None:
    (found,) = warnings([("here", "a@" * 1_000 + "example.org")])
    assert found.pattern.name == "EMAIL"


@pytest.mark.parametrize(
    ("typed", "title", "url"),
    [
        (f"A{' ' * MANY}B", f"A{' ' * MANY}B", ""),
        (f"A{' ' * MANY}https://example.org/a", "A", "https://example.org/a"),
        ("Titlehttps://example.org", "Title", "https://example.org"),
        ("https://example.org", "", "https://example.org"),
    ],
)
def test_the_address_of_a_source_stands_at_the_end_of_its_line(
    typed: str, title: str, url: str
) -> None:
    assert link_of(typed) == {"title": title, "url": url}


def test_an_unclosed_bracket_in_the_format_of_a_cell_is_no_date() -> None:
    assert not is_date("[" * MANY)
    assert is_date('[$-809]dd/mm/yyyy;"yes"')


def test_a_sentence_is_cut_before_a_phrase_however_wide_its_gaps() -> None:
    assert cut_before(f"One{' ' * MANY}two", "three") == [f"One{' ' * MANY}two"]
    assert cut_before(f"One{' ' * MANY}two", "two") == ["One", "two"]


@pytest.mark.parametrize("typed", ["1" * MANY, f"{'1' * MANY}x", f"{'1 ' * MANY}x"])
def test_figures_without_end_are_no_numbers_of_prompts(typed: str) -> None:
    with pytest.raises(Unreadable, match="such as 1, 2"):
        read_covers(Raw(typed))


@pytest.mark.parametrize("typed", ["1, 2,4", "1 2  4", "1 and 2 & 4", "1;\n2 + 4,", " 4 2 1 "])
def test_numbers_of_prompts_are_parted_as_people_part_them(typed: str) -> None:
    assert read_covers(Raw(typed)) == "1, 2, 4"
