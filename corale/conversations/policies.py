"""Who may do what with conversations."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Expression, F, Q, Value
from django.db.models.sql.compiler import SQLCompiler

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


def may_let_in(person: Person) -> bool:
    """Whether what is held in quarantine comes in, or goes, is for a coordinator to say."""
    return may_see_everything(person)


def open_to(person: Person, through: str = "") -> Q:
    """What was not said in private, and what was said to this colleague. `through`: the name of the conversation in
    rows that point at one."""
    direct, here = (f"{through}__direct", f"{through}_id") if through else ("direct", "pk")
    return Q(_Open(F(direct), Value(person.pk), F(here)))


class _Open(Expression):
    """One expression and not a queryset inside: every list and number asks for it, and to put a queryset into words
    costs more processor time than the rows of all trays."""

    output_field = BooleanField()

    def __init__(self, direct: F, person: Value, here: F) -> None:
        super().__init__()
        self.parts: list[Any] = [direct, person, here]

    def get_source_expressions(self) -> list[Any]:
        return self.parts

    def set_source_expressions(self, exprs: Any) -> None:
        self.parts = list(exprs)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        (direct, _none), (person, me), (here, _none) = (compiler.compile(each) for each in self.parts)
        confided = connection.ops.quote_name(Confidant._meta.db_table)
        mine = f"confided.person_id = {person} AND confided.conversation_id = {here}"
        return f"(NOT {direct} OR EXISTS (SELECT 1 FROM {confided} confided WHERE {mine}))", tuple(me)  # noqa: S608


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
