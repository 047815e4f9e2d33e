import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activitypub", "0006_inbox_memory"),
    ]

    operations = [
        migrations.CreateModel(
            name="OurComplaint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                ("about", models.JSONField(default=list, help_text="The addresses of what they said that it names.")),
                ("by_id", models.BigIntegerField(help_text="A person of ours.")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="RuleChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.JSONField()),
                ("after", models.JSONField()),
                ("by_id", models.BigIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="RuleImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="Of the file.", max_length=200)),
                ("lines", models.JSONField(default=list, help_text="As read: a host and its rule, for each line.")),
                (
                    "problems",
                    models.JSONField(
                        default=list, help_text="[[number of the line, key of what is wrong, the line], …]."
                    ),
                ),
                ("by_id", models.BigIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "applied_at",
                    models.DateTimeField(blank=True, help_text="Until then it is only looked at.", null=True),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undone_by_id", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Shunning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("block", "Block"), ("mute", "Mute")], max_length=5)),
                ("reason", models.CharField(blank=True, max_length=500)),
                (
                    "said",
                    models.JSONField(default=list, help_text="The Block activities that we sent, for their Undo."),
                ),
                ("by_id", models.BigIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by_id", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.RenameField(
            model_name="server",
            old_name="stance_reason",
            new_name="private_comment",
        ),
        migrations.AddField(
            model_name="complaint",
            name="note",
            field=models.TextField(blank=True, help_text="What came of it, among us."),
        ),
        migrations.AddField(
            model_name="refusal",
            name="last_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="server",
            name="is_obfuscated",
            field=models.BooleanField(default=False, help_text="Others are not shown the whole name."),
        ),
        migrations.AlterField(
            model_name="server",
            name="private_comment",
            field=models.CharField(blank=True, help_text="Why, among us.", max_length=500),
        ),
        migrations.AddField(
            model_name="server",
            name="public_comment",
            field=models.CharField(blank=True, help_text="Why, as anybody may know it.", max_length=500),
        ),
        migrations.AddField(
            model_name="server",
            name="rejects_reports",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="server",
            name="software_at",
            field=models.DateTimeField(blank=True, help_text="When we last asked what it runs.", null=True),
        ),
        migrations.AddIndex(
            model_name="refusal",
            index=models.Index(fields=["reason", "-day", "-id"], name="activitypub_refused"),
        ),
        migrations.AddIndex(
            model_name="server",
            index=models.Index(
                condition=models.Q(
                    models.Q(("stance", "open"), _negated=True),
                    ("rejects_media", True),
                    ("rejects_reports", True),
                    _connector="OR",
                ),
                fields=["host"],
                name="activitypub_ruled",
            ),
        ),
        migrations.AddIndex(
            model_name="server",
            index=models.Index(condition=models.Q(("failures__gt", 0)), fields=["host"], name="activitypub_failing"),
        ),
        migrations.AddField(
            model_name="ourcomplaint",
            name="activity",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="activitypub.activity"
            ),
        ),
        migrations.AddField(
            model_name="ourcomplaint",
            name="remote",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="complained_of", to="activitypub.remoteactor"
            ),
        ),
        migrations.AddField(
            model_name="rulechange",
            name="server",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="activitypub.server"
            ),
        ),
        migrations.AddField(
            model_name="rulechange",
            name="run",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="changes",
                to="activitypub.ruleimport",
            ),
        ),
        migrations.AddField(
            model_name="shunning",
            name="remote",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="shunnings", to="activitypub.remoteactor"
            ),
        ),
        migrations.AddIndex(
            model_name="rulechange",
            index=models.Index(fields=["server", "-id"], name="activitypub_rule_history"),
        ),
        migrations.AddConstraint(
            model_name="shunning",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("remote", "kind"), name="activitypub_shunned_once"
            ),
        ),
    ]
