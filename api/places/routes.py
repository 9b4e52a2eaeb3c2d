"""Places and units, for staff."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.alerts.view import place_out
from api.auth import SignedInStaff, StaffCall
from api.places.schemas import PlacePage, UnitOut, UnitPage
from api.schemas import ErrorOut

FOUND = 20

router = APIRouter(prefix="/api/v1", tags=["places"], responses={401: {"model": ErrorOut}})


@router.get("/units")
async def units(call: StaffCall, _staff: SignedInStaff) -> UnitPage:
    """Return the operating units."""
    return UnitPage(
        items=[
            UnitOut(
                code=unit.code,
                name=unit.name,
                run_by=unit.run_by,
                serves=sorted(unit.serves),
                also_serves=sorted(unit.also_serves),
            )
            for unit in call.reference.units
        ]
    )


@router.get("/places")
async def places(
    call: StaffCall,
    _staff: SignedInStaff,
    q: Annotated[str, Query(min_length=1, max_length=100)],
) -> PlacePage:
    """Return places whose name is like `q`, in any of three scripts."""
    found = call.reference.gazetteer.search(q, FOUND)
    return PlacePage(items=[out for place in found if (out := place_out(place.id, call.reference))])
