"""Puts an alert at a place, and with the unit that serves it while no person has taken it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.alerts.merging import better_place
from api.alerts.models import AlertEvent, Status
from api.places.routing import Route, route, route_elsewhere, route_nearest

if TYPE_CHECKING:
    from api.alerts.models import Alert
    from api.alerts.telling import Telling
    from api.context import Call
    from language.places import Place


def place_alert(call: Call, alert: Alert, telling: Telling) -> None:
    """Take over the place a text tells, or else where it was sent from, and route by it.

    A place outside KP counts while no place in KP is known: the unit that is nearest keeps it.
    """
    gazetteer, units = call.reference.gazetteer, call.reference.units
    position = telling.position
    if position is not None:
        alert.lat, alert.lon = position.lat, position.lon
    known = gazetteer.get(alert.place_id) if alert.place_id else None
    place = better_place(known, telling.place, telling.corrects.place)
    if place is not None and place != known:
        settle(call, alert, place, route(place, units))
    elif place is None and position is not None:
        nearest = gazetteer.get(position.nearest) if position.nearest else None
        settle(call, alert, nearest, route_nearest(nearest, position.km, units))
    elif place is None and telling.elsewhere is not None:
        settle(call, alert, None, route_elsewhere(telling.elsewhere))


def settle(call: Call, alert: Alert, place: Place | None, routed: Route) -> None:
    """Write a place into an alert; the unit follows as long as nobody acknowledged or moved it."""
    if place is not None:
        alert.place_id, alert.district = place.id, place.district
        alert.area = f"{place.district}/{place.tehsil}" if place.tehsil else None
    if alert.routed_by_staff or alert.acknowledged_at is not None or alert.status != Status.NEW:
        return
    if alert.rules and routed.unit != alert.unit:  # a new alert was nowhere before
        detail = {"from": alert.unit, "to": routed.unit}
        call.session.add(AlertEvent(alert_id=alert.id, at=call.now, kind="routed", detail=detail))
    alert.unit, alert.routing_reason = routed.unit, routed.reason
