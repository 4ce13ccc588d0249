"""A document that is being read, as its page shows it."""

import datetime
from dataclasses import dataclass

from assessments.models import DocumentImport
from assessments.services.imports import can_be_read_again

# A worker looks for work every second, and reading takes a few.
WORKER_SHOULD_HAVE_COME = datetime.timedelta(minutes=1)
Status = DocumentImport.Status


@dataclass(frozen=True)
class ShownReading:
    document: DocumentImport
    now: datetime.datetime

    @property
    def is_read(self) -> bool:
        return self.document.status == Status.READY

    @property
    def has_failed(self) -> bool:
        return self.document.status == Status.FAILED

    @property
    def is_waiting(self) -> bool:
        return self.document.status == Status.WAITING

    @property
    def is_under_way(self) -> bool:
        return self.document.status in DocumentImport.UNDER_WAY

    @property
    def nobody_comes(self) -> bool:
        return self.is_waiting and self.now - self.document.since > WORKER_SHOULD_HAVE_COME

    @property
    def can_be_read_again(self) -> bool:
        return can_be_read_again(self.document, self.now)

    @property
    def state(self) -> str:
        """Changes when the page has something new to say."""
        document = self.document
        parts = (document.status, document.step, self.nobody_comes, self.can_be_read_again)
        return "-".join(str(part).lower().replace(" ", "-") for part in parts)
