"""Reads that a page makes every time, put into SQL once in each process: Django takes several
times longer to write such a statement than the database to answer it. See docs/adr/0010."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import count
from typing import Any, Generic, NamedTuple, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
Value = int | str
Shape = tuple[Any, ...]  # of each argument its type, or a tuple of its values' types
FIRST_NUMBER = 1_900_000_000  # of the stand-ins: no real key, yet within every integer column


class Statement(NamedTuple):
    """`places`: which of the values given, flattened, goes into which parameter. `converters`
    turn what the database answers into values of Python, column by column."""

    rows: QuerySet[Any]
    sql: str
    params: tuple[Any, ...]
    places: dict[int, int]
    converters: dict[int, Any]

    def filled(self, values: list[Value]) -> list[Any]:
        params = list(self.params)
        for place, number in self.places.items():
            params[place] = values[number]
        return params


class Prepared(Generic[Row]):
    """`make` gives a QuerySet for its arguments: numbers and words, or tuples of them for `in`.

    It is asked once for each shape of arguments, with stand-ins: they may be conditions and
    nothing else. Tuples are filled up with their last value, so that there are few shapes.
    `select_related` isn't kept: annotate what is wanted of other rows.
    """

    def __init__(self, make: Callable[..., QuerySet[Row]]) -> None:
        self.make = make
        self.statement = lru_cache(maxsize=64)(self.put_together)

    def __call__(self, *arguments: Value | tuple[Value, ...]) -> list[Row]:
        """Rows of the model. Their annotations are as the database gives them."""
        try:
            statement, params = self.ready(arguments)
        except EmptyResultSet:
            return []
        return list(statement.rows.model._base_manager.raw(statement.sql, params))

    def tuples(self, *arguments: Value | tuple[Value, ...]) -> list[tuple[Any, ...]]:
        """Where `make` ends in `values_list`."""
        try:
            statement, params = self.ready(arguments)
        except EmptyResultSet:
            return []
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, params)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        if not statement.converters:
            return found
        compiler = statement.rows.query.get_compiler(connection=connection)
        return [tuple(row) for row in compiler.apply_converters(found, statement.converters)]

    def ready(
        self, arguments: tuple[Value | tuple[Value, ...], ...]
    ) -> tuple[Statement, list[Any]]:
        """Raises EmptyResultSet for an empty tuple, of which nothing can be in."""
        full = tuple(filled(each) if isinstance(each, tuple) else each for each in arguments)
        statement = self.statement(shape_of(full), connection.vendor)
        return statement, statement.filled(flat(full))

    def put_together(self, shape: Shape, vendor: str) -> Statement:
        """`vendor` only tells kept statements apart: each database has its own SQL."""
        numbers = count()
        arguments = [
            tuple(stand_in(kind, next(numbers)) for kind in each)
            if isinstance(each, tuple)
            else stand_in(each, next(numbers))
            for each in shape
        ]
        known = {value: number for number, value in enumerate(flat(arguments))}
        rows = self.make(*arguments)
        compiler = rows.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        places = {place: known[each] for place, each in enumerate(params) if each in known}
        if {*places.values()} != {*known.values()}:
            raise ValueError("Each value of a prepared read must stand in its conditions")
        return Statement(rows, sql, tuple(params), places, converters)


def filled(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """Up to the next power of two."""
    wanted = 1 << (len(values) - 1).bit_length() if values else 0
    return values + values[-1:] * (wanted - len(values))


def shape_of(arguments: Iterable[Value | tuple[Value, ...]]) -> Shape:
    return tuple(
        tuple(map(type, each)) if isinstance(each, tuple) else type(each) for each in arguments
    )


def flat(arguments: Iterable[Value | tuple[Value, ...]]) -> list[Value]:
    return [value for each in arguments for value in (each if isinstance(each, tuple) else (each,))]


def stand_in(kind: type, number: int) -> Value:
    return FIRST_NUMBER + number if kind is int else f"stand-in {number}"
