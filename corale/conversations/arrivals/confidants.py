"""What was said in private is for those to whom it was said: the colleagues whose accounts it names."""

from __future__ import annotations

from corale.conversations.actions.confiding import let_all_in
from corale.conversations.arrivals.batch import Batch
from corale.people.models import Identity


def write(batch: Batch) -> None:
    """One query, and only where something private came. What is said to the company's own account has no confidant:
    those who see everything give it to somebody."""
    named = {account for _conversation, accounts in batch.confided for account in accounts}
    if not named:
        return
    theirs = Identity.objects.filter(platform=batch.connection.kind, stable_id__in=named, person__user__isnull=False)
    persons = dict(theirs.values_list("stable_id", "person_id"))
    let_all_in(
        (conversation, persons[account])
        for conversation, accounts in batch.confided
        for account in accounts
        if account in persons
    )
