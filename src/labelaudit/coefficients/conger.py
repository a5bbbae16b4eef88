"""Conger's kappa: many annotators, each with their own habits.

value = 1 - Do / De with De the mean of p_a' D p_b over all pairs of different annotators,
p_a the label shares of annotator a over everything they labelled. With s = sum of p_a over
r annotators, De = (s'Ds - sum p_a'Dp_a) / (r (r-1)). With two annotators and complete data
it is Cohen's kappa.
"""

from __future__ import annotations

from labelaudit.coefficients.annotator_tally import pair_tally
from labelaudit.coefficients.record import Coefficient

CONGER_KAPPA = Coefficient(
    name="conger-kappa",
    title="How far do these annotators agree beyond chance, each with their own habits?",
    source="Conger (1980), Psychological Bulletin 88(2), 322-328; missing labels as in Gwet "
    "(2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 2",
    pair_tally=pair_tally,
)
