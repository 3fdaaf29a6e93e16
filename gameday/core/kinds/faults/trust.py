"""Faults of names, identities and time: certificates, credentials, DNS, clocks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from gameday.core.kinds.faults.timed import Timed
from gameday.core.quantities import Duration, Name, Ratio


class CertificateExpiry(Timed):
    """A certificate is not valid any more: callers refuse to connect, until it is renewed.

    A system's `certificates` expire at their own times without this; it is for one that nobody had on a list. With
    `ramp` callers notice one after another, as their connections are made anew.
    """

    kind: Literal["certificate-expiry"]
    service: Name
    share: Annotated[Ratio, Field(description="share of the calls whose callers check it")] = 1.0


class CredentialExpiry(Timed):
    """A password or token of `caller` for `service` is turned away, until it is rotated.

    A system's `credentials` expire at their own times without this.
    """

    kind: Literal["credential-expiry"]
    service: Name
    caller: Name
    share: Annotated[Ratio, Field(description="share of the calls")] = 1.0


class Dns(Timed):
    """The name of a service leads nowhere. Who has looked it up goes on until its answer is `ttl` old.

    So the fault spreads over the `ttl`, and when the record is right again it heals over the `ttl`.
    """

    kind: Literal["dns"]
    service: Name
    share: Annotated[Ratio, Field(description="share of the callers that the record fails")] = 1.0
    ttl: Annotated[Duration, Field(description="how long an answer is kept")] = 60_000_000


class Clock(Timed):
    """The clocks of some replicas are wrong: the tokens that they make are turned away by those whom they call.

    A request stays at its replica, so trying again does not help it; draining the replica does.
    """

    kind: Literal["clock"]
    service: Annotated[Name, Field(description="the service whose clocks are wrong")]
    share: Annotated[Ratio, Field(gt=0, description="share of its replicas")] = 1.0
    callee: Annotated[Name | None, Field(description="only this one checks; all whom it calls, if unsaid")] = None
