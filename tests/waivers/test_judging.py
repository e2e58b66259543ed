"""Waivers are looked up by the risk that they name: each is about the findings that it fits, and about no others."""

from __future__ import annotations

from itertools import product

from regsheet.rules.base import Example
from regsheet.rules.examples import context_of
from regsheet.rules.runner import run_rules
from regsheet.rules.waiving import judge, waiver_of_setting

ROWS = (
    {"ref": "R 1", "title": "Flood", "residual_likelihood": 4, "residual_impact": 4, "residual_rating": 6},
    {"ref": "r1", "title": "Fire", "residual_likelihood": 4, "residual_impact": 2, "residual_rating": 9},
    {"ref": None, "title": "Loss of Data", "residual_likelihood": 4, "residual_impact": 2, "residual_rating": 9},
)
RISKS = ("R1", "R 1", "r1", "Flood", "LOSS of data", "", "R9")
RULES = ("SC001", "wrong-overall-rating", "RF001", "OW001")


def test_each_waiver_is_about_the_findings_that_it_fits() -> None:
    waivers = [{"rule": rule, "ref": ref, "reason": "Agreed", "name": "A. Clerk"}
               for rule, ref in product(RULES, RISKS)]  # fmt: skip
    context = context_of(Example(rows=ROWS, settings={"waivers": waivers}))
    findings, _ = run_rules(context_of(Example(rows=ROWS)))
    judged = {one.waiver: one for one in judge(findings, context)}
    held = 0
    for waiver in map(waiver_of_setting, context.config.waivers):
        fitting = tuple(finding for finding in findings if waiver.fits(finding))
        assert (judged[waiver].findings if waiver in judged else ()) == fitting
        held += bool(fitting)
    assert held > 5
    named = {one.waiver.ref for one in judged.values() if one.verdict == "unused"}
    assert {"R1", "Flood"} <= named
