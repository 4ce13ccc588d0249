"""`make perf`: prints how long the main pages, the exports and the Word import take, and stops by
itself. `python -m tests.performance import` measures the Word import alone."""

import sys

from tests.performance.surroundings import installation

if __name__ == "__main__":
    with installation():
        import django

        django.setup()
        from tests.performance.run import run, run_import_alone

        run_import_alone() if sys.argv[1:] == ["import"] else run()
