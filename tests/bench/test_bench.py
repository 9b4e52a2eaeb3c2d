"""The bench works at small sizes and counts right. No figure is judged here."""

import itertools
import json
import tarfile
from pathlib import Path

import pytest

from tests.bench import burst, table
from tests.bench.__main__ import sized
from tests.bench.dialogues import DANGER, TELLING, TOWNS, districts, tellings
from tests.bench.page import NOTES, PARTS, page
from tests.bench.seen import codes_of
from tests.bench.stock.model import join
from tests.bench.table import Row, at_least, at_most
from tests.bench.world import Sizes


@pytest.mark.parametrize(
    ("limit", "value", "verdict"),
    [
        pytest.param(at_most(25), 25.0, "met", id="as much as may be"),
        pytest.param(at_most(25), 25.1, "missed", id="more than may be"),
        pytest.param(at_least(5, floor=3), 5.0, "met", id="as much as must be"),
        pytest.param(at_least(5, floor=3), 4.0, "floor", id="between goal and floor"),
        pytest.param(at_least(5, floor=3), 2.9, "missed", id="below the floor"),
    ],
)
def test_a_figure_is_held_to_its_limit(limit, value, verdict):
    assert Row("made up", value, "ms", limit).cells()[3] == verdict


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1_000_000, "1,000,000"),
        (12.34, "12.3"),
        (0.4567, "0.457"),
        (3.0, "3"),
        (0.00042, "0.00042"),
    ],
)
def test_a_figure_has_the_digits_that_count(value, shown):
    assert table.figure(value) == shown


def test_a_percentile_of_one_value_is_that_value():
    assert table.percentile([7.0], 99) == 7.0
    assert table.percentile([*map(float, range(1, 102))], 95) == 96.0


def test_a_burst_has_so_many_of_each_and_nobody_twice():
    ways = tellings(DANGER, TOWNS)
    dangers, told = burst.burst_of(Sizes(burst=300, burst_danger=30))
    assert len(dangers) == 30
    assert len(told) == len({sms.number for sms in told}) == len({sms.id for sms in told}) == 300
    assert {sms.text for sms in told if sms.number in dangers} <= {*itertools.islice(ways, 99)}
    assert told != sorted(told, key=lambda sms: sms.number)


def test_texts_go_on():
    texts = [*itertools.islice(tellings(), 500)]
    assert len(texts) == 500
    assert len({*texts}) == len(TELLING) * len(districts())


def test_a_case_code_is_found_in_what_a_number_was_sent():
    sent = [
        {"to": "+92300", "message": "Thank you. 482 177 306"},
        {"to": "+92300", "message": "Where? Village or town"},
        {"to": "+92301", "message": "Call 15, 1122, 1121"},
    ]
    assert codes_of(sent) == {"+92300": "482177306"}


def test_sizes_are_read_from_words():
    assert sized(["rounds=2", "webhook_rate=20"]) == Sizes(rounds=2, webhook_rate=20.0)
    with pytest.raises(SystemExit, match="No such size: made_up"):
        sized(["made_up=1"])


def test_the_page_has_every_part():
    rows = (Row("made up", 1.0, "ms", at_most(2)),)
    text = page(dict.fromkeys(PARTS, rows), ["2 cores"], Sizes())
    assert text.count("| made up | 1 ms | at most 2 | met |") == len(PARTS) == len(NOTES)
    assert "{" not in text


def model(folder: Path, name: str, components: dict[str, str], domain: str) -> Path:
    """A model's archive with a file in each component."""
    parts = folder / name
    for component, text in components.items():
        (parts / "components" / component).mkdir(parents=True)
        (parts / "components" / component / "learned").write_text(text)
    (parts / "metadata.json").write_text(json.dumps({"domain": domain, "model_id": name}))
    with tarfile.open(parts.with_suffix(".tar.gz"), "w:gz") as archive:
        archive.add(parts, arcname="")
    return parts.with_suffix(".tar.gz")


def test_a_joined_model_reads_like_the_one_and_talks_like_the_other(tmp_path):
    reading = {"classifier": "ours", "train_RulePolicy0": "ours", "domain_provider": "ours"}
    dialogue = {"train_RulePolicy0": "stock", "domain_provider": "stock"}
    joined = join(
        model(tmp_path, "ours", reading, "ours"),
        model(tmp_path, "dialogue", dialogue, "stock"),
        tmp_path / "joined.tar.gz",
    )
    with tarfile.open(joined) as archive:
        archive.extractall(tmp_path / "joined", filter="data")
    learned = (tmp_path / "joined/components").rglob("learned")
    assert {file.parent.name: file.read_text() for file in learned} == {
        "classifier": "ours",
        "train_RulePolicy0": "stock",
        "domain_provider": "stock",
    }
    told = json.loads((tmp_path / "joined/metadata.json").read_text())
    assert told == {"domain": "stock", "model_id": "ours"}
