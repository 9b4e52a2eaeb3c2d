"""What the actions read from the environment; all names begin with AMAAN_."""

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings of the actions; a value that is missing stops the start."""

    model_config = SettingsConfigDict(env_prefix="AMAAN_", hide_input_in_errors=True)

    bind: str = "127.0.0.1"
    actions_port: int
    api_internal_url: str
    actions_token: SecretStr
