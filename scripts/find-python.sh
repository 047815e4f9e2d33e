#!/bin/sh
# Prints the path of a Python to run Corale with: 3.11 or newer, with sqlite3 and venv.
# Each candidate is tried by running it: a name on PATH can be a version switcher's shim that leads nowhere.
set -eu

suits='import sys, sqlite3, ssl, venv
if sys.version_info < (3, 11):
    raise SystemExit(1)
print(sys.executable)'

candidates() {
  if [ -n "${PYTHON:-}" ]; then echo "$PYTHON"; return; fi
  for name in python3 python3.13 python3.12 python3.14 python3.11 python; do
    command -v "$name" 2>/dev/null || true
    for folder in /usr/bin /usr/local/bin /opt/homebrew/bin; do
      if [ -x "$folder/$name" ]; then echo "$folder/$name"; fi
    done
  done
  for each in "${HOME:-}"/.pyenv/versions/3.*/bin/python3 "${HOME:-}"/.local/share/uv/python/*/bin/python3; do
    if [ -x "$each" ]; then echo "$each"; fi
  done
}

found=$(candidates | while IFS= read -r each; do
  if path=$("$each" -c "$suits" 2>/dev/null) && [ -n "$path" ]; then echo "$path"; break; fi
done)

if [ -z "$found" ]; then
  echo "Corale needs Python 3.11 or newer, and found none. Set PYTHON=/path/to/python3 if it is somewhere special." >&2
  exit 1
fi
echo "$found"
