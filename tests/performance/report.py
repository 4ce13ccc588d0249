"""The tables, in Markdown: docs/performance.md holds one run of them."""

from collections.abc import Iterable, Sequence

LARGEST_GROWTH = 1.2
LARGEST_MEMORY = 250  # MB


def verdict(value: float, aim: float | None, unit: str = "") -> str:
    if aim is None:
        return ""
    return f"≤ {aim:g}{unit}: {'met' if value <= aim else 'missed'}"


def ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The first column is words, the others are figures."""
    rule = ["---", *["---:"] * (len(heads) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, rule, *rows])
