"""What is wrong with a file, in words that say where."""

from typing import Any, NamedTuple

from django.core.exceptions import ValidationError

Path = tuple[str | int, ...]

# How a reader knows an entry of each list: the word for it, and the field that names it.
NAMED_BY = {
    "benchmarks": ("benchmark", "number"),
    "questions": ("question", "ref"),
    "answers": ("answer", None),
    "evidence": ("evidence", None),
    "documents": ("document", None),
    "actions": ("action", None),
    "owners": ("owner", None),
    "links": ("link", None),
    "updates": ("update", None),
    "levels": ("level", None),
}


class Problem(NamedTuple):
    path: Path
    says: str

    def within(self, document: Any) -> str:
        where = place(document, self.path)
        return f"{where[:1].upper()}{where[1:]}: {self.says}."


class ImportProblems(ValidationError):
    """Every problem found in a file, one sentence each."""


def place(document: Any, path: Path) -> str:
    """“question 7.1, answer 2, reason” for a path into the document."""
    words: list[str] = []
    for step in path:
        document = _value(document, step)
        if isinstance(step, int) and words and words[-1] in NAMED_BY:
            kind, field = NAMED_BY[words.pop()]
            name = _value(document, field) if field else None
            if field == "ref" and name is not None:
                words.clear()  # a ref already says which benchmark
            words.append(f"{kind} {step + 1 if name is None else shown(name)}")
        else:
            words.append(str(step + 1) if isinstance(step, int) else shown(step))
    return ", ".join(words) or "the file"


def shown(value: Any, longest: int = 60) -> str:
    """A value from the file as it may stand in a message: short, on one line, printable."""
    text = value if isinstance(value, str) else repr(value)
    text = "".join(char if char.isprintable() else "\ufffd" for char in text[: longest + 1])
    return text if len(text) <= longest else f"{text[:longest]}…"


def _value(document: Any, step: Any) -> Any:
    try:
        return document[step]
    except (KeyError, IndexError, TypeError):
        return None
