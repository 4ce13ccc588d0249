"""`python -m tests.performance.memory NUMBER`: makes the two PDFs of a pack from cycle NUMBER,
as a worker does, and prints the most memory that this process ever held, in MB."""

import re
import subprocess
import sys
from pathlib import Path

from tests.serving import ROOT


def peak_memory(cycle: int) -> float:
    """In a process of its own, with this one's environment."""
    command = [sys.executable, "-m", __name__, str(cycle)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout)


def most_held() -> float:
    """Of this program alone: `getrusage` answers with its parent's most where that was more."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024  # type: ignore[index]


def make(number: int) -> None:
    from assessments.exports.pdf import render_pdf
    from assessments.exports.report.pdf import render_report_pdf
    from assessments.models import Cycle
    from assessments.record_builder import build_record
    from tests.performance.exports import DATE, LONG_REPORT

    render_pdf(build_record(Cycle.objects.get(pk=number)), made_on=DATE)
    render_report_pdf(LONG_REPORT, made_on=DATE)


if __name__ == "__main__":
    import django

    django.setup()
    make(int(sys.argv[1]))
    print(most_held())
