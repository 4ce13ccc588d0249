"""An export as its page and its row show it."""

import datetime
from dataclasses import dataclass

from assessments.exports.files import file_name
from assessments.models import Audience, Export, ExportFormat
from assessments.presenters.made_files import Standing


@dataclass(frozen=True)
class ShownExport(Standing):
    """Reads export.cycle.council, export.requested_by and export.snapshot."""

    file: Export

    @property
    def export(self) -> Export:
        return self.file

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
