"""Parsers of environment variables: each returns a value or says in plain words what is wrong.

No message repeats the value itself, which may hold a password.
"""

import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from email.utils import parseaddr
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env

T = TypeVar("T")


def setting(name: str, parse: Callable[[str], T], default: str | None = None) -> T:
    """The environment variable `name` through `parse`; any failure names the variable."""
    text = os.environ.get(name, default)
    if text is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    try:
        if not text.isprintable():
            raise ValueError("it must be one line without control characters.")
        return parse(text.strip())
    except ValueError as error:
        # "from None": what lies beneath may quote the value.
        raise ImproperlyConfigured(f"The environment variable {name} is wrong: {error}") from None


def one_of(*allowed: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"it must be one of {', '.join(allowed)}.")
        return text

    return parse


def yes_or_no(text: str) -> bool:
    return one_of("yes", "no")(text) == "yes"


def whole_number(least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise ValueError(f"it must be a whole number from {least} to {most}.")
        return int(text)

    return parse


def words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def hosts(text: str) -> list[str]:
    names = words(text)
    if not names or any(name == "*" or "/" in name for name in names):
        raise ValueError("it must list host names such as prevent.example.gov.uk.")
    return names


def url_parts(text: str) -> SplitResult:
    try:
        return urlsplit(text)
    except ValueError:
        raise ValueError("it isn't a well-formed address.") from None


def origins(text: str) -> list[str]:
    for origin in words(text):
        parts = url_parts(origin)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path:
            raise ValueError("each entry must be an origin such as https://prevent.example.gov.uk.")
    return words(text)


def site_url(text: str) -> str:
    """The origin that links in e-mail and calendars begin with."""
    parts = url_parts(text.rstrip("/"))
    has_more = parts.path or parts.query or parts.fragment or parts.username
    if parts.scheme not in {"http", "https"} or not parts.hostname or has_more:
        raise ValueError("it must be an origin such as https://prevent.example.gov.uk.")
    return text.rstrip("/")


def data_dir(text: str) -> Path:
    """Made where it's missing, for this user's eyes only: it will hold the database."""
    if not text:
        raise ValueError("it must be a folder.")
    path = Path(text).resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=path).close()
    except OSError as error:
        raise ValueError(f"this folder can't be written to ({error.strerror}).") from None
    return path


def kept_secret_key(folder: Path) -> str:
    """Made once and kept in `folder`, so that all processes share it."""
    path = folder / "secret-key"
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=folder) as draft:  # which nobody else can read
            draft.write(secrets.token_urlsafe(50))
            draft.flush()
            with suppress(FileExistsError):  # another process was first: its key counts
                os.link(draft.name, path)
    return path.read_text()


def secret_key(text: str) -> str:
    if len(text) < 50:
        raise ValueError("it must be at least 50 characters long.")
    if len(set(text)) < 5:
        raise ValueError("it must hold at least 5 different characters.")
    return text


def database(text: str) -> dict[str, Any]:
    if url_parts(text).scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ValueError("it must start with sqlite:/// or postgres://.")
    config = parsed_url(Env.db_url_config, text)
    if not config["NAME"]:
        raise ValueError("it must name a database.")
    if url_parts(text).scheme == "sqlite":
        config["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        config |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return config


def email(text: str) -> dict[str, Any]:
    if url_parts(text).scheme not in Env.EMAIL_SCHEMES:
        raise ValueError("it must be an address such as smtp+tls://user:password@host:587.")
    return parsed_url(Env.email_url_config, text)


def parsed_url(parse: Callable[[str], dict[str, Any]], text: str) -> dict[str, Any]:
    try:
        return dict(parse(text))
    except (ValueError, ImproperlyConfigured):
        raise ValueError("it isn't a well-formed address (percent-encode the password).") from None


def address(text: str) -> str:
    if "@" not in parseaddr(text)[1]:
        raise ValueError("it must be an e-mail address.")
    return text
