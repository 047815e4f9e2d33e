"""FediTest finds what can be found of us: the cases in tests/support/witnesses/cases, run by its own command."""

from __future__ import annotations

import pytest

from tests.support.fediverse.home import Fediverse
from tests.support.witnesses import feditest


@pytest.fixture(scope="module")
def outcomes(fediverse: Fediverse, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What became of each case, for the brand."""
    if fediverse.lan.port != 443:
        pytest.skip("FediTest knows addresses without a port alone, and nobody here may listen on 443")
    return feditest.run(fediverse, tmp_path_factory.mktemp("feditest"))


@pytest.mark.parametrize("case", feditest.names())
def test_feditest_is_content(outcomes: dict[str, str], case: str) -> None:
    assert outcomes[case] == ""


def test_feditest_is_content_with_a_colleague_too_and_not_with_everything(
    outcomes: dict[str, str], fediverse: Fediverse, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Anna stands in for somebody who is not here, which is not so."""
    found = feditest.run(fediverse, tmp_path_factory.mktemp("feditest"), here="anna", nobody="anna")

    failed = {case for case, why in found.items() if why}
    assert failed == {"finding::who_is_not_here_is_not_found", "finding::what_is_refused_is_no_jrd"}
