"""What happened, past tense, with its simulated time: the spine's output, read by screens, journal and scoring.

Every event is a frozen value with a one-line text. `visible` says whether responders may see it; the hidden ones
(a fault beginning, say) are for the facilitator and the review. Owns no behaviour.
"""

from gameday.core.events.base import (
    Event,
    Publish,
)
from gameday.core.events.doing import (
    ActionApproved,
    ActionCancelled,
    ActionCompleted,
    ActionFailed,
    ActionRequested,
    ActionStarted,
    GlassBroken,
    HintGiven,
    LookCompleted,
    LookStarted,
    StepCompleted,
)
from gameday.core.events.incident import (
    CauseDiagnosed,
    IncidentDeclared,
    IncidentResolved,
    MessageReceived,
    NoteTaken,
    RoleAssigned,
    SeverityChanged,
    StatusPosted,
)
from gameday.core.events.paging import (
    AlertCleared,
    AlertFired,
    PageAcknowledged,
    Paged,
    PageEscalated,
    PageExhausted,
    PageResolved,
    PersonJoined,
    PhoneUnanswered,
)
from gameday.core.events.truth import (
    FaultBegan,
    FaultEnded,
    ObjectiveMissed,
    ObjectiveRestored,
)

__all__ = [
    "ActionApproved",
    "ActionCancelled",
    "ActionCompleted",
    "ActionFailed",
    "ActionRequested",
    "ActionStarted",
    "AlertCleared",
    "AlertFired",
    "CauseDiagnosed",
    "Event",
    "FaultBegan",
    "FaultEnded",
    "GlassBroken",
    "HintGiven",
    "IncidentDeclared",
    "IncidentResolved",
    "LookCompleted",
    "LookStarted",
    "MessageReceived",
    "NoteTaken",
    "ObjectiveMissed",
    "ObjectiveRestored",
    "PageAcknowledged",
    "PageEscalated",
    "PageExhausted",
    "PageResolved",
    "Paged",
    "PersonJoined",
    "PhoneUnanswered",
    "Publish",
    "RoleAssigned",
    "SeverityChanged",
    "StatusPosted",
    "StepCompleted",
]
