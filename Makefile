# Amaan. `make up` serves everything on this machine; `make test` tries everything.
# Both install what they need from the locks; the first time takes minutes, later ones seconds.
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

APP := .venv/bin/python
RASA := bot/.venv/bin/python
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
# Rasa's libraries are compiled once and kept.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup setup-dev up train chat understand evaluate bench places admin parked backup restore chaos test test-app test-bot check segments format lock

help: ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## uv and both environments
	@scripts/setup.sh run

setup-dev: ## the same, with what tests and checks need
	@scripts/setup.sh dev

train: setup ## train the model if its data changed
	@$(RASA) -m scripts.train

up: train ## everything on this machine, until Ctrl-C
	@$(APP) -m scripts.up

chat: setup ## a phone in the terminal (CHANNEL=telegram, FROM=+92...)
	@$(APP) -m scripts.chat

understand: ## JSON lines in, what we understand of them out
	@{ scripts/setup.sh run && $(RASA) -m scripts.train; } >&2
	@AMAAN_PLACES=$$($(APP) -m scripts.places --print-folder) && export AMAAN_PLACES && \
		$(RASA) -m bot.understand | $(APP) -m api.understand

places: setup ## more villages and the districts' polygons (VILLAGES=PK.txt, POLYGONS=districts.geojson)
	@$(APP) -m scripts.places $(if $(VILLAGES),--villages "$(VILLAGES)") $(if $(POLYGONS),--polygons "$(POLYGONS)")

admin: setup ## the first administrator: a one-time link (USERNAME=...)
	@$(APP) -m scripts.run api python -m api.admin "$(USERNAME)"

evaluate: setup-dev train ## how well it understands: docs/evaluation.md
	@$(APP) -m tests.evaluation

bench: setup-dev train ## how fast it is: docs/performance.md (ONLY=turn, SIZES="burst=500 rounds=2")
	@scripts/test_system.sh
	@$(APP) -m tests.bench $(if $(ONLY),--only $(ONLY)) $(if $(SIZES),--sizes $(SIZES))

parked: setup ## messages no turn could deal with (REPLAY=id tries one again)
	@$(APP) -m scripts.parked "$(REPLAY)"

backup: setup ## stores, keys and journal, sealed with a passphrase, in one FILE=...
	@$(APP) -m scripts.backup "$(FILE)"

restore: setup ## FILE=... into an empty AMAAN_HOME
	@$(APP) -m scripts.restore "$(FILE)"

chaos: setup-dev train ## breaks all that runs for minutes, then counts (SEED, MESSAGES, PEOPLE, MINUTES)
	@scripts/test_system.sh
	@$(APP) -m tests.chaos

test: setup-dev train ## all tests
	@scripts/test_system.sh
	@$(MAKE) test-bot
	@$(MAKE) test-app

test-bot: ## the tests of bot/ and language/ on Python 3.10
	@$(RASA) -m pytest -c bot/pytest.ini --rootdir . tests/bot tests/language

# These want the machine to themselves: one breaks what runs for minutes, one is judged by its answers.
ALONE := tests/chaos tests/evaluation

test-app: ## all other tests on Python 3.12, end to end included
	@$(APP) -m pytest $(ALONE:%=--ignore=%) --numprocesses=logical --maxprocesses=4
	@$(APP) -m pytest $(ALONE)

check: setup-dev ## format, lint, types, walls, dialogue data
	@$(APP) -m ruff format --check .
	@$(APP) -m ruff check .
	@$(APP) -m mypy
	@$(APP) -m mypy --config-file bot/mypy.ini
	@PYTHONPATH=. .venv/bin/lint-imports
	@$(RASA) -m rasa data validate --config config.yml --domain bot/domain --data nlu_data bot/rules

segments: setup ## count again what each reply costs as SMS: docs/segments.md
	@$(APP) -m scripts.segments

format:
	@$(APP) -m ruff format .
	@$(APP) -m ruff check --fix .

lock: setup ## resolve the locks again
	@scripts/lock.sh
