# The commands of this project. `make demo` and `make test` install what they need.
PYTHON ?= python3
SETUP := safeguarding/setup

.PHONY: help demo test lint check-sources pictures guide-pictures lock

help:
	@echo "make demo       install, load and serve the portal on PORT (8000)"
	@echo "                SERVE=0 stops before serving"
	@echo "                OFFICIAL=folder imports the published statistics in it"
	@echo "make test       everything: checks, tests on SQLite, PostgreSQL and Redis, browser"
	@echo "                REQUIRE=all fails where anything would be skipped"
	@echo "make lint       the checks of make test alone"
	@echo "make check-sources FROM=folder"
	@echo "                the data files against a folder of facts read off the sources"
	@echo "make pictures   the portal as its users see it, into var/pictures/"
	@echo "make guide-pictures the pictures of the guides anew, into docs/guide/pictures/"
	@echo "make lock       write the lock files anew from pyproject.toml and package.json"

demo:
	@$(PYTHON) $(SETUP)/demo.py

test:
	@$(PYTHON) $(SETUP)/suite.py

lint:
	@$(PYTHON) $(SETUP)/suite.py lint

check-sources:
	@test -n "$(FROM)" || { echo "Name the folder of facts: make check-sources FROM=folder" >&2; exit 2; }
	@$(PYTHON) $(SETUP)/install.py dev
	@.venv/bin/python manage.py check_sources "$(FROM)"

pictures:
	@$(PYTHON) $(SETUP)/install.py dev
	@.venv/bin/python -m tests.pictures

guide-pictures:
	@$(PYTHON) $(SETUP)/install.py dev
	@.venv/bin/python -m tests.guide_pictures

lock:
	@$(PYTHON) $(SETUP)/install.py dev
	@$(PYTHON) $(SETUP)/lock.py
