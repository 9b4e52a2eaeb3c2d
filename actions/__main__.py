"""`python -m actions`: rasa-sdk's server with our actions, on AMAAN_BIND:AMAAN_ACTIONS_PORT.

It has no authentication and is for Rasa alone: bind it to the loopback or to a private network.
`GET /health` answers 200 once it serves.
"""

from __future__ import annotations

import gc
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor

from actions import log
from actions.alert_api import alert_api
from actions.settings import Settings


class Executor(ActionExecutor):  # type: ignore[misc]  # rasa-sdk has no types
    """Runs our actions without the domain: Rasa sends it only to actions that ask for it."""

    def update_and_return_domain(
        self,
        payload: dict[str, Any],  # noqa: ARG002
        action_name: str,  # noqa: ARG002
    ) -> dict[str, Any]:
        """An empty domain, where rasa-sdk would ask for the whole one."""
        return {}


def main() -> None:
    """Serve until a signal comes."""
    settings = Settings.model_validate({})
    log.configure()
    executor = Executor()
    executor.register_package("actions")
    app = create_app(executor, cors_origins="")

    @app.after_server_stop  # type: ignore[untyped-decorator]  # rasa-sdk hands it out without a type
    async def close(*_: object) -> None:
        await alert_api().close()

    gc.collect()
    gc.freeze()  # what is loaded stays: no later collection goes through it
    app.run(
        host=settings.bind,
        port=settings.actions_port,
        single_process=True,
        access_log=False,
        motd=False,
    )


if __name__ == "__main__":
    main()
