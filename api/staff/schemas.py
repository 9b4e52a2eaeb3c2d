"""What calls about signing in carry, and what they answer."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, SecretStr


class SignInIn(BaseModel):
    """A username and a password."""

    username: Annotated[str, Field(max_length=64)]
    password: Annotated[SecretStr, Field(max_length=200)]


class TokenOut(BaseModel):
    """A bearer token, shown this once."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105  # the scheme's name
    expires_at: datetime
