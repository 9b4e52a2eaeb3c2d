#!/bin/sh
# Resolves both environments again and writes the four locks. They name no host: no header, no index.
set -eu
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .tools/bin/uv)
compile() { "$uv" pip compile --quiet --generate-hashes --no-header --no-annotate "$@"; }
compile --python .venv/bin/python pyproject.toml -o requirements.txt
compile --python .venv/bin/python pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
cd bot
case $uv in /*) ;; *) uv=../$uv ;; esac
compile --python .venv/bin/python pyproject.toml -o requirements.txt
compile --python .venv/bin/python pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
