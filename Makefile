# Two commands: `make site` builds the site, `make test` runs the tests. Both set up all they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

BASE ?= origin/main
TARGET ?= docx-parts
SECONDS ?= 600
export BASE

.PHONY: help site demo admin serve verify release rollback pr-check check test bench fuzz lock schema clean

help:
	@echo 'make site    build the site into site/'
	@echo 'make demo    build and serve a made-up county that shows what changes from year to year'
	@echo 'make admin   fetch the programs of the editing form of /admin/, where mkdocs.yml asks for it (needs npm)'
	@echo 'make serve   build it and serve it at http://127.0.0.1:8000/'
	@echo 'make verify  compare site/ with its checksums'
	@echo 'make release build, and switch releases/current to it; make rollback switches back'
	@echo 'make pr-check [BASE=origin/main]   what a change would do: .gongkai/pr/'
	@echo 'make check   ruff, mypy, import directions'
	@echo 'make test    all tests, a real browser included'
	@echo 'make fuzz    feed the readers what nobody would write: TARGET=docx SECONDS=600'
	@echo 'make bench   build made-up reports and measure'
	@echo 'make lock    renew the lock files (needs uv)'

site: $(VENV)/.site
	$(BIN)/gongkai build
	@echo
	@echo '网站已生成：site/index.html'
	@echo '在本机查看：make serve，然后打开 http://127.0.0.1:8000/'
	@echo '想看逐年变化的演示（虚构的县，演示数据）：make demo'

demo: $(VENV)/.site
	@rm -rf .demo/content && mkdir -p .demo/content
	@cp examples/mkdocs.yml .demo/ && cp content/*.yml .demo/content/ && cp -R content/pages .demo/content/pages && cp -R examples/places .demo/content/places
	$(BIN)/gongkai -C .demo build --strict
	$(BIN)/gongkai -C .demo serve --port 8001

admin: $(VENV)/.site
	$(BIN)/python -m generator.publishing.programs

serve: $(VENV)/.site
	$(BIN)/gongkai serve

verify: $(VENV)/.site
	$(BIN)/gongkai verify

release: $(VENV)/.site
	$(BIN)/gongkai release

rollback: $(VENV)/.site
	$(BIN)/gongkai rollback

# The problems, a preview, and what the change would do; fails at the end where the check finds errors.
pr-check: $(VENV)/.site
	@sh .ci/pr-check $(BIN)/gongkai

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest tests/test_imports.py

test: $(VENV)/.dev
	@sh tests/browser/install.sh
	$(BIN)/pytest --numprocesses auto --dist loadfile

fuzz: $(VENV)/.dev
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[fuzz]' --no-build-isolation
	$(BIN)/python -m tests.fuzzing $(TARGET) $(SECONDS)

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/linking.py
	$(BIN)/python benchmarks/reuse.py
	$(BIN)/python benchmarks/comparing.py
	$(BIN)/python benchmarks/search.py
	$(BIN)/python benchmarks/compare.py

schema: $(VENV)/.site
	$(BIN)/python -c 'from generator.content.schema import *; from pathlib import Path; [Path(f"docs/schema/{n}.json").write_text(schema_file(n), encoding="utf-8") for n in RECORD_TYPES]'

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command 'make lock' pyproject.toml requirements/build.in -o requirements/site.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command 'make lock' --extra dev pyproject.toml requirements/build.in -o requirements/dev.txt

clean:
	rm -rf site .gongkai .site.staging .demo

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is needed; set PYTHON=… to name one'; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo 'Python cannot make a virtual environment; on Debian: apt-get install python3-venv'; exit 2; }

$(VENV)/.site: $(VENV)/bin/python requirements/site.txt pyproject.toml
	@test -e $(VENV)/.dev || $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python requirements/dev.txt pyproject.toml
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
