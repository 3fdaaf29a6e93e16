from __future__ import annotations

import pytest

CERTIFICATE = {"kind": "certificate-expiry", "at": "10s", "service": "db"}
CREDENTIAL = {"kind": "credential-expiry", "at": "10s", "caller": "api", "service": "db"}
DNS = {"kind": "dns", "at": "10s", "service": "db", "ttl": "40s"}


def test_nobody_connects_to_what_has_an_expired_certificate_until_it_is_renewed(broken):
    rig = broken(CERTIFICATE)
    rig.run_to(30)
    assert rig.value("read", "success", 10) == 0.0
    assert rig.value("api>db", "errors_certificate", 10) == 1.0
    assert rig.world.certificates.expired("db")
    assert rig.world.certificates.renew("db")
    rig.run_to(50)
    assert rig.value("read", "success", 10) == 1.0


def test_callers_notice_an_expired_certificate_one_after_another(broken):
    rig = broken(CERTIFICATE | {"ramp": "40s"}, edges={"api>db": {"retries": 0}})
    rig.run_to(35)
    assert rig.value("read", "success", 10) == pytest.approx(0.5, abs=0.1)
    rig.run_to(60)
    assert rig.value("read", "success", 5) == 0.0


def test_a_certificate_of_the_system_expires_at_its_time(broken):
    rig = broken(certificates={"internal": {"service": "db", "expires": "20s"}})
    rig.run_to(19)
    assert rig.value("read", "success", 10) == 1.0
    rig.run_to(40)
    assert rig.value("read", "success", 10) == 0.0
    assert rig.world.certificates.renew("internal")
    assert not rig.world.certificates.renew("internal")


def test_a_certificate_that_was_renewed_in_time_does_not_expire(broken):
    rig = broken(certificates={"internal": {"service": "db", "expires": "20s"}})
    rig.run_to(10)
    rig.world.certificates.renew("db")
    rig.run_to(40)
    assert rig.value("read", "success", 15) == 1.0


def test_credentials_are_turned_away_for_one_caller_only_until_they_are_rotated(broken):
    more = [{"from": "front", "to": "db", "timeout": "1s", "required": False}]
    rig = broken(CREDENTIAL, more_edges=more)
    rig.run_to(30)
    assert rig.world.traffic.edges["front>db"].unauthorized == 0.0
    assert rig.value("read", "success", 10) == 0.0
    assert rig.world.credentials.rotate("api-db")
    rig.run_to(50)
    assert rig.value("read", "success", 10) == 1.0


def test_a_credential_of_the_system_expires_at_its_time_and_others_never(broken):
    known = {"old": {"caller": "api", "service": "db", "expires": "20s"}, "good": {"caller": "front", "service": "api"}}
    rig = broken(credentials=known)
    rig.run_to(40)
    assert [rig.world.credentials.expired(name) for name in ("old", "good")] == [True, False]
    assert rig.value("read", "success", 10) == 0.0


def test_dns_trouble_spreads_and_heals_as_answers_grow_old(broken):
    rig = broken(DNS, edges={"api>db": {"retries": 0}})
    successes = []
    for second in (15, 32, 60):
        rig.run_to(second)
        successes.append(rig.value("read", "success", 4))
    assert successes[0] > 0.8 > successes[1] > 0.2 > successes[2] == 0.0
    assert rig.world.naming.fix("db")
    rig.run_to(82)
    assert 0.2 < rig.value("read", "success", 4) < 0.8
    rig.run_to(110)
    assert rig.value("read", "success", 5) == 1.0
    assert not rig.world.naming.fix("db")


def test_who_forgets_old_answers_finds_out_at_once(broken):
    rig = broken(DNS)
    rig.run_to(15)
    rig.world.naming.flush("db")
    rig.run_to(20)
    assert rig.value("read", "success", 4) == 0.0
    rig.world.naming.fix("db")
    rig.world.naming.flush("db")
    rig.run_to(30)
    assert rig.value("read", "success", 5) == 1.0
    assert rig.world.naming.spread("db") == 0.0
