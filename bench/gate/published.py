"""Design numbers that were published for these worlds: what the gate should reproduce.

One look: 800 repetitions; top-ups: 800; gold: 20,000. Point and bound at floor .667.
"""

from __future__ import annotations

from bench.gate.worlds import BALANCED, SKEWED

ONE_LOOK = {
    # (prior, ratings, items, alpha): point gate at .667, pass, fail
    (BALANCED, 2, 50, 0.60): (0.24, 0.00, 0.23),
    (BALANCED, 3, 50, 0.60): (0.18, 0.01, 0.33),
    (BALANCED, 2, 50, 0.6669): (0.53, 0.03, 0.06),
    (BALANCED, 3, 50, 0.6669): (0.49, 0.03, 0.07),
    (BALANCED, 2, 50, 0.80): (0.97, 0.40, 0.00),
    (BALANCED, 3, 50, 0.80): (0.96, 0.50, 0.00),
    (BALANCED, 2, 100, 0.60): (0.15, 0.00, 0.33),
    (BALANCED, 3, 100, 0.60): (0.11, 0.00, 0.38),
    (BALANCED, 2, 100, 0.6669): (0.51, 0.03, 0.08),
    (BALANCED, 3, 100, 0.6669): (0.52, 0.04, 0.06),
    (BALANCED, 2, 100, 0.80): (1.00, 0.69, 0.00),
    (BALANCED, 3, 100, 0.80): (1.00, 0.82, 0.00),
    (BALANCED, 2, 300, 0.60): (0.04, 0.00, 0.60),
    (BALANCED, 3, 300, 0.60): (0.01, 0.00, 0.75),
    (BALANCED, 2, 300, 0.6669): (0.50, 0.04, 0.06),
    (BALANCED, 3, 300, 0.6669): (0.50, 0.04, 0.05),
    (BALANCED, 2, 300, 0.80): (1.00, 1.00, 0.00),
    (BALANCED, 3, 300, 0.80): (1.00, 1.00, 0.00),
    (BALANCED, 2, 1000, 0.60): (0.00, 0.00, 0.97),
    (BALANCED, 3, 1000, 0.60): (0.00, 0.00, 1.00),
    (BALANCED, 2, 1000, 0.80): (1.00, 1.00, 0.00),
    (BALANCED, 3, 1000, 0.80): (1.00, 1.00, 0.00),
    (SKEWED, 2, 50, 0.60): (0.36, 0.01, None),
    (SKEWED, 2, 100, 0.60): (0.34, 0.01, None),
    (SKEWED, 2, 300, 0.60): (0.19, 0.00, None),
    (SKEWED, 2, 1000, 0.60): (0.05, 0.00, None),
    (SKEWED, 2, 50, 0.80): (None, 0.05, None),
    (SKEWED, 2, 100, 0.80): (None, 0.18, None),
    (SKEWED, 2, 300, 0.80): (None, 0.57, None),
    (SKEWED, 2, 1000, 0.80): (None, 0.98, None),
}
PLANS = {(BALANCED, 2): 203, (BALANCED, 3): 158, (SKEWED, 2): 883, (SKEWED, 3): 578}
ALPHAS = (0.60, 0.6669, 0.73, 0.80, 0.85)
TOP_UPS = {
    # accepted at each of ALPHAS, and the mean number of items at .80
    (BALANCED, 2): {
        "point": ((0.19, 0.48, 0.81, 0.98, 1.0), None),
        "again": ((0.01, 0.065, 0.48, 0.95, 1.0), 105),
        "spending": ((0.00, 0.020, 0.32, 0.96, 1.0), 166),
        "once": ((0.00, 0.036, 0.36, 0.95, 1.0), None),
    },
    (BALANCED, 3): {
        "point": ((0.18, 0.49, 0.80, 0.98, 1.0), None),
        "again": ((0.01, 0.068, 0.45, 0.97, 1.0), 81),
        "spending": ((0.00, 0.016, 0.32, 0.95, 1.0), 134),
        "once": ((0.00, 0.033, 0.38, 0.96, 1.0), None),
    },
    (SKEWED, 2): {
        "point": ((0.20, 0.50, 0.81, 0.98, 1.0), None),
        "again": ((0.01, 0.075, 0.46, 0.95, 1.0), 445),
        "spending": ((0.00, 0.030, 0.34, 0.96, 1.0), 710),
        "once": ((0.00, 0.040, 0.43, 0.95, 1.0), None),
    },
    (SKEWED, 3): {
        "point": ((0.18, 0.49, 0.77, 0.95, 0.99), None),
        "again": ((0.01, 0.080, 0.46, 0.93, 1.0), 318),
        "spending": ((0.00, 0.030, 0.30, 0.91, 1.0), 494),
        "once": ((0.00, 0.031, 0.37, 0.92, 1.0), None),
    },
}
GOLD = {
    # (annotators, answers, rho): point, Clopper-Pearson, Korn-Graubard; accuracy .90
    (6, 100, 0.10): (0.585, 0.115, 0.043),
    (6, 1000, 0.03): (0.535, 0.263, 0.058),
    (6, 1000, 0.10): (0.546, 0.383, 0.081),
    (12, 300, 0.03): (0.541, 0.097, 0.045),
    (12, 1000, 0.10): (0.544, 0.319, 0.069),
    (30, 1000, 0.03): (0.528, 0.124, 0.050),
}
GOLD_POWER = {(12, 300, 0.03): 0.93, (6, 300, 0.10): 0.57}
"""Chance to pass at a true accuracy of .97."""
