"""The triaged items of the units' queues."""
