"""The shape of an interchange file, checked against its published schema."""

import datetime
import json
from collections.abc import Callable
from pathlib import Path as FilePath
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from assessments.imports.problems import Path, Problem, shown

SCHEMA_FILE = FilePath(__file__).with_name("cycle-1.schema.json")
FORMATS = FormatChecker([])


@FORMATS.checks("date", raises=ValueError)
def is_date(value: object) -> bool:
    """Only 2025-12-31; Python itself reads more."""
    return not isinstance(value, str) or datetime.date.fromisoformat(value).isoformat() == value


VALIDATOR = Draft202012Validator(json.loads(SCHEMA_FILE.read_text("utf-8")), format_checker=FORMATS)

TYPES = {
    "string": "text in quotes",
    "integer": "a whole number",
    "array": "a list: […]",
    "object": "a group of fields: {…}",
}


def _one_of(error: Any) -> str:
    allowed = ", ".join(f"“{value}”" for value in error.validator_value)
    return f"“{shown(error.instance)}” is not one of {allowed}"


SAYS: dict[str, Callable[[Any], str]] = {
    "type": lambda e: f"should be {TYPES[e.validator_value]}",
    "const": lambda e: f"should be {json.dumps(e.validator_value)}, or left out",
    "enum": _one_of,
    "maxLength": lambda e: (
        f"is {len(e.instance):,} characters long; at most {e.validator_value:,} fit"
    ),
    "minLength": lambda e: "is empty",
    "maxItems": lambda e: f"has {len(e.instance):,} entries; at most {e.validator_value:,} fit",
    "minItems": lambda e: "is empty; leave it out where there is nothing to list",
    "uniqueItems": lambda e: "names something twice",
    "minimum": lambda e: f"{shown(e.instance)} is too small",
    "maximum": lambda e: f"{shown(e.instance)} is too large",
    "pattern": lambda e: f"“{shown(e.instance)}” is not of the form expected here",
    "format": lambda e: f"“{shown(e.instance)}” is not a date such as 2025-12-31",
}


def shape_problems(document: Any) -> list[Problem]:
    found = (each for error in VALIDATOR.iter_errors(document) for each in _problems_of(error))
    return list(dict.fromkeys(found))  # several missing fields are reported once for each


def _problems_of(error: Any) -> list[Problem]:
    path: Path = tuple(error.absolute_path)
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        return [Problem((*path, name), "is missing") for name in missing]
    if error.validator == "additionalProperties":
        unknown = [name for name in error.instance if name not in error.schema["properties"]]
        return [Problem((*path, name), "is not known here") for name in unknown]
    if error.instance is None:
        return [Problem(path, "is null; leave it out where there is nothing")]
    return [Problem(path, SAYS[error.validator](error))]
