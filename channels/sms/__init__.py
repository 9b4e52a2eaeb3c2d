"""SMS: numbers, segments, and a folder for each provider.

A long SMS travels in parts. A message of ours is always the whole text, and the providers here hand
it over whole: Kannel joins the parts itself (`concatenation = true`), Africa's Talking sends one text,
M3 Tech documents no parts. The folder of a provider that does hand over parts, and says which belong
together, has to join them before it makes its message; what nobody marks as parts is never joined
by guess, for two texts of a child in a hurry look the same.
"""
