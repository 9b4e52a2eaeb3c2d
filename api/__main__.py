"""Serves the api: `python -m api`."""

import uvicorn

from api.app import create_app
from api.log import configure
from api.settings import Settings


def main() -> None:
    """Serve until a signal; no access log, because paths hold ids and cursors."""
    configure()
    settings = Settings()  # type: ignore[call-arg]  # read from the environment
    uvicorn.run(
        create_app(settings),
        host=settings.bind,
        port=settings.api_port,
        access_log=False,
        log_config=None,
        server_header=False,
    )


if __name__ == "__main__":
    main()
