#!/bin/sh
# What only tests need from the system: PostgreSQL, Chromium and Kannel. Installs them where it may, else says how.
set -eu
need=""
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need="$need postgresql"
command -v chromium >/dev/null 2>&1 || need="$need chromium"
[ -x /usr/sbin/bearerbox ] || need="$need kannel"
[ -x /usr/lib/kannel/test/fakesmsc ] || need="$need kannel-extras"
[ -z "$need" ] && exit 0
sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo -n"
if command -v apt-get >/dev/null 2>&1 && $sudo true 2>/dev/null; then
    echo "amaan: installing$need for the tests" >&2
    export DEBIAN_FRONTEND=noninteractive
    $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends $need >/dev/null && exit 0
fi
echo "amaan: the tests need$need. Run: sudo apt-get install$need" >&2
exit 1
