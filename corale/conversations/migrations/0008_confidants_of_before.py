"""Whoever has a direct conversation, said something in it or was asked about it before there were confidants may see
it."""

from django.db import migrations

FILL = """
INSERT INTO conversations_confidant (conversation_id, person_id, at)
SELECT id, person_id, CURRENT_TIMESTAMP FROM (
    SELECT id, assignee_id AS person_id FROM conversations_conversation WHERE direct AND assignee_id IS NOT NULL
    UNION SELECT direct.id, by_id
    FROM conversations_conversation direct JOIN conversations_message said ON said.conversation_id = direct.id
    WHERE direct.direct AND by_id IS NOT NULL
    UNION SELECT direct.id, mention.person_id
    FROM conversations_conversation direct JOIN conversations_mention mention ON mention.conversation_id = direct.id
    WHERE direct.direct
) AS known WHERE true
ON CONFLICT DO NOTHING"""


class Migration(migrations.Migration):
    dependencies = [("conversations", "0007_quarantine")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
