"""How the benchmarks of the edition before were rated that a question's benchmark came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, JSONField, OuterRef, Subquery
from django.db.models.functions import JSONObject

from assessments.carrying import links_of, sources_of
from assessments.models import BenchmarkAssessment, Cycle
from assessments.presenters.actions import card_in

FIELDS = {
    "cycle_id": "cycle_id",
    "period": "cycle__period",
    "scale": "cycle__scale__name",
    "number": "benchmark__number",
    "short_title": "benchmark__short_title",
    "label": "rating__label",
    "colour": "rating__colour",
    "not_applicable": "not_applicable",
    "to_confirm": "to_confirm",
    "links": "cycle__toolkit__mappings_from__links",
}


class JsonList(Aggregate):
    """Of JSON objects; on PostgreSQL NULL where there are none."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, *arguments: Any, **more: Any) -> Any:
        return self.as_sql(*arguments, function="JSON_GROUP_ARRAY", **more)


@dataclass(frozen=True)
class Tag:
    label: str
    colour: str


@dataclass(frozen=True)
class Former:
    """A benchmark of another edition in an earlier cycle, rated on that cycle's scale."""

    cycle_id: int
    period: str
    scale: str
    number: int
    short_title: str
    level: Tag | None
    not_applicable: bool
    to_confirm: bool

    @property
    def title(self) -> str:
        return f"{self.number}. {self.short_title}"


def former_of(cycle: str) -> Subquery:
    """What `came_from` reads: all judgements of the cycle before, where that is on another
    edition. `cycle`: the field of the outer query that names the cycle."""
    last = Cycle.objects.leading_to_that_of(cycle).values("pk")[:1]
    rows = BenchmarkAssessment.objects.filter(
        cycle=Subquery(last),
        cycle__toolkit__mappings_from__target=OuterRef(f"{cycle}__toolkit"),
    )
    grouped = rows.order_by().values("cycle").annotate(former=JsonList(JSONObject(**FIELDS)))
    return Subquery(grouped.values("former"))


def came_from(annotation: Any, number: int) -> list[Former]:
    """`annotation`: of `former_of`; `number`: of the new benchmark."""
    return sorted(from_json(card_in(annotation) or (), number), key=lambda each: each.number)


def from_json(rows: Iterable[dict[str, Any]], number: int) -> Iterable[Former]:
    for row in rows:
        links = links_of(card_in(row.pop("links")))
        label, colour = row.pop("label"), row.pop("colour")
        if row["number"] in sources_of(links, number):
            for name in ("not_applicable", "to_confirm"):
                row[name] = bool(row[name])  # SQLite answers with numbers
            yield Former(**row, level=Tag(label, colour) if label else None)
