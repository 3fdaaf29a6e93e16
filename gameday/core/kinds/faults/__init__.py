"""Parameter models of the kinds of faults. What each does to a world stands in `gameday.engine.faults`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from gameday.core.kinds.faults.changes import BadConfig, Deploy, FlagChange
from gameday.core.kinds.faults.control import (
    Autoscaler,
    MonitoringTrouble,
    PersonUnavailable,
    Provisioning,
    StatusPageDown,
)
from gameday.core.kinds.faults.data import CacheFlush, Failover, HotKey, PoisonMessage, QueueStall
from gameday.core.kinds.faults.leaks import DiskFull, MemoryLeak, PoolLeak
from gameday.core.kinds.faults.load import Capacity, Crash, Errors, Latency, TrafficSpike
from gameday.core.kinds.faults.places import EdgeLoss, Partition, ThirdParty, ZoneLoss
from gameday.core.kinds.faults.timed import Timed
from gameday.core.kinds.faults.trust import CertificateExpiry, Clock, CredentialExpiry, Dns

Fault = Annotated[
    Crash
    | Latency
    | Errors
    | Capacity
    | TrafficSpike
    | Deploy
    | BadConfig
    | EdgeLoss
    | Partition
    | FlagChange
    | PoolLeak
    | MemoryLeak
    | DiskFull
    | CacheFlush
    | HotKey
    | PoisonMessage
    | QueueStall
    | CertificateExpiry
    | CredentialExpiry
    | Dns
    | Clock
    | ZoneLoss
    | ThirdParty
    | Failover
    | Autoscaler
    | Provisioning
    | MonitoringTrouble
    | StatusPageDown
    | PersonUnavailable,
    Field(discriminator="kind"),
]
"""Any fault; `kind` says which."""

__all__ = [
    "Autoscaler",
    "BadConfig",
    "CacheFlush",
    "Capacity",
    "CertificateExpiry",
    "Clock",
    "Crash",
    "CredentialExpiry",
    "Deploy",
    "DiskFull",
    "Dns",
    "EdgeLoss",
    "Errors",
    "Failover",
    "Fault",
    "FlagChange",
    "HotKey",
    "Latency",
    "MemoryLeak",
    "MonitoringTrouble",
    "Partition",
    "PersonUnavailable",
    "PoisonMessage",
    "PoolLeak",
    "Provisioning",
    "QueueStall",
    "StatusPageDown",
    "ThirdParty",
    "Timed",
    "TrafficSpike",
    "ZoneLoss",
]
