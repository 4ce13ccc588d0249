"""`manage.py toolkit` as its user meets it."""

import io
import json
import pathlib
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command

from benchmarks.editions.checking import Document, read_edition
from benchmarks.editions.storing import as_document
from benchmarks.editions.writing import as_yaml
from benchmarks.models import Prompt, Toolkit
from tests.benchmarks.editions import SMALL, small

pytestmark = pytest.mark.django_db
FOLDER = pathlib.Path(__file__).parents[2] / "fixtures" / "toolkits"
FileOf = Callable[..., str]


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("toolkit", *arguments, stdout=out)
    return out.getvalue()


def refusal(*arguments: str) -> str:
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    return str(caught.value)


@pytest.fixture
def file_of(tmp_path: pathlib.Path) -> FileOf:
    def write(edition: Document, name: str = "edition.yaml") -> str:
        (tmp_path / name).write_text(as_yaml(edition), "utf-8")
        return str(tmp_path / name)

    return write


def test_check_loads_nothing(file_of: FileOf) -> None:
    assert "no problems. 2 benchmarks, 4 questions, 8 prompts" in run("check", file_of(SMALL))
    assert not Toolkit.objects.exists()


def test_check_names_the_problems_of_every_file(file_of: FileOf) -> None:
    files = [file_of(small(title=""), "one.yaml"), file_of(small(slug="?"), "two.yaml")]
    says = refusal("check", *files)
    assert "one.yaml line 2: “title” must not be empty" in says
    assert "two.yaml line 1: “slug” must be small letters" in says


def test_load_publishes_and_a_second_load_changes_nothing(file_of: FileOf) -> None:
    file = file_of(SMALL)
    assert run("load", file) == "small-edition: loaded. 2 benchmarks, 4 questions, 8 prompts\n"
    toolkit = Toolkit.objects.with_contents().get()
    assert toolkit.is_published
    assert as_document(toolkit) == SMALL
    keys = set(Prompt.objects.values_list("pk", flat=True))
    assert run("load", file) == "small-edition: unchanged.\n"
    assert set(Prompt.objects.values_list("pk", flat=True)) == keys
    assert Toolkit.objects.get().published_at == toolkit.published_at


def test_an_empty_list_is_the_same_as_none(file_of: FileOf) -> None:
    edition = small()
    del edition["benchmarks"][0]["questions"][0]["prompts"]
    run("load", file_of(edition))
    edition["benchmarks"][0]["questions"][0]["prompts"] = []
    assert run("load", file_of(edition)) == "small-edition: unchanged.\n"


def test_a_changed_file_is_refused_and_says_what_differs(file_of: FileOf) -> None:
    run("load", file_of(SMALL))
    edition = small(title="Another title")
    edition["benchmarks"][1]["questions"][0]["prompts"][1] = "Third prompt?"
    edition["benchmarks"][0]["questions"].pop()
    edition["scales"][0]["levels"][1]["meaning"] = "It is " + "very " * 30 + "good."
    del edition["benchmarks"][0]["outcome"]
    says = refusal("load", file_of(edition))
    assert "“small-edition” is already published and cannot be altered" in says
    assert "title: “Small edition” published, “Another title” in the file" in says
    assert "question 2.1, prompt 2: “Second prompt?” published, “Third prompt?” in the" in says
    assert "benchmark 1, questions: 2 published, 1 in the file" in says
    assert "benchmark 1, outcome: “Outcome 1.” published, “nothing” in the file" in says
    assert "scale two, level good, meaning: “It is good.” published" in says
    assert as_document(Toolkit.objects.with_contents().get()) == SMALL


def test_all_files_are_loaded_or_none(file_of: FileOf) -> None:
    run("load", file_of(SMALL))
    new = file_of(small(slug="new-one"), "new.yaml")
    refusal("load", new, file_of(small(title="Changed"), "changed.yaml"))
    assert [toolkit.slug for toolkit in Toolkit.objects.all()] == ["small-edition"]


def test_a_draft_is_replaced(file_of: FileOf) -> None:
    run("load", file_of(small(slug="other")))
    draft = Toolkit.objects.get()
    draft.pk, draft.slug, draft.published_at = None, "small-edition", None
    draft.save()
    run("load", file_of(SMALL))
    assert as_document(Toolkit.objects.with_contents().get(slug="small-edition")) == SMALL


def test_list(file_of: FileOf) -> None:
    assert "No toolkit is loaded" in run("list")
    run("load", file_of(SMALL))
    assert run("list") == "small-edition: Small edition (issued 2020-02-29, published)\n"


@pytest.mark.parametrize("written_as", ["yaml", "json"])
def test_an_export_loads_back_as_the_same_edition(
    file_of: FileOf, tmp_path: pathlib.Path, written_as: str
) -> None:
    run("load", file_of(SMALL))
    output = str(tmp_path / f"out.{written_as}")
    assert run("export", "small-edition", "--format", written_as, "-o", output) == ""
    assert run("load", output) == "small-edition: unchanged.\n"


def test_export_to_the_screen(file_of: FileOf) -> None:
    run("load", file_of(SMALL))
    assert run("export", "small-edition") == as_yaml(SMALL)
    assert json.loads(run("export", "small-edition", "--format", "json")) == SMALL


def test_export_says_what_is_wrong(file_of: FileOf) -> None:
    assert "There is no toolkit “absent”" in refusal("export", "absent")
    run("load", file_of(SMALL))
    assert "No such file or directory" in refusal("export", "small-edition", "-o", "/absent/x")


def test_the_shipped_editions_load_and_come_back() -> None:
    files = sorted(FOLDER.glob("*.yaml"))
    run("load", *map(str, files))
    for file in files:
        toolkit = Toolkit.objects.with_contents().get(slug=file.stem)
        assert as_document(toolkit) == read_edition(file)
    assert run("load", *map(str, files)).count("unchanged") == len(files)
