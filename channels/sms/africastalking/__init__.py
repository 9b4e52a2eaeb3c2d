"""Africa's Talking: what it posts to us, and how we send through it."""
