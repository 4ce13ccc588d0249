"""How long a page takes beside the floor page: asked for in turn, over one connection."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from tests.performance.client import Response

ROUNDS = 120  # of a page that has an aim; half as many of any other
WARM_UP = 5
Ask = Callable[[], Response]


@dataclass(frozen=True)
class Timing:
    seconds: list[float]
    floor: list[float]

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def p95(self) -> float:
        return sorted(self.seconds)[math.ceil(0.95 * len(self.seconds)) - 1]

    @property
    def ratio(self) -> float:
        """The middle one of the ratios of each page to the floor just before it: what else
        the machine does meanwhile slows both alike."""
        return median(page / floor for page, floor in zip(self.seconds, self.floor, strict=True))


def beside(floor: Ask, page: Ask, *, expect: int, rounds: int = ROUNDS) -> Timing:
    timing = Timing([], [])
    for lap in range(WARM_UP + rounds):
        for ask, status, times in (
            (floor, 200, timing.floor),
            (page, expect, timing.seconds),
        ):
            answer = ask()
            if answer.status != status:
                raise SystemExit(f"A page answered {answer.status} instead of {status}.")
            if lap >= WARM_UP:
                times.append(answer.seconds)
    return timing
