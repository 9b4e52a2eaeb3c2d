"""The form's validation and the submitting action, as rasa-sdk's documentation writes them."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from rasa_sdk import Action, FormValidationAction
from rasa_sdk.events import SlotSet

if TYPE_CHECKING:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

SKIPPED = "0"


class ValidateReportForm(FormValidationAction):
    """Each answer, as it comes."""

    def name(self) -> str:
        return "validate_report_form"

    async def validate_place(
        self,
        value: str,
        dispatcher: CollectingDispatcher,  # noqa: ARG002
        tracker: Tracker,  # noqa: ARG002
        domain: dict[str, Any],  # noqa: ARG002
    ) -> dict[str, Any]:
        return {"place": value.strip() or None}

    async def validate_happening_now(
        self,
        value: str,
        dispatcher: CollectingDispatcher,  # noqa: ARG002
        tracker: Tracker,  # noqa: ARG002
        domain: dict[str, Any],  # noqa: ARG002
    ) -> dict[str, Any]:
        return {"happening_now": value.strip() or None}

    async def validate_age(
        self,
        value: str,
        dispatcher: CollectingDispatcher,  # noqa: ARG002
        tracker: Tracker,  # noqa: ARG002
        domain: dict[str, Any],  # noqa: ARG002
    ) -> dict[str, Any]:
        return {"age": value.strip() if value.strip().isdecimal() else SKIPPED}

    async def validate_gender(
        self,
        value: str,
        dispatcher: CollectingDispatcher,  # noqa: ARG002
        tracker: Tracker,  # noqa: ARG002
        domain: dict[str, Any],  # noqa: ARG002
    ) -> dict[str, Any]:
        return {"gender": value.strip() or SKIPPED}

    async def validate_safe_contact(
        self,
        value: str,
        dispatcher: CollectingDispatcher,  # noqa: ARG002
        tracker: Tracker,  # noqa: ARG002
        domain: dict[str, Any],  # noqa: ARG002
    ) -> dict[str, Any]:
        return {"safe_contact": value.strip() or SKIPPED}

    async def validate_confirm(
        self,
        value: str,
        dispatcher: CollectingDispatcher,  # noqa: ARG002
        tracker: Tracker,  # noqa: ARG002
        domain: dict[str, Any],  # noqa: ARG002
    ) -> dict[str, Any]:
        return {"confirm": value.strip() or SKIPPED}


class ActionSubmit(Action):
    """A case code for what was told."""

    def name(self) -> str:
        return "action_submit"

    async def run(
        self,
        dispatcher: CollectingDispatcher,  # noqa: ARG002
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[dict[str, Any]]:
        return [SlotSet("case_code", f"{zlib.crc32(tracker.sender_id.encode()) % 10**9:09d}")]
