"""Who writes when: the locks that keep a signed record whole.

Whatever changes a cycle takes the cycle's lock first; whatever changes an action takes the
council's. Signing off takes both, in this order, so that every change is either in the
snapshot or refused.
"""

from assessments.models import Council, Cycle


class CycleClosed(Exception):
    """The cycle has been signed off: nothing in it can change until it is reopened."""

    def __init__(self, cycle: Cycle) -> None:
        super().__init__("This cycle has been signed off.")
        self.cycle = cycle


def lock_council(council_id: int) -> Council:
    """Until the transaction ends. One query."""
    return Council.objects.select_for_update(no_key=True).get(pk=council_id)


def lock_cycle(cycle_id: int) -> Cycle:
    """The cycle as it stands now, locked until the transaction ends. One query."""
    return Cycle.objects.select_for_update(no_key=True).get(pk=cycle_id)


def lock_open_cycle(cycle_id: int) -> Cycle:
    """Raises CycleClosed once it has been signed off."""
    cycle = lock_cycle(cycle_id)
    if not cycle.is_open:
        raise CycleClosed(cycle)
    return cycle
