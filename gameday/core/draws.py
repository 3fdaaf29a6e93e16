"""Keyed draws of chance: a draw belongs to what it is drawn for, never to a stream.

A key is a 64-bit integer made by mixing a parent's key with a number, so one more retry or another decision
shifts no other draw. The mixer is SplitMix64's finaliser (Steele, Lea, Flood 2014) applied to
`key + (value + 1) * gamma`.
"""

from __future__ import annotations

from hashlib import blake2b
from math import exp, log, sqrt
from statistics import NormalDist

_MASK = 0xFFFF_FFFF_FFFF_FFFF
_GAMMA = 0x9E37_79B9_7F4A_7C15
_SCALE = 2.0**-53
_NORMAL = NormalDist()


def mix(key: int, value: int) -> int:
    """The key of child number `value` (>= 0) of `key`."""
    z = (key + (value + 1) * _GAMMA) & _MASK
    z = ((z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB) & _MASK
    return z ^ (z >> 31)


def key_of(text: str) -> int:
    """A 64-bit number for a name; the same in every process."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def uniform(key: int) -> float:
    """A number in [0, 1), from the key alone."""
    return (key >> 11) * _SCALE


def exponential(key: int, mean: float) -> float:
    """An exponential draw by inverse transform, in the unit of `mean`."""
    return -log(1.0 - uniform(key)) * mean


def lognormal(key: int, mean: float, scv: float) -> float:
    """A lognormal draw with the given mean and squared coefficient of variation (0 gives the mean itself)."""
    if scv <= 0.0:
        return mean
    variance = log(1.0 + scv)
    u = uniform(key) or _SCALE
    return mean * exp(sqrt(variance) * _NORMAL.inv_cdf(u) - variance / 2.0)


def draw_name(seed: int, *names: str) -> int:
    """A key for something that has names instead of numbers: `draw_name(7, "person", "ana", "page 3")`."""
    key = seed & _MASK
    for name in names:
        key = mix(key, key_of(name))
    return key
