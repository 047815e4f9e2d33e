from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0006_direct_in_the_indexes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="conversation",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "Open"),
                    ("waiting", "Waiting"),
                    ("snoozed", "Snoozed"),
                    ("closed", "Closed"),
                    ("quarantine", "Quarantine"),
                    ("spam", "Spam"),
                    ("trash", "Trash"),
                ],
                default="open",
                max_length=10,
            ),
        ),
    ]
