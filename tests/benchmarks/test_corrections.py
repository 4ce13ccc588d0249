"""An edition says which one it corrects, and what its results are evidence for."""

import pytest

from benchmarks.editions.problems import EditionError
from benchmarks.editions.storing import as_document, load
from benchmarks.models import Toolkit
from tests.benchmarks.editions import small

pytestmark = pytest.mark.django_db
CORRECTION = {"slug": "small-2", "corrects": "small-edition", "feeds": ["Title 2"]}


def test_both_come_back_as_they_went_in() -> None:
    load([small(), small(**CORRECTION)])
    stored = Toolkit.objects.with_contents().get(slug="small-2")
    assert stored.corrects == Toolkit.objects.get(slug="small-edition")
    assert as_document(stored) == small(**CORRECTION)


def test_loading_it_again_changes_nothing() -> None:
    load([small(), small(**CORRECTION)])
    assert [is_new for _, is_new in load([small(**CORRECTION)])] == [False]


def test_what_is_corrected_has_to_be_there() -> None:
    with pytest.raises(EditionError, match="corrects “small-edition”, which is not published here"):
        load([small(**CORRECTION)])
    assert not Toolkit.objects.exists()
