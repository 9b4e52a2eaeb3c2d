"""Trains the model when what shapes it has changed: `bot/.venv/bin/python -m scripts.train`.

The model's name carries a hash over configuration, dialogue, code and data, so a model that is
there is the right one. What was learned is kept beside it: where only sentences or rules changed,
the next training takes seconds. `--print-path` prints where the model is or will be, no more.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import logging
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parent.parent
# Whatever changes what is learned, and the model: Rasa's own version comes with the lock.
LEARNED_FROM = ("config.yml", "bot/requirements.txt", "bot/nlu", "language", "nlu_data")
SHAPES = (*LEARNED_FROM, "bot/domain", "bot/rules")
LEFT_OUT = {"__pycache__"}
HASH_DIGITS = 12


class TrainingFailed(Exception):
    """The model could not be trained. The message says why."""


def model_path(root: Path) -> Path:
    """Where the model of a project's present files is, or will be."""
    return root / "models" / f"amaan-{digest_of(root, SHAPES)}.tar.gz"


def cache_path(root: Path) -> Path:
    """Where what is learned from a project's present files is kept, for the next training.

    A folder for each state of them: Rasa's own fingerprints know nothing of language/ and lookups.
    """
    return root / "models" / f"learned-{digest_of(root, LEARNED_FROM)}"


def digest_of(root: Path, shapes: Iterable[str]) -> str:
    """A hash over the names and contents of some files and folders of a project."""
    found = [root / name for name in shapes]
    files = [file for path in found for file in ([path] if path.is_file() else path.rglob("*"))]
    names = {
        file.relative_to(root).as_posix(): file
        for file in files
        if file.is_file() and file.parent.name not in LEFT_OUT
    }
    digest = hashlib.sha256()
    for name in sorted(names):
        for part in (name.encode(), names[name].read_bytes()):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:HASH_DIGITS]


def train(model: Path, learned: Path) -> None:
    """Train the model and put it in its place whole. Raises TrainingFailed."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["RASA_CACHE_DIRECTORY"] = str(learned)
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["LOG_LEVEL"] = "ERROR"  # no progress bars
    logging.captureWarnings(capture=True)  # of Rasa's libraries, by the hundred
    logging.disable(logging.WARNING)
    gc.disable()  # millions of features stay till the end: looking through them takes half a minute
    import rasa  # noqa: PLC0415  reads the environment at import
    import structlog  # noqa: PLC0415
    from rasa.shared.exceptions import RasaException  # noqa: PLC0415

    quiet = structlog.make_filtering_bound_logger(logging.ERROR)
    structlog.configure(wrapper_class=quiet)  # Rasa's rules tell of each state they meet
    model.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=model.parent) as folder:
        try:
            made = rasa.train(
                domain=str(ROOT / "bot/domain"),
                config=str(ROOT / "config.yml"),
                training_files=[str(ROOT / "nlu_data"), str(ROOT / "bot/rules")],
                output=folder,
                fixed_model_name=model.name,
            )
        except RasaException as error:
            raise TrainingFailed(f"The data or the configuration has a mistake: {error}") from error
        except OSError as error:
            raise TrainingFailed(f"{error.strerror}: {error.filename or folder}") from error
        if made.model is None:
            raise TrainingFailed("Rasa made no model: `make check` names the mistake in the data.")
        Path(made.model).replace(model)


def remove_others(model: Path, learned: Path) -> None:
    """Remove the models of earlier files, and what was learned from them."""
    for old in model.parent.glob("amaan-*.tar.gz"):
        if old != model:
            old.unlink()
    for old in model.parent.glob("learned-*"):
        if old != learned:
            shutil.rmtree(old)


def main() -> None:
    """Train when there is no model for the present files."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--print-path", action="store_true", help="only print where the model is")
    asked = options.parse_args()
    model, learned = model_path(ROOT), cache_path(ROOT)
    if asked.print_path:
        print(model)
        return
    if not model.exists():
        print("Training the model; this takes some minutes.", flush=True)
        started = time.monotonic()
        try:
            train(model, learned)
        except TrainingFailed as failed:
            sys.exit(f"The model could not be trained. {failed}")
        print(f"Trained in {time.monotonic() - started:.0f} s.")
    remove_others(model, learned)
    print(f"Model: {model.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
