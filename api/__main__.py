"""Serves the api: `python -m api`."""

import gc

import uvicorn

from api.app import create_app
from api.log import configure
from api.settings import Settings


def main() -> None:
    """Serve until a signal; no access log, because paths hold ids and cursors."""
    configure()
    settings = Settings()  # type: ignore[call-arg]  # read from the environment
    app = create_app(settings)
    gc.collect()
    gc.freeze()  # what is loaded stays: no later collection goes through it
    uvicorn.run(
        app,
        host=settings.bind,
        port=settings.api_port,
        access_log=False,
        log_config=None,
        server_header=False,
    )


if __name__ == "__main__":
    main()
