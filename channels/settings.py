"""What the channels are told by the environment."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, PositiveFloat, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from channels.errors import SettingsRefused
from channels.sealing import keys_from

STRONG = 32  # characters: fewer cannot carry 128 bits in hexadecimal
HEADER_SAFE = re.compile(r"[A-Za-z0-9_-]{1,256}")
PROVIDERS = ("africastalking", "kannel", "m3tech", "telegram")


@dataclass(frozen=True, slots=True)
class Account:
    """Our account with a provider. Without a url it is the provider's real host."""

    secret: str = field(repr=False)
    username: str = ""
    url: str | None = None
    sender: str | None = None


class Settings(BaseSettings):
    """AMAAN_* of webhooks and worker; times in seconds."""

    model_config = SettingsConfigDict(
        env_prefix="AMAAN_",
        env_ignore_empty=True,  # compose passes what is not set as an empty word
        hide_input_in_errors=True,
        frozen=True,
        extra="ignore",
    )

    env: Literal["demo", "production"] = "demo"
    home: Path = Path(".amaan")  # where the journal is
    bind: str = "127.0.0.1"
    channels_port: int = 8080
    metrics_bind: str = "127.0.0.1"
    channels_metrics_port: int | None = None  # never public ones
    worker_metrics_port: int | None = None
    public_url: str | None = None
    redis_url: SecretStr
    channels_keys: SecretStr
    api_internal_url: str
    channels_token: SecretStr
    rasa_url: str
    rasa_token: SecretStr

    webhook_secret: SecretStr  # several, comma-separated, while one is being replaced
    africastalking_username: str | None = None
    africastalking_api_key: SecretStr | None = None
    africastalking_api_url: str | None = None
    africastalking_sender: str | None = None
    africastalking_ask_every: PositiveFloat | None = None  # seconds; None waits to be called
    kannel_url: str | None = None
    kannel_username: str | None = None
    kannel_password: SecretStr | None = None
    m3tech_url: str | None = None
    m3tech_username: str | None = None
    m3tech_password: SecretStr | None = None
    m3tech_sender: str | None = None
    telegram_token: SecretStr | None = None
    telegram_secret: SecretStr | None = None
    telegram_api_url: str | None = None

    domain_folder: Path = Path("bot/domain")
    lookups_folder: Path = Path("nlu_data/lookups")
    turn_slots: int = 8
    send_slots: int = 8
    lease: float = 15.0
    api_away_after: float = 10.0
    rasa_timeout: float = 8.0
    turn_schedule: tuple[float, ...] = (0.5, 4.0)  # waits between the tries of a turn
    work_limit: float = 60.0  # that anything in work may take before it is tried again
    # Waits between the tries of a reply; the last one repeats until the reply is too old.
    send_schedule: Annotated[tuple[PositiveFloat, ...], Field(min_length=1)] = (
        5.0,
        30.0,
        120.0,
        600.0,
    )
    sms_rate: PositiveFloat = 10.0  # a second, by each SMS provider
    telegram_rate: PositiveFloat = 30.0  # a second; Telegram takes no more
    telegram_chat_rate: PositiveFloat = 1.0
    question_late_after: float = 20 * 60.0
    silent_after: float = 24 * 3600.0

    @model_validator(mode="after")
    def _hold_production(self) -> Self:
        keys_from(self.channels_keys.get_secret_value())
        # Telegram would refuse it at each try to register, and nobody would be heard.
        if self.telegram_secret and not HEADER_SAFE.fullmatch(_value(self.telegram_secret)):
            raise ValueError(
                "AMAAN_TELEGRAM_SECRET has 1 to 256 signs of A-Z, a-z, 0-9, _ and -, by Telegram's rule"
            )
        if self.env == "production":
            guarded = [*self.webhook_secrets()]
            if self.telegram_token:
                guarded.append(_value(self.telegram_secret))
            if any(len(one) < STRONG or len(set(one)) < STRONG // 4 for one in guarded):
                raise ValueError("AMAAN_WEBHOOK_SECRET or AMAAN_TELEGRAM_SECRET is missing or weak")
        return self

    @property
    def demo(self) -> bool:
        """Whether made-up people may write, by the simulated phone."""
        return self.env == "demo"

    def webhook_secrets(self) -> list[str]:
        """The secrets that open the SMS webhooks."""
        return [one.strip() for one in self.webhook_secret.get_secret_value().split(",")]

    def delivery_url(self, provider: str) -> str:
        """Where a provider on our own network reports what became of an SMS."""
        origin = self.public_url or f"http://127.0.0.1:{self.channels_port}"
        return f"{origin}/sms/{provider}/{self.webhook_secrets()[0]}/delivery"

    def account(self, provider: str) -> Account | None:
        """Our account with this provider, or None without its credentials."""
        match provider:
            case "africastalking" if self.africastalking_username and self.africastalking_api_key:
                return Account(
                    secret=_value(self.africastalking_api_key),
                    username=self.africastalking_username,
                    url=self.africastalking_api_url,
                    sender=self.africastalking_sender,
                )
            case "kannel" if self.kannel_url and self.kannel_username and self.kannel_password:
                return Account(
                    secret=_value(self.kannel_password),
                    username=self.kannel_username,
                    url=self.kannel_url,
                )
            case "m3tech" if self.m3tech_username and self.m3tech_password:
                return Account(
                    secret=_value(self.m3tech_password),
                    username=self.m3tech_username,
                    url=self.m3tech_url,
                    sender=self.m3tech_sender,
                )
            case "telegram" if self.telegram_token:
                return Account(secret=_value(self.telegram_token), url=self.telegram_api_url)
            case _:
                return None

    def is_on(self, provider: str) -> bool:
        """Whether this provider's webhooks exist: always in a demo, else with credentials."""
        return self.demo or self.account(provider) is not None

    def is_drill(self, provider: str) -> bool:
        """Whether a demo speaks to real people: then it says so, and its alerts are drills."""
        account = self.account(provider)
        return self.demo and account is not None and account.url is None


def load_settings() -> Settings:
    """Read the environment. Raises SettingsRefused, which names what is wrong and shows no value."""
    try:
        return Settings.model_validate({})
    except ValidationError as error:
        problems = [
            f"AMAAN_{'_'.join(str(part) for part in problem['loc']).upper()}: {problem['msg']}"
            if problem["loc"]
            else problem["msg"]
            for problem in error.errors(include_input=False, include_context=False)
        ]
        raise SettingsRefused("; ".join(problems)) from None


def _value(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
