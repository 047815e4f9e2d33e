"""FediTest cases of WebFinger: each behaviour a section of RFC 7033 asks of a server."""

from urllib.parse import quote

from feditest import InteropLevel, SpecLevel, assert_that, test
from feditest.protocols.web.diag import HttpRequest, WebDiagClient
from feditest.protocols.webfinger import WebFingerServer
from feditest.protocols.webfinger.diag import WebFingerDiagClient
from feditest.protocols.webfinger.utils import link_subset_or_equal_to, multi_dict_has_key, no_exception, wf_error
from feditest.utils import ParsedUri
from hamcrest import equal_to, greater_than, is_not, starts_with

SELF = "self"
PROFILE = "http://webfinger.net/rel/profile-page"


def place(server: WebFingerServer, query: str) -> str:
    return f"https://{server.hostname}/.well-known/webfinger?{query}"


def status(client: WebDiagClient, address: str) -> int:
    return client.http_get(address).response.http_status


@test
def a_query_is_answered_with_a_valid_jrd(client: WebFingerDiagClient, server: WebFingerServer) -> None:
    """Sections 4.2 and 4.4: status 200, application/jrd+json, and every member as the format has it."""
    answer = client.diag_perform_webfinger_query(server.obtain_account_identifier("here"))

    assert_that(answer.exceptions, no_exception(), wf_error(answer))


@test
def the_subject_is_the_account(client: WebFingerDiagClient, server: WebFingerServer) -> None:
    """Section 4.4.1."""
    account = server.obtain_account_identifier("here")

    answer = client.diag_perform_webfinger_query(account)

    assert_that(answer.jrd.subject(), equal_to(account))


@test
def the_actor_is_behind_self(client: WebFingerDiagClient, server: WebFingerServer) -> None:
    """What ActivityPub servers look for: a link `self` of its type, over TLS."""
    links = client.diag_perform_webfinger_query(server.obtain_account_identifier("here")).jrd.links()

    found = [each for each in links if each["rel"] == SELF and each.get("type") == "application/activity+json"]

    assert_that(len(found), equal_to(1), interop_level=InteropLevel.PROBLEM)
    assert_that(found[0]["href"], starts_with("https://"))


@test
def the_order_of_parameters_does_not_matter(client: WebFingerDiagClient, server: WebFingerServer) -> None:
    """Section 4.1."""
    account = quote(server.obtain_account_identifier("here"))

    one = client.http_get(place(server, f"rel={SELF}&resource={account}")).response
    other = client.http_get(place(server, f"resource={account}&rel={SELF}")).response

    assert_that(one.http_status, equal_to(200))
    assert_that(one.payload, equal_to(other.payload))


@test
def a_resource_may_be_percent_encoded_or_not(client: WebFingerDiagClient, server: WebFingerServer) -> None:
    """Section 4.1: the encoding belongs to the query, not to the resource."""
    account = server.obtain_account_identifier("here")

    plain, whole = (client.http_get(place(server, f"resource={each}")) for each in (account, quote(account, safe="")))

    assert_that(plain.response.payload, equal_to(whole.response.payload))


@test
def without_a_resource_it_is_a_bad_request(client: WebFingerDiagClient, server: WebFingerServer) -> None:
    """Section 4.2: absent, without a value, and under another name."""
    account = quote(server.obtain_account_identifier("here"))
    for query in ("", "resource", "resource=", f"Resource={account}"):
        assert_that(status(client, place(server, query)), equal_to(400), f"?{query}")


@test
def a_malformed_resource_is_a_bad_request(client: WebFingerDiagClient, server: WebFingerServer) -> None:
    """Section 4.2: without a scheme, with one sign too many, and an account that is none."""
    account = server.obtain_account_identifier("here")
    bare = account.removeprefix("acct:")
    for resource in (bare, "=" + quote(account), "acct:", "acct:@", f"acct:{server.hostname}"):
        assert_that(status(client, place(server, f"resource={resource}")), equal_to(400), resource)


@test
def who_is_not_here_is_not_found(client: WebFingerDiagClient, server: WebFingerServer) -> None:
    """Section 4.2."""
    nobody = server.obtain_non_existing_account_identifier("nobody")

    assert_that(status(client, place(server, f"resource={quote(nobody)}")), equal_to(404))


@test
def what_is_refused_is_no_jrd(client: WebFingerDiagClient, server: WebFingerServer) -> None:
    """Section 4.2: whoever reads the body only must not take it for an answer."""
    nobody = quote(server.obtain_non_existing_account_identifier("nobody"))

    for query in ("", f"resource={nobody}"):
        kind = client.http_get(place(server, query)).response.content_type() or ""
        assert_that(kind.partition(";")[0], is_not(equal_to("application/jrd+json")), f"?{query}")


@test
def it_leads_nowhere_without_tls(client: WebFingerDiagClient, server: WebFingerServer) -> None:
    """Section 4.2: redirects, where there are any, go to https alone."""
    address = place(server, "resource=" + quote(server.obtain_account_identifier("here")))

    answer = client.http(HttpRequest(ParsedUri.parse(address)), follow_redirects=False).response

    if answer.is_redirect():
        assert_that(answer.location(), starts_with("https://"))


@test
def only_the_links_that_were_asked_for(client: WebFingerDiagClient, server: WebFingerServer) -> None:
    """Section 4.3, with one relation and with two."""
    account = server.obtain_account_identifier("here")
    whole = client.diag_perform_webfinger_query(account)
    for rels in ([SELF], [SELF, PROFILE]):
        some = client.diag_perform_webfinger_query(account, rels=rels)
        assert_that(some.exceptions, no_exception(), wf_error(some))
        assert_that(some.jrd, link_subset_or_equal_to(whole.jrd))
        assert_that({each["rel"] for each in some.jrd.links()}, equal_to(set(rels)), spec_level=SpecLevel.SHOULD)


@test
def every_alias_leads_to_the_same_subject(client: WebFingerDiagClient, server: WebFingerServer) -> None:
    """Section 4.5: a resource is any URI, and addresses of the web are some."""
    account = server.obtain_account_identifier("here")
    aliases = client.diag_perform_webfinger_query(account).jrd.aliases()

    assert_that(len(aliases), greater_than(0))
    for alias in aliases:
        answer = client.diag_perform_webfinger_query(alias)
        assert_that(answer.exceptions, no_exception(), wf_error(answer))
        assert_that(answer.jrd.subject(), equal_to(account), alias)


@test
def pages_of_others_may_read_it(client: WebFingerDiagClient, server: WebFingerServer) -> None:
    """Section 5: the header of CORS is there, and lets everybody in."""
    answer = client.diag_perform_webfinger_query(server.obtain_account_identifier("here"))

    headers = answer.http_request_response_pair.response.response_headers
    assert_that(headers, multi_dict_has_key("access-control-allow-origin"))
    assert_that(headers["access-control-allow-origin"], equal_to("*"), spec_level=SpecLevel.SHOULD)
