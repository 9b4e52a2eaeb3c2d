"""The stock project's model: its own dialogue, and from ours what was learned about texts.

Training that anew would take minutes and give the same: the pipeline and the examples are the same.
"""

import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

from tests.bench.processes import QUIET, RASA, ROOT

STOCK = Path(__file__).parent
DIALOGUE = ("domain_provider", "train_RulePolicy0")  # of a model's components


def make_model(ours: Path, folder: Path) -> Path:
    """Train the dialogue in a few seconds and join it with our model's reading. Returns the model."""
    command = [RASA, "-m", "rasa", "train", "core", "--config", ROOT / "config.yml"]
    command += ["--stories", STOCK / "rules.yml", "--domain", STOCK / "domain.yml"]
    command += ["--out", folder, "--fixed-model-name", "dialogue"]
    with (folder / "training.log").open("wb") as log:
        subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ | QUIET,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=True,
        )
    return join(ours, folder / "dialogue.tar.gz", folder / "stock.tar.gz")


def join(reading: Path, dialogue: Path, joined: Path) -> Path:
    """A model with the first one's reading of texts and the second one's dialogue."""
    parts, theirs = joined.with_name("parts"), joined.with_name("theirs")
    for model, folder in ((reading, parts), (dialogue, theirs)):
        with tarfile.open(model) as archive:
            archive.extractall(folder, filter="data")
    for component in DIALOGUE:
        shutil.rmtree(parts / "components" / component)
        shutil.move(theirs / "components" / component, parts / "components")
    ours, others = (json.loads((one / "metadata.json").read_text()) for one in (parts, theirs))
    (parts / "metadata.json").write_text(json.dumps(ours | {"domain": others["domain"]}))
    with tarfile.open(joined, "w:gz", compresslevel=1) as archive:
        archive.add(parts, arcname="")
    return joined
