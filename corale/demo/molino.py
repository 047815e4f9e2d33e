"""Molino, the demo company: a mill, a bakery, a shop, and small coffee machines. Load it, empty it, ask for it.

Everything in it is made by the product's own pipeline and actions at times in the past, carries `demo`, and goes again
without a trace.
"""

from __future__ import annotations

from corale.demo.emptying import empty
from corale.demo.loading import LANGUAGES, is_loaded, load, loaded_language

__all__ = ["LANGUAGES", "empty", "is_loaded", "load", "loaded_language"]
