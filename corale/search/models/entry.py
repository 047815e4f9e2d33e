"""What the index knows about one message."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """The id grows with the time the message was written, so that walking it backwards is walking from the newest.

    The words are not here: SQLite keeps them in an FTS5 table of its own under the same id, PostgreSQL in a column of
    lexemes beside (see migration 0002).
    """

    id = models.BigAutoField(primary_key=True)  # always given; of this kind because to SQLite it is then the row's own
    object_id = models.BigIntegerField(unique=True)
    conversation_id = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.id}: {self.object_id}"


class Name(models.Model):
    """One word of the name or the handles of a person, or of the name of a theme: an index walks its beginning."""

    kind = models.SmallIntegerField()
    object_id = models.BigIntegerField()
    word = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id", "word"], name="name_word_unique")]
        indexes = [
            models.Index(
                fields=["kind", "word", "object_id"],
                name="name_beginning",
                opclasses=["int2_ops", "varchar_pattern_ops", "int8_ops"],  # PostgreSQL: for the beginning of a word
            )
        ]

    def __str__(self) -> str:
        return self.word
