"""`make perf`: prints how long the main pages and the exports take, and stops by itself."""

from tests.performance.surroundings import installation

if __name__ == "__main__":
    with installation():
        import django

        django.setup()
        from tests.performance.run import run

        run()
