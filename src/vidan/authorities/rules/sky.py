"""Where sun and moon stand, as exactly as a lunar calendar needs. Pure.

Series from Jean Meeus, *Astronomical Algorithms* (new moons, ch. 49) and *Astronomical Formulae
for Calculators* (the sun, ch. 18), and Espenak and Meeus' polynomials for the earth's slowing.
New moons are right to some seconds, the sun's longitude to some arcseconds (minutes of time).
"""

from __future__ import annotations

from math import cos, radians, sin

SYNODIC_MONTH = 29.530588861
FIRST_NEW_MOON_2000 = 2451550.09766
LUNATIONS_PER_CENTURY = 1236.85
DAYS_PER_CENTURY = 36525

# amplitude in days; power of E; multiples of M (sun), M' (moon), F (node)
_NEW_MOON: tuple[tuple[float, int, int, int, int], ...] = (
    (-0.40720, 0, 0, 1, 0),
    (0.17241, 1, 1, 0, 0),
    (0.01608, 0, 0, 2, 0),
    (0.01039, 0, 0, 0, 2),
    (0.00739, 1, -1, 1, 0),
    (-0.00514, 1, 1, 1, 0),
    (0.00208, 2, 2, 0, 0),
    (-0.00111, 0, 0, 1, -2),
    (-0.00057, 0, 0, 1, 2),
    (0.00056, 1, 1, 2, 0),
    (-0.00042, 0, 0, 3, 0),
    (0.00042, 1, 1, 0, 2),
    (0.00038, 1, 1, 0, -2),
    (-0.00024, 1, -1, 2, 0),
    (-0.00007, 0, 2, 1, 0),
    (0.00004, 0, 0, 2, -2),
    (0.00004, 0, 3, 0, 0),
    (0.00003, 0, 1, 1, -2),
    (0.00003, 0, 0, 2, 2),
    (-0.00003, 0, 1, 1, 2),
    (0.00003, 0, -1, 1, 2),
    (-0.00002, 0, -1, 1, -2),
    (-0.00002, 0, 1, 3, 0),
    (0.00002, 0, 0, 4, 0),
)
# amplitude in days; angle at k = 0; degrees per lunation
_PLANETS: tuple[tuple[float, float, float], ...] = (
    (0.000325, 299.77, 0.107408),
    (0.000165, 251.88, 0.016321),
    (0.000164, 251.83, 26.651886),
    (0.000126, 349.42, 36.412478),
    (0.000110, 84.66, 18.206239),
    (0.000062, 141.74, 53.303771),
    (0.000060, 207.14, 2.453732),
    (0.000056, 154.84, 7.306860),
    (0.000047, 34.52, 27.261239),
    (0.000042, 207.19, 0.121824),
    (0.000040, 291.34, 1.844379),
    (0.000037, 161.72, 24.198154),
    (0.000035, 239.56, 25.513099),
    (0.000023, 331.55, 3.592518),
)


def new_moon(k: int) -> float:
    """Julian day (dynamical time) of the k-th new moon, counted from 6 January 2000."""
    t = k / LUNATIONS_PER_CENTURY
    e = 1 - 0.002516 * t - 0.0000074 * t**2
    sun = 2.5534 + 29.10535670 * k - 0.0000014 * t**2 - 0.00000011 * t**3
    moon = 201.5643 + 385.81693528 * k + 0.0107582 * t**2 + 0.00001238 * t**3
    node = 160.7108 + 390.67050284 * k - 0.0016118 * t**2 - 0.00000227 * t**3
    ascending = 124.7746 - 1.56375588 * k + 0.0020672 * t**2 + 0.00000215 * t**3
    mean = FIRST_NEW_MOON_2000 + SYNODIC_MONTH * k + 0.00015437 * t**2 - 0.00000015 * t**3
    by_moon = sum(
        amplitude * e**power * sin(radians(s * sun + m * moon + f * node))
        for amplitude, power, s, m, f in _NEW_MOON
    )
    by_planets = sum(
        amplitude * sin(radians(start + rate * k - (0.009173 * t**2 if not place else 0)))
        for place, (amplitude, start, rate) in enumerate(_PLANETS)
    )
    return mean + by_moon + by_planets - 0.00017 * sin(radians(ascending))


def sun_longitude(julian_day: float) -> float:
    """The sun's apparent longitude in degrees (0 to 360) at a Julian day in dynamical time."""
    t = (julian_day - 2415020) / DAYS_PER_CENTURY
    mean = 279.69668 + 36000.76892 * t + 0.0003025 * t**2
    anomaly = radians(358.47583 + 35999.04975 * t - 0.00015 * t**2 - 0.0000033 * t**3)
    centre = (
        (1.919460 - 0.004789 * t - 0.000014 * t**2) * sin(anomaly)
        + (0.020094 - 0.0001 * t) * sin(2 * anomaly)
        + 0.000293 * sin(3 * anomaly)
    )
    pulled = (
        0.00134 * cos(radians(153.23 + 22518.7541 * t))
        + 0.00154 * cos(radians(216.57 + 45037.5082 * t))
        + 0.00200 * cos(radians(312.69 + 32964.3577 * t))
        + 0.00179 * sin(radians(350.74 + 445267.1142 * t - 0.00144 * t**2))
        + 0.00178 * sin(radians(231.19 + 20.20 * t))
    )
    nutation = -0.00569 - 0.00479 * sin(radians(259.18 - 1934.142 * t))
    return (mean + centre + pulled + nutation) % 360


EARLIEST = 1900
# From year; reference year; coefficients of (year - reference), lowest power first. Seconds.
_SLOWING: tuple[tuple[int, int, tuple[float, ...]], ...] = (
    (2050, 1820, (-20 - 0.5628 * 330, 0.5628, 0.0032)),
    (2005, 2000, (62.92, 0.32217, 0.005589)),
    (1986, 2000, (63.86, 0.3345, -0.060374, 0.0017275, 0.000651814, 0.00002373599)),
    (1961, 1975, (45.45, 1.067, -1 / 260, -1 / 718)),
    (1941, 1950, (29.07, 0.407, -1 / 233, 1 / 2547)),
    (1920, 1920, (21.20, 0.84493, -0.076100, 0.0020936)),
    (EARLIEST, 1900, (-2.79, 1.494119, -0.0598939, 0.0061966, -0.000197)),
)


def dynamical_minus_universal(julian_day: float) -> float:
    """How far dynamical time runs ahead of universal time, in days (1900 to 2150)."""
    year = 2000 + (julian_day - 2451544.5) / 365.25
    reference, coefficients = next(
        (reference, coefficients)
        for since, reference, coefficients in _SLOWING
        if year >= since or since == EARLIEST
    )
    elapsed = year - reference
    return sum(c * elapsed**power for power, c in enumerate(coefficients)) / 86400
