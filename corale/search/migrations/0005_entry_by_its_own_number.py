"""The id of an entry becomes the row's own number in SQLite: one tree less to go down for every match, and to write."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0004_words_merged_in_batches")]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="id",
            field=models.BigAutoField(primary_key=True, serialize=False),
        ),
    ]
