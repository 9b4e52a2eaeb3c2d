"""Slips of the pen: one letter missing, added or wrong, or two neighbours swapped."""


def with_one_letter_less(word: str) -> set[str]:
    """Give the word and the word less each letter but the first, where slips are rare.

    Two words that are one slip apart share one of these.
    """
    return {word, *(word[:place] + word[place + 1 :] for place in range(1, len(word)))}


def one_slip(one: str, other: str) -> bool:
    """Tell whether at most one slip parts two words."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    place = 0
    while place < len(one) and one[place] == other[place]:
        place += 1
    if len(one) < len(other):
        return one[place:] == other[place + 1 :]
    swapped = (
        other[:place] + other[place + 1 : place + 2] + other[place : place + 1] + other[place + 2 :]
    )
    return one[place + 1 :] == other[place + 1 :] or one == swapped
