import django.utils.timezone
from django.db import migrations, models

from corale.store.triggers import append_only


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by_id", models.BigIntegerField(null=True)),
                ("person_id", models.BigIntegerField(null=True)),
                ("conversation_id", models.BigIntegerField(null=True)),
                ("message_id", models.BigIntegerField(null=True)),
                ("connection_id", models.BigIntegerField(null=True)),
                ("auto", models.BooleanField(default=False)),
                ("demo", models.BooleanField(default=False)),
                ("data", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["kind", "at"], name="fact_kind_at"),
                    models.Index(
                        condition=models.Q(("conversation_id__isnull", False)),
                        fields=["conversation_id", "id"],
                        name="fact_conversation",
                    ),
                ],
            },
        ),
        append_only("ledger_fact", deletable="demo"),
    ]
