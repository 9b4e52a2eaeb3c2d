"""Case codes: what a reporter keeps. Eight random digits and a check digit (Damm).

Digits, because feature phones type them easily; the check digit finds any single slip.
"""

from __future__ import annotations

import secrets

from stdnum import damm

DIGITS = 8


def new_case_code() -> str:
    """Return nine digits, drawn so that nobody can guess another's."""
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    return digits + str(damm.calc_check_digit(digits))


def written(case_code: str) -> str:
    """Return the code as people read it: `482 177 306`."""
    return " ".join(case_code[start : start + 3] for start in range(0, len(case_code), 3))


def is_case_code(text: str) -> bool:
    """Whether these are nine digits with the right last one."""
    return (
        len(text) == DIGITS + 1 and text.isascii() and text.isdigit() and bool(damm.is_valid(text))
    )
