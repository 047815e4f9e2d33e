"""Who says nearly the same as somebody before, and where those that are near find each other."""

from __future__ import annotations

from django.db import models

from corale.conversations.models import Message


class Echo(models.Model):
    """A message and the first one that it is itself near to: its own for one that nobody said before.

    Nothing is passed from neighbour to neighbour. `near` is the key of the words that were folded: after an edit it
    differs until the message was read again. `of` is None for what waits to be folded again.
    """

    message = models.OneToOneField(Message, primary_key=True, on_delete=models.CASCADE, related_name="echo")
    of = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="echoes", db_index=False)
    near = models.BigIntegerField()
    is_passed_on = models.BooleanField(default=False, help_text="re-shared: somebody else's words, no voice of its own")

    class Meta:
        verbose_name_plural = "echoes"
        indexes = [models.Index(fields=["of", "-message"], name="echo_of")]

    def __str__(self) -> str:
        return f"{self.message_id} says what {self.of_id} says"


class Band(models.Model):
    """A place where messages that are near look for each other, and one that nobody said before which stands there.

    Nothing here refers to a message by the database's own rules, so that sixteen rows a message stay cheap; a row whose
    message no longer leads is taken away when somebody looks there.
    """

    pk = models.CompositePrimaryKey("place", "leader")
    place = models.BigIntegerField()
    leader = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.leader} at {self.place}"
