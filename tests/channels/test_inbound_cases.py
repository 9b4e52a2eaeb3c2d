"""Every provider's inbound cases, by one runner that the next provider's go through as well."""

from typing import get_args

import pytest

from channels.settings import PROVIDERS
from tests.channels.conftest import NUMBER, Front
from tests.channels.inbound_cases import CASES, WITHOUT, Case, Sort
from tests.channels.wires import CHAT

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
    answer = await front.client.send(case.request)
    assert answer.status_code == case.status
    assert await front.quarantined() == case.quarantined
    kept = await front.told()
    assert [one.text for one in kept] == ([] if case.text is None else [case.text])
    for one in kept:
        assert (one.provider, one.received_at) == (provider, case.received)
        channel, address = ("telegram", str(CHAT)) if provider == "telegram" else ("sms", NUMBER)
        assert await front.stores.book.find(channel, address)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_has_a_case_of_every_sort(provider: str) -> None:
    shown = {case.sort for case in CASES[provider]}
    assert shown | WITHOUT.get(provider, set()) == EVERY_SORT
