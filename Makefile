.DEFAULT_GOAL := help
.PHONY: help demo test lint format types perf screenshots shell lock assets
PY := .venv/bin/python
LOCK := .venv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header $(if $(UPGRADE),--upgrade)

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## set up, load the demo councils and serve them (PORT=8000)
	@.ci/setup app
	@.ci/demo

test: ## set up and run every test (ARGS="-k name" to choose)
	@.ci/setup tests
	$(PY) -m pytest -n auto --dist worksteal $(ARGS)

lint: types ## check style and types
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

format: ## put the code into the agreed style
	@.ci/setup tests
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

types: ## check types alone
	@.ci/setup tests
	.venv/bin/mypy

perf: ## measure the main pages and exports
	@.ci/setup tests
	$(PY) -m tests.performance

screenshots: ## remake docs/screenshots from the demo
	@.ci/setup tests
	$(PY) -m tests.screenshots

shell: ## open a Python shell on the demo's data
	@.ci/setup app
	@ENVIRONMENT=demo $(PY) manage.py shell

lock: ## resolve both locks again (UPGRADE=1 for newer versions)
	@.ci/setup tests
	$(LOCK) --output-file requirements.lock
	$(LOCK) --group dev --constraint requirements.lock --output-file requirements-dev.lock

assets: ## rebuild the committed CSS and JavaScript (needs npm)
	npm ci
	npm run build
