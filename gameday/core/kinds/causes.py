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
    "pool-leak": "connections are taken and never given back",
    "memory": "its memory fills up until it is killed",
    "disk": "its disk is full, so writes fail",
    "cache": "a cache is empty, so everything is asked for again",
    "hot-key": "one key takes more than one shard can serve",
    "poison": "a message that nobody can process comes back again and again",
    "stall": "a consumer takes no messages",
    "certificate": "a certificate is not valid any more",
    "credentials": "a password or token is turned away",
    "dns": "its name leads nowhere",
    "clock": "its clock is wrong",
    "partition": "two parts of the system cannot reach each other",
    "zone": "a zone is lost",
    "third-party": "somebody else's service has trouble",
    "failover": "another database was promoted, or two are primary at once",
    "autoscaler": "an autoscaler does the wrong thing",
    "quota": "no more replicas can be had",
}
SUSTAINING: Mapping[str, str] = {
    "retry-storm": "callers try again faster than work gets done",
    "queue": "a queue is so long that everything in it is too old",
    "pool": "workers above are all held by waiting",
    "cold-cache": "a cache cannot fill, because what would fill it is overloaded",
    "herd": "clients that were turned away all come back at once",
    "crash-loop": "replicas die of the load that is left for them as soon as they start",
    "redelivery": "what failed comes back to the queue and fails again",
    "none": "nothing keeps it up",
}
