"""The simulated phone of a demo: write an SMS or a bot message, read the replies."""
