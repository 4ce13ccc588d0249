"""The pages that are measured, and what is asked of each."""

from dataclasses import dataclass

from django.urls import reverse

from assessments.models import Cycle
from tests.performance.asking import Prepare, asking_again, autosaving, looking, saving
from tests.performance.more import Beside


@dataclass(frozen=True)
class Page:
    """`aim`: how many times the floor it may take; `most_ms`: what it may take at all."""

    name: str
    ask: Prepare
    aim: float | None = None
    most_ms: float | None = None
    expect: int = 200


def floor_path(cycle: Cycle) -> str:
    return reverse("floor", args=[cycle.council.slug])


class Pages:
    """Of one cycle, for its council's lead."""

    def __init__(self, cycle: Cycle, beside: Beside) -> None:
        self.cycle, self.slug, self.beside = cycle, cycle.council.slug, beside
        self.action = cycle.action_links.earliest("pk").action_id
        self.document = cycle.evidence_items.earliest("pk").pk

    def look(self, name: str, address: str, aim: float | None = None) -> Page:
        return Page(name, looking(address), aim)

    def of_council(self, name: str, *rest: object) -> str:
        return reverse(f"councils:{name}", args=[self.slug, *rest])

    def of_cycle(self, name: str, *rest: object) -> str:
        return self.of_council(name, self.cycle.pk, *rest)

    def all(self) -> list[Page]:
        return [
            *self.with_aims(),
            *self.comparisons(),
            *self.of_the_snapshot(),
            *self.of_the_cycle(),
            *self.of_the_council(),
        ]

    def with_aims(self) -> list[Page]:
        question = self.of_cycle("question", "8.3")
        return [
            self.look("Task list", self.of_cycle("cycle"), 4),
            self.look("Question with 4 prompts (1.1)", self.of_cycle("question", "1.1"), 3),
            self.look("Question with 8 prompts (8.3)", question, 5),
            Page("Autosave of 8 prompts (8.3)", autosaving(question), 1.5),
            self.look("Front sheet", self.of_cycle("front_sheet"), 4),
            self.look("Board dashboard", self.of_cycle("dashboard"), 4),
            self.look("Action register", self.of_council("register"), 4),
        ]

    def comparisons(self) -> list[Page]:
        """None before there is an earlier cycle to compare with."""
        before = Cycle.objects.before(self.cycle).first()
        if before is None:
            return []
        pair = (before.pk, self.cycle.pk)
        benchmark = self.of_council("compared_benchmark", *pair, 7)
        return [
            self.look("Comparison of two cycles", self.of_council("comparison", *pair), 4),
            self.look("Comparison of one benchmark (7)", benchmark, 4),
            self.look("Choice of a comparison", self.of_council("choose_comparison")),
        ]

    def of_the_snapshot(self) -> list[Page]:
        number, pdf = self.beside.snapshot.number, self.beside.pdf.pk
        page, again = (self.of_council(n, number) for n in ("snapshot", "snapshot_file"))
        download = looking(self.of_cycle("download_export", pdf))
        return [
            self.look("Snapshot", page),
            Page("Snapshot’s PDF asked for again", asking_again(page, again), expect=302),
            self.look("Page of the PDF", self.of_cycle("export", pdf)),
            Page("Second download of the PDF", download, most_ms=50),
        ]

    def of_the_cycle(self) -> list[Page]:
        paths = {
            "Benchmark judgement": self.of_cycle("benchmark", 7),
            "Check answers": self.of_cycle("check"),
            "Assign questions": self.of_cycle("assign"),
            "Search": self.of_cycle("search") + "?q=police",
            "Review": self.of_cycle("review"),
            "Challenges": self.of_cycle("challenges"),
            "Challenge": self.of_cycle("challenge", self.beside.challenge.pk),
            "Actions": self.of_cycle("actions"),
            "Action": self.of_cycle("action", self.action),
            "Progress of an action": self.of_cycle("add_update", self.action),
            "New action": self.of_cycle("add_action", "1.1"),
            "Document": self.of_cycle("document", self.document),
            "New document": self.of_cycle("add_document", "1.1"),
            "History": self.of_cycle("history"),
            "History of a question": self.of_cycle("question_history", "1.1"),
            "Downloads": self.of_cycle("exports"),
            "Tray": self.of_cycle("tray"),
        }
        save = saving(self.of_cycle("question", "7.1"))
        return [
            *(self.look(name, path) for name, path in paths.items()),
            Page("Save of 4 prompts (7.1)", save, expect=302),
        ]

    def of_the_council(self) -> list[Page]:
        toolkit = self.cycle.toolkit.slug
        paths = {
            "Council home": self.of_council("council"),
            "People": self.of_council("people"),
            "New person": self.of_council("add_person"),
            "Settings": self.of_council("settings"),
            "Calendar": self.of_council("calendar"),
            "New cycle": self.of_council("start_cycle"),
            "Word document to read in": self.of_council("start_import"),
            "Document read in, 150 rows": self.of_council("import_review", self.beside.document.pk),
            "One row of it": self.of_council("import_row", self.beside.document.pk, 75),
            "Toolkits": reverse("toolkits:list"),
            "Toolkit": reverse("toolkits:toolkit", args=[toolkit]),
            "Toolkit’s benchmark": reverse("toolkits:benchmark", args=[toolkit, 7]),
        }
        return [self.look(name, path) for name, path in paths.items()]
