"""Between tests that commit, the database is emptied, although its own triggers refuse."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from corale.ledger.models import Fact


@pytest.mark.django_db(transaction=True)
def test_what_was_emptied_refuses_to_be_deleted_afterwards():
    Fact.objects.create(kind="parcel.lost", at=timezone.now())
    call_command("flush", interactive=False, verbosity=0)
    assert Fact.objects.count() == 0
    Fact.objects.create(kind="parcel.lost", at=timezone.now())

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_fact")
