"""Static files with the hash of their content in the name, so that browsers keep them for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Also rewrites `import "./x.js"`: an import map would have to be inline, which our policy forbids."""

    support_js_module_import_aggregation = True
