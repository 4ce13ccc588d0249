"""One measuring run, from an empty database to the tables."""

import os
from dataclasses import dataclass

from django.core.management import call_command
from django.db import connection

from assessments.models import Cycle, Pack, Role, User
from tests.performance import data
from tests.performance.asking import statements
from tests.performance.client import Client
from tests.performance.exports import Compared, compare_exports
from tests.performance.imports import import_table, measure_import
from tests.performance.measuring import ROUNDS, Timing, beside
from tests.performance.memory import peak_memory
from tests.performance.more import Beside, add_beside
from tests.performance.packs import add_pack, pack_pages
from tests.performance.pages import Page, Pages, floor_path
from tests.performance.report import LARGEST_GROWTH, LARGEST_MEMORY, ms, table, verdict
from tests.serving import server

VOLUMES = [(1, 1), (1, 10), (400, 10)]


@dataclass(frozen=True)
class Measured:
    page: Page
    timing: Timing
    statements: int


def run() -> None:
    prepare()
    cycle = data.first_cycle(data.load_toolkit())
    run_import(cycle)
    beside = add_beside(cycle)
    pack = add_pack(beside.snapshot)
    runs = []
    for councils, cycles in VOLUMES:
        if (councils, cycles) != (1, 1):
            data.grow(cycle, councils=councils, cycles=cycles)
        print(f"\n{size(councils, cycles)} on {connection.vendor}\n", flush=True)
        runs.append(measure(cycle, beside, pack))
        print(page_table(runs[-1]), flush=True)
    print(f"\nRatio to the floor as the volume grows\n\n{growth_table(runs)}", flush=True)
    print(f"\nExports beside the bare library\n\n{export_table(compare_exports(cycle))}")
    print(f"\n{memory_line(peak_memory(cycle.pk))}")


def run_import_alone() -> None:
    prepare()
    run_import(data.first_cycle(data.load_toolkit()))


def run_import(cycle: Cycle) -> None:
    """First, while no other process has been started that memory could be counted for."""
    print(f"\nReading a Word document\n\n{import_table(measure_import(cycle))}", flush=True)


def prepare() -> None:
    with open(os.devnull, "w") as nowhere:
        for command in ("migrate", "collectstatic"):
            call_command(command, interactive=False, verbosity=0, stdout=nowhere)


def size(councils: int, cycles: int) -> str:
    if (councils, cycles) == (1, 1):
        return "1 council with 1 cycle"
    return f"{councils} council{'s'[: councils > 1]} with {cycles} cycles each"


def measure(cycle: Cycle, beside: Beside, pack: Pack) -> list[Measured]:
    lead = cycle.council.members.get(memberships__role=Role.LEAD)
    pages = [*Pages(cycle, beside).all(), *pack_pages(pack)]
    counts = [statements(page.ask, lead, expect=page.expect, page=page.name) for page in pages]
    cycle.drafts.all().delete()
    connection.close()
    with server() as port:
        timings = timings_of(pages, lead, floor_path(cycle), port)
    cycle.drafts.all().delete()
    return [Measured(*row) for row in zip(pages, timings, counts, strict=True)]


def timings_of(pages: list[Page], user: User, floor: str, port: int) -> list[Timing]:
    client = Client(port)
    client.sign_in(user.email, data.PASSWORD)
    return [
        beside(
            lambda: client.get(floor),
            page.ask(client),
            expect=page.expect,
            rounds=ROUNDS if page.aim or page.most_ms else ROUNDS // 2,
        )
        for page in pages
    ]


def page_table(measured: list[Measured]) -> str:
    floor = [seconds for row in measured for seconds in row.timing.floor]
    whole = Timing(floor, floor)
    return table(
        ["Page", "median ms", "p95 ms", "SQL", "× floor", "aim"],
        [["Floor", ms(whole.median), ms(whole.p95), "", "1.0", ""]]
        + [
            [
                row.page.name,
                ms(row.timing.median),
                ms(row.timing.p95),
                str(row.statements),
                f"{row.timing.ratio:.1f}",
                verdict(row.timing.ratio, row.page.aim)
                or verdict(1000 * row.timing.median, row.page.most_ms, " ms"),
            ]
            for row in measured
        ],
    )


def growth_table(runs: list[list[Measured]]) -> str:
    heads = [size(*volume) for volume in VOLUMES]
    by_name = [{row.page.name: row.timing.ratio for row in run} for run in runs]
    rows = []
    for name in by_name[-1]:
        growth = by_name[-1][name] / by_name[-2][name]
        ratios = [f"{run[name]:.2f}" if name in run else "" for run in by_name]
        rows.append([name, *ratios, f"{growth:.2f}", verdict(growth, LARGEST_GROWTH)])
    return table(["Page", *heads, "last ÷ one before", "aim"], rows)


def memory_line(peak: float) -> str:
    judged = verdict(peak, LARGEST_MEMORY)
    return f"Memory of a process that makes both PDFs of a pack: {peak:.0f} MB ({judged})"


def export_table(exports: list[Compared]) -> str:
    return table(
        ["Export", "ours ms", "bare ms", "ratio", "aim"],
        [
            [
                each.name,
                ms(each.ours),
                ms(each.bare),
                f"{each.ratio:.2f}",
                verdict(each.ratio, each.aim),
            ]
            for each in exports
        ],
    )
