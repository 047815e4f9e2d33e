"""Static files with the hash of their content in the name, so that browsers keep them for ever."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

from corale.design.assets import JOINED, STYLESHEETS


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Also rewrites `import "./x.js"` (an import map would have to be inline, which our policy forbids),
    and joins the stylesheets into one: a phone far away asks once instead of forty times.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[tuple[Any, ...]]:
        """Join first, so that the joined sheet gets its hash like every other file."""
        if not dry_run and all(sheet in paths for sheet in STYLESHEETS):
            sheets = (Path(self.path(sheet)).read_text(encoding="utf-8") for sheet in STYLESHEETS)
            Path(self.path(JOINED)).write_text("\n".join(sheets), encoding="utf-8")
            paths[JOINED] = (self, JOINED)
        yield from super().post_process(paths, dry_run, **options)
