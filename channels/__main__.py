"""`python -m channels`: serves the webhooks and, in a demo, the simulated phone."""

import asyncio
import gc
import sys

import structlog
import uvicorn
from redis.exceptions import RedisError

from channels.app import create_app
from channels.errors import QueueNotDurable, ReplyMissing, SettingsRefused
from channels.log import configure
from channels.settings import load_settings
from channels.stores import Tables, make_stores

log = structlog.get_logger()


async def serve() -> None:
    """Serve until SIGTERM. Raises what start-up refuses."""
    settings = load_settings()
    stores = make_stores(settings, Tables.load(settings))
    try:
        stores.journal.open()
        await stores.durable.check()
    except OSError as error:
        raise SettingsRefused(f"AMAAN_HOME cannot hold the journal: {error.strerror}.") from None
    except RedisError:
        # It may come up after us, and is checked then; what comes meanwhile goes into the journal.
        log.warning("queue_away")
    stores.metrics.journal.set_function(stores.journal.size)
    stores.metrics.serve(settings.metrics_bind, settings.channels_metrics_port)
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(settings, stores),
            host=settings.bind,
            port=settings.channels_port,
            access_log=False,  # the webhook's secret stands in the path
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=10,
        ),
    )
    gc.collect()
    gc.freeze()  # what is loaded stays: no later collection goes through it
    log.info("channels_started", port=settings.channels_port)
    await server.serve()


def main() -> None:
    """Run, or say in one sentence why not."""
    configure()
    try:
        asyncio.run(serve())
    except (SettingsRefused, ReplyMissing, QueueNotDurable) as refusal:
        sys.exit(f"channels: {refusal}")


if __name__ == "__main__":
    main()
