"""What the providers' protocols state, by the section of protocols.md that states it.

Each statement has a row in a table beside this file, or more; `test_protocols.py` holds us to that.
What is not ours to do is not here: what other programs do, and what was only heard of.
"""

STATED = {
    "1.1": (
        "the documented fields of an inbound SMS",
        "the wire sample of an inbound SMS",
        "both notations of a date; missing or odd, the time of arrival counts",
        "linkId, cost and networkCode may be missing, and other fields may come",
        "id, text, to and date may be missing",
        "nothing is signed: a secret of 128 bits or more in the path",
        "a wrong secret finds nothing, also when it begins like the right one",
        "a secret is replaced with an overlap",
        "the secret is in no log",
        "tried again each minute for 12 hours: one report",
        "200 for all that was kept, also when it is malformed",
        "the callback of an opt-out",
    ),
    "1.2": (
        "the documented request",
        "the sandbox has an address of its own",
        "201 with a recipient that was accepted",
        "any 2xx with a status and an id",
        "no recipients: not sent",
        "the status codes of a recipient",
        "what a class of code means for the reply",
        "the classes of HTTP status",
        "a time-out is ambiguous: unknown, and not sent again unless it is the lifeline",
    ),
    "1.3": (
        "the eight statuses",
        "the documented fields of a delivery report",
        "the ten reasons of a failure",
        "a report that is not known is put aside with 200",
        "early, twice or out of order: the state only moves up",
        "a report for an id we do not know",
    ),
    "1.5": (
        "160 septets in one SMS, 153 in a part",
        "70 UTF-16 units in one SMS, 67 in a part",
        "Urdu and Pashto are always UCS-2",
        "an answer has no more parts than it may",
    ),
    "1.6": (
        "inbound fields in the query or in the body",
        "the words of the answer",
        "no id: the same text within seconds is the same message",
        "the outbound fields",
        "kind 0 for GSM letters, 7 for others",
        "success by the HTTP status",
        "a long text goes out whole",
        "the credentials stand in the URL: no log holds one",
    ),
    "2": (
        "setWebhook with address, secret and the updates we read",
        "the secret is 1 to 256 of A-Z, a-z, 0-9, _ and -",
        "the secret comes in a header, and a wrong one finds nothing",
        "an update is kept before the 200",
        "update_id tells repeats, and may start anew",
        "the longest text and the pace that Telegram takes",
        "403: the person is left in peace",
        "429: after as long as it says",
        "edited messages, buttons and blocking are read",
        "plain text",
        "never the only way: a greeting names SMS and 1121",
    ),
    "5": (
        "inbound by GET, a sender without a plus, a UUID, epoch seconds",
        "a text that is not ASCII, with its charset",
        "long SMS are joined by smsbox",
        "the outbound fields",
        "202 is accepted, anything else is not",
        "the five delivery reports",
        "first 8, then 1",
    ),
}
