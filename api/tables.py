"""All tables in one place: importing this makes them known to SQLAlchemy."""

from api.alerts import models as alerts
from api.audit import models as audit
from api.database import Base
from api.deliveries import models as deliveries
from api.grants import models as grants
from api.reports import models as reports
from api.staff import models as staff

FEATURES = (alerts, audit, deliveries, grants, reports, staff)
METADATA = Base.metadata
