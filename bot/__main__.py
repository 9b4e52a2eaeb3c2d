"""Serves the newest trained model: `python -m bot`. Binds AMAAN_BIND:AMAAN_RASA_PORT."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def newest_model() -> Path:
    """The model trained last. Exits with a sentence when there is none."""
    models = sorted((ROOT / "models").glob("amaan-*.tar.gz"), key=lambda file: file.stat().st_mtime)
    if not models:
        sys.exit("No model under models/: run `make train`.")
    return models[-1]


def main() -> None:
    """Hand over to Rasa's own server, with our channel, stores and quiet logs."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    # A text is a small product: a second thread only spins, and doubles the processor time of a parse.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    model = newest_model()
    from rasa.__main__ import main as rasa  # noqa: PLC0415  reads the environment at import

    sys.argv = ["rasa", "run", "--model", str(model)]
    sys.argv += ["--endpoints", "bot/endpoints.yml", "--credentials", "bot/credentials.yml"]
    sys.argv += ["--logging-config-file", "bot/logging.yml"]
    sys.argv += ["--interface", os.environ.get("AMAAN_BIND", "127.0.0.1")]
    sys.argv += ["--port", os.environ["AMAAN_RASA_PORT"]]
    rasa()


if __name__ == "__main__":
    main()
