"""Who may do what with conversations."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from corale.accounts.policies import is_coordinator
from corale.conversations.models import Confidant, Conversation
from corale.people.models import Person


def may_work_on_conversations(person: Person) -> bool:
    """Every colleague answers, assigns, closes; nobody else does."""
    return person.is_colleague


def may_read_earlier_words(person: Person) -> bool:
    """What somebody has deleted stays readable for those who look after everybody's work."""
    return may_see_everything(person)


def may_see_everything(person: Person) -> bool:
    """Coordinators see what is private too: somebody has to notice that it waits."""
    return person.is_colleague and is_coordinator(person.user)


def open_to(person: Person, through: str = "") -> Q:
    """What was not said in private, and what was said to this colleague. `through`: the name of the conversation in
    rows that point at one."""
    here = f"{through}_id" if through else "pk"
    mine = Exists(Confidant.objects.filter(person=person, conversation=OuterRef(here)))
    return Q(**{f"{through}__direct" if through else "direct": False}) | Q(mine)


def may_listen(user: Any, conversation_id: str) -> bool:
    """The live stream tells of a conversation whoever may see it."""
    person = Person.objects.select_related("user").filter(user_id=user.pk).first()
    if person is None or not (conversation_id.isdigit() and len(conversation_id) < 19):
        return False
    return Conversation.objects.visible_to(person).filter(pk=int(conversation_id)).exists()


def may_listen_to_inbox(user: Any, whose: str) -> bool:
    """What is open to all; what is private to one; what is private at all, for those who see everything."""
    if not whose:
        return True
    person = Person.objects.select_related("user").filter(user_id=user.pk).first()
    if person is None:
        return False
    return whose == str(person.pk) or (whose == "private" and may_see_everything(person))
