"""An export as its page and its row show it."""

import datetime
from dataclasses import dataclass

from assessments.exports.files import file_name
from assessments.models import Audience, Export, ExportFormat
from assessments.services.made_files import can_be_made_again

# A worker looks for work every second, and each file takes a few.
WORKER_SHOULD_HAVE_COME = datetime.timedelta(minutes=1)


@dataclass(frozen=True)
class ShownExport:
    """Reads export.cycle.council, export.requested_by and export.snapshot."""

    export: Export
    now: datetime.datetime

    @property
    def name(self) -> str:
        cycle = self.export.cycle
        audience, format = Audience(self.export.audience), ExportFormat(self.export.format)
        number = self.export.snapshot.number if self.export.snapshot else None
        return file_name(cycle.council.name, cycle.period, audience, format, number)

    @property
    def stood_at(self) -> datetime.datetime:
        """The moment whose text the file holds."""
        return self.export.finished_at or self.export.requested_at

    @property
    def is_ready(self) -> bool:
        return self.export.status == Export.Status.READY

    @property
    def has_failed(self) -> bool:
        return self.export.status == Export.Status.FAILED

    @property
    def is_waiting(self) -> bool:
        return self.export.status == Export.Status.WAITING

    @property
    def is_under_way(self) -> bool:
        return not (self.is_ready or self.has_failed)

    @property
    def nobody_comes(self) -> bool:
        waited = self.now - self.export.requested_at
        return self.is_waiting and waited > WORKER_SHOULD_HAVE_COME

    @property
    def can_be_made_again(self) -> bool:
        return can_be_made_again(self.export, self.now)

    @property
    def state(self) -> str:
        """Changes when the page has something new to say."""
        parts = (self.export.status, self.export.step, self.nobody_comes, self.can_be_made_again)
        return "-".join(str(part).lower().replace(" ", "-") for part in parts)
