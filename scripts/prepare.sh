#!/bin/sh
# usage: scripts/prepare.sh run|dev
# Makes .venv and installs requirements/run.txt or requirements/dev.txt into it, every file checked against its hash.
# A stamp makes the second time take no time. Needs a Python, and uv only if it is there already.
#
# The lock files are requirements files and not a uv.lock, which would write down the address of the index that
# it was made from: a clone installs from whatever index its own machine uses.
set -eu
cd "$(dirname "$0")/.."
what=$1
VENV=.venv
STAMP=$VENV/corale-$what.stamp

wanted() { cksum "requirements/$what.txt" scripts/prepare.sh; pwd; }

if [ -x $VENV/bin/corale ] && [ "$(cat "$STAMP" 2>/dev/null)" = "$(wanted)" ] && $VENV/bin/python -c '' 2>/dev/null; then
  exit 0
fi

find_uv() {
  for each in "$VENV/bin/uv" "$(command -v uv || true)" "${HOME:-}/.local/bin/uv" "${HOME:-}/.cargo/bin/uv"; do
    if [ -n "$each" ] && "$each" --version >/dev/null 2>&1; then echo "$each"; return; fi
  done
}

make_venv() {
  python=$(sh scripts/find-python.sh)
  echo "Making $VENV with $("$python" --version) ($python)." >&2
  rm -rf $VENV
  uv=$(find_uv)
  if [ -n "$uv" ]; then
    "$uv" venv --quiet --no-project --python "$python" $VENV
  elif "$python" -c 'import ensurepip' 2>/dev/null; then
    "$python" -m venv $VENV
  elif "$python" -m pip --version >/dev/null 2>&1; then # a Python without ensurepip, but with pip beside it
    "$python" -m venv --without-pip $VENV
    "$python" -m pip --python $VENV/bin/python install --quiet uv
  elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing from Debian: python3-venv." >&2
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >&2 </dev/null
    "$python" -m venv $VENV
  else
    echo "$python cannot make virtual environments. On Debian and Ubuntu: sudo apt install python3-venv" >&2
    exit 1
  fi
}

install() {
  # uv brings its own list of authorities unless told otherwise; the machine's own is the one its owner keeps.
  if [ -n "$uv" ] && UV_SYSTEM_CERTS=1 "$uv" pip install --quiet --python $VENV/bin/python \
    --require-hashes -r "requirements/$what.txt"; then return; fi
  echo "Installing with pip." >&2
  $VENV/bin/python -m pip --version >/dev/null 2>&1 || $VENV/bin/python -m ensurepip >/dev/null
  $VENV/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "requirements/$what.txt"
}

uv=$(find_uv)
if ! $VENV/bin/python -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then make_venv; fi
uv=$(find_uv)
if [ -z "$uv" ]; then
  $VENV/bin/python -m pip install --quiet --disable-pip-version-check uv || echo "No uv to be had; pip will do." >&2
  uv=$(find_uv)
fi
echo "Installing requirements/$what.txt." >&2
install

# The package itself is read where it lies: no build, and no second copy to go stale.
site=$($VENV/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
pwd > "$site/corale-clone.pth"
printf '#!/bin/sh\nexec "%s/bin/python" -m corale "$@"\n' "$(pwd)/$VENV" > $VENV/bin/corale
chmod +x $VENV/bin/corale
wanted > "$STAMP"
