"""A document read in a process of its own, whose time and memory are limited."""

import json
import logging
import multiprocessing
import resource
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from assessments.imports.problems import ImportProblems
from assessments.imports.word.blocks import read_rows
from assessments.imports.word.entries import as_json, characters
from assessments.imports.word.matching import match
from assessments.record import CycleRecord

logger = logging.getLogger(__name__)

MAX_SECONDS = 30
MAX_MEMORY = 300 * 1024 * 1024  # beyond what the worker itself has
MAX_ANSWER = 100 * 1024 * 1024
TOO_LONG = (
    "Reading this document took too long, so it was stopped. Take out what doesn’t belong to the "
    "self-assessment and upload it again."
)
TOO_MUCH = (
    "This document needs far more memory than a toolkit should, so reading it was stopped. Take "
    "out what doesn’t belong to the self-assessment and upload it again."
)
OPENING, MATCHING = "Reading the document", "Finding the place of each row"

Say = Callable[[str], None]
FORK = multiprocessing.get_context("fork")


class ReadingFailed(Exception):
    """A fault of this program. Says nothing of what the document holds."""


@dataclass(frozen=True)
class Reading:
    """`rows` as JSON holds them."""

    characters: int
    rows: Any


def read_apart(data: bytes, edition: CycleRecord, say: Say) -> Reading:
    """Raises ImportProblems, in sentences, where the document can't be read."""
    ours, theirs = FORK.Pipe(duplex=False)
    child = FORK.Process(target=answer, args=(ours, theirs, data, edition), daemon=True)
    child.start()
    theirs.close()
    try:
        return listen(ours, say)
    finally:
        child.kill()
        child.join()
        ours.close()


def listen(ours: Connection, say: Say) -> Reading:
    deadline = time.monotonic() + MAX_SECONDS
    while ours.poll(max(deadline - time.monotonic(), 0)):
        try:
            kind, content = json.loads(ours.recv_bytes(MAX_ANSWER))
        except (EOFError, OSError) as error:  # stopped by its limits, or far too much to hold
            raise ImportProblems(TOO_MUCH) from error
        if kind == "step":
            say(content)
        elif kind == "read":
            return Reading(**content)
        elif kind == "problems":
            raise ImportProblems(content)
        else:
            raise ReadingFailed
    raise ImportProblems(TOO_LONG)


def answer(ours: Connection, theirs: Connection, data: bytes, edition: CycleRecord) -> None:
    """In the process of its own: steps on the way, then one answer. Held open here as well, the
    other end would keep it waiting for ever once the worker is gone."""
    ours.close()

    def send(kind: str, content: Any) -> None:
        theirs.send_bytes(json.dumps([kind, content]).encode())

    try:
        limit_this_process()
        send("step", OPENING)
        rows = read_rows(data)
        send("step", MATCHING)
        total = sum(characters(row.text) for row in rows)
        send("read", {"characters": total, "rows": as_json(match(rows, edition))})
    except ImportProblems as problem:
        send("problems", problem.messages)
    except MemoryError:
        send("problems", [TOO_MUCH])
    except BrokenPipeError:
        return  # nobody is there to be answered
    except Exception:
        logger.exception("A document could not be read")
        send("failed", "")


def limit_this_process() -> None:
    """Its time, too, where the worker that would stop it is gone."""
    signal.alarm(MAX_SECONDS + 1)
    has = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    lower(resource.RLIMIT_AS, has + MAX_MEMORY)
    lower(resource.RLIMIT_CPU, MAX_SECONDS + int(time.process_time()))


def lower(limit: int, to: int) -> None:
    hard = resource.getrlimit(limit)[1]
    resource.setrlimit(limit, (to if hard == resource.RLIM_INFINITY else min(to, hard), hard))
