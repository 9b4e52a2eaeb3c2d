"""SMS: numbers, segments, and a folder for each provider."""
