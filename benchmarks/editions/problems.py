"""What is wrong with an edition, said by file, line and ref."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

Path = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """`path`: the value it is about, in the document."""

    line: int
    where: str
    says: str
    path: Path = field(default=(), compare=False)

    def in_file(self, name: str) -> str:
        place = f"{name} line {self.line}"
        return f"{place}, {self.where}: {self.says}" if self.where else f"{place}: {self.says}"


class EditionError(Exception):
    """Every problem found, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Parsed(NamedTuple):
    data: Any
    lines: dict[Path, int]
    problems: list[Problem]

    def line(self, path: Path) -> int:
        """The line of this value, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: Path, says: str) -> Problem:
        return Problem(self.line(path), place_in(self.data, path), says, path)


# How a reader knows an entry of each list: the word for it, and the field that names it.
NAMED_BY = {
    "benchmarks": ("benchmark", "number"),
    "scales": ("scale", "slug"),
    "levels": ("level", "slug"),
    "questions": ("question", "ref"),
    "prompts": ("prompt", None),
    "look_for": ("look_for point", None),
    "links": ("link", None),
}


def place_in(data: Any, path: Path) -> str:
    """“question 7.1, prompt 2” for a path into a document; empty at its top."""
    words: list[str] = []
    for depth, step in enumerate(path):
        if isinstance(step, int) and depth and path[depth - 1] in NAMED_BY:
            kind, field = NAMED_BY[str(path[depth - 1])]
            name = _value(data, (*path[: depth + 1], field)) if field else step + 1
            words.append(f"{kind} {step + 1 if name is None else name}")
    if len(words) > 1 and words[1].startswith("question"):
        del words[0]  # a ref already says which benchmark
    return ", ".join(words)


def _value(data: Any, path: Path) -> Any:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data
