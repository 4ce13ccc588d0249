"""A document as YAML for people or JSON for programs; reading either gives the document back."""

import json
import re
from typing import Any

import yaml

from .checking import Document

WIDTH = 96
BREATHING_SPACE = re.compile(r"^(?=roll_up:|scales:|benchmarks:|  - number:|      - ref:)", re.M)


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)  # lists stand in from the name they belong to


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Long text folded over several lines; a line break of its own keeps it literal."""
    style = "|" if "\n" in text else ">" if len(text) > 60 else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def as_yaml(document: Document) -> str:
    written: Any = yaml.dump(
        document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH
    )
    return BREATHING_SPACE.sub("\n", str(written))


def as_json(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
