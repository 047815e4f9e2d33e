from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0002_imports")]

    operations = [
        migrations.RemoveIndex(model_name="conversation", name="conversation_snoozed"),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("snoozed_until__isnull", False)),
                fields=["state", "snoozed_until", "id"],
                name="conversation_snoozed",
            ),
        ),
    ]
