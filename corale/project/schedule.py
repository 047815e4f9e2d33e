"""What recurs, and how often. Read by the worker; each line is (name, seconds, dotted path of a task)."""

from __future__ import annotations

SCHEDULE: list[tuple[str, int, str]] = [
    ("deliveries.sweep", 15, "corale.channels.actions.deliver.sweep"),
    ("activitypub.inbox", 20, "corale.adapters.activitypub.inbox.working.sweep"),
    ("activitypub.verify", 7 * 86400, "corale.adapters.activitypub.verifying.verify_again"),
    ("activitypub.polls", 60, "corale.adapters.activitypub.inbox.polls.close_polls"),
    ("activitypub.software", 900, "corale.adapters.activitypub.software.learn"),
    ("activitypub.prune", 3600, "corale.adapters.activitypub.inbox.pruning.prune"),
    ("conversations.recheck", 60, "corale.conversations.actions.rechecking.recheck_open"),
    ("improve.settle", 60, "corale.improve.actions.settling.settle_all"),
    ("improve.propose", 3600, "corale.improve.actions.proposing.propose"),
    ("indicator.take", 300, "corale.indicator.taking.take_usual"),
    ("ledger.seal", 900, "corale.ledger.sealing.seal_later"),
    ("jobs.prune", 120, "corale.jobs.prune.prune_jobs"),
    ("conversations.wake", 20, "corale.conversations.actions.snoozing.wake_due"),
    ("respond.presences", 3600, "corale.respond.models.presence.forget_presences"),
    ("activitypub.dispatches", 3600, "corale.adapters.activitypub.sending.pruning.prune_dispatches"),
    ("listen.learn", 3600, "corale.listen.actions.learning.learn_again"),
    ("live.prune", 300, "corale.live.prune.prune_events"),
]
