"""A theme with five people in it, and a decision that is done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from corale.improve.actions.concluding import conclude
from corale.improve.actions.deciding import decide
from corale.improve.actions.gathering import gather
from corale.improve.actions.theming import begin_theme
from corale.improve.models import Decision, Theme

WHO = ("giulia", "marco", "nora", "otto", "pia")
TEXTS = {"it": "{name}, l'abbiamo fatto: {decision}.", "en": "{name}, it is done: {decision}."}


@pytest.fixture
def theme(world: Any) -> Theme:
    """Five people want deliveries in the evening; Otto writes in English."""
    made = begin_theme("Consegne la sera", by=world.anna)
    for number, who in enumerate(WHO):
        language = "en" if who == "otto" else "it"
        at = timezone.now() - timedelta(days=20 - number)
        gather([world.says(who, "Si può la sera?", language=language, at=at)], made, by=world.anna)
    made.refresh_from_db()
    return made


@pytest.fixture
def decision(world: Any, theme: Theme) -> Decision:
    """Yes, and on whose words."""
    return decide(
        theme, kind="yes", title="Consegne fino alle 21", reason="Chi lavora non è a casa.", decided_by=world.elena,
        by=world.elena, evidence=[voice.message for voice in theme.voices.all()[:2]],
    )  # fmt: skip


@pytest.fixture
def done(world: Any, decision: Decision) -> Decision:
    """It is done, and five messages wait for review."""
    conclude(decision, kind="done", texts=TEXTS, by=world.elena)
    return decision
