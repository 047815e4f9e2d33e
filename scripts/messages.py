"""`make messages`: reads the visible words from the source again and compiles both catalogues.

English is the source: its catalogue says each sentence back. Guesses from similar sentences are dropped, so that what
is missing shows.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEADER = r"""msgid ""
msgstr ""
"Project-Id-Version: Corale\n"
"Language: {language}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"""


def main() -> int:
    """Needs gettext's programs."""
    read(ROOT / "corale")
    for po in catalogues(ROOT / "corale"):
        subprocess.run(["msgfmt", "--check-format", "--check-domain", "-o", po.with_suffix(".mo"), po], check=True)
        said = subprocess.run(["msgfmt", "--statistics", "-o", "-", po], check=True, capture_output=True)
        print(f"{po.relative_to(ROOT)}: {said.stderr.decode().strip()}")
    return 0


def catalogues(package: Path) -> list[Path]:
    """English and Italian."""
    return sorted(package.glob("locale/*/LC_MESSAGES/django.po"))


def read(package: Path) -> None:
    """The sentences of the source below `package`, into its catalogues."""
    (package / "locale").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "django", "makemessages", "-l", "it", "-l", "en", "--no-wrap", "--no-obsolete",
               "--add-location", "never", "-e", "html,txt,py", "-v", "0"]  # fmt: skip
    subprocess.run(command, cwd=package, check=True)
    for po in catalogues(package):
        language = po.parts[-3]
        body = po.read_text().partition("\n\n")[2]
        po.write_text(f"{HEADER.format(language=language)}\n{body}")
        clean = ["msgattrib", "--clear-fuzzy", "--clear-previous", "--empty", "--no-wrap", "-o", po, po]
        subprocess.run(clean, check=True)
        if language == "en":
            subprocess.run(["msgen", "--no-wrap", "-o", po, po], check=True)


if __name__ == "__main__":
    sys.exit(main())
