"""The checksums of a pack's files, for `sha256sum -c` or for a person to compare."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Checked:
    name: str
    size: int
    sha256: str


def render_checksums(heading: str, files: Iterable[Checked]) -> str:
    """`sha256sum -c` passes over the lines that start with “#”."""
    files = tuple(files)
    about = [f"# {line}" for line in heading.splitlines()]
    sizes = [f"# {each.name}: {each.size:,} bytes" for each in files]
    sums = [f"{each.sha256}  {each.name}" for each in files]
    return "\n".join([*about, *sizes, *sums, ""])
