# Corale: `make up` runs the product, `make test` runs all tests. Everything else is for those who develop it.
.DEFAULT_GOAL := help
.PHONY: help up test quick check bench adapter fediverse messages lock wheel models evaluate
PYTHON_ := .venv/bin/python
ONLY ?=
NAME ?=
DATA ?=

help:
	@echo "make up           sets everything up and runs the product with the demo world; prints the address"
	@echo "make test         sets everything up and runs all tests: quick, real servers, browser; on both databases"
	@echo "make quick        the quick tests; ONLY=respond for one room"
	@echo "make check        format, lint, types, floors, templates, migrations, translations"
	@echo "make bench        the benchmarks; ONLY=inbox for one, QUICK=1 for a run under a minute"
	@echo "make adapter      a new channel with its failing contract test: NAME=lemmy"
	@echo "make fediverse    Corale and other servers of the fediverse behind TLS on this machine, until Ctrl-C"
	@echo "make messages     the catalogues of visible words, read again from the source"
	@echo "make models       trains again what reads messages; needs the public data (NLP=folder)"
	@echo "make evaluate     how well messages are read, on public data (DATA=folder for its test files)"
	@echo "make lock         requirements/*.txt, resolved again from pyproject.toml"
	@echo "make wheel        dist/*.whl, with static files and catalogues built in"

up:
	@sh scripts/prepare.sh run
	@exec .venv/bin/corale up $(ARGS)

test: .prepared-tests
	@$(PYTHON_) -m tests.support.suite

quick: .prepared
	@$(PYTHON_) -m pytest -n 2 $(if $(ONLY),tests/unit/$(ONLY),tests/unit)

check: .prepared
	@$(PYTHON_) -m scripts.check

bench: .prepared
	@ONLY="$(ONLY)" QUICK="$(QUICK)" $(PYTHON_) -m bench.run

adapter: .prepared
	@$(PYTHON_) -m scripts.new_adapter "$(NAME)"

fediverse: .prepared
	@$(PYTHON_) -m tests.support.fediverse

messages: .prepared
	@$(PYTHON_) -m scripts.messages

models: .prepared-models
	@OMP_NUM_THREADS=1 $(PYTHON_) -m scripts.models

evaluate: .prepared-models
	@OMP_NUM_THREADS=1 DATA="$(DATA)" $(PYTHON_) -m scripts.models.evaluate

# Without the address of the index it was resolved from: see scripts/prepare.sh.
COMPILE = .venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --quiet
lock: .prepared
	@test -x .venv/bin/uv || $(PYTHON_) -m pip install --quiet uv
	$(COMPILE) -o requirements/run.txt
	$(COMPILE) --group dev -o requirements/dev.txt
	$(COMPILE) --group dev --group models -o requirements/models.txt

wheel: .prepared
	@$(PYTHON_) -m hatchling build -t wheel

.PHONY: .prepared .prepared-tests .prepared-models
.prepared:
	@sh scripts/prepare.sh dev

.prepared-tests: .prepared
	@sh scripts/bring.sh

.prepared-models:
	@sh scripts/prepare.sh models
