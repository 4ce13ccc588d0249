"""What a save finds when somebody else saved first."""

from typing import Any


class StaleSave(Exception):
    """The record was saved since the form was opened; nothing of this save is written.

    `theirs`: the record as it stands now; None where it has been removed.
    """

    def __init__(self, theirs: Any) -> None:
        super().__init__("Somebody else saved this first.")
        self.theirs = theirs
