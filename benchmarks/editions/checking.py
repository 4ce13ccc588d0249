"""Whether parsed data is a sound edition: the schema first, then what a schema cannot say."""

import json
import pathlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from .problems import EditionError, Parsed, Path, Problem
from .reading import parse, read
from .rules import broken_rules

Document = dict[str, Any]
Rules = Callable[[Parsed], Iterator[Problem]]  # what a schema can't say


def _whole_pattern(_: Any, pattern: str, text: Any, __: Any) -> Iterator[ValidationError]:
    """Python's $ would let a line break through at the end."""
    if isinstance(text, str) and not re.fullmatch(pattern, text):
        yield ValidationError(f"does not match {pattern}")


SCHEMA = json.loads((pathlib.Path(__file__).parent / "schema.json").read_text("utf-8"))
Validator: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, {"pattern": _whole_pattern}
)
VALIDATOR = Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
TYPE_NAMES = {
    "string": "text (in quotes where it looks like something else)",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a group of named values",
}


def read_edition(file: pathlib.Path) -> Document:
    """The checked document in a file; EditionError names every problem by file, line and ref."""
    return checked(read(file), file.name)


def parse_edition(text: str, name: str) -> Document:
    return checked(parse(text, name), name)


def problems_of(
    parsed: Parsed, validator: Any = VALIDATOR, rules: Rules = broken_rules
) -> list[Problem]:
    """Everything that keeps it from being a sound edition, or what else the validator and the
    rules are of, from its first line to its last."""
    found = [*parsed.problems, *_against_schema(parsed, validator)]
    found += [*_unprintable(parsed, parsed.data, ()), *rules(parsed)]
    return sorted({*found})


def problems_in(document: Document) -> list[Problem]:
    """The same of a document that stands in no file."""
    return problems_of(Parsed(document, {}, []))


def checked(parsed: Parsed, name: str) -> Document:
    return check(parsed, name, VALIDATOR, broken_rules)


def check(parsed: Parsed, name: str, validator: Any, rules: Rules) -> Document:
    """The data where it is sound; EditionError names every problem otherwise."""
    found = problems_of(parsed, validator, rules)
    if found:
        raise EditionError([problem.in_file(name) for problem in found])
    document: Document = parsed.data
    return document


def _against_schema(parsed: Parsed, validator: Any) -> Iterator[Problem]:
    for error in validator.iter_errors(parsed.data):
        path: Path = tuple(error.absolute_path)
        if error.validator == "additionalProperties":
            for key in error.instance.keys() - error.schema["properties"].keys():
                yield parsed.problem((*path, key), f"“{key}” is not a name that belongs here")
        elif error.validator == "required":
            for key in [key for key in error.validator_value if key not in error.instance]:
                yield parsed.problem(path, f"“{key}” is missing")
        else:
            yield parsed.problem(path, f"{_subject(path)} {_complaint(error)}")


def _subject(path: Path) -> str:
    names = [step for step in path if isinstance(step, str)]
    return f"“{names[-1]}”" if names else "the file"


def _complaint(error: Any) -> str:
    limit = error.validator_value
    if error.validator == "type":
        return f"must be {TYPE_NAMES[limit]}, not {_shown(error.instance)}"
    if error.validator == "enum":
        return f"must be one of {', '.join(limit)}, not {_shown(error.instance)}"
    if error.validator == "minItems":
        return f"must have at least {limit} {'entry' if limit == 1 else 'entries'}"
    if error.validator == "maxLength":
        return f"is longer than {limit:,} characters"
    if error.validator == "uniqueItems":
        return "names the same thing twice"
    return str(error.schema["says"])


def _shown(value: Any) -> str:
    if isinstance(value, dict | list):
        return "a group of named values" if isinstance(value, dict) else "a list"
    return "nothing" if value is None else f"“{str(value)[:40]}”"


def _unprintable(parsed: Parsed, value: Any, path: Path) -> Iterator[Problem]:
    """Characters that a database, a spreadsheet or YAML itself would refuse or alter."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, child in items:
            yield from _unprintable(parsed, child, (*path, key))
    elif isinstance(value, str):
        for character in sorted({char for char in value if _is_unprintable(char)}):
            says = f"{_subject(path)} holds the unprintable character U+{ord(character):04X}"
            yield parsed.problem(path, says)


def _is_unprintable(character: str) -> bool:
    if character == "\n":
        return False
    return character in "\ufeff\ufffe\uffff" or unicodedata.category(character) in {
        "Cc",
        "Cs",
        "Zl",
        "Zp",
    }
