"""An edition survives being written, read, stored and read back, whatever its texts hold."""

import unittest

from hypothesis import given, settings
from hypothesis.extra.django import TestCase

from benchmarks.editions.checking import Document, parse_edition
from benchmarks.editions.storing import as_document, load
from benchmarks.editions.writing import as_json, as_yaml
from benchmarks.models import Toolkit
from tests.benchmarks.editions import editions


class Written(unittest.TestCase):
    @given(edition=editions())
    @settings(max_examples=100, deadline=None)
    def test_as_yaml(self, edition: Document) -> None:
        assert parse_edition(as_yaml(edition), "file.yaml") == edition

    @given(edition=editions())
    @settings(max_examples=50, deadline=None)
    def test_as_json(self, edition: Document) -> None:
        assert parse_edition(as_json(edition), "file.json") == edition


class Stored(TestCase):
    @given(edition=editions())
    @settings(max_examples=30, deadline=None)
    def test_as_rows(self, edition: Document) -> None:
        load([edition])
        stored = as_document(Toolkit.objects.with_contents().get(slug=edition["slug"]))
        assert stored == edition
        assert list(stored) == list(edition)
        again = parse_edition(as_yaml(stored), "file.yaml")
        assert [is_new for _, is_new in load([again])] == [False]
