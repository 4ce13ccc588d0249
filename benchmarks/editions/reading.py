"""YAML (and so JSON) into plain data, with the line of every value and nothing executed."""

import pathlib
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from .problems import EditionError, Parsed, Path, Problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
FastLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

TAG = "tag:yaml.org,2002:"
PLAIN = {f"{TAG}{name}" for name in ("int", "bool", "null", "float")}
# A date stays the text it is in the file: the schema says where dates belong.
TEXT = {f"{TAG}{name}" for name in ("str", "timestamp", "merge", "value")}


def read(file: pathlib.Path) -> Parsed:
    """Raises EditionError where the file cannot be understood at all."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise EditionError([f"{file}: {error.strerror}"]) from error
    if len(raw) > MAX_BYTES:
        raise EditionError([f"{file}: the file is larger than {MAX_BYTES:,} bytes"])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise EditionError([f"{file} line {line}: the file is not UTF-8 text"]) from error
    return parse(text, file.name)


def parse(text: str, name: str) -> Parsed:
    try:
        _refuse_dangerous(text)
        node = yaml.compose(text, Loader=FastLoader)
        return _Reader().parsed(node)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        problem = Problem(line, "", "there is a character here that cannot be printed")
    except _Refused as error:
        problem = Problem(_line(error.problem_mark), "", str(error.problem))
    except yaml.MarkedYAMLError as error:
        says = f"this cannot be read as YAML: {error.problem}"
        problem = Problem(_line(error.problem_mark), "", says)
    raise EditionError([problem.in_file(name)])


class _Refused(yaml.MarkedYAMLError):
    """Sound YAML, but not welcome here."""


def _refuse_dangerous(text: str) -> None:
    """Aliases can make a small file unfold to gigabytes; deep nesting can break the parser."""
    depth = 0
    for event in yaml.parse(text, Loader=FastLoader):
        mark: Any = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            raise _Refused(
                problem="write the text again: aliases (*name) are not allowed", problem_mark=mark
            )
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _Refused(problem="this is nested too deeply", problem_mark=mark)


def _line(mark: Any) -> int:
    return mark.line + 1 if mark else 1


class _Reader:
    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []
        self.plain = yaml.constructor.SafeConstructor()

    def parsed(self, root: Node | None) -> Parsed:
        data = None if root is None else self.value(root, ())
        return Parsed(data, self.lines, self.problems)

    def value(self, node: Node, path: Path) -> Any:
        self.lines.setdefault(path, _line(node.start_mark))
        if isinstance(node, MappingNode):
            return self.mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]
        return self.scalar(node)

    def mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            line = _line(key.start_mark)
            if not isinstance(key, ScalarNode):
                self.problems.append(Problem(line, "", "a name is expected here"))
            elif key.value in found:
                first = self.lines[(*path, key.value)]
                says = f"“{key.value}” is given twice (first on line {first})"
                self.problems.append(Problem(line, "", says))
            else:
                self.lines[(*path, key.value)] = line
                found[key.value] = self.value(value, (*path, key.value))
        return found

    def scalar(self, node: Node) -> Any:
        if node.tag in TEXT:
            return node.value
        try:
            if node.tag in PLAIN:
                return self.plain.construct_object(node)
        except ValueError:
            pass
        tag = node.tag.removeprefix(TAG)
        self.problems.append(
            Problem(_line(node.start_mark), "", f"“{node.value[:40]}” cannot be read as {tag}")
        )
        return node.value
