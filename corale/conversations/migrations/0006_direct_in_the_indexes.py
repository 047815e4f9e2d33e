"""Whether a conversation is direct stands in the indexes by which it is listed and counted."""

from django.db import migrations, models

WALKED = {
    "conversation_newest": (["state", "-last_activity_at", "-id"], None),
    "conversation_oldest": (["state", "waiting_since", "id"], None),
    "conversation_mine": (["assignee", "state", "-last_activity_at", "-id"], models.Q(assignee__isnull=False)),
    "conversation_nobodys": (["state", "-last_activity_at", "-id"], models.Q(assignee__isnull=True)),
    "conversation_snoozed": (["state", "snoozed_until", "id"], models.Q(snoozed_until__isnull=False)),
}


class Migration(migrations.Migration):
    dependencies = [("conversations", "0005_confidants")]

    operations = [
        operation
        for name, (fields, condition) in WALKED.items()
        for operation in (
            migrations.RemoveIndex("conversation", name),
            migrations.AddIndex(
                "conversation", models.Index(fields=[*fields, "direct"], name=name, condition=condition)
            ),
        )
    ]
