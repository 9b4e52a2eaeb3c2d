"""Fixtures of the actions: a phone, and the api behind it."""

import pytest

from tests.actions.phone import Phone, StandInApi


@pytest.fixture
def api() -> StandInApi:
    return StandInApi()


@pytest.fixture
def phone(api: StandInApi) -> Phone:
    return Phone(api)
