"""The words of a diagnosis: mechanisms that break things, and sustaining effects that keep them broken."""

from __future__ import annotations

from collections.abc import Mapping

MECHANISMS: Mapping[str, str] = {
    "bad-deploy": "a new version does it",
    "flag": "a feature flag does it",
    "slow": "work takes longer than it did",
    "errors": "work fails that used to succeed",
    "crash": "it is not running",
    "capacity": "there is too little of it for the demand",
    "traffic": "more demand came than before",
    "network": "calls are lost on the way",
    "config": "a setting does it",
}
SUSTAINING: Mapping[str, str] = {
    "retry-storm": "callers try again faster than work gets done",
    "queue": "a queue is so long that everything in it is too old",
    "pool": "workers above are all held by waiting",
    "none": "nothing keeps it up",
}
