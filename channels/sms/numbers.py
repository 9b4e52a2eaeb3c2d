"""Who an SMS is from: 03xx, 0092, 92 and +92 are one person, in E.164; services keep their names.

A short code or a name such as a company's is heard like anybody, and never answered: nobody reads
there, an answer may buy something, and two machines would talk to each other.
"""

import re

import phonenumbers

from channels.errors import AddressRefused

HOME = "PK"
WITH_COUNTRY = 11  # digits from which a bare number starts with its country code
SHORT_CODE = re.compile(r"\+?([0-9]{2,8})")
# 3GPP TS 23.040, 9.1.2.5: an alphanumeric sender has at most eleven letters.
NAME = re.compile(r"(?=.*[A-Za-z])[ -~]{1,11}")


def origin(raw: str) -> str | None:
    """Return the sender's number in E.164, else its short code or name, or None for nobody."""
    given = raw.strip()
    if NAME.fullmatch(given):
        return given  # never parsed: digits in a name could be somebody's number
    number = e164(given)
    if number is None and (code := SHORT_CODE.fullmatch(given)):
        return code[1]
    return number


def e164(raw: str) -> str | None:
    """Return the number as +923..., or None for what nobody can be reached by."""
    given = raw.strip()
    if given.isascii() and given.isdigit() and given[0] != "0" and len(given) >= WITH_COUNTRY:
        given = f"+{given}"  # gateways leave the plus out
    try:
        number = phonenumbers.parse(given, HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def destination(address: str) -> str:
    """Return the address of a person. Raises AddressRefused for a short code or a name."""
    if not address.startswith("+"):
        raise AddressRefused("not_a_person")
    return address
