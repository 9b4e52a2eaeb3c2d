"""M3 Tech, a Pakistani aggregator: what it posts to us, and how we send through it."""
