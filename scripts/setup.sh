#!/bin/sh
# Installs uv and the two environments from their locks: `setup.sh` for running, `setup.sh dev` for tests and checks too.
# Does nothing that is done already. A first run takes about a minute with a fast line; Rasa's environment has 2.5 GB.
set -eu
cd "$(dirname "$0")/.."
kind=${1:-run}

say() { echo "amaan: $*" >&2; }
die() { say "$*"; exit 1; }

UV_VERSION=0.13.9
find_uv() {
    if command -v uv >/dev/null 2>&1; then uv=uv; return; fi
    uv=.tools/bin/uv
    [ -x "$uv" ] && return
    command -v python3 >/dev/null 2>&1 || die "python3 is missing. Install it with its venv module (Debian: apt-get install python3-venv)."
    say "installing uv into .tools"
    python3 -m venv .tools || die "python3 cannot make an environment. Install its venv module (Debian: apt-get install python3-venv)."
    .tools/bin/pip install --quiet "uv==$UV_VERSION" || die "uv could not be installed. Is a package index within reach of pip?"
}

# A shim on the path may answer to the name and fail: only an interpreter that runs counts.
# Where none is found, uv brings one.
find_python() {
    for candidate in "python$1" "$HOME/.pyenv/versions/$1".*/bin/"python$1"; do
        if "$candidate" -c 'import venv' >/dev/null 2>&1; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    echo "$1"
}

install_into() {
    folder=$1 version=$2 lock=$3
    mark="$folder/.installed-$kind"
    fresh=$(sha256sum "$lock" | cut -c1-64)
    [ -f "$mark" ] && [ "$(cat "$mark")" = "$fresh" ] && return
    find_uv
    if [ ! -x "$folder/bin/python" ]; then
        say "making $folder with Python $version"
        "$uv" venv --quiet --no-project --python "$(find_python "$version")" "$folder" \
            || die "Python $version was found nowhere and could not be fetched. Install Python $version, then try again."
    fi
    say "installing $lock into $folder"
    "$uv" pip install --quiet --require-hashes --python "$folder/bin/python" -r "$lock" \
        || die "$lock could not be installed (see above). Is the disk full, or the package index out of reach?"
    echo "$fresh" >"$mark"
    if [ "$kind" = dev ]; then
        # The lock for tests holds the lock for running, at the same versions.
        sha256sum "${lock%-dev.txt}.txt" | cut -c1-64 >"$folder/.installed-run"
    fi
}

suffix=""
[ "$kind" = dev ] && suffix="-dev"
install_into .venv 3.12 "requirements$suffix.txt"
install_into bot/.venv 3.10 "bot/requirements$suffix.txt"
