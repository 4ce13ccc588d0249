"""The next year's cycle, started on whatever edition."""

import datetime
from typing import Any

from assessments.models import (
    Cycle,
    User,
)
from assessments.services.cycles import start_cycle
from benchmarks.models import Toolkit

NEXT_YEAR = {"period": "2025/26", "as_at": datetime.date(2025, 12, 1)}


def begin(old: Cycle, toolkit: Toolkit, by: User, **more: Any) -> Cycle:
    return start_cycle(
        council=old.council,
        toolkit=toolkit,
        scale=toolkit.default_scale,
        start_from=old,
        **NEXT_YEAR,
        **more,
        by=by,
    )
