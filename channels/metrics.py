"""Counts for Prometheus, on an internal port only. No label ever tells of a person."""

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, start_http_server

log = structlog.get_logger()


class Metrics:
    """What one process counts; made with it, not at import."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.messages = Counter(
            "amaan_messages",
            "Handed over by providers: kept, deduplicated, journalled or quarantined.",
            ["fate"],
            registry=self.registry,
        )
        self.turns = Counter(
            "amaan_turns",
            "Turns as they ended: handled, failed, or retried later.",
            ["end"],
            registry=self.registry,
        )
        self.parked = Gauge(
            "amaan_parked_messages",
            "Messages given up and kept aside (make parked).",
            registry=self.registry,
        )
        self.oldest = Gauge(
            "amaan_oldest_waiting_seconds",
            "Age of the message that has waited longest for its turn to end.",
            registry=self.registry,
        )
        self.journal = Gauge(
            "amaan_journal_bytes",
            "What the journal holds until Redis is back.",
            registry=self.registry,
        )
        for fate in ("kept", "deduplicated", "journalled", "quarantined"):
            self.messages.labels(fate)  # a count that is not there cannot be alarmed on
        for end in ("handled", "failed", "retried"):
            self.turns.labels(end)

    def serve(self, host: str, port: int | None) -> None:
        """Answer `/metrics` from a thread; without a port, or where it is taken, nobody asks."""
        if port is None:
            return
        try:
            start_http_server(port, host, self.registry)
        except OSError as error:
            # Counting must not keep reports from being taken.
            log.error("metrics_port_taken", port=port, error=type(error).__name__)  # noqa: TRY400
