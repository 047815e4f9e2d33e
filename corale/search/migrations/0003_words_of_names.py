"""A row for each word of a name: an index can walk the beginning of every word."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

BATCH = 2000


def apart(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    joined, name = apps.get_model("search", "JoinedName"), apps.get_model("search", "Name")
    rows = joined.objects.values_list("kind", "object_id", "words").iterator(BATCH)
    made = (
        name(kind=kind, object_id=pk, word=word) for kind, pk, words in rows for word in dict.fromkeys(words.split())
    )
    name.objects.bulk_create(made, batch_size=BATCH)


def together(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    joined, name = apps.get_model("search", "JoinedName"), apps.get_model("search", "Name")
    words: dict[tuple[int, int], list[str]] = {}
    for kind, pk, word in name.objects.order_by("id").values_list("kind", "object_id", "word").iterator(BATCH):
        words.setdefault((kind, pk), []).append(word)
    made = (joined(kind=kind, object_id=pk, words=" ".join(each)[:600]) for (kind, pk), each in words.items())
    joined.objects.bulk_create(made, batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_index")]

    operations = [
        migrations.RenameModel("Name", "JoinedName"),
        migrations.CreateModel(
            name="Name",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.SmallIntegerField()),
                ("object_id", models.BigIntegerField()),
                ("word", models.CharField(max_length=100)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["kind", "word", "object_id"],
                        name="name_beginning",
                        opclasses=["int2_ops", "varchar_pattern_ops", "int8_ops"],
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("kind", "object_id", "word"), name="name_word_unique")],
            },
        ),
        migrations.RunPython(apart, together, elidable=True),
        migrations.DeleteModel("JoinedName"),
    ]
