"""`make models`: trains what is shipped, and writes the weights. Two runs give the same file.

python -m scripts.models               into the room, from data with a licence that permits it
python -m scripts.models --to FILE     somewhere else
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

from corale.listen.reading import weights
from corale.listen.reading.reader import SHIPPED
from scripts.models import data, sources, train
from scripts.models.judging import judged

VERSION = "2026.1"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--to", type=Path, default=SHIPPED)
    to = parser.parse_args().to
    root = data.folder()
    if root is None:
        print("The public data are not here: NLP= names their folder.", file=sys.stderr)
        return 1
    about: dict[str, object] = {"version": VERSION, "models": {}}
    about["language"], table = train.train_language(
        [*sources.lines_by_language(root), *((each.text, code) for code in train.BITS for each in data.seeds(code))]
    )
    tables = {"language": table}
    for language in train.BITS:
        trained = train.train(train.examples(root, language), language)
        about["models"][language] = trained.about  # type: ignore[index]
        tables |= trained.tables
        for line in judged(language, trained):
            print(json.dumps(line), flush=True)
    weights.save(to, about, tables)
    print(f"{to.name}: {to.stat().st_size / 1e6:.2f} MB, sha256 {hashlib.sha256(to.read_bytes()).hexdigest()}")
    return 0


raise SystemExit(main())
