# Two commands matter: `make run` and `make test`. Both set up all they need.
PYTHON ?= $(firstword $(foreach p,python3.11 python3.12 python3.13 python3,$(if $(shell command -v $(p) 2>/dev/null),$(p))))
BIN := .venv/bin

.PHONY: run test lint requirements simulate bench torture

run: .venv/.installed
	@$(PYTHON) -m config.system pdf || echo "The diary works without it; only the PDF does not."
	@exec $(BIN)/python -m config.serve

test: .venv/.installed-test
	@$(PYTHON) -m config.system pdf browser
	@$(MAKE) --no-print-directory lint
	$(BIN)/python -W error::DeprecationWarning -m pytest -n auto

lint: .venv/.installed-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(BIN)/mypy
	DIARY_DATA_DIR=var/check $(BIN)/python manage.py makemigrations --check --dry-run
	DIARY_MODE=hosted DIARY_HOSTS=diary.example.org DIARY_SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') \
	DATABASE_URL=postgresql://localhost/diary $(BIN)/python manage.py check --deploy --fail-level WARNING

# Compiles the pinned, hashed requirements from pyproject.toml.
requirements: .venv/.installed-test
	$(BIN)/python -m pip install --quiet uv
	@for extra in base hosted test; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-annotate pyproject.toml \
	    $$([ $$extra = base ] || echo "--extra $$extra --constraint requirements/base.txt") \
	    --output-file requirements/$$extra.txt; done

.venv/.installed: requirements/base.txt
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed: https://www.python.org/downloads/"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed.")'
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

.venv/.installed-test: requirements/test.txt requirements/hosted.txt .venv/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt -r requirements/hosted.txt
	@touch $@

# False claims, coverage and power on simulated people, into docs/statistics.md; about ten minutes.
simulate: .venv/.installed-test
	$(BIN)/python -m tests.simulation --into docs/statistics.md

# Speed beside bare views, rows and documents, into docs/performance.md; ten minutes or more.
bench: .venv/.installed-test
	$(BIN)/python -m tests.bench --into docs/performance.md

# Kills, races, full disks and hostile input at full size, into docs/reliability.md; a quarter of an hour.
torture: .venv/.installed-test
	$(BIN)/python -m tests.torture --into docs/reliability.md
