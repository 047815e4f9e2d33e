#!/bin/sh
# Brings what the tests need beside Python packages: Debian packages (as root, or with sudo) and npm packages.
# Says what it installs; installs nothing that is there.
set -eu
cd "$(dirname "$0")/.."
cache=${CORALE_TEST_CACHE:-.test}

missing=
needs() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
may_install() { command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; }
root=
[ "$(id -u)" = 0 ] || root=sudo
install() { $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >&2; }

needs redis-server redis-server
needs xgettext gettext
needs g++ g++
needs make make
needs npm npm
PATH="$PATH:/usr/sbin" needs nginx nginx
case $(LD_PRELOAD=libnss_wrapper.so sh -c : 2>&1) in *libnss_wrapper*) missing="$missing libnss-wrapper" ;; esac
ls -d /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || missing="$missing postgresql"

# The browser without its windows, where Debian has it apart: the same pages at half the cost.
browser=
command -v chromium-headless-shell >/dev/null 2>&1 || browser=chromium-headless-shell
if [ -n "$browser" ] && may_install; then
  $root apt-get update -qq </dev/null >&2 || true
  if apt-cache show "$browser" >/dev/null 2>&1; then
    echo "Installing from Debian: $browser." >&2
    install "$browser" || true
  fi
fi
command -v chromium-headless-shell >/dev/null 2>&1 || needs chromium chromium

if [ -n "$missing" ]; then
  if ! may_install; then
    echo "The tests need:$missing. On Debian and Ubuntu: sudo apt install$missing" >&2
    exit 1
  fi
  echo "Installing from Debian:$missing." >&2
  $root apt-get update -qq </dev/null >&2
  # shellcheck disable=SC2086
  install $missing
fi

npm=$cache/npm
if ! cmp -s tests/support/npm/package-lock.json "$npm/installed"; then
  echo "Installing from npm: $(sed -n 's/^ *"\(axe-core\)": "\(.*\)".*/\1 \2/p' tests/support/npm/package.json)." >&2
  mkdir -p "$npm"
  cp tests/support/npm/package.json tests/support/npm/package-lock.json "$npm"
  (cd "$npm" && npm ci --silent --no-audit --no-fund --ignore-scripts </dev/null)
  cp tests/support/npm/package-lock.json "$npm/installed"
fi
