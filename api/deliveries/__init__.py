"""Whether our answers reached the reporters, as the channels tell it."""
