"""The pages of themes, decisions and report-backs."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from corale.adapters.demo import lengths
from corale.adapters.demo.adapter import DemoAdapter
from corale.channels.contract import Can
from corale.channels.models import Delivery
from corale.improve.actions.gathering import gather
from corale.improve.actions.theming import begin_theme
from corale.improve.models import Decision, ReportBack, Theme, Voice


@pytest.fixture
def anna(world: Any) -> Client:
    return signed_in(world.anna)


@pytest.fixture
def elena(world: Any) -> Client:
    return signed_in(world.elena)


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def page(client: Client, name: str, *args: Any, **query: Any) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_message_is_gathered_from_where_it_stands(anna: Client, world: Any, theme: Theme) -> None:
    address = reverse("improve:gather_message", args=[world.carlas_parcel.pk])
    assert "Consegne la sera" in anna.get(address, headers={"HX-Request": "true"}).content.decode()

    answer = anna.post(address, {"theme": theme.pk}, headers={"HX-Request": "true"})

    voice = Voice.objects.get(message=world.carlas_parcel)
    assert reverse("improve:voice_removal", args=[voice.pk]) in answer.content.decode()


def test_a_new_theme_begins_while_gathering(anna: Client, world: Any) -> None:
    answer = anna.post(reverse("improve:gather_message", args=[world.carlas_parcel.pk]), {"name": "Pacchi"})

    assert answer["Location"].endswith(str(world.late_parcel.pk) + "/")
    assert Theme.objects.get(name="Pacchi").voice_count == 1


def test_gathering_nowhere_says_what_is_missing(anna: Client, world: Any) -> None:
    assert anna.post(reverse("improve:gather_message", args=[world.carlas_parcel.pk])).status_code == 422


def test_undo_takes_it_out_again(anna: Client, theme: Theme) -> None:
    voice = theme.voices.first()
    assert voice is not None
    anna.post(reverse("improve:voice_removal", args=[voice.pk]))

    theme.refresh_from_db()
    assert theme.voice_count == 4


def test_the_themes_cost_the_same_however_many_there_are(
    anna: Client, theme: Theme, world: Any, django_assert_max_num_queries: Any
) -> None:
    from corale.improve.actions.theming import begin_theme

    for number in range(60):
        begin_theme(f"Tema {number}", by=world.anna)
    with django_assert_max_num_queries(16):
        first = page(anna, "improve:themes")

    assert first.count('class="theme"') == 50
    after = first.partition("?after=")[2].partition('"')[0]
    rest = anna.get(f"{reverse('improve:themes')}?after={after}").content.decode()
    assert rest.count('class="theme"') == 11
    assert "Consegne la sera" in first + rest


def test_the_voices_cost_the_same_however_many_there_are(
    anna: Client, theme: Theme, world: Any, django_assert_max_num_queries: Any
) -> None:
    gather([world.says(f"voce{number}", "Anch'io!") for number in range(60)], theme, by=world.anna)
    with django_assert_max_num_queries(18):
        assert page(anna, "improve:theme", theme.pk).count('class="said"') == 50


def test_the_register_and_a_long_list_of_people_told_cost_little(
    anna: Client, done: Decision, world: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(16):
        assert done.title in page(anna, "improve:decisions")
    with django_assert_max_num_queries(22):
        assert page(anna, "improve:decision", done.pk).count('class="told"') == 5


def test_what_they_said_is_shown_as_words_and_never_as_markup(anna: Client, theme: Theme, world: Any) -> None:
    gather([world.says("mara", "<script>alert(1)</script> \u202e ciao")], theme, by=world.anna)

    assert "<script>alert" not in page(anna, "improve:theme", theme.pk)


def test_a_coordinator_records_a_decision_and_a_member_does_not_even_learn_that_one_can(
    anna: Client, elena: Client, world: Any, theme: Theme
) -> None:
    address = reverse("improve:decide", args=[theme.pk])
    voice = theme.voices.first()
    assert voice is not None
    words = {
        "kind": "no",
        "title": "No",
        "reason": "Troppo caro.",
        "decided_by": world.bruno.pk,
        "evidence": voice.message_id,
    }

    assert anna.post(address, words).status_code == 404
    elena.post(address, words)

    decision = Decision.objects.get()
    assert (decision.kind, decision.decided_by, decision.recorded_by) == ("no", world.bruno, world.elena)


def test_a_decision_on_nobodys_words_says_so_or_is_not_recorded(elena: Client, world: Any, theme: Theme) -> None:
    words = {"kind": "yes", "title": "Sì", "reason": "Perché sì.", "decided_by": world.elena.pk}
    refused = elena.post(reverse("improve:decide", args=[theme.pk]), words)
    assert refused.status_code == 422
    assert "Perché sì." in refused.content.decode()

    elena.post(reverse("improve:decide", args=[theme.pk]), {**words, "without_evidence": "Legge nuova."})
    assert Decision.objects.get().without_evidence == "Legge nuova."


def test_marking_the_outcome_leads_to_the_review(elena: Client, decision: Decision) -> None:
    answer = elena.post(reverse("improve:outcome", args=[decision.pk]), {"kind": "done", "text_it": "Fatto, {name}!"})

    assert answer["Location"] == reverse("improve:review", args=[decision.pk])
    assert "Fatto, Giulia!" in page(elena, "improve:review", decision.pk)


def test_the_review_shows_what_they_asked_and_the_length_as_the_channel_counts(anna: Client, done: Decision) -> None:
    shown = page(anna, "improve:review", done.pk)

    report = done.report_backs.order_by("pk")[0]
    assert f">{report.text}</textarea>" in shown.replace("&#x27;", "'")
    assert f"{len(report.text)} of {lengths.LENGTH}" in shown
    assert "Si può la sera?" in shown


def test_the_review_counts_the_name_that_stands_under_each_message(
    anna: Client, world: Any, done: Decision, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DemoAdapter, "can", DemoAdapter.can | Can.SIGN)
    address = reverse("improve:review", args=[done.pk])

    response = anna.get(address)

    assert f"— {world.anna.name}" in response.content.decode()
    shown = response.context["shown"][0]
    assert shown.length == len(shown.report.text) + len(f"\n— {world.anna.name}")


def test_each_message_of_a_thread_shows_its_themes(anna: Client, world: Any) -> None:
    theme = begin_theme("Pacchi lenti", by=world.anna)
    gather([world.carlas_parcel], theme, by=world.anna)

    address = reverse("improve:person", args=[world.carla.pk])
    beside = anna.get(f"{address}?conversation={world.late_parcel.pk}").content.decode()

    assert f'id="themes-{world.carlas_parcel.pk}" hx-swap-oob="innerHTML"' in beside
    assert "hx-swap-oob" not in anna.get(address).content.decode()
    assert anna.get(f"{address}?conversation=nonsense").status_code == 200


def test_all_that_is_shown_goes_as_it_stands_on_the_page(anna: Client, done: Decision) -> None:
    pks = list(done.report_backs.order_by("pk").values_list("pk", flat=True))
    anna.post(
        reverse("improve:review", args=[done.pk]),
        {"shown": pks[:3], f"text-{pks[0]}": "Cara Giulia, si può.", f"text-{pks[1]}": "b" * 400},
    )

    assert list(done.report_backs.order_by("pk").values_list("state", flat=True)) == [
        "sending", "to_review", "sending", "to_review", "to_review",
    ]  # fmt: skip
    assert Delivery.objects.order_by("pk")[0].payload["text"] == "Cara Giulia, si può."
    assert ReportBack.objects.get(pk=pks[1]).text == "b" * 400  # too long to go, and not lost


def test_twenty_at_most_go_at_once(anna: Client, theme: Theme, decision: Decision, world: Any) -> None:
    from corale.improve.actions.concluding import conclude

    gather([world.says(f"voce{number}", "Anch'io!") for number in range(25)], theme, by=world.anna)
    conclude(decision, kind="done", texts={"it": "Fatto."}, by=world.elena)
    pks = list(decision.report_backs.values_list("pk", flat=True))
    anna.post(reverse("improve:review", args=[decision.pk]), {"shown": pks})

    assert decision.report_backs.filter(state="sending").count() == 20


def test_one_goes_one_waits_one_is_not_told(anna: Client, done: Decision) -> None:
    one, two, three = done.report_backs.order_by("pk").values_list("pk", flat=True)[:3]
    anna.post(reverse("improve:report_approval", args=[one]))
    anna.post(reverse("improve:report_words", args=[two]), {f"text-{two}": "Altre parole."})
    anna.post(reverse("improve:report_omission", args=[three]), {f"reason-{three}": "Detto a voce."})

    states = dict(done.report_backs.values_list("pk", "state"))
    assert (states[one], states[two], states[three]) == ("sending", "to_review", "skipped")
    assert ReportBack.objects.get(pk=two).text == "Altre parole."


def test_the_list_of_people_opens_by_state(anna: Client, done: Decision) -> None:
    report = done.report_backs.order_by("pk")[0]
    anna.post(reverse("improve:report_omission", args=[report.pk]), {f"reason-{report.pk}": "Detto a voce."})

    skipped = page(anna, "improve:decision", done.pk, state="skipped")

    assert skipped.count('class="told"') == 1
    assert "Detto a voce." in skipped


def test_a_persons_page_shows_both_sides_and_what_they_were_told(anna: Client, world: Any, done: Decision) -> None:
    report = done.report_backs.select_related("person").order_by("pk")[0]
    anna.post(reverse("improve:report_approval", args=[report.pk]))

    timeline = page(anna, "improve:timeline", report.person_id)
    pieces = page(anna, "improve:person", report.person_id)

    assert "Si può la sera?" in timeline
    assert "l&#x27;abbiamo fatto" in timeline
    assert done.title in pieces


def test_the_timeline_goes_back_page_by_page(anna: Client, world: Any) -> None:
    first = world.says("carla", "Uno")
    for number in range(40):
        world.says("carla", f"Ancora {number}", to=first)
    newest = page(anna, "improve:timeline", world.carla.pk)
    after = newest.partition("?after=")[2].partition('"')[0]
    older = anna.get(f"{reverse('improve:timeline', args=[world.carla.pk])}?after={after}").content.decode()

    assert newest.count('class="said"') == 30
    assert older.count('class="said"') == 14  # 44 in all


def test_who_spoke_after_the_outcome_is_told_too_and_nobody_twice(
    anna: Client, done: Decision, theme: Theme, world: Any
) -> None:
    gather([world.says("quirino", "E la domenica sera?")], theme, by=world.anna)
    assert "1 person spoke in this theme since" in page(anna, "improve:decision", done.pk)

    for _ in range(2):
        anna.post(reverse("improve:decision_late", args=[done.pk]))

    assert done.report_backs.count() == 6
    assert "spoke in this theme since" not in page(anna, "improve:decision", done.pk)
