"""What many people say, what was decided on it, and what each of them was told."""

from corale.improve.models.decision import Decision, Evidence, Outcome
from corale.improve.models.proposal import Proposal, ProposedVoice
from corale.improve.models.report_back import ReportBack
from corale.improve.models.theme import Theme, Voice

__all__ = ["Decision", "Evidence", "Outcome", "Proposal", "ProposedVoice", "ReportBack", "Theme", "Voice"]
