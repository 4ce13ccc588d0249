"""A document as YAML for people or JSON for programs; reading either gives the document back."""

import json
import re
from datetime import date
from typing import Any

import yaml

from .checking import Document

WIDTH = 88
LONG = 70
# Before each of these, unless it stands straight under the name of its list.
BREATHING_SPACE = re.compile(
    r"(?<=[^:]\n)(?=roll_up:|scales:|benchmarks:|  - number:|      - ref:)", re.M
)


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)  # lists stand in from the name they belong to


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Long text folded over several lines; a line break of its own keeps it literal."""
    style = "|" if "\n" in text else ">" if len(text) > LONG and " " in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def as_yaml(document: Document) -> str:
    # As a date, because a text that looks like one would be put in quotes.
    if "issued_on" in document:
        document = {**document, "issued_on": date.fromisoformat(document["issued_on"])}
    written: Any = yaml.dump(
        document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH
    )
    return BREATHING_SPACE.sub("\n", str(written))


def as_json(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
