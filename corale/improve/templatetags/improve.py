"""`{% load improve %}`: why somebody could not be told, in words."""

from __future__ import annotations

from django import template

from corale.improve.models import ReportBack
from corale.improve.reach import REASONS

register = template.Library()


@register.filter
def obstacle(report: ReportBack) -> str:
    """The reason beside a report-back: one of ours, in the reader's language, or the words of the channel."""
    return str(REASONS.get(report.reason, report.reason))
