"""Every sender against its provider's stand-in, by one runner: what is sent, what a failure means."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any, get_args

import pytest

from channels.errors import AddressRefused, OutcomeUnknown, ProviderUnreachable
from channels.messages import Button, Words
from channels.senders import make_senders
from channels.settings import PROVIDERS, Account
from channels.sms.africastalking.sender import AfricasTalkingSender
from channels.sms.kannel.sender import KannelSender
from channels.sms.m3tech.sender import M3TechSender
from channels.telegram.sender import TelegramSender
from tests.channels.conftest import NUMBER, make_settings
from tests.channels.lines import CREDENTIALS, STANDINS, Line, at, hold_answer, line_to, no_phone
from tests.channels.outbound_cases import CASES, WITHOUT, WORDS, Case, Sort
from tests.standins.faults import Fault
from tests.standins.gateways import M3Tech

URDU = "کہاں؟ گاؤں یا شہر"


@pytest.fixture
def provider(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def standin(provider: str) -> Iterator[Any]:
    with STANDINS[provider]().serve() as standin:
        yield standin


@pytest.fixture
async def line(provider: str) -> AsyncIterator[Line]:
    async with line_to(provider) as line:
        yield line


every_provider = pytest.mark.parametrize("provider", STANDINS, indirect=True)


@every_provider
async def test_one_reply_is_one_message(line: Line) -> None:
    await line.sender.send(line.address, WORDS)
    assert len(line.standin.sent) == 1
    assert WORDS.text in line.standin.sent[0].values()


@pytest.mark.parametrize(
    ("provider", "case"),
    [
        pytest.param(provider, case, id=f"{provider}, {case.sort}: {case.label}")
        for provider, cases in CASES.items()
        for case in cases
    ],
    indirect=["provider"],
)
async def test_what_an_answer_means(line: Line, case: Case) -> None:
    await hold_answer(line, case)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_has_a_case_of_every_sort(provider: str) -> None:
    shown = {case.sort for case in CASES[provider]}
    assert shown | WITHOUT.get(provider, set()) == set(get_args(Sort))


IMPATIENT = 0.3  # seconds
QUICK = {
    "africastalking": lambda url: AfricasTalkingSender(
        Account("key", username="sandbox", url=url), patience=IMPATIENT
    ),
    "kannel": lambda url: KannelSender(
        Account("p", username="u", url=url), "http://127.0.0.1:1", patience=IMPATIENT
    ),
    "m3tech": lambda url: M3TechSender(Account("p", username="u", url=url), patience=IMPATIENT),
    "telegram": lambda url: TelegramSender(Account("123:made-up", url=url), patience=IMPATIENT),
}


@every_provider
async def test_an_answer_that_takes_too_long_leaves_the_outcome_open(
    provider: str, standin: Any
) -> None:
    standin.faults.add(Fault(after=60, take=True))
    sender = QUICK[provider](standin.url + (M3Tech.path if provider == "m3tech" else ""))
    with pytest.raises(OutcomeUnknown):
        await sender.send("4711" if provider == "telegram" else NUMBER, WORDS)
    await sender.close()
    assert len(standin.sent) == 1


@pytest.mark.parametrize("provider", ["africastalking", "kannel", "m3tech"], indirect=True)
@pytest.mark.parametrize("service", ["8333", "JAZZ"])
async def test_a_service_is_not_answered(service: str, line: Line) -> None:
    with pytest.raises(AddressRefused):
        await line.sender.send(service, WORDS)
    assert line.standin.sent == []


@every_provider
async def test_nobody_there_means_nothing_was_sent(provider: str) -> None:
    settings = make_settings(**CREDENTIALS[provider], **at(provider, "http://127.0.0.1:1"))
    sender = make_senders(settings, no_phone())[provider]
    with pytest.raises(ProviderUnreachable):
        await sender.send("4711" if provider == "telegram" else NUMBER, WORDS)
    await sender.close()


@pytest.mark.parametrize("provider", ["telegram"], indirect=True)
async def test_a_bots_message_is_silent_and_stays_where_it_is(line: Line) -> None:
    buttons = (Button(title="Girl", payload="1"), Button(title="Boy", payload="2"))
    await line.sender.send("4711", Words(key="k", text="_Girl* or boy", buttons=buttons, tap="q1"))
    assert line.standin.of("answerCallbackQuery") == [{"callback_query_id": "q1"}]
    (sent,) = line.standin.sent
    keyboard = json.loads(sent.pop("reply_markup"))["inline_keyboard"]
    assert keyboard == [
        [{"text": "Girl", "callback_data": "1"}],
        [{"text": "Boy", "callback_data": "2"}],
    ]
    assert json.loads(sent.pop("link_preview_options")) == {"is_disabled": True}
    assert sent == {
        "chat_id": "4711",
        "text": "_Girl* or boy",
        "disable_notification": "true",
        "protect_content": "true",
    }


def test_without_credentials_a_demo_has_simulated_phones_and_production_none() -> None:
    assert set(make_senders(make_settings(), no_phone())) == set(STANDINS) | {
        "phone_sms",
        "phone_telegram",
    }
    given = make_settings(env="production", **CREDENTIALS["m3tech"])
    assert set(make_senders(given, no_phone())) == {"m3tech"}


@contextlib.asynccontextmanager
async def hanging_up() -> AsyncIterator[str]:
    """A server that reads a request and hangs up without a word."""

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.mark.parametrize("provider", STANDINS)
async def test_a_line_that_breaks_after_the_request_leaves_the_outcome_open(provider: str) -> None:
    async with hanging_up() as origin:
        sender = make_senders(
            make_settings(**CREDENTIALS[provider], **at(provider, origin)), no_phone()
        )
        with pytest.raises(OutcomeUnknown):
            await sender[provider].send("4711" if provider == "telegram" else NUMBER, WORDS)
        await sender[provider].close()
