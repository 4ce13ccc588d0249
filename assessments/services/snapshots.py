"""Checking that snapshots are what was signed."""

from collections.abc import Iterator

from django.db.models import QuerySet

from assessments.models import Snapshot
from assessments.snapshots import SignOff, digest, thaw_what_can_be


class NotAsSigned(Exception):
    """What is stored of a snapshot is not what was signed: nothing is made of it."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(f"Snapshot {snapshot.number} is not what was signed.")


def problems(snapshots: QuerySet[Snapshot]) -> Iterator[tuple[Snapshot, str]]:
    """Every snapshot that isn't what was signed, with the reason. Goes council by council in
    the order of numbers, because each snapshot names the hash of the one before."""
    before: Snapshot | None = None
    for snapshot in snapshots.order_by("council_id", "number").iterator(chunk_size=20):
        if before and before.council_id != snapshot.council_id:
            before = None
        says = what_is_wrong(snapshot, before)
        if says:
            yield snapshot, says
        before = snapshot


def what_is_wrong(snapshot: Snapshot, before: Snapshot | None) -> str:
    """Empty where nothing is. `before`: the council's snapshot of the number before."""
    if digest(snapshot.content) != snapshot.sha256:
        return "its content does not have the hash that was recorded"
    frozen = thaw_what_can_be(snapshot.content)
    if frozen is None:
        return "its content can't be read"
    sign = frozen.sign_off
    if not agrees(snapshot, sign):
        return "its number, version or date is not what was signed"
    if sign.number != (before.number + 1 if before else 1):
        return "a snapshot before it is missing"
    if sign.previous_sha256 != (before.sha256 if before else ""):
        return "the snapshot before it is not the one that stood there when this was signed"
    return ""


def agrees(snapshot: Snapshot, sign: SignOff) -> bool:
    columns = (snapshot.number, snapshot.revision, snapshot.signed_at)
    return columns == (sign.number, sign.revision, sign.at)


def is_genuine(snapshot: Snapshot) -> bool:
    """One query, for the snapshot before."""
    earlier = snapshot.council.snapshots.defer("content")
    before = earlier.filter(number=snapshot.number - 1).first()
    return not what_is_wrong(snapshot, before)
