"""What calls about places and units answer."""

from pydantic import BaseModel

from api.schemas import PlaceOut


class PlacePage(BaseModel):
    """Places found by name, the best first."""

    items: list[PlaceOut]
    next_cursor: None = None


class UnitOut(BaseModel):
    """An operating unit, and the areas whose alerts come to it."""

    code: str
    name: str
    run_by: str
    serves: list[str]
    also_serves: list[str]


class UnitPage(BaseModel):
    """All operating units."""

    items: list[UnitOut]
    next_cursor: None = None
