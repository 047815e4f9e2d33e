#!/bin/sh
# Brings what the tests need beside Python packages: Debian packages (as root, or with sudo) and npm packages.
# Says what it installs; installs nothing that is there.
set -eu
cd "$(dirname "$0")/.."
cache=${CORALE_TEST_CACHE:-.test}

missing=
needs() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
needs chromium chromium
needs redis-server redis-server
needs xgettext gettext
needs g++ g++
needs make make
needs npm npm
PATH="$PATH:/usr/sbin" needs nginx nginx
case $(LD_PRELOAD=libnss_wrapper.so sh -c : 2>&1) in *libnss_wrapper*) missing="$missing libnss-wrapper" ;; esac
ls -d /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || missing="$missing postgresql"

if [ -n "$missing" ]; then
  root=
  if [ "$(id -u)" != 0 ]; then root=sudo; fi
  if ! command -v apt-get >/dev/null || { [ -n "$root" ] && ! sudo -n true 2>/dev/null; }; then
    echo "The tests need:$missing. On Debian and Ubuntu: sudo apt install$missing" >&2
    exit 1
  fi
  echo "Installing from Debian:$missing." >&2
  $root apt-get update -qq </dev/null >&2
  # shellcheck disable=SC2086
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing </dev/null >&2
fi

npm=$cache/npm
if ! cmp -s tests/support/npm/package-lock.json "$npm/installed"; then
  echo "Installing from npm: $(sed -n 's/^ *"\(axe-core\)": "\(.*\)".*/\1 \2/p' tests/support/npm/package.json)." >&2
  mkdir -p "$npm"
  cp tests/support/npm/package.json tests/support/npm/package-lock.json "$npm"
  (cd "$npm" && npm ci --silent --no-audit --no-fund --ignore-scripts </dev/null)
  cp tests/support/npm/package-lock.json "$npm/installed"
fi
