"""A conversation on the page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from corale.channels.keys import key_of
from corale.conversations.actions.assigning import assign
from corale.conversations.actions.closing import close, reopen
from corale.conversations.actions.noting import note
from corale.conversations.models import Interaction, Message, MessageVersion, ReadMark
from corale.ledger.models import Fact


def page_of(desk, conversation, **asked):
    return desk.get(reverse("respond:conversation", args=[conversation.pk]), asked)


def test_the_thread_the_person_and_the_composer_stand_on_one_page(desk, says):
    conversation = says("Dov'è il mio pacco?")

    page = page_of(desk, conversation).content.decode()

    assert "Dov&#x27;è il mio pacco?" in page
    assert "Carla Bianchi" in page and "carla.example" in page
    assert "as <b>Anna Ferri</b>, through" in page
    assert '<option value="it" lang="it" selected>' in page


def test_somebody_else_does_not_even_learn_that_it_exists(client, says, anna):
    from corale.accounts.models import User

    conversation = says("secret")
    client.force_login(User.objects.create_user("left@molino.example", "long-enough-words", is_active=True))
    assert page_of(client, conversation).status_code == 200
    User.objects.filter(email="left@molino.example").update(is_active=False)

    assert page_of(client, conversation).status_code == 302
    assert page_of(client, conversation, before=1).status_code == 302


def test_what_is_not_there_is_not_there(desk):
    assert desk.get("/desk/c/4711/").status_code == 404


def test_a_long_thread_shows_its_last_thirty_and_pages_upward(desk, says):
    conversation = says("one")
    for number in range(2, 76):
        says(f"number {number}.", to=conversation, ago=timedelta(minutes=100 - number))

    first = page_of(desk, conversation).context["thread"]
    second = page_of(desk, conversation, before=first.earlier).context["thread"]
    third = page_of(desk, conversation, before=second.earlier).context["thread"]

    assert [len(each.lines) for each in (first, second, third)] == [30, 30, 15]
    assert third.earlier == 0
    assert len({line.message.pk for each in (first, second, third) for line in each.lines}) == 75


def test_a_link_to_an_old_message_opens_the_part_in_which_it_stands(desk, says):
    conversation = says("one")
    for number in range(2, 50):
        says(f"number {number}.", to=conversation, ago=timedelta(minutes=100 - number))
    old = conversation.messages.order_by("written_at")[5]

    thread = page_of(desk, conversation, at=old.pk).context["thread"]

    assert thread.lines[-1].message == old
    assert not thread.is_latest


def test_a_page_costs_the_same_for_one_message_and_for_many(desk, says, anna, django_assert_max_num_queries):
    conversation = says(*(f"words {number}" for number in range(60)))
    for _ in range(12):
        close(conversation, by=anna)
        reopen(conversation, by=anna)
    page_of(desk, conversation)

    with django_assert_max_num_queries(29):
        page_of(desk, conversation)


def test_hostile_words_stay_words_and_links_lead_out_only(desk, says):
    text = "<img src=x onerror=alert(1)> see https://safe.example and here \u202e!"
    conversation = says(text)
    facets = [
        {"start": 33, "end": 53, "kind": "link", "value": "https://safe.example"},
        {"start": 58, "end": 62, "kind": "link", "value": "javascript:alert(1)"},
        {"start": -5, "end": 9000, "kind": "link", "value": "https://bad.example"},
    ]
    Message.objects.update(extras={"facets": facets})

    page = page_of(desk, conversation).content.decode()

    assert "<img src=x" not in page
    assert 'href="https://safe.example" rel="noopener nofollow ugc"' in page
    assert "javascript:" not in page.replace("text/javascript", "")
    assert "bad.example" not in page


def test_what_was_deleted_says_so_and_is_read_by_coordinators_only(desk, client, says, coordinator):
    conversation = says("I should not have said this")
    Message.objects.update(state=Message.State.DELETED)

    for_members = page_of(desk, conversation).content.decode()
    client.force_login(coordinator.user)
    for_coordinators = page_of(client, conversation).content.decode()

    assert "Deleted by who wrote it" in for_members
    assert "<p>I should not have said this</p>" not in for_members
    assert "I should not have said this</p>" in for_coordinators


def test_an_edited_message_shows_its_earlier_versions(desk, says):
    conversation = says("now")
    message = conversation.messages.get()
    Message.objects.update(state=Message.State.EDITED, version="2")
    MessageVersion.objects.create(message=message, version="1", text="before")
    MessageVersion.objects.create(message=message, version="2", text="now")

    page = page_of(desk, conversation).content.decode()

    assert "Edited" in page
    assert ">before<" in page


def test_a_parent_never_seen_has_its_place(desk, says):
    conversation = says("answering nobody")
    Message.objects.create(
        conversation=conversation,
        connection=conversation.connection,
        key=1,
        native_id="gone",
        state=Message.State.PLACEHOLDER,
    )

    assert "A message we have not seen" in page_of(desk, conversation).content.decode()


def test_pictures_of_others_are_not_loaded_before_somebody_asks(desk, says):
    conversation = says("look")
    Message.objects.update(
        extras={"attachments": [{"kind": "image", "url": "https://cdn.example/a.png", "alt": "A cup"}]}
    )

    page = page_of(desk, conversation).content.decode()

    assert "cdn.example" not in page
    assert "Show the picture" in page and "A cup" in page


def test_reactions_and_what_happened_are_told(desk, says, anna, bruno, carla):
    conversation = says("nice")
    message = conversation.messages.get()
    Interaction.objects.create(
        connection=conversation.connection, key=key_of("like"), kind="like", identity=carla, target_key=message.key
    )
    assign(conversation, bruno, by=anna)

    page = page_of(desk, conversation).content.decode()

    assert "1 likes this" in page
    assert "Anna Ferri gave it to Bruno Costa" in page


def test_many_changes_fold_into_one_line(desk, says, anna):
    conversation = says("words")
    for _ in range(3):
        close(conversation, by=anna)
        reopen(conversation, by=anna)

    assert "6 changes" in page_of(desk, conversation).content.decode()


def test_the_first_unread_message_is_marked(desk, says, anna):
    conversation = says("read", ago=timedelta(hours=2))
    ReadMark.objects.create(person=anna, conversation=conversation, message_id=conversation.last_message_id)
    says("unread", to=conversation)

    thread = page_of(desk, conversation).context["thread"]

    assert [line.is_new for line in thread.lines] == [False, True]


def test_a_note_is_unmistakable(desk, says, bruno):
    conversation = says("words")
    note(conversation, "between us", by=bruno)

    page = page_of(desk, conversation).content.decode()

    assert "message--note" in page
    assert "Only colleagues see this" in page


def test_reading_moves_the_mark_and_is_a_fact_once_it_lasted(desk, says, anna):
    conversation = says("words")
    message = conversation.messages.get()
    url = reverse("respond:reading", args=[conversation.pk])

    desk.post(url, {"seconds": 3, "messages": message.pk})
    assert not Fact.objects.filter(kind="conversation.read").exists()
    desk.post(url, {"seconds": 7, "messages": f"{message.pk},999999,x"})

    fact = Fact.objects.get(kind="conversation.read")
    assert (fact.by_id, fact.data) == (anna.pk, {"seconds": 7, "messages": [message.pk]})
    assert ReadMark.objects.get(person=anna).message_id == message.pk


def test_the_thread_comes_again_without_the_composer(desk, says):
    conversation = says("words")

    page = desk.get(reverse("respond:thread", args=[conversation.pk])).content.decode()

    assert "words" in page and 'id="desk-head" hx-swap-oob' in page
    assert "composer__words" not in page


def test_a_very_long_message_is_cut_and_can_be_read_whole(desk, says):
    conversation = says("word " * 5000 + "END")
    message = conversation.messages.get()

    assert "END" not in page_of(desk, conversation).content.decode()
    assert "END" in page_of(desk, conversation, whole=message.pk).content.decode()


def test_the_list_one_came_from_stays_at_the_side(desk, says):
    conversation = says("mine")
    says("other", state="closed")

    page = page_of(desk, conversation, view="closed").content.decode()

    assert "other" in page
    assert "view=closed" in page


@pytest.mark.parametrize("name", ["conversation", "thread", "present", "row"])
def test_every_part_stands_alone(desk, says, name):
    assert desk.get(reverse(f"respond:{name}", args=[says("words").pk])).status_code == 200


def test_times_are_told_in_full_too(desk, says):
    conversation = says("words", ago=timedelta(days=2))

    assert str(timezone.now().year) in page_of(desk, conversation).content.decode()


def test_what_somebody_quotes_stands_under_their_words(desk, says):
    quoted = says("The new blend is here").messages.get()
    conversation = says("Look at this!")
    conversation.messages.update(extras={"quotes": quoted.native_id})
    Message.objects.filter(pk=quoted.pk).update(key=key_of(quoted.native_id))

    page = page_of(desk, conversation).content.decode()

    assert '<blockquote class="message__quoted">' in page
    assert "The new blend is here" in page and f"/desk/c/{quoted.conversation_id}/#m{quoted.pk}" in page


def test_direct_words_are_quoted_nowhere(desk, says):
    quoted = says("for you only", direct=True).messages.get()
    conversation = says("Look at this!")
    conversation.messages.update(extras={"quotes": quoted.native_id})
    Message.objects.filter(pk=quoted.pk).update(key=key_of(quoted.native_id))

    assert "message__quoted" not in page_of(desk, conversation).content.decode()


def test_the_person_beside_the_thread_changes_with_it(desk, says, anna, carla):
    conversation = says("nice")
    Interaction.objects.create(
        connection=conversation.connection, key=key_of("follow"), kind="follow", identity=carla, target_key=1
    )
    assign(conversation, anna, by=anna)

    address = reverse("respond:thread", args=[conversation.pk])
    again = desk.get(address, {"knows": conversation.person_id}).content.decode()

    assert 'id="properties" hx-swap-oob="innerHTML"' in again and "<dd>Anna Ferri</dd>" in again
    assert 'id="ties" hx-swap-oob="innerHTML"' in again and "Follows us" in again
    assert 'id="card"' not in again


def test_a_page_that_began_with_nobody_shows_who_answered_first(desk, says, carla):
    conversation = says("nice")

    again = desk.get(reverse("respond:thread", args=[conversation.pk]), {"knows": ""}).content.decode()

    assert (
        '<div id="card" hx-swap-oob="innerHTML">' in again
        and f'class="person__name"><a href="/people/{carla.person_id}/"' in again
    )
