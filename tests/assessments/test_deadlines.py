"""Five clear working days: real meetings, awkward weeks, and what always holds."""

import datetime
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.deadlines import bank_holidays, clear_by, days_left, is_working_day, publish_by

NONE: frozenset[date] = frozenset()
A_DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("meeting", "latest"),
    [
        (date(2024, 2, 20), date(2024, 2, 12)),  # published on that day in real life
        (date(2024, 2, 19), date(2024, 2, 9)),  # a Monday: not the Sunday before its first day
        (date(2024, 4, 9), date(2024, 3, 28)),  # Good Friday and Easter Monday between
        (date(2024, 4, 2), date(2024, 3, 21)),  # the day after Easter Monday
        (date(2025, 1, 7), date(2024, 12, 27)),  # New Year's Day between
        (date(2025, 1, 2), date(2024, 12, 20)),  # Christmas, Boxing and New Year's Day
        (date(2022, 1, 6), date(2021, 12, 24)),  # 27 and 28 December and 3 January stand in
        (date(2026, 4, 13), date(2026, 4, 1)),  # a Monday, Easter the week before
        (date(2027, 4, 5), date(2027, 3, 24)),  # and a year later
        (date(2027, 1, 5), date(2026, 12, 23)),  # 28 December 2026 for Boxing Day
        (date(2028, 1, 5), date(2027, 12, 23)),  # 27 and 28 December 2027, 3 January 2028
        (date(2023, 5, 10), date(2023, 4, 28)),  # 1 May, and the coronation on 8 May 2023
        (date(2022, 6, 8), date(2022, 5, 27)),  # 2 June in place of 30 May, and the jubilee
        (date(2022, 9, 22), date(2022, 9, 13)),  # the state funeral on 19 September 2022
        (date(2020, 5, 12), date(2020, 5, 1)),  # May Day moved to Friday 8 May 2020
    ],
)
def test_the_last_day_to_publish(meeting: date, latest: date) -> None:
    assert publish_by(meeting, closures=NONE) == latest


def test_closure_days_of_the_council_do_not_count() -> None:
    """Closed from Christmas Eve to New Year's Day, as many are."""
    closed = {date(2026, 12, 24) + n * A_DAY for n in range(9)}
    assert publish_by(date(2027, 1, 7), closures=NONE) == date(2026, 12, 29)
    assert publish_by(date(2027, 1, 7), closures=closed) == date(2026, 12, 21)


def test_a_longer_lead_of_the_council_is_kept() -> None:
    assert publish_by(date(2024, 2, 20), closures=NONE, clear_days=7) == date(2024, 2, 8)


@pytest.mark.parametrize(
    ("lead", "cleared"),
    [(0, date(2024, 2, 12)), (1, date(2024, 2, 9)), (5, date(2024, 2, 5))],
)
def test_clearance_is_working_days_before_publication(lead: int, cleared: date) -> None:
    assert clear_by(date(2024, 2, 12), closures=NONE, lead_days=lead) == cleared


def test_clearance_steps_over_closures() -> None:
    closed = frozenset({date(2024, 2, 9)})
    assert clear_by(date(2024, 2, 12), closures=closed, lead_days=1) == date(2024, 2, 8)


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2024, 2, 12), "9 days left"),
        (date(2024, 2, 4), "1 day left"),
        (date(2024, 2, 3), "today"),
        (date(2024, 2, 2), "overdue by 1 day"),
        (date(2024, 1, 1), "overdue by 33 days"),
    ],
)
def test_days_left_in_words(day: date, says: str) -> None:
    assert days_left(date(2024, 2, 3), day) == says


def test_bank_holidays_are_those_of_england() -> None:
    """Neither Scotland's 2 January nor Northern Ireland's 17 March."""
    assert bank_holidays(2024) == {
        *(date(2024, 1, 1), date(2024, 3, 29), date(2024, 4, 1), date(2024, 5, 6)),
        *(date(2024, 5, 27), date(2024, 8, 26), date(2024, 12, 25), date(2024, 12, 26)),
    }


# What always holds -----------------------------------------------------------------------------

days = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@st.composite
def meetings(draw: st.DrawFn) -> tuple[date, frozenset[date]]:
    """A meeting and closures near enough to matter."""
    meeting = draw(days)
    near = st.integers(1, 60).map(lambda n: meeting - n * A_DAY)
    return meeting, draw(st.frozensets(near, max_size=20))


def working_between(first: date, last: date, closures: frozenset[date]) -> int:
    inner = (first + n * A_DAY for n in range(1, (last - first).days))
    return sum(is_working_day(day, closures=closures) for day in inner)


@given(meetings(), st.integers(1, 20))
def test_exactly_so_many_working_days_lie_between(
    case: tuple[date, frozenset[date]], clear: int
) -> None:
    meeting, closures = case
    latest = publish_by(meeting, closures=closures, clear_days=clear)
    assert is_working_day(latest, closures=closures)
    assert working_between(latest, meeting, closures) == clear


@given(meetings(), st.integers(1, 20))
def test_no_later_working_day_would_do(case: tuple[date, frozenset[date]], clear: int) -> None:
    meeting, closures = case
    latest = publish_by(meeting, closures=closures, clear_days=clear)
    later = (latest + n * A_DAY for n in range(1, (meeting - latest).days))
    working = [day for day in later if is_working_day(day, closures=closures)]
    assert all(working_between(day, meeting, closures) < clear for day in working)


@given(meetings(), st.integers(1, 60), st.integers(0, 10))
def test_one_more_closure_never_makes_a_date_later(
    case: tuple[date, frozenset[date]], before: int, lead: int
) -> None:
    meeting, closures = case
    more = closures | {meeting - before * A_DAY}
    without, with_it = publish_by(meeting, closures=closures), publish_by(meeting, closures=more)
    assert with_it <= without
    assert clear_by(with_it, closures=more, lead_days=lead) <= clear_by(
        without, closures=closures, lead_days=lead
    )


@given(meetings(), st.integers(0, 20))
def test_clearance_lies_so_many_working_days_before(
    case: tuple[date, frozenset[date]], lead: int
) -> None:
    meeting, closures = case
    published = publish_by(meeting, closures=closures)
    cleared = clear_by(published, closures=closures, lead_days=lead)
    assert working_between(cleared, published, closures) == max(lead - 1, 0)
    assert is_working_day(cleared, closures=closures)
