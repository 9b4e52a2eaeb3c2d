"""What can go wrong, each error a sentence that knows what to do next."""


class ChannelsError(Exception):
    """Something in the channels went wrong."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class SettingsRefused(Exception):
    """These settings cannot serve. The message names them and never shows a value."""


class QueueNotDurable(ChannelsError):
    """Redis may lose what it answered: it needs appendonly yes, appendfsync always, maxmemory-policy noeviction."""


class NotKept(ChannelsError):
    """Neither Redis nor the journal could keep what a provider handed over. It has to try again."""


class NotAMessage(ChannelsError):
    """The provider sent something that cannot be a message. It goes to quarantine."""


class ReplyMissing(Exception):
    """The reviewed table has no such reply. The message names it."""


class ReportsAway(ChannelsError):
    """The api did not take the report. Ask again later; the text stays in the inbox."""


class ReportRefused(ChannelsError):
    """The api will never take this report as it is. It is parked for an administrator."""


class RasaUnavailable(ChannelsError):
    """Rasa gave no usable answer in its time. The reporter gets a reviewed reply instead."""


class SendFailed(ChannelsError):
    """A reply was not accepted by its provider."""

    retryable = False
    unknown = False
    alarm = False  # staff must act before it can succeed

    def __init__(self, reason: str = "", *, retry_after: float | None = None) -> None:
        """Keep the provider's own code for the log, and in how many seconds it wants us back."""
        super().__init__()
        self.reason = reason
        self.retry_after = retry_after


class ProviderUnreachable(SendFailed):
    """The provider could not be reached, or answered with a 5xx. Nothing was sent."""

    retryable = True


class ProviderBusy(SendFailed):
    """The provider takes no more for now. Nothing was sent."""

    retryable = True


class AccountRefused(SendFailed):
    """The provider refuses our account: balance, sender id or credentials. Staff must act."""

    retryable = True
    alarm = True


class AddressRefused(SendFailed):
    """The provider will never deliver to this address."""


class OptedOut(AddressRefused):
    """The person had texts like ours blocked at the provider."""


class ReplyRefused(SendFailed):
    """The provider will never take this reply as it is."""


class OutcomeUnknown(SendFailed):
    """The provider did not answer in time: the reply may have been sent or not."""

    unknown = True
