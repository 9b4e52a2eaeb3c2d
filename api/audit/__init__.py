"""Who did or saw what, and when; rows are only ever added."""
