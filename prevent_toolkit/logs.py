"""Logs that hold no council text.

Text can reach a log in two ways: a database error quotes the row it refused, and an address
quotes its search words. So tracebacks keep their places and the names of the errors but not the
errors' messages, and query strings are cut from every line.
"""

import logging
import re
import traceback
from types import TracebackType

from gunicorn.config import Config
from gunicorn.glogging import Logger

QUERY_STRING = re.compile(r"(?<=[\w/])\?[^\s'\"]+")
ErrorInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class DiscreetFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return QUERY_STRING.sub("?...", super().format(record))

    def formatException(self, ei: ErrorInfo) -> str:
        lines: list[str] = []
        error: BaseException | None = ei[1]
        while error:
            frames = traceback.format_tb(error.__traceback__)
            lines = [*frames, f"{type(error).__qualname__}\n", *lines]
            error = error.__cause__ or error.__context__
        return "".join(lines).rstrip()


class DiscreetLogger(Logger):  # type: ignore[misc]
    """Gunicorn's own log, which would quote the address of a request that failed."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(DiscreetFormatter(self.error_fmt, self.datefmt))
