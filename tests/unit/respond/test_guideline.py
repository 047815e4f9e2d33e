"""The guideline: everybody reads, coordinators write."""

from __future__ import annotations

from corale.respond.models import Guideline

NEW = "/desk/guideline/new/"


def test_members_read_and_do_not_even_learn_where_it_is_written(desk):
    assert desk.get("/desk/guideline/").status_code == 200
    assert desk.get(NEW).status_code == 404
    assert desk.post(NEW, {"summary": "x"}).status_code == 404


def test_coordinators_write_versions_and_none_is_lost(client, coordinator):
    client.force_login(coordinator.user)

    client.post(NEW, {"summary": "Be kind.", "body": "# How\n\n<script>alert(1)</script> [x](javascript:alert(1))"})
    client.post(NEW, {"summary": "Be kind and quick.", "body": "**soon**"})

    assert list(Guideline.objects.values_list("version", "summary")) == [(2, "Be kind and quick."), (1, "Be kind.")]
    newest = client.get("/desk/guideline/").content.decode()
    first = client.get("/desk/guideline/1/").content.decode()
    assert "<strong>soon</strong>" in newest
    assert "<h1>How</h1>" in first
    assert "<script>alert" not in first and 'href="javascript' not in first
    assert client.get("/desk/guideline/7/").status_code == 404


def test_a_guideline_without_a_summary_is_refused_and_keeps_the_words(client, coordinator):
    client.force_login(coordinator.user)

    response = client.post(NEW, {"summary": "", "body": "many words"})

    assert response.status_code == 400
    assert "many words" in response.content.decode()
