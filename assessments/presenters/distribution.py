"""How many answers have which rating, by benchmark, expectations apart from good practice."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assessments import drawing
from assessments.presenters.heat_map import shortened
from assessments.record import Decision, Level

ROW, GAP, HEAD = 26.0, 6.0, 28.0
TITLES, BETWEEN, LARGEST_UNIT, WIDTH = 256.0, 30.0, 24.0, 700.0
CATEGORY_TITLES = {
    "expectation": "Expectations of compliance",
    "good_practice": "Good practice activities",
}

NOT_APPLICABLE_KEY, NONE_KEY = "not-applicable", "none"

# The benchmark's number and title, the question's category, and the key of what was decided.
Answered = tuple[int, str, str, str]


@dataclass(frozen=True)
class Part:
    """How many answers stand at one level, are not applicable, or not rated."""

    decision: Decision
    count: int

    @property
    def key(self) -> str:
        return key_of(self.decision)


@dataclass(frozen=True)
class Bar:
    """The answers of one category in one benchmark, or in all (number 0); `parts` in the order
    of the key. `href`: where they are listed."""

    number: int
    title: str
    category: str
    parts: tuple[Part, ...]
    href: str = ""

    @property
    def total(self) -> int:
        return sum(part.count for part in self.parts)

    @property
    def category_title(self) -> str:
        return CATEGORY_TITLES[self.category]

    @property
    def cells(self) -> tuple[tuple[str, int, str], ...]:
        """Headings, numbers and addresses of its row."""
        counted = (
            (part.decision.label, part.count, f"{self.href}&rating={part.key}")
            for part in self.parts
        )
        return (*counted, ("All", self.total, self.href))


@dataclass(frozen=True)
class Distribution:
    """`bars`: by benchmark, then by category, those that have answers. `href`: where all are
    listed."""

    key: tuple[Decision, ...]
    bars: tuple[Bar, ...]
    href: str = ""

    @property
    def categories(self) -> tuple[str, ...]:
        found = {bar.category for bar in self.bars}
        return tuple(category for category in CATEGORY_TITLES if category in found)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(decision.label for decision in self.key)

    @property
    def totals(self) -> tuple[Bar, ...]:
        return tuple(self.total(category) for category in self.categories)

    def total(self, category: str) -> Bar:
        bars = [bar for bar in self.bars if bar.category == category]
        columns = zip(*(bar.parts for bar in bars), strict=True)
        parts = (Part(column[0].decision, sum(p.count for p in column)) for column in columns)
        href = f"{self.href}&category={category}"
        return Bar(0, "All benchmarks", category, tuple(parts), href)

    @property
    def drawing(self) -> drawing.Drawing:
        titles = dict.fromkeys(bar.title for bar in self.bars)
        height = HEAD + len(titles) * ROW
        about = "; ".join(in_words(total) for total in self.totals)
        about += ". The table below it gives every number."
        parts = tuple(self.drawn(list(titles), height))
        return drawing.Drawing(
            "distribution", "Answers by rating", about, TITLES + WIDTH, height, parts
        )

    def drawn(self, titles: list[str], height: float) -> Iterator[str]:
        unit, starts = self.measures()
        for category, x in starts.items():
            yield drawing.words(x, 16, CATEGORY_TITLES[category], bold=True)
        for place, title in enumerate(titles):
            y = HEAD + place * ROW
            yield drawing.words(0, y + 17, shortened(title, TITLES - 8, 14))
            yield drawing.line(0, y - 1, TITLES + WIDTH, y - 1)
        for bar in self.bars:
            y = HEAD + titles.index(bar.title) * ROW + GAP / 2
            yield from drawn_bar(bar, starts[bar.category], y, unit)

    def measures(self) -> tuple[float, dict[str, float]]:
        """The width of one answer, the same in both panels, and where each panel begins."""
        longest = {
            category: max(bar.total for bar in self.bars if bar.category == category)
            for category in self.categories
        }
        room = WIDTH - BETWEEN * (len(longest) - 1)
        unit = min(LARGEST_UNIT, room / max(1, sum(longest.values())))
        starts, x = {}, TITLES
        for category, most in longest.items():
            starts[category] = x
            needed = drawing.width_of(CATEGORY_TITLES[category], 14, bold=True)
            x += max(most * unit, needed) + BETWEEN
        return unit, starts


def drawn_bar(bar: Bar, x: float, y: float, unit: float) -> Iterator[str]:
    for part in bar.parts:
        if part.count:
            look, width = drawing.look_of(part.decision), part.count * unit
            yield drawing.marked_box(x, y, width - 1, ROW - GAP, look, str(part.count), size=12)
            x += width


def in_words(bar: Bar) -> str:
    """“Expectations of compliance: 40 Green, 3 Amber”."""
    counts = (f"{part.count} {part.decision.label}" for part in bar.parts if part.count)
    return f"{bar.category_title}: {', '.join(counts)}"


def distribution_of(
    levels: Iterable[Level], answers: Iterable[Answered], href: str = ""
) -> Distribution:
    """`levels`: of the cycle's scale, best first; `href`: where the answers are listed."""
    key = (*(Decision(level) for level in levels), Decision(not_applicable=True), Decision())
    counts: dict[tuple[int, str, str], Counter[str]] = {}
    for number, title, category, rating in answers:
        counts.setdefault((number, title, category), Counter())[rating] += 1
    bars = (
        Bar(
            *(number, title, category),
            tuple(Part(each, counted[key_of(each)]) for each in key),
            f"{href}&benchmark={number}&category={category}",
        )
        for (number, title, category), counted in sorted(counts.items())
    )
    return Distribution(key, tuple(bars), href)


def key_of(decision: Decision) -> str:
    """What stands for the rating in addresses."""
    if decision.level:
        return decision.level.slug
    return NOT_APPLICABLE_KEY if decision.not_applicable else NONE_KEY
