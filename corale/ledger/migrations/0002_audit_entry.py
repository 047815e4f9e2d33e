"""The audit of administrators' acts, append-only like the facts."""

import django.utils.timezone
from django.db import migrations, models

from corale.store.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_fact")]
    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("user_id", models.BigIntegerField(null=True)),
                ("name", models.CharField(blank=True, max_length=254)),
                ("verb", models.CharField(max_length=60)),
                ("target", models.CharField(blank=True, max_length=200)),
                ("detail", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["verb", "id"], name="audit_verb"),
                    models.Index(fields=["user_id", "id"], name="audit_user"),
                ],
            },
        ),
        append_only("ledger_auditentry"),
    ]
