from __future__ import annotations

from statistics import fmean, pvariance

import pytest

from gameday.core.draws import draw_name, exponential, key_of, lognormal, mix, uniform


def test_the_mixer_is_splitmix64():
    """The first outputs of SplitMix64 seeded with 0, as published with java.util.SplittableRandom."""
    assert [mix(0, n) for n in range(3)] == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]


def test_keys_of_siblings_and_generations_do_not_repeat():
    keys = [
        mix(mix(parent, child), grandchild) for parent in range(20) for child in range(20) for grandchild in range(20)
    ]
    assert len(keys) == len(dict.fromkeys(keys))


def test_a_name_has_the_same_key_in_every_process():
    assert key_of("payments") == 0x93CEA2AC1F2DF9D9
    assert draw_name(7, "a", "b") != draw_name(7, "ab")
    assert draw_name(7, "a") != draw_name(8, "a")


def test_uniform_draws_fill_the_unit_interval():
    draws = [uniform(mix(5, n)) for n in range(20_000)]
    assert min(draws) >= 0.0
    assert max(draws) < 1.0
    assert fmean(draws) == pytest.approx(0.5, abs=0.01)
    assert pvariance(draws) == pytest.approx(1 / 12, rel=0.03)


def test_exponential_draws_have_their_mean_and_variance():
    draws = [exponential(mix(6, n), 10.0) for n in range(20_000)]
    assert fmean(draws) == pytest.approx(10.0, rel=0.03)
    assert pvariance(draws) == pytest.approx(100.0, rel=0.08)


def test_lognormal_draws_have_their_mean_and_squared_coefficient_of_variation():
    draws = [lognormal(mix(7, n), 10.0, 0.5) for n in range(20_000)]
    assert fmean(draws) == pytest.approx(10.0, rel=0.03)
    assert pvariance(draws) / fmean(draws) ** 2 == pytest.approx(0.5, rel=0.1)
    assert lognormal(3, 10.0, 0.0) == 10.0
