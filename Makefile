# The daily commands. `make` alone lists them. Everything runs in .venv, which is made when it is missing.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
SOURCES := seeds
TESTS :=
JOBS ?= auto

.DEFAULT_GOAL := help
.PHONY: help build test testall stranger sdist locked licences sbom harvesters lint check format golden shapes docs evaluate fuzz faults mutants serve bench clean

help: ## List the commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r command about; do printf '%-12s %s\n' "$$command" "$$about"; done

build: $(STAMP) ## Read the plans in seeds/ and publish the validated catalogue in output/
	$(BIN)/dcat-hk build $(SOURCES) -o output

test: $(STAMP) ## Run the tests on all processors but the exhaustive ones; `make test TESTS=tests/core` runs some
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile -m "not exhaustive" $(TESTS)

testall: $(STAMP) ## Run all tests on all processors
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile $(TESTS)

stranger: ## Run both commands of the README in a fresh clone of HEAD on a machine made bare (see .ci/stranger)
	PYTHON=$(PYTHON) .ci/stranger

sdist: ## Build source distribution and wheel of HEAD, and try both (see .ci/sdist)
	PYTHON=$(PYTHON) .ci/sdist

locked: ## Make the environment anew from requirements/, every file checked by its hash
	rm -f $(STAMP)
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) --require-hashes --requirement requirements/build.txt
	$(PIP) --require-hashes --no-build-isolation --requirement requirements/development.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

licences: $(STAMP) ## List the licence of everything that is needed to run, and check it
	$(BIN)/python tools/list_licences.py

sbom: $(STAMP) ## Write the bill of materials (CycloneDX) into dist/
	$(BIN)/python tools/write_sbom.py dist/dcat-hk.cdx.json

harvesters: $(STAMP) ## Make the environments of other harvesters that tests use, outside the project
	PYTHONPATH=tests $(BIN)/python -m support.harvesters

lint: $(STAMP) ## Check format, style, types, dangers, licences, and that what tools/ write is current
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml dcat_hk tools
	$(BIN)/python tools/write_requirements.py --check
	$(BIN)/python tools/list_licences.py --check
	$(BIN)/python tools/write_shapes.py --check
	$(BIN)/python tools/write_conventions.py --check
	$(BIN)/python tools/write_manual.py --check

check: lint testall ## Everything before a commit: lint and tests

format: $(STAMP) ## Format the sources and fix what can be fixed without thinking
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

shapes: $(STAMP) ## Write shapes/ and docs/reference/conventions.md anew from the tables in tools/
	$(BIN)/python tools/write_shapes.py
	$(BIN)/python tools/write_conventions.py

golden: $(STAMP) ## Write golden files and generated documentation anew, then look at the difference
	-$(BIN)/python -m pytest -q --write-golden
	git --no-pager diff --stat

docs: $(STAMP) ## Build the documentation site in site/; a broken link is an error
	$(BIN)/python -c 'import material, mkdocs, pymdownx' 2>/dev/null || $(PIP) --constraint constraints.txt --editable '.[docs]'
	$(BIN)/python -m mkdocs build --strict --clean

evaluate: $(STAMP) ## Measure how well the evaluation set is read, and how well rows are found again a year later and on the portal
	$(BIN)/python evaluation/evaluate.py
	$(BIN)/python evaluation/evaluate_timeline.py --write-readme
	$(BIN)/python evaluation/evaluate_portal.py --write-readme

fuzz: $(STAMP) ## Read thousands of damaged documents, RDF, shapes, settings, queries and requests, and look for crashes
	$(BIN)/python benchmarks/fuzz.py
	$(BIN)/python benchmarks/fuzz_server.py

faults: $(STAMP) ## Let every step of the commands that change files fail, or kill them there (about an hour)
	$(BIN)/python benchmarks/faults.py

mutants: $(STAMP) ## Make small mistakes in dates, ledger, identities, IRIs and limits: do the tests notice?
	$(BIN)/python tools/mutants.py

serve: $(STAMP) ## Serve output/ on this machine, port 8000
	$(BIN)/dcat-hk serve output

bench: $(STAMP) ## Measure a build of 200 to 100,000 rows beside rdflib and plain strings (half an hour)
	$(BIN)/python benchmarks/build.py

clean: ## Remove the environment and what tools keep
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist site *.egg-info

# The environment is made anew when what it should hold has changed. The exact versions in
# constraints.txt are those that the catalogue in output/ was written with.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'dcat-hk needs Python 3.11 or newer, and "$(PYTHON)" is not: say which to use, as in "make PYTHON=python3.12 build".' >&2; exit 2; }
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) --constraint constraints.txt --editable '.[test]'
	@touch $@
