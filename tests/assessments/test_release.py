"""Releasing a pack: who may, when not, and what never changes afterwards."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from assessments.models import (
    FrozenPackError,
    Pack,
    PackFile,
    PackRelease,
    PackVersion,
    User,
)
from assessments.services import pack_files, release
from tests.cast import SignIn
from tests.packs import content_of, requested, section, url, write


def test_a_publisher_releases_and_the_hash_of_each_file_is_on_record(
    as_: SignIn, publisher: User, version: PackVersion
):
    client, pack = as_(publisher), version.pack
    html = client.post(url("release", pack, version.number), {}).content.decode()
    assert "Tick the confirmation before you release" in html
    client.post(url("release", pack, version.number), {"confirmed": "on"})
    released = PackRelease.objects.get()
    assert (released.version, released.by_name) == (version, publisher.name)
    assert {each["sha256"] for each in released.files} == set(
        version.files.values_list("sha256", flat=True)
    )
    assert "Released" in client.get(url("pack", pack)).content.decode()
    sums = client.get(url("checksums", pack, version.number)).content.decode()
    assert all(each["sha256"] in sums and each["name"] in sums for each in released.files)


def test_what_has_changed_since_its_files_were_made_is_not_released(
    version: PackVersion, lead: User, publisher: User
):
    write(section(version.pack, "consultation"), "Other words.", lead)
    with pytest.raises(ValidationError, match="make them again"):
        release.release(pack=version.pack, version=version, by=publisher)


def test_a_text_that_is_restricted_after_its_files_were_made_is_never_released_with_them(
    as_: SignIn, version: PackVersion, lead: User, publisher: User
):
    """In one tab the files wait for their release; in another the lead keeps a text back."""
    client, pack = as_(publisher), version.pack
    page = url("pack_version", pack, version.number)
    assert "I confirm that I have read" in client.get(page).content.decode()
    write(section(pack, "consultation"), "It is as it should be.", lead, "exempt-7")
    answer = client.post(url("release", pack, version.number), {"confirmed": "on"})
    assert "The pack has changed since these files were made" in answer.content.decode()
    assert not PackRelease.objects.exists()
    html = client.get(page).content.decode()
    assert "something in them may not be public any more" in html
    assert "I confirm that I have read" not in html
    web = content_of(requested(pack, publisher), "html")
    assert '<span class="number">5.1</span> <span class="withheld">' in web
    assert web.count("Not for publication: paragraph 7") == 1


def test_what_is_held_back_is_not_released(pack: Pack, publisher: User):
    version = pack_files.make_version(pack=pack, is_draft=False, by=publisher)
    with pytest.raises(ValidationError, match="still to be done"):
        release.release(pack=pack, version=version, by=publisher)


def test_files_that_are_not_there_are_not_released(version: PackVersion, publisher: User):
    version.files.filter(format="xlsx").update(status=PackFile.Status.FAILED)
    with pytest.raises(ValidationError, match="Not every file is ready"):
        release.release(pack=version.pack, version=version, by=publisher)
    version.files.all().delete()
    with pytest.raises(ValidationError, match="Not every file is ready"):
        release.release(pack=version.pack, version=version, by=publisher)


def test_a_draft_is_never_released(ready: Pack, publisher: User, media: None):
    draft = requested(ready, publisher, is_draft=True)
    with pytest.raises(ValidationError, match="make them again"):
        release.release(pack=ready, version=draft, by=publisher)


def test_a_version_is_released_once(version: PackVersion, publisher: User):
    release.release(pack=version.pack, version=version, by=publisher)
    with pytest.raises(ValidationError, match="Somebody else has released"):
        release.release(pack=version.pack, version=version, by=publisher)


# What is frozen --------------------------------------------------------------------------------
@pytest.fixture
def released(version: PackVersion, publisher: User) -> PackRelease:
    return release.release(pack=version.pack, version=version, by=publisher)


def test_models_refuse_to_change_what_was_released(released: PackRelease):
    for row in (released, released.version):
        every = type(row)._default_manager.all()
        for change in (row.save, row.delete, partial(every.update, pk=9), every.delete):
            with pytest.raises(FrozenPackError):
                change()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assessments_packversion SET content = '{}'",
        "UPDATE assessments_packversion SET is_draft = NOT is_draft",
        "UPDATE assessments_packversion SET made_by_id = made_by_id",
        "DELETE FROM assessments_packversion",
        "UPDATE assessments_packrelease SET by_name = 'Somebody Else'",
        "UPDATE assessments_packrelease SET files = '[]'",
        "UPDATE assessments_packrelease SET by_id = by_id",
        "DELETE FROM assessments_packrelease",
    ],
)
def test_the_database_refuses_to_change_what_was_released(released: PackRelease, statement: str):
    with (
        pytest.raises(DatabaseError, match="never change"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_who_released_stays_on_record_when_the_account_goes(released: PackRelease, publisher: User):
    publisher.delete()
    released.refresh_from_db()
    assert (released.by, released.by_name) == (None, "Priya Publisher")
