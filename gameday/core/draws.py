"""Keyed draws of chance: a draw belongs to what it is drawn for, never to a stream.

A key is a 64-bit integer made by mixing a parent's key with a number, so one more retry or another decision
shifts no other draw. The mixer is SplitMix64's finaliser (Steele, Lea, Flood 2014) applied to
`key + (value + 1) * gamma`.

Interpreted, a key is an int from 0 to 2**64 - 1. Compiled, what is annotated `Key` is a machine word, the same 64 bits
in two's complement: no objects are made of keys, which is half of what compiling gains. So a key is for mixing, drawing
and telling apart; to show or store one, take its `unsigned` number. Import `Key` only under `TYPE_CHECKING`.
"""

from __future__ import annotations

from hashlib import blake2b
from math import exp, log, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from mypy_extensions import i64

    Key: TypeAlias = i64

_COMPILED: Final = not __file__.endswith((".py", ".pyc"))


def unsigned(key: int) -> int:
    """The number of a key, from 0 to 2**64 - 1, whichever way it is held."""
    return key & 0xFFFF_FFFF_FFFF_FFFF


def word(value: int) -> int:
    """Any integer modulo 2**64, the way keys are held here."""
    number = value & 0xFFFF_FFFF_FFFF_FFFF
    return number - (1 << 64) if _COMPILED and number >> 63 else number


_MASK: Final[Key] = word(-1)
_GAMMA: Final[Key] = word(0x9E37_79B9_7F4A_7C15)
_FIRST: Final[Key] = word(0xBF58_476D_1CE4_E5B9)
_SECOND: Final[Key] = word(0x94D0_49BB_1331_11EB)
_SCALE: Final = 2.0**-53
SPARE: Final = 0x7FF
"""The bits of a key that no draw looks at: whether something is watched may hang on them, and nothing that happens."""
_NORMAL = NormalDist()


def mix(key: Key, value: Key) -> Key:
    """The key of child number `value` (>= 0) of `key`."""
    z = key + (value + 1) * _GAMMA
    if _COMPILED:
        # Machine words wrap by themselves, and shift their sign in.
        z = (z ^ (z >> 30 & 0x3_FFFF_FFFF)) * _FIRST
        z = (z ^ (z >> 27 & 0x1F_FFFF_FFFF)) * _SECOND
        return z ^ (z >> 31 & 0x1_FFFF_FFFF)
    z &= _MASK
    z = (z ^ (z >> 30)) * _FIRST & _MASK
    z = (z ^ (z >> 27)) * _SECOND & _MASK
    return z ^ (z >> 31)


def key_of(text: str) -> Key:
    """A 64-bit number for a name; the same in every process."""
    return word(int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big"))


def uniform(key: Key) -> float:
    """A number in [0, 1), from the key alone."""
    number: int = key >> 11 & 0x1F_FFFF_FFFF_FFFF
    return number * _SCALE


def exponential(key: Key, mean: float) -> float:
    """An exponential draw by inverse transform, in the unit of `mean`."""
    return -log(1.0 - uniform(key)) * mean


def lognormal(key: Key, mean: float, scv: float) -> float:
    """A lognormal draw with the given mean and squared coefficient of variation (0 gives the mean itself)."""
    if scv <= 0.0:
        return mean
    variance = log(1.0 + scv)
    u = uniform(key) or _SCALE
    return mean * exp(sqrt(variance) * _NORMAL.inv_cdf(u) - variance / 2.0)


def draw_name(seed: int, *names: str) -> Key:
    """A key for something that has names instead of numbers: `draw_name(7, "person", "ana", "page 3")`."""
    key: Key = word(seed)
    for name in names:
        key = mix(key, key_of(name))
    return key
