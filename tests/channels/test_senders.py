"""Every sender against its provider's stand-in, by one runner: what is sent, what a failure means."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any, get_args

import pytest

from channels.errors import AddressRefused, OutcomeUnknown, ProviderUnreachable, SendFailed
from channels.messages import Button, Words
from channels.phone.line import PhoneLine
from channels.senders import Sender, make_senders
from channels.settings import PROVIDERS, Account
from channels.sms.africastalking.sender import AfricasTalkingSender
from channels.sms.kannel.sender import KannelSender
from channels.sms.m3tech.sender import M3TechSender
from channels.telegram.sender import TelegramSender
from tests.channels.conftest import NUMBER, make_settings
from tests.channels.outbound_cases import CASES, WITHOUT, WORDS, Case, Sort
from tests.standins.africastalking import AfricasTalking
from tests.standins.faults import Fault
from tests.standins.gateways import Kannel, M3Tech
from tests.standins.telegram import Telegram

URDU = "کہاں؟ گاؤں یا شہر"
CREDENTIALS = {
    "africastalking": {
        "africastalking_username": "sandbox",
        "africastalking_api_key": "at-key",
        "africastalking_sender": "8333",
    },
    "kannel": {"kannel_username": "u", "kannel_password": "pass"},
    "m3tech": {"m3tech_username": "u", "m3tech_password": "pass", "m3tech_sender": "8333"},
    "telegram": {"telegram_token": "123:made-up"},
}
STANDINS = {
    "africastalking": AfricasTalking,
    "kannel": Kannel,
    "m3tech": M3Tech,
    "telegram": Telegram,
}


@dataclass(frozen=True)
class Line:
    """A sender and the provider at its other end."""

    provider: str
    standin: Any
    sender: Sender

    @property
    def address(self) -> str:
        return "4711" if self.provider == "telegram" else NUMBER


@pytest.fixture
def provider(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def standin(provider: str) -> Iterator[Any]:
    with STANDINS[provider]().serve() as standin:
        yield standin


@pytest.fixture
async def line(provider: str, standin: Any) -> AsyncIterator[Line]:
    settings = make_settings(**CREDENTIALS[provider], **at(provider, standin.url))
    sender = make_senders(settings, no_phone())[provider]
    yield Line(provider, standin, sender)
    await sender.close()


def at(provider: str, origin: str) -> dict[str, str]:
    """The setting that sends a provider's traffic to this origin."""
    if provider == "m3tech":
        return {"m3tech_url": origin + M3Tech.path}
    return {"kannel_url": origin} if provider == "kannel" else {f"{provider}_api_url": origin}


def no_phone() -> PhoneLine:
    """A provider with credentials sends to nobody's simulated phone."""
    return PhoneLine.__new__(PhoneLine)


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
    line.standin.faults.add(case.answer)
    if case.means is None:
        assert await line.sender.send(line.address, WORDS) == case.message_id
        return
    with pytest.raises(SendFailed) as caught:
        await line.sender.send(line.address, WORDS)
    assert type(caught.value) is case.means
    assert caught.value.retry_after == case.retry_after
    shown = f"{caught.value} {caught.value.reason}"
    assert NUMBER[1:] not in shown
    assert "made-up" not in shown


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


@pytest.mark.parametrize("provider", ["africastalking"], indirect=True)
async def test_africas_talking_gets_what_its_documentation_asks_for(line: Line) -> None:
    message_id = await line.sender.send(NUMBER, Words(key="k", text=URDU))
    (sent,) = line.standin.sent
    assert message_id == sent.pop("id")
    assert sent == {
        "username": "sandbox",
        "to": NUMBER,
        "message": URDU,
        "bulkSMSMode": "1",
        "from": "8333",
    }
    assert line.standin.keys == ["at-key"]


@pytest.mark.parametrize("provider", ["kannel"], indirect=True)
@pytest.mark.parametrize(("text", "coding"), [(WORDS.text, "0"), (URDU, "2")])
async def test_kannel_is_told_the_coding_and_where_to_report(line: Line, text, coding) -> None:
    await line.sender.send(NUMBER, Words(key="telegram:7:0", text=text))
    (sent,) = line.standin.sent
    assert sent["dlr-url"].endswith("/delivery?id=telegram%3A7%3A0&status=%d")
    assert sent["dlr-url"].startswith("http://127.0.0.1:8080/sms/kannel/")
    assert {name: sent[name] for name in ("to", "text", "coding", "charset", "dlr-mask")} == {
        "to": NUMBER,
        "text": text,
        "coding": coding,
        "charset": "UTF-8",
        "dlr-mask": "31",
    }


@pytest.mark.parametrize("provider", ["m3tech"], indirect=True)
@pytest.mark.parametrize(("text", "kind"), [(WORDS.text, "0"), (URDU, "7")])
async def test_m3_tech_gets_a_bare_number_and_the_same_id_each_time(line: Line, text, kind) -> None:
    for _ in range(2):
        await line.sender.send(NUMBER, Words(key="k", text=text))
    first, second = line.standin.sent
    assert first == second
    assert (first["MobileNo"], first["SMSType"], first["SMS"]) == (NUMBER[1:], kind, text)
    assert first["MsgId"].isdigit()


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
