"""Every provider's inbound cases, by one runner that the next provider's go through as well."""

from typing import get_args

import pytest

from channels.settings import PROVIDERS
from tests.channels.conftest import Front
from tests.channels.inbound_cases import CASES, WITHOUT, Case, Sort, hold_request

EVERY_SORT = set(get_args(Sort))


@pytest.mark.parametrize(
    ("provider", "case"),
    [
        pytest.param(provider, case, id=f"{provider}, {case.sort}: {case.label}")
        for provider, cases in CASES.items()
        for case in cases
    ],
)
async def test_what_becomes_of_a_request(provider: str, case: Case, front: Front) -> None:
    await hold_request(provider, case, front)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_has_a_case_of_every_sort(provider: str) -> None:
    shown = {case.sort for case in CASES[provider]}
    assert shown | WITHOUT.get(provider, set()) == EVERY_SORT
