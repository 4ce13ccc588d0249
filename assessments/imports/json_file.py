"""Bytes to plain JSON data that can be stored, or every reason why not."""

import json
import re
from collections.abc import Iterator
from typing import Any

from assessments.imports.problems import ImportProblems, Path, Problem, shown

MAX_BYTES = 25_000_000
MAX_DEPTH = 20
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # NUL, and halves of characters


def parse_json(data: bytes) -> Any:
    """Raises ImportProblems where the bytes are no JSON, or hold text no database takes."""
    if len(data) > MAX_BYTES:
        raise ImportProblems(f"The file is larger than {MAX_BYTES:,} bytes.")
    try:
        document = json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_once_each, parse_constant=_refuse
        )
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ImportProblems(f"Line {line}: the file is not UTF-8 text.") from None
    except json.JSONDecodeError as error:
        raise ImportProblems(f"Line {error.lineno}: this is not JSON ({error.msg}).") from None
    except RecursionError:
        raise ImportProblems("The file is nested too deeply.") from None
    except ValueError as error:
        raise ImportProblems(f"The file cannot be read: {error}.") from None
    if problems := [problem.within(document) for problem in unstorable(document)]:
        raise ImportProblems(problems)
    return document


def unstorable(document: Any) -> Iterator[Problem]:
    """No recursion: the file decides how deep it goes."""
    waiting: list[tuple[Path, Any]] = [((), document)]
    while waiting:
        path, value = waiting.pop()
        if len(path) > MAX_DEPTH:
            raise ImportProblems("The file is nested too deeply.")
        if isinstance(value, str) and (found := UNSTORABLE.search(value)):
            says = f"holds U+{ord(found[0]):04X}, which cannot be stored as text"
            yield Problem(path, says)
        elif isinstance(value, list):
            waiting += [((*path, index), part) for index, part in enumerate(value)]
        elif isinstance(value, dict):
            waiting += [((*path, name), part) for name, part in value.items()]


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"“{shown(name)}” is given twice in one place")
        found[name] = value
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a JSON number")
