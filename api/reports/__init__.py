"""What reporters sent, kept as told."""
