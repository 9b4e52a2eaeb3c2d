"""Phone numbers: 03xx, 0092, 92 and +92 are one address, in E.164."""

import phonenumbers

HOME = "PK"
WITH_COUNTRY = 11  # digits from which a bare number starts with its country code


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
