"""Places, units, and which unit serves which place."""
