"""From the database to the last byte of a pack's public files: nothing restricted gets there."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from assessments.models import (
    Audience,
    Cycle,
    EvidenceStatement,
    Pack,
    PackFile,
    PackPart,
    PackVersion,
    User,
)
from assessments.services import pack_files
from assessments.services.made_files import FileFailed
from assessments.tasks import make_file_of_pack
from prevent_toolkit.logs import DiscreetFormatter
from tests.cast import SignIn
from tests.exports.canaries import (
    NEVER_RESTRICTED,
    Canaries,
    pack_full_of,
    restricted_fields,
    written_fields,
)
from tests.exports.hidden_words import base64_of, found, found_in, written_as
from tests.packs import section, url

EXEMPT, KEPT_BACK = "exempt-1", "not-for-publication"
WHOLE_REPORT = {"sensitivity": "exempt-7", "public_interest": "It would hamper an operation."}


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def canaries() -> Canaries:
    return Canaries(EXEMPT)


@pytest.fixture
def full(canaries: Canaries, cycle: Cycle, lead: User, chair: User) -> Pack:
    return pack_full_of(canaries, cycle, lead, chair)


def version_of(pack: Pack, by: User, capture: Any) -> PackVersion:
    """With its files asked for as a page does, and made."""
    with capture(execute=True):
        version = pack_files.request_files(
            pack=pack, is_draft=False, by=by, enqueue=make_file_of_pack.enqueue
        )
    for file in version.files.all():
        pack_files.make_pack_file(file.pk)
    assert not version.files.exclude(status=PackFile.Status.READY).exists()
    return version


def content(file: PackFile) -> bytes:
    with file.file.open() as opened:
        data: bytes = opened.read()
    return data


def found_in_files(version: PackVersion, audience: Audience, words: dict[str, str]) -> set[str]:
    """The fields whose words are in some file for this audience."""
    files = list(version.files.filter(audience=audience))
    assert files
    hits = {word for file in files for word in found(words.values(), content(file), file.format)}
    return {name for name, word in words.items() if word in hits}


# The fields ------------------------------------------------------------------------------------
def test_every_field_that_people_write_has_its_word_in_the_database(
    canaries: Canaries, full: Pack
) -> None:
    """A field added to a model has to be planted, or to have a reason why it is public."""
    without = {
        name
        for name, field in restricted_fields().items()
        if not any(
            canaries.words[name].lower() in str(value).lower()
            for value in field.model._default_manager.values_list(field.name, flat=True)
        )
    }
    assert without == set()


def test_every_reason_belongs_to_a_field_that_is_there() -> None:
    assert set(NEVER_RESTRICTED) - set(written_fields()) == set()


# The files -------------------------------------------------------------------------------------
def test_no_restricted_word_is_in_a_public_file(
    as_: SignIn,
    canaries: Canaries,
    full: Pack,
    publisher: User,
    django_capture_on_commit_callbacks: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Nor in a file's name, in what a browser is told of it, among the checksums, in the
    arguments of a job, or in a line of the log. That the same search finds them in
    what committee members read shows that it can."""
    with caplog.at_level(logging.INFO):
        version = version_of(full, publisher, django_capture_on_commit_callbacks)
        answers = [*answers_about(version, as_(publisher))]
        logged = caplog.text  # before the files are read here, whose readers log every word
    words = canaries.words
    assert found_in_files(version, Audience.PUBLIC, words) == set()
    assert found_in_files(version, Audience.COMMITTEE, words) >= {
        "PackPart.text",
        "BenchmarkAssessment.actions",
        "BenchmarkAssessment.comments",
        "Answer.reason",
        "EvidenceStatement.text",
        "EvidenceItem.title",
        "Action.text",
        "ActionOwner.name",
    }
    names = [f"{pack_files.name_of(f, version)} {f.file.name}" for f in version.files.all()]
    jobs = list(map(str, DBTaskResult.objects.values_list("args_kwargs", flat=True)))
    assert len(jobs) == len(names)
    said = [*names, *jobs, logged, *answers]
    assert found_in(words.values(), [each.encode() for each in said]) == set()


def answers_about(version: PackVersion, client: Client) -> Iterator[str]:
    """The headers of every download, and what tells of the files beside them."""
    for file in version.files.all():
        answer: Any = client.get(url("download_pack_file", version.pack, file.pk))
        assert answer.status_code == 200
        assert answer.getvalue()  # to its end, where the file is closed
        yield f"{answer.headers} {answer.cookies}"
    for page in ("checksums", "pack_version"):
        answer = client.get(url(page, version.pack, version.number))
        yield f"{answer.headers} {answer.content.decode()}"


def test_what_is_not_for_publication_is_in_no_file_at_all(
    cycle: Cycle, lead: User, chair: User, django_capture_on_commit_callbacks: Any
) -> None:
    """Also where members get files, as there is something exempt beside it."""
    canaries = Canaries(KEPT_BACK)
    exempt = {"text": "For members.", "sensitivity": EXEMPT}
    question = cycle.questions.get(question__ref="2.1").question
    EvidenceStatement.objects.create(cycle=cycle, question=question, **exempt)
    pack = pack_full_of(canaries, cycle, lead, chair)
    PackPart.objects.create(section=section(pack, "reasons"), position=60, **exempt)
    version = version_of(pack, lead, django_capture_on_commit_callbacks)
    assert version.files.filter(audience=Audience.COMMITTEE).count() == 3
    for audience in (Audience.PUBLIC, Audience.COMMITTEE):
        assert found_in_files(version, audience, canaries.words) == set(), audience


def test_of_an_exempt_report_the_public_gets_no_word(
    canaries: Canaries,
    cycle: Cycle,
    lead: User,
    chair: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """Not even those parts that by themselves would be public."""
    pack = pack_full_of(canaries, cycle, lead, chair, **WHOLE_REPORT)
    PackPart.objects.filter(section__pack=pack).update(sensitivity="public")
    version = version_of(pack, lead, django_capture_on_commit_callbacks)
    assert found_in_files(version, Audience.PUBLIC, canaries.words) == set()
    assert "PackPart.text" in found_in_files(version, Audience.COMMITTEE, canaries.words)


# The pages -------------------------------------------------------------------------------------
@pytest.mark.parametrize("page", ["preview_public", "public_page"])
def test_no_restricted_word_is_in_the_public_preview(
    page: str, as_: SignIn, canaries: Canaries, full: Pack, publisher: User
) -> None:
    response = as_(publisher).get(url(page, full))
    assert response.status_code == 200
    parts = [str(response.headers).encode(), response.content]
    assert found_in(canaries.words.values(), parts) == set()


def test_the_search_finds_them_in_the_exempt_preview(
    as_: SignIn, canaries: Canaries, full: Pack, publisher: User
) -> None:
    html = as_(publisher).get(url("exempt_page", full)).content
    assert canaries.words["PackPart.text"] in found(canaries.words.values(), html, "html")


def test_a_file_that_fails_leaves_no_word_in_log_or_queue(
    canaries: Canaries,
    full: Pack,
    lead: User,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_: object, **__: object) -> bytes:
        raise ValueError(" ".join(canaries.words.values()))

    monkeypatch.setattr(pack_files, "drawn", fail)
    version = pack_files.request_files(pack=full, is_draft=False, by=lead, enqueue=lambda pk: pk)
    with pytest.raises(FileFailed) as caught:
        pack_files.make_pack_file(version.files.filter(document="report")[0].pk)
    lines = [DiscreetFormatter().format(each) for each in caplog.records]
    assert "could not be made" in "".join(lines)
    said = [*lines, str(caught.value)]
    assert found_in(canaries.words.values(), [each.encode() for each in said]) == set()


# The search ------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", [*written_as("zqcanary07q"), *base64_of("Zqcanary07q")])
def test_the_search_knows_the_word_in_every_encoding(form: bytes) -> None:
    assert found_in(["Zqcanary07q"], [b"before " + form + b" after"]) == {"Zqcanary07q"}
