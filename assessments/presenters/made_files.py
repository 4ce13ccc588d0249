"""Where a file stands that a person asked for."""

import datetime
from dataclasses import dataclass

from assessments.models import MadeFile
from assessments.services.made_files import can_be_made_again

# A worker looks for work every second, and each file takes a few.
WORKER_SHOULD_HAVE_COME = datetime.timedelta(minutes=1)


@dataclass(frozen=True)
class Standing:
    file: MadeFile
    now: datetime.datetime

    @property
    def is_ready(self) -> bool:
        return self.file.status == MadeFile.Status.READY

    @property
    def has_failed(self) -> bool:
        return self.file.status == MadeFile.Status.FAILED

    @property
    def is_waiting(self) -> bool:
        return self.file.status == MadeFile.Status.WAITING

    @property
    def is_under_way(self) -> bool:
        return not (self.is_ready or self.has_failed)

    @property
    def nobody_comes(self) -> bool:
        waited = self.now - self.file.requested_at
        return self.is_waiting and waited > WORKER_SHOULD_HAVE_COME

    @property
    def can_be_made_again(self) -> bool:
        return can_be_made_again(self.file, self.now)

    @property
    def words(self) -> str:
        """While it isn't ready."""
        if self.has_failed:
            return "Could not be made"
        if self.is_waiting:
            return "Waiting for the worker" if self.nobody_comes else "Waiting for its turn"
        return self.file.step or "Being made"

    @property
    def state(self) -> str:
        """Changes when the page has something new to say."""
        parts = (self.file.status, self.file.step, self.nobody_comes, self.can_be_made_again)
        return "-".join(str(part).lower().replace(" ", "-") for part in parts)
