"""Faults of identities and names: certificates, credentials, DNS."""

from __future__ import annotations

from gameday.core.kinds.faults import CertificateExpiry, CredentialExpiry, Dns
from gameday.engine.faults.base import FaultWorld
from gameday.engine.residents.base import Steps


def run_certificate(world: FaultWorld, fault: CertificateExpiry, name: str) -> Steps:
    """Not valid until it is renewed, or until `lasts`."""
    del name
    certificates = world.certificates
    known = certificates.name_of(fault.service)
    yield from certificates.expire(known, certificates.effects(known, fault.share), fault.ramp)
    if fault.lasts is not None:
        yield world.env.timeout(max(0, fault.lasts - fault.ramp))
        certificates.restore(known)


def run_credential(world: FaultWorld, fault: CredentialExpiry, name: str) -> Steps:
    """Turned away until it is rotated, or until `lasts`."""
    del name
    credentials = world.credentials
    known = credentials.name_of(fault.caller, fault.service)
    effects = credentials.between(fault.caller, fault.service, fault.share)
    yield from credentials.expire(known, effects, fault.ramp)
    if fault.lasts is not None:
        yield world.env.timeout(max(0, fault.lasts - fault.ramp))
        credentials.restore(known)


def run_dns(world: FaultWorld, fault: Dns, name: str) -> Steps:
    """Wrong until somebody writes the record again, or until `lasts`; either way callers find out over the `ttl`."""
    del name
    world.naming.fail(fault.service, fault.share, fault.ttl)
    if fault.lasts is not None:
        yield world.env.timeout(fault.lasts)
        world.naming.fix(fault.service)
