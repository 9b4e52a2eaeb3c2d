"""A phone that talks to the real action server's executor, and an api that stands in."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from actions.alert_api import AlertApi
from actions.follow_up import ActionStatus
from actions.report import ValidateReportForm
from tests.standins.faults import Fault, answer_of

ROOT = Path(__file__).resolve().parents[2]
AWAY = [Fault(503), Fault(503)]  # as often as a call is tried
CODE, OTHER_CODE = "482177306", "773061824"
TOKEN = "made-up-token"

BARA = {"id": "town.khyber.bara.bara", "name": "Bara", "district": "Khyber", "score": 1.0}
BARA |= {"level": "town", "words": "bara"}
BEATEN = {"code": "physical_abuse", "p": 0.93}
NEGLECTED = {"code": "neglect", "p": 0.8}
GIRL_OF_9 = {"age": 9, "gender": "girl"}


class StandInApi:
    """The api's two endpoints for the actions: one open alert, danger as the text says it."""

    def __init__(self, url: str = "") -> None:
        self.url = url
        self.alerts: list[dict[str, Any]] = []
        self.asked: list[dict[str, Any]] = []
        self.tokens: set[str] = set()
        self.case_code = CODE
        self.lifeline = "general"
        self.children: list[dict[str, Any]] = []  # as the alert has them after each text
        self.choices: list[dict[str, Any]] = []  # districts a pin may lie in
        self.status = "received"
        self.answers: list[Fault] = []  # what is given before all else works again
        self.calls = 0
        self._clients: list[AlertApi] = []

    async def tell(self, request):
        """Make or fill the alert."""
        if fault := await self._take(request):
            return fault
        told = await request.json()
        self.alerts.append(told)
        danger = told["danger"]
        answer = {"alert": "a1", "case_code": self.case_code, "risk": "high", "danger": danger}
        answer |= {"lifeline": self.lifeline if danger else None, "unit": "khyber"}
        answer |= {"place": None, "new": len(self.alerts) == 1}
        self._keep_children(told)
        return JSONResponse(answer | {"children": self.children, "choices": self.choices})

    def _keep_children(self, told):
        """As the api does, for one child: filled in, and set right."""
        for child in told["children"]:
            one = self.children[0] if len(told["children"]) == len(self.children) == 1 else None
            if one is None:
                self.children.append(child)
            else:
                one |= {name: value for name, value in child.items() if value is not None}

    async def tell_status(self, request):
        """How far the alert is."""
        if fault := await self._take(request):
            return fault
        self.asked.append(await request.json())
        return JSONResponse({"status": self.status})

    async def _take(self, request):
        self.calls += 1
        self.tokens.add(request.headers["authorization"])
        return await answer_of(self.answers.pop(0)) if self.answers else None

    def client(self, **given: float) -> AlertApi:
        """The actions' own client, with this api behind it."""
        client = AlertApi(self.url, TOKEN, **given)
        self._clients.append(client)
        return client

    async def close(self) -> None:
        """Give all clients' connections up."""
        for client in self._clients:
            await client.close()


class Port:
    """Where the api of the test that runs is served: a server for each would take too long."""

    def __init__(self) -> None:
        self.api = StandInApi()
        self.app = Starlette(
            routes=[
                Route("/internal/v1/alerts", self.tell, methods=["POST"]),
                Route("/internal/v1/status", self.tell_status, methods=["POST"]),
            ]
        )

    async def tell(self, request):
        """Ask the api of this test."""
        return await self.api.tell(request)

    async def tell_status(self, request):
        """The same for a status."""
        return await self.api.tell_status(request)


class Phone:
    """Plays Rasa's form: holds the slots, hands over each text, asks what comes back."""

    def __init__(self, api: StandInApi) -> None:
        client = functools.cache(api.client)
        self.report_form = ValidateReportForm(client)
        self.status = ActionStatus(client)
        self.slots: dict[str, Any] = {}
        self.sent: list[dict[str, Any]] = []
        self.sayable = responses()
        self.texts = 0

    async def text(  # noqa: PLR0913  all that a text comes with
        self,
        text: str,
        intent: str,
        *,
        channel: str = "sms",
        location: dict[str, float] | None = None,
        joined: bool = False,
        kept_only: bool = False,
        confidence: float = 0.9,
        action: str = "report_form",
        **understanding: Any,
    ) -> list[str]:
        """Send a text as it was understood; the names of the replies, the question last."""
        self.texts += 1
        metadata = {"key": f"sms:{self.texts}", "channel": channel, "location": location}
        message = {
            "text": text,
            "intent": {"name": intent, "confidence": confidence},
            "entities": [],
            "message_id": metadata["key"],
            "metadata": metadata | {"language": None, "joined": joined, "kept_only": kept_only},
            "understanding": understanding,
        }
        # As Rasa's tracker writes it in a call to the action server.
        tracker = Tracker.from_dict(
            {
                "sender_id": "c1",
                "slots": {"language": "roman_ur", "requested_slot": None} | self.slots,
                "latest_message": message,
                "events": [{"event": "user", "input_channel": channel} | message],
                "paused": False,
                "followup_action": None,
                "active_loop": {"name": "report_form"},
                "latest_action_name": "report_form",
            }
        )
        dispatcher = CollectingDispatcher()
        events = await getattr(self, action).run(dispatcher, tracker, {})
        if action == "report_form":
            assert any(event["name"] != "requested_slot" for event in events)
        self.slots |= {event["name"]: event["value"] for event in events}
        self.sent = dispatcher.messages
        said = [message["response"] for message in dispatcher.messages]
        question = f"utter_ask_{self.slots.get('requested_slot')}"
        asked = [question] if action == "report_form" and question in self.sayable else []
        assert set(said) <= self.sayable, "a reply that is not in the reviewed table"
        return said + asked


def broken() -> AlertApi:
    """An api that breaks inside us, and quotes what it was to be told."""
    raise RuntimeError("made-up words")


@functools.cache
def responses() -> set[str]:
    """The names of the reviewed table."""
    names: set[str] = set()
    for file in (ROOT / "bot/domain").glob("*.yml"):
        names |= yaml.safe_load(file.read_text(encoding="utf-8"))["responses"].keys()
    return names
