"""What people seem to talk about: how long it takes to find it among 100,000 messages that want something.

Messages in Italian and English, put together from halves of our own invented ones, each with a reading that says it
complains; `first` finds the groups and writes the proposals, `again` finds them once more and changes little. `cpu_s`
is the processor time of this process, without that of the PostgreSQL server; `rss_mb` the most memory it ever had.
"""

from __future__ import annotations

import os
import random
import resource
import time
from datetime import timedelta

from bench._product import begin, cpu, say
from scripts.models.data import seeds

SIZE = 5_000 if os.environ.get("QUICK") else 100_000
BATCH = 2_000
PEOPLE = 20_000


def main() -> None:
    begin()
    from corale.improve.actions.proposing import propose
    from corale.improve.models import Proposal

    fill()
    for case in ("first", "again"):
        began, used = time.perf_counter(), cpu()
        propose.call()
        say(
            case, SIZE, seconds=round(time.perf_counter() - began, 2), cpu_s=round(cpu() - used, 2),
            groups=Proposal.objects.waiting().count(),
            rss_mb=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        )  # fmt: skip


def fill() -> None:
    """One conversation; as many messages as SIZE says, by PEOPLE persons at most, over thirty days."""
    from django.utils import timezone

    from corale.channels.models import Connection
    from corale.conversations.models import Conversation, Message
    from corale.listen.models import Reading
    from corale.people.models import Identity, Person

    fate, now = random.Random(5), timezone.now()
    texts = {language: [each.text.split() for each in seeds(language)] for language in ("it", "en")}
    shop = Connection.objects.create(kind="demo", stable_id="bench", handle="bench")
    thread = Conversation.objects.create(connection=shop, root_key=1)
    people = Person.objects.bulk_create([Person(name=f"Person {at}") for at in range(min(PEOPLE, SIZE))])
    known = Identity.objects.bulk_create(
        [Identity(person=each, platform="demo", stable_id=str(at)) for at, each in enumerate(people)]
    )
    for begin_at in range(0, SIZE, BATCH):
        said = []
        for at in range(begin_at, begin_at + BATCH):
            language = "en" if at % 3 == 0 else "it"
            left, right = fate.choice(texts[language]), fate.choice(texts[language])
            words = " ".join(left[: len(left) // 2 + 1] + right[len(right) // 2 :])
            said.append(
                Message(
                    conversation=thread, connection=shop, key=at, identity=fate.choice(known), text=words,
                    language=language, written_at=now - timedelta(days=29 * (1 - at / SIZE)),
                )
            )  # fmt: skip
        Message.objects.bulk_create(said)
        Reading.objects.bulk_create(
            [
                Reading(
                    message=each, version="bench", language=each.language, language_chance=99,
                    chances={"complaint": 90}, near=each.key,
                )
                for each in said
            ]
        )  # fmt: skip


if __name__ == "__main__":
    main()
