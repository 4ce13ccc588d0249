"""Settings as processes see them at start-up, each with an environment of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from prevent_toolkit import environment

ROOT = Path(__file__).resolve().parent.parent
SECRET = "a-key-for-tests-only-" + "0123456789" * 5
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "prevent_toolkit.settings",
        "ENVIRONMENT": "production",
        "SECRET_KEY": SECRET,
        "ALLOWED_HOSTS": "prevent.example.gov.uk",
        "EMAIL_URL": "smtp+tls://user:mail-password@mail.example:587",
        "DEFAULT_FROM_EMAIL": "prevent@example.gov.uk",
        "SITE_URL": "https://prevent.example.gov.uk",
        "DATA_DIR": str(tmp_path / "data"),
    }


def python(code: str, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], env=variables, cwd=ROOT, capture_output=True, text=True
    )


def show(expression: str, variables: dict[str, str]) -> str:
    """What `expression` on the loaded settings gives in a fresh process."""
    done = python(f"from django.conf import settings; print({expression})", variables)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL", "DEFAULT_FROM_EMAIL", "SITE_URL"]
)
def test_production_stops_without_a_required_variable(production, name):
    del production[name]
    done = python("import prevent_toolkit.settings", production)
    assert done.returncode != 0
    assert f"Set the environment variable {name}." in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("ENVIRONMENT", "live", "one of production, demo, development"),
        ("ENVIRONMENT", "", "one of production, demo, development"),
        ("DATABASE_URL", "mysql://u:hunter2@localhost/db", "start with sqlite:/// or postgres://"),
        ("DATABASE_URL", "", "start with sqlite:/// or postgres://"),
        ("DATABASE_URL", "postgres://u:hunter2@localhost", "name a database"),
        ("DATABASE_URL", "postgres://u:hunter2@localhost:port/db", "well-formed"),
        ("DATABASE_URL", "postgres://u:hunter2/x@localhost:1/db", "well-formed"),
        ("DATABASE_URL", "postgres://u:hunter2@[::1/db", "well-formed"),
        ("DATA_DIR", "", "must be a folder"),
        ("DATA_DIR", "/dev/null/data", "can't be written to"),
        ("DATA_DIR", "/proc/data", "can't be written to"),
        ("SECRET_KEY", "hunter2", "at least 50 characters"),
        ("SECRET_KEY", "hu" * 30, "at least 5 different"),
        ("ALLOWED_HOSTS", "", "list host names"),
        ("ALLOWED_HOSTS", "*", "list host names"),
        ("ALLOWED_HOSTS", "https://prevent.example.gov.uk", "list host names"),
        ("CSRF_TRUSTED_ORIGINS", "prevent.example.gov.uk", "must be an origin"),
        ("CSRF_TRUSTED_ORIGINS", "https://prevent.example.gov.uk/path", "must be an origin"),
        ("CSRF_TRUSTED_ORIGINS", "https://[half", "well-formed"),
        ("SITE_URL", "", "must be an origin"),
        ("SITE_URL", "prevent.example.gov.uk", "must be an origin"),
        ("SITE_URL", "https://prevent.example.gov.uk/toolkit", "must be an origin"),
        ("SITE_URL", "https://user@prevent.example.gov.uk", "must be an origin"),
        ("SITE_URL", "https://[half", "well-formed"),
        ("SESSION_HOURS", "twelve", "a whole number from 1 to 720"),
        ("SESSION_HOURS", "0", "a whole number from 1 to 720"),
        ("SESSION_HOURS", "-1", "a whole number from 1 to 720"),
        ("SESSION_HOURS", "²", "a whole number from 1 to 720"),
        ("BEHIND_PROXY", "true", "one of yes, no"),
        ("BEHIND_PROXY", "", "one of yes, no"),
        ("LOG_LEVEL", "loud", "one of DEBUG, INFO, WARNING, ERROR"),
        ("EMAIL_URL", "mail.example", "an address such as smtp"),
        ("EMAIL_URL", "smtp://u:hunter2@mail.example:port", "well-formed"),
        ("DEFAULT_FROM_EMAIL", "Prevent", "an e-mail address"),
        ("DEFAULT_FROM_EMAIL", "Prevent <x@y>\nBcc: z@y", "must be one line"),
    ],
)
def test_a_bad_variable_stops_the_process_with_its_name(production, name, value, why):
    done = python("import prevent_toolkit.settings", production | {name: value})
    assert done.returncode != 0
    last_line = done.stderr.strip().splitlines()[-1]
    assert f"The environment variable {name} is wrong: " in last_line
    assert why in last_line
    assert "hunter2" not in done.stderr


def test_production_passes_every_deployment_check(production):
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "DEBUG"],
        env=production | {"BEHIND_PROXY": "yes"},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "System check identified no issues (0 silenced).\n"
    assert done.stderr == ""


def test_sqlite_in_the_data_folder_is_the_default(production):
    production["DATA_DIR"] += "/a b+c%20?#"
    name = "settings.DATABASES['default']['NAME']"
    assert show(name, production) == production["DATA_DIR"] + "/prevent-toolkit.sqlite3"


def test_sqlite_waits_for_writers_and_keeps_a_write_ahead_log(production):
    code = """
import django; django.setup()
from django.db import connection, transaction
with transaction.atomic():
    cursor = connection.cursor()
    for name in ("journal_mode", "synchronous", "busy_timeout"):
        print(cursor.execute(f"PRAGMA {name}").fetchone()[0], end=" ")
print(connection.settings_dict["OPTIONS"]["transaction_mode"])
"""
    done = python(code, production)
    assert done.stdout == "wal 1 20000 IMMEDIATE\n", done.stderr


def test_postgresql_by_its_address():
    config = environment.database("postgres://u:p%40ss@db.example:5433/prevent")
    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert [config[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "u",
        "p@ss",
        "db.example",
        5433,
        "prevent",
    ]
    assert config["CONN_HEALTH_CHECKS"] is True


def test_a_data_folder_is_private(tmp_path):
    assert environment.data_dir(str(tmp_path / "new")).stat().st_mode & 0o777 == 0o700


def test_processes_that_start_together_share_one_private_key(production):
    demo = production | {"ENVIRONMENT": "demo"}
    del demo["SECRET_KEY"]
    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(lambda _: show("settings.SECRET_KEY", demo), range(4)))
    kept = Path(demo["DATA_DIR"], "secret-key")
    assert keys == {kept.read_text()}
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_slower_process_takes_the_key_of_the_faster(tmp_path, monkeypatch):
    (tmp_path / "secret-key").write_text("kept")
    monkeypatch.setattr(Path, "exists", lambda path: False)
    assert environment.kept_secret_key(tmp_path) == "kept"


def test_production_never_makes_a_key_up(production):
    show("settings.SECRET_KEY", production)
    assert not Path(production["DATA_DIR"], "secret-key").exists()


def test_cookies_and_transport_are_strict_in_production_only(production):
    names = ["SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"]
    expression = f"[getattr(settings, name) for name in {names}]"
    assert show(expression, production) == "[True, True, True]"
    assert show(expression, production | {"ENVIRONMENT": "demo"}) == "[False, False, False]"
    assert show("settings.DEBUG", production) == "False"


def test_a_wrong_setting_reads_as_a_sentence():
    with pytest.raises(
        ImproperlyConfigured, match=r"^Set the environment variable NO_SUCH_NAME\.$"
    ):
        environment.setting("NO_SUCH_NAME", str)


def test_static_files_collect_under_production_names(production):
    done = subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input"],
        env=production,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert Path(production["DATA_DIR"], "static", "staticfiles.json").is_file()
