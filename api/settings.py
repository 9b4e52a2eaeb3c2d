"""What the api reads from the environment; all names begin with AMAAN_."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.sealing import keys_from

STRONG = 32  # characters; a token of `secrets.token_urlsafe(32)` has 43


class Settings(BaseSettings):
    """Settings of the api; a value that is missing or unusable stops the start."""

    model_config = SettingsConfigDict(env_prefix="AMAAN_")

    env: Literal["demo", "production"] = "demo"
    home: Path = Path(".amaan")
    nlu_data: Path = Path("nlu_data")
    places: Path | None = Field(default=None, description="What `make places` brought in.")
    bind: str = "127.0.0.1"
    api_port: int = 8000
    public_url: str = ""
    database_url: str = ""
    channels_token: SecretStr
    actions_token: SecretStr
    api_keys: SecretStr
    turn_limit: int = Field(default=120, ge=1, description="Seconds until a text becomes an alert.")
    sweep_every: float = Field(default=5.0, gt=0, description="Seconds between looks at the clock.")

    @field_validator("api_keys")
    @classmethod
    def keys_can_seal(cls, value: SecretStr) -> SecretStr:
        """Refuse keys that are none, at start and not at the first report."""
        keys_from(value.get_secret_value())
        return value

    @model_validator(mode="after")
    def production_is_guarded(self) -> Self:
        """Refuse a production with a service token that could be guessed."""
        tokens = (self.channels_token.get_secret_value(), self.actions_token.get_secret_value())
        if self.env == "production" and (
            min(len(token) for token in tokens) < STRONG or len(set(tokens)) < len(tokens)
        ):
            raise ValueError(
                f"In production the two service tokens differ and have {STRONG} characters or more."
            )
        return self

    @property
    def store_url(self) -> str:
        """The database's address with the driver we use; SQLite under `home` by default."""
        url = self.database_url or f"sqlite:///{self.home / 'amaan.db'}"
        scheme, _, rest = url.partition("://")
        driver = {
            "postgres": "postgresql+asyncpg",
            "postgresql": "postgresql+asyncpg",
            "sqlite": "sqlite+direct",
        }.get(scheme, scheme)
        return f"{driver}://{rest}"
