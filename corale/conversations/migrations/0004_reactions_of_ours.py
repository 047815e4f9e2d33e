"""What colleagues like, repost and follow here knows the delivery that carries it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0003_envelope_batch"),
        ("conversations", "0003_index_of_snoozed"),
    ]

    operations = [
        migrations.AddField(
            model_name="interaction",
            name="delivery",
            field=models.ForeignKey(
                db_index=False,
                help_text="What carries it there, when it was done here.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="interactions",
                to="channels.delivery",
            ),
        ),
        migrations.AddIndex(
            model_name="interaction",
            index=models.Index(
                condition=models.Q(("delivery__isnull", False)), fields=["delivery"], name="interaction_delivery"
            ),
        ),
    ]
