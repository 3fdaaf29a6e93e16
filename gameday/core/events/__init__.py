"""What happened, past tense, with its simulated time: the spine's output, read by screens, journal and scoring.

Every event is a frozen value with a one-line text. `visible` says whether responders may see it; the hidden ones
(a fault beginning, say) are for the facilitator and the review. Owns no behaviour.
"""

from gameday.core.events.alerts import (
    AlertCleared,
    AlertFired,
    AlertGrouped,
    AlertSilenced,
    AlertUnsilenced,
    FalseAlarmBegan,
    SilencedAlertFired,
)
from gameday.core.events.base import (
    Event,
    Publish,
)
from gameday.core.events.communication import UpdateDue, UpdateMet, UpdateMissed, UpdateRead
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
from gameday.core.events.injects import (
    InjectSettled,
)
from gameday.core.events.oncall import (
    NobodyOnCall,
    NotificationFailed,
    PersonNotified,
)
from gameday.core.events.paging import (
    PageAcknowledged,
    Paged,
    PageEscalated,
    PageExhausted,
    PageResolved,
    PersonJoined,
    PhoneUnanswered,
)
from gameday.core.events.people import (
    Asked,
    AskForgotten,
    CanReported,
    ConclusionDrawn,
    Delegated,
    EvidenceShared,
    HandedOver,
    HypothesisStated,
    InjectCame,
    PersonLeft,
    QuestionAnswered,
    QuestionMissed,
    QuestionPut,
    Said,
)
from gameday.core.events.seeing import seen_by
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
    "AlertGrouped",
    "AlertSilenced",
    "AlertUnsilenced",
    "AskForgotten",
    "Asked",
    "CanReported",
    "CauseDiagnosed",
    "ConclusionDrawn",
    "Delegated",
    "Event",
    "EvidenceShared",
    "FalseAlarmBegan",
    "FaultBegan",
    "FaultEnded",
    "GlassBroken",
    "HandedOver",
    "HintGiven",
    "HypothesisStated",
    "IncidentDeclared",
    "IncidentResolved",
    "InjectCame",
    "InjectSettled",
    "LookCompleted",
    "LookStarted",
    "MessageReceived",
    "NobodyOnCall",
    "NoteTaken",
    "NotificationFailed",
    "ObjectiveMissed",
    "ObjectiveRestored",
    "PageAcknowledged",
    "PageEscalated",
    "PageExhausted",
    "PageResolved",
    "Paged",
    "PersonJoined",
    "PersonLeft",
    "PersonNotified",
    "PhoneUnanswered",
    "Publish",
    "QuestionAnswered",
    "QuestionMissed",
    "QuestionPut",
    "RoleAssigned",
    "Said",
    "SeverityChanged",
    "SilencedAlertFired",
    "StatusPosted",
    "StepCompleted",
    "UpdateDue",
    "UpdateMet",
    "UpdateMissed",
    "UpdateRead",
    "seen_by",
]
