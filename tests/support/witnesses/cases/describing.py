"""FediTest cases of NodeInfo, as FEP-f1d5 and the schemas of NodeInfo 2.0 and 2.1 ask for it."""

import json
import re

from feditest import assert_that, test
from feditest.protocols.webfinger import WebFingerServer
from feditest.protocols.webfinger.diag import WebFingerDiagClient
from hamcrest import equal_to, greater_than, has_item, is_in, less_than_or_equal_to, matches_regexp, starts_with

SCHEMA = "http://nodeinfo.diaspora.software/ns/schema/"
NUMBERS = ("localPosts", "localComments")


def linked(client: WebFingerDiagClient, server: WebFingerServer) -> dict[str, str]:
    """Version → where it is described."""
    answer = client.http_get(f"https://{server.hostname}/.well-known/nodeinfo").response
    assert_that(answer.http_status, equal_to(200))
    links = json.loads(answer.payload)["links"]
    return {each["rel"].removeprefix(SCHEMA): each["href"] for each in links if each["rel"].startswith(SCHEMA)}


def described(client: WebFingerDiagClient, server: WebFingerServer) -> list[tuple[str, dict]]:
    """Each version with its description."""
    return [(each, json.loads(client.http_get(to).response.payload)) for each, to in linked(client, server).items()]


@test
def the_versions_are_linked(client: WebFingerDiagClient, server: WebFingerServer) -> None:
    """Of what is linked, at least one version that is in use, over TLS and on the same server."""
    links = linked(client, server)

    assert_that(links.keys(), has_item("2.0"))
    for to in links.values():
        assert_that(to, starts_with(f"https://{server.hostname}/"))


@test
def each_is_of_its_type(client: WebFingerDiagClient, server: WebFingerServer) -> None:
    """application/json with the profile of the schema."""
    for version, to in linked(client, server).items():
        kind = client.http_get(to).response.content_type()
        assert_that(kind, starts_with("application/json"))
        assert_that(kind, matches_regexp(re.escape(f'profile="{SCHEMA}{version}#"')))


@test
def each_says_its_version_and_what_runs_here(client: WebFingerDiagClient, server: WebFingerServer) -> None:
    """The schema allows small letters, digits and hyphens in the name of the software."""
    for version, thing in described(client, server):
        assert_that(thing["version"], equal_to(version))
        assert_that(thing["software"]["name"], matches_regexp("^[a-z0-9-]+$"))
        assert_that(len(thing["software"]["version"]), greater_than(0))


@test
def each_speaks_activitypub(client: WebFingerDiagClient, server: WebFingerServer) -> None:
    """By the name that the schema gives it."""
    for _, thing in described(client, server):
        assert_that(thing["protocols"], has_item("activitypub"))


@test
def each_has_what_the_schema_asks_for_and_nothing_else(client: WebFingerDiagClient, server: WebFingerServer) -> None:
    """`additionalProperties` is false in the schema, so a reader may refuse what has more."""
    required = {"version", "software", "protocols", "services", "openRegistrations", "usage", "metadata"}
    for _, thing in described(client, server):
        assert_that(set(thing), equal_to(required))
        assert_that(set(thing["services"]), equal_to({"inbound", "outbound"}))
        assert_that(thing["openRegistrations"], is_in([True, False]))


@test
def what_is_counted_are_whole_numbers_that_fit_together(client: WebFingerDiagClient, server: WebFingerServer) -> None:
    """Nobody was active this month who was not active in the half year."""
    for _, thing in described(client, server):
        usage, users = thing["usage"], thing["usage"]["users"]
        counted = [*users.values(), *(usage[name] for name in NUMBERS if name in usage)]
        assert_that([each for each in counted if type(each) is not int or each < 0], equal_to([]))
        assert_that(users["activeMonth"], less_than_or_equal_to(users["activeHalfyear"]))
        assert_that(users["activeHalfyear"], less_than_or_equal_to(users["total"]))
