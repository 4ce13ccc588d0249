"""What a number in a cell means: a number, or a day counted from an epoch."""

import datetime

from assessments.workbooks.values import Raw

EPOCH, EPOCH_1904 = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)  # noqa: DTZ001


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9


def as_date(number: float, epoch: datetime.datetime) -> Raw | None:
    try:
        return with_time(epoch + datetime.timedelta(days=number))
    except (OverflowError, ValueError):
        return None


def dated(value: str) -> Raw:
    try:
        return with_time(datetime.datetime.fromisoformat(value))
    except (OverflowError, ValueError):
        return Raw(value)


def with_time(moment: datetime.datetime) -> Raw:
    """As people write it: a part of a day, which is how it is kept, is seldom a whole second."""
    moment = (moment + datetime.timedelta(seconds=0.5)).replace(microsecond=0)
    date = moment.date()
    time = f", {moment:%H:%M}" if (moment.hour or moment.minute) else ""
    return Raw(f"{date.day} {date:%B} {date.year}{time}", date)


def number_text(number: float) -> str:
    whole = abs(number) < 1e15 and number == int(number)
    return str(int(number)) if whole else repr(number)
