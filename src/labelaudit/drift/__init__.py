"""Has a batch drifted from its baseline? Tests that know how labels cluster.

Labels of one item, one document or one annotator move together. Tests that count labels as
if each stood alone raise a false alarm in every second batch; the ones here do not, and
where too little was labelled to tell, they say what is needed instead of "no drift".
"""

from __future__ import annotations

from labelaudit.drift.agreement import (
    AgreementArm,
    AgreementDrift,
    agreement_drift,
    usual_agreement,
)
from labelaudit.drift.arms import Arms, cluster_patterns, side_by_side
from labelaudit.drift.change_points import Break, Breaks, change_points
from labelaudit.drift.chart import Chart, chart
from labelaudit.drift.deviation import REASONS, Deviation, not_testable
from labelaudit.drift.distances import hellinger, jensen_shannon, psi, total_variation
from labelaudit.drift.durations import (
    DurationDrift,
    duration_drift,
    duration_drift_from,
    mixed_units,
)
from labelaudit.drift.gold import GoldArm, gold_drift
from labelaudit.drift.label_mix import (
    LabelMixDrift,
    domain_fault,
    label_mix_drift,
    label_mix_drift_from,
)
from labelaudit.drift.mix_split import MixSplit, mix_split
from labelaudit.drift.multiplicity import benjamini_hochberg, lord, lord_level
from labelaudit.drift.random_effects import Ordinary, ordinary
from labelaudit.drift.rao_scott import RaoScott, rao_scott
from labelaudit.drift.rate import rate_rise
from labelaudit.drift.variation import Judged, Measured, Usual, judged, usual

__all__ = [
    "REASONS",
    "AgreementArm",
    "AgreementDrift",
    "Arms",
    "Break",
    "Breaks",
    "Chart",
    "Deviation",
    "DurationDrift",
    "GoldArm",
    "Judged",
    "LabelMixDrift",
    "Measured",
    "MixSplit",
    "Ordinary",
    "RaoScott",
    "Usual",
    "agreement_drift",
    "benjamini_hochberg",
    "change_points",
    "chart",
    "cluster_patterns",
    "domain_fault",
    "duration_drift",
    "duration_drift_from",
    "gold_drift",
    "hellinger",
    "jensen_shannon",
    "judged",
    "label_mix_drift",
    "label_mix_drift_from",
    "lord",
    "lord_level",
    "mix_split",
    "mixed_units",
    "not_testable",
    "ordinary",
    "psi",
    "rao_scott",
    "rate_rise",
    "side_by_side",
    "total_variation",
    "usual",
    "usual_agreement",
]
