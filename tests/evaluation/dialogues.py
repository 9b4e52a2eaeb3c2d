"""Judges dialogues over the real webhooks: `python -m tests.evaluation.dialogues [id ...]`.

`evaluate` plays `dialogues.yml` against a running installation and says of each what was right;
`table` writes that as markdown.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tests.e2e.installed import installed
from tests.evaluation.playing import Played, Player

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.e2e.installation import Installation

DIALOGUES = Path(__file__).with_name("dialogues.yml")
AT_ONCE = 8  # dialogues played side by side: a turn is mostly waiting
LONG_ENOUGH = 12  # letters from which a text is this dialogue's alone
CHECKS = ("unit", "risk", "children", "alerts", "told", "once")


@dataclass(slots=True)
class Result:
    """What became of a dialogue: for each check whether it is right, and what is wrong."""

    id: str
    covers: str
    form: str
    right: dict[str, bool] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether all is right."""
        return all(self.right.values())

    def check(self, name: str, *, right: bool, wrong: str) -> None:
        """Note a check; what was looked at twice has to be right twice."""
        self.right[name] = self.right.get(name, True) and right
        if not right:
            self.wrong.append(wrong)


def load(ids: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The dialogues of the set, or those with these ids."""
    dialogues = yaml.safe_load(DIALOGUES.read_text(encoding="utf-8"))
    wanted = set(ids)
    return [one for one in dialogues if not wanted or one["id"] in wanted]


def evaluate(amaan: Installation, dialogues: Sequence[dict[str, Any]]) -> list[Result]:
    """Play dialogues against a running installation and judge each by its alerts and replies."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        played = list(pool.map(lambda one: Player(amaan, one).play(), dialogues))
    alerts = all_alerts(amaan)
    return [judge(one, alerts_of(one, alerts)) for one in played]


def all_alerts(amaan: Installation) -> list[dict[str, Any]]:
    """Every alert of every desk, whole, the oldest first."""
    accounts = json.loads((amaan.home / "demo-accounts.json").read_text(encoding="utf-8"))
    units = {one["unit"] for one in accounts if one["role"] == "supervisor"}
    found = [alert for unit in (*sorted(units), "commission") for alert in on_desk(amaan, unit)]
    return sorted(found, key=lambda alert: str(alert["created_at"]))


def on_desk(amaan: Installation, unit: str) -> list[dict[str, Any]]:
    """All alerts of a unit or of the commission, restricted ones too."""
    alerts = []
    with amaan.staff(unit, role="supervisor") as client:
        cursor: str | None = ""
        while cursor is not None:
            asked = {"limit": "200"} | ({"cursor": cursor} if cursor else {})
            page = client.get("/alerts", params=asked).json()
            alerts += [client.get(f"/alerts/{item['id']}").json() for item in page["items"]]
            cursor = page["next_cursor"]
    return alerts


def alerts_of(played: Played, alerts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The alerts of a dialogue: by a case code it was told, or by a long text that it sent."""
    sent = {text for text in texts(played.dialogue) if len(text) >= LONG_ENOUGH}
    return [
        alert
        for alert in alerts
        if alert["case_code"] in played.codes
        or any(report["text"] in sent for report in alert["reports"])
    ]


def texts(dialogue: dict[str, Any]) -> list[str]:
    """The texts a dialogue begins with, and begins again with later."""
    tellings = [dialogue, *dialogue.get("later", [])]
    return [text for one in tellings for text in one["opening"] if isinstance(text, str)]


def judge(played: Played, alerts: Sequence[dict[str, Any]]) -> Result:
    """Compare what came of a dialogue with what its entry expects."""
    dialogue = played.dialogue
    result = Result(dialogue["id"], dialogue["covers"], dialogue["form"])
    expect = dialogue["expect"]
    result.check(
        "alerts",
        right=len(alerts) == expect["alerts"],
        wrong=f"{len(alerts)} alerts, not {expect['alerts']}",
    )
    judge_alert(result, alerts[0] if alerts else None, expect)
    for later in dialogue.get("later", []):
        told_in = [
            alert
            for alert in alerts
            if any(report["text"] == played.first_later for report in alert["reports"])
        ]
        judge_alert(result, told_in[-1] if told_in else None, later["expect"])
    for name in dialogue.get("told", []):
        result.check("told", right=TOLD[name](played, alerts), wrong=f"not {name}")
    twice = asked_twice(played)
    result.check("once", right=not twice, wrong=f"asked twice: {', '.join(twice)}")
    if played.failure:
        result.check("told", right=False, wrong=played.failure)
    return result


def judge_alert(result: Result, alert: dict[str, Any] | None, expect: dict[str, Any]) -> None:
    """Compare an alert's unit, risk and children, in any order, with those expected."""
    unit, risk = (alert["unit"], alert["risk"]) if alert else (None, "none")
    result.check("unit", right=unit == expect["unit"], wrong=f"unit {unit}, not {expect['unit']}")
    levels = " or ".join(expect["risk"])
    result.check("risk", right=risk in expect["risk"], wrong=f"risk {risk}, not {levels}")
    told = spelled(alert["children"] if alert else [])
    wanted = spelled(expect["children"])
    result.check("children", right=told == wanted, wrong=f"children {told}, not {wanted}")


def spelled(children: Iterable[dict[str, Any]]) -> str:
    """Children as one text, whatever order they were told in."""
    return " + ".join(sorted(f"{one['age']} {one['gender']}" for one in children)) or "none"


def asked_twice(played: Played) -> list[str]:
    """Responses that asked the same again, but for the one an interruption left open.

    A second telling begins anew: only its own questions are counted in it.
    """
    twice: list[str] = []
    asked: Counter[str] = Counter()
    is_later = False
    for turn in played.turns:
        if turn.kind == "later" and not is_later:
            asked.clear()
            is_later = True
        question = turn.question
        if question is None:
            continue
        resumed = turn.kind not in {"opening", "answer", "later"}
        if asked[question] and not resumed:
            twice.append(question)
        asked[question] += 1
    return twice


def quiet_after_stop(played: Played, _: Sequence[dict[str, Any]]) -> bool:
    """Whether the last text, a STOP, was answered by one neutral line at most."""
    last = played.turns[-1]
    return len(last.heard) <= 1 and last.question is None


TOLD = {
    "answers_help": lambda played, _: played.heard("utter_info") > 0,
    "outside_kp": lambda played, _: played.heard("utter_elsewhere") > 0,
    "place_choice_offered": lambda played, _: played.heard("utter_which_place") > 0,
    "district_asked_once": lambda played, _: played.heard("utter_which_place") == 1,
    "stays_open_for_a_person": lambda _, alerts: (
        bool(alerts) and all(alert["status"] == "new" for alert in alerts)
    ),
    "person_will_see_it": lambda played, _: played.heard("utter_human") > 0,
    "quiet_after_stop": quiet_after_stop,
}


def table(results: Sequence[Result]) -> str:
    """The results as markdown: one row a dialogue, the share that is right by check below."""
    lines = [
        "| dialogue | covers | form | unit | risk | children | alerts | told | once | what is wrong |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for result in results:
        marks = [{True: "yes", False: "**no**", None: ""}[result.right.get(c)] for c in CHECKS]
        cells = [result.id, result.covers, result.form, *marks, "; ".join(result.wrong)]
        lines.append(f"| {' | '.join(cells)} |")
    shares = []
    for name in CHECKS:
        looked_at = [result.right[name] for result in results if name in result.right]
        shares.append(f"{sum(looked_at)}/{len(looked_at)}")
    passed = sum(result.passed for result in results)
    lines.append(f"| **all right: {passed}/{len(results)}** | | | {' | '.join(shares)} | |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Start an installation, play the dialogues, print the table."""
    with tempfile.TemporaryDirectory() as folder, installed(Path(folder)) as amaan:
        sys.stdout.write(table(evaluate(amaan, load(sys.argv[1:]))))


if __name__ == "__main__":
    main()
