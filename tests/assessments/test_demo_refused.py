"""When the demonstration isn't loaded: it says why, and leaves nothing behind."""

import shutil
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError
from pytest_django import Settings

from assessments.demo.loading import load_demo
from assessments.models import Council, User
from tests.assessments.demo import FOLDER, load_toolkits, run


@pytest.mark.django_db
def test_production_refuses_it(settings: Settings) -> None:
    settings.PRODUCTION = True
    load_toolkits()
    with pytest.raises(CommandError, match="never loaded in production"):
        run("demo")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_without_the_toolkits_it_says_so_and_leaves_nothing() -> None:
    with pytest.raises(CommandError, match="home-office-2018"):
        run("demo")
    assert not User.objects.exists()
    assert not Council.objects.exists()


@pytest.mark.django_db
def test_a_mistake_in_a_file_is_named_and_nothing_is_loaded(tmp_path: Path) -> None:
    load_toolkits()
    folder = shutil.copytree(FOLDER, tmp_path / "demo")
    year = folder / "northmere-2024-25.yaml"
    text = year.read_text(encoding="utf-8")
    assert text.count("ratings: green amber\n") > 1
    year.write_text(text.replace("ratings: green amber\n", "ratings: green ambre\n", 1))
    with pytest.raises(ValidationError, match="ambre"):
        load_demo(folder)
    assert not Council.objects.exists()
