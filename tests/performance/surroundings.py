"""A production-like installation of its own, gone when the measuring ends."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg2


@contextmanager
def installation() -> Iterator[None]:
    """Environment variables for this process and the server; before Django is loaded."""
    folder = tempfile.mkdtemp(prefix="prevent-toolkit-performance-")
    for name in ("CSRF_TRUSTED_ORIGINS", "SESSION_HOURS"):
        os.environ.pop(name, None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.performance.settings",
        "ENVIRONMENT": "production",
        "DATA_DIR": folder,
        "SECRET_KEY": "performance-only-" + "0123456789" * 4,
        "ALLOWED_HOSTS": "127.0.0.1",
        "BEHIND_PROXY": "yes",
        "SITE_URL": "http://127.0.0.1",
        "EMAIL_URL": "dummymail://",
        "DEFAULT_FROM_EMAIL": "prevent-toolkit@performance.example",
        "LOG_LEVEL": "WARNING",
        "WEB_CONCURRENCY": "2",
    }
    try:
        with database_beside(os.environ.pop("DATABASE_URL", "")):
            yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database_beside(address: str) -> Iterator[None]:
    """A new database on the server of a PostgreSQL address; the named one is left alone."""
    if not address.startswith("postgres"):
        yield
        return
    name = f"prevent_toolkit_performance_{os.getpid()}"
    connection = psycopg2.connect(address)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        os.environ["DATABASE_URL"] = urlsplit(address)._replace(path=f"/{name}").geturl()
        try:
            yield
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
            connection.close()
