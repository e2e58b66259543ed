"""Every rule, in code order. Adding a rule takes one new file and one line here."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from regsheet.errors import ConfigurationError
from regsheet.rules.assurance.control_listed_as_assurance import ControlListedAsAssurance
from regsheet.rules.assurance.empty_line_of_defence import EmptyLineOfDefence
from regsheet.rules.assurance.external_in_third_line import ExternalInThirdLine
from regsheet.rules.assurance.map_risk_not_in_register import MapRiskNotInRegister
from regsheet.rules.assurance.no_outcome import NoOutcome
from regsheet.rules.assurance.no_third_line_on_red import NoThirdLineOnRed
from regsheet.rules.assurance.one_line_dominates import OneLineDominates
from regsheet.rules.assurance.register_risk_not_on_map import RegisterRiskNotOnMap
from regsheet.rules.assurance.same_item_two_lines import SameItemTwoLines
from regsheet.rules.assurance.stale_assurance import StaleAssurance
from regsheet.rules.assurance.undated_assurance import UndatedAssurance
from regsheet.rules.base import Rule
from regsheet.rules.control_logic.above_appetite import AboveAppetite
from regsheet.rules.control_logic.action_without_target import ActionWithoutTarget
from regsheet.rules.control_logic.controls_without_effect import ControlsWithoutEffect
from regsheet.rules.control_logic.effect_without_controls import EffectWithoutControls
from regsheet.rules.control_logic.long_red import LongRed
from regsheet.rules.control_logic.red_target import RedTarget
from regsheet.rules.control_logic.red_without_action import RedWithoutAction
from regsheet.rules.control_logic.residual_above_inherent import ResidualAboveInherent
from regsheet.rules.control_logic.target_above_residual import TargetAboveResidual
from regsheet.rules.control_logic.target_without_action import TargetWithoutAction
from regsheet.rules.control_logic.tolerated_with_action import ToleratedWithAction
from regsheet.rules.dates.action_date_count import ActionDateCount
from regsheet.rules.dates.ambiguous_date import AmbiguousDate
from regsheet.rules.dates.date_as_text import DateAsText
from regsheet.rules.dates.impossible_date import ImpossibleDate
from regsheet.rules.dates.overdue_action import OverdueAction
from regsheet.rules.dates.review_in_future import ReviewInFuture
from regsheet.rules.dates.slipped_date import SlippedDate
from regsheet.rules.dates.stale_review import StaleReview
from regsheet.rules.dates.undated_action import UndatedAction
from regsheet.rules.dates.vague_date import VagueDate
from regsheet.rules.hygiene.colour_contradicts_rating import ColourContradictsRating
from regsheet.rules.hygiene.error_value import ErrorValue
from regsheet.rules.hygiene.external_link import ExternalLink
from regsheet.rules.hygiene.format_range_misses_rows import FormatRangeMissesRows
from regsheet.rules.hygiene.hidden_content import HiddenContent
from regsheet.rules.hygiene.merged_body_cells import MergedBodyCells
from regsheet.rules.hygiene.number_as_text import NumberAsText
from regsheet.rules.hygiene.typed_over_formula import TypedOverFormula
from regsheet.rules.hygiene.uncalculated_formula import UncalculatedFormula
from regsheet.rules.objectives.expired_objective_period import ExpiredObjectivePeriod
from regsheet.rules.objectives.missing_objective import MissingObjective
from regsheet.rules.objectives.unknown_objective import UnknownObjective
from regsheet.rules.ownership.missing_action_owner import MissingActionOwner
from regsheet.rules.ownership.missing_owner import MissingOwner
from regsheet.rules.ownership.owner_differs import OwnerDiffers
from regsheet.rules.ownership.owner_left import OwnerLeft
from regsheet.rules.ownership.owner_overloaded import OwnerOverloaded
from regsheet.rules.ownership.owner_spelling import OwnerSpelling
from regsheet.rules.ownership.several_owners import SeveralOwners
from regsheet.rules.ownership.unknown_owner import UnknownOwner
from regsheet.rules.references.duplicate_reference import DuplicateReference
from regsheet.rules.references.missing_reference import MissingReference
from regsheet.rules.references.reference_gap import ReferenceGap
from regsheet.rules.references.reference_reused import ReferenceReused
from regsheet.rules.references.risk_vanished import RiskVanished
from regsheet.rules.references.stray_number_in_title import StrayNumberInTitle
from regsheet.rules.scale.level_name_for_score import LevelNameForScore
from regsheet.rules.scale.score_not_a_level import ScoreNotALevel
from regsheet.rules.scale.score_out_of_scale import ScoreOutOfScale
from regsheet.rules.scale.scoring_key_contradicts_config import ScoringKeyContradictsConfig
from regsheet.rules.scale.unreachable_or_overlapping_band import UnreachableOrOverlappingBand
from regsheet.rules.scoring.band_contradicts_rating import BandContradictsRating
from regsheet.rules.scoring.likelihood_and_impact_swapped import LikelihoodAndImpactSwapped
from regsheet.rules.scoring.missing_likelihood_or_impact import MissingLikelihoodOrImpact
from regsheet.rules.scoring.missing_overall_rating import MissingOverallRating
from regsheet.rules.scoring.rating_order_broken import RatingOrderBroken
from regsheet.rules.scoring.same_score_different_band import SameScoreDifferentBand
from regsheet.rules.scoring.unscored_risk import UnscoredRisk
from regsheet.rules.scoring.wrong_overall_rating import WrongOverallRating
from regsheet.rules.text.action_listed_as_control import ActionListedAsControl
from regsheet.rules.text.cause_repeats_consequence import CauseRepeatsConsequence
from regsheet.rules.text.done_action_still_open import DoneActionStillOpen
from regsheet.rules.text.missing_cause import MissingCause
from regsheet.rules.text.missing_consequence import MissingConsequence
from regsheet.rules.text.missing_controls import MissingControls
from regsheet.rules.text.missing_title import MissingTitle
from regsheet.rules.text.placeholder import Placeholder
from regsheet.rules.text.repeated_item import RepeatedItem
from regsheet.rules.text.stale_mention import StaleMention
from regsheet.rules.text.truncated_text import TruncatedText
from regsheet.rules.text.unchanged_boilerplate import UnchangedBoilerplate
from regsheet.rules.travel.missing_direction_of_travel import MissingDirectionOfTravel
from regsheet.rules.travel.review_without_change import ReviewWithoutChange
from regsheet.rules.travel.score_moved_silently import ScoreMovedSilently
from regsheet.rules.travel.unreadable_direction import UnreadableDirection
from regsheet.rules.travel.wrong_direction_of_travel import WrongDirectionOfTravel
from regsheet.rules.travel.wrong_previous_score import WrongPreviousScore
from regsheet.rules.waivers.expired_waiver import ExpiredWaiver
from regsheet.rules.waivers.unused_waiver import UnusedWaiver
from regsheet.rules.waivers.waiver_without_reason import WaiverWithoutReason

RULES: tuple[type[Rule], ...] = (
    WrongOverallRating,
    MissingOverallRating,
    MissingLikelihoodOrImpact,
    BandContradictsRating,
    SameScoreDifferentBand,
    LikelihoodAndImpactSwapped,
    UnscoredRisk,
    RatingOrderBroken,
    ScoreOutOfScale,
    ScoreNotALevel,
    LevelNameForScore,
    ScoringKeyContradictsConfig,
    UnreachableOrOverlappingBand,
    ResidualAboveInherent,
    TargetAboveResidual,
    RedWithoutAction,
    RedTarget,
    ControlsWithoutEffect,
    EffectWithoutControls,
    TargetWithoutAction,
    ActionWithoutTarget,
    LongRed,
    AboveAppetite,
    ToleratedWithAction,
    MissingOwner,
    UnknownOwner,
    OwnerLeft,
    SeveralOwners,
    OwnerSpelling,
    OwnerDiffers,
    OwnerOverloaded,
    MissingActionOwner,
    OverdueAction,
    UndatedAction,
    VagueDate,
    DateAsText,
    AmbiguousDate,
    StaleReview,
    ReviewInFuture,
    ActionDateCount,
    SlippedDate,
    ImpossibleDate,
    WrongDirectionOfTravel,
    MissingDirectionOfTravel,
    WrongPreviousScore,
    ScoreMovedSilently,
    ReviewWithoutChange,
    UnreadableDirection,
    MissingReference,
    DuplicateReference,
    ReferenceGap,
    ReferenceReused,
    RiskVanished,
    StrayNumberInTitle,
    MissingTitle,
    MissingCause,
    MissingConsequence,
    MissingControls,
    CauseRepeatsConsequence,
    Placeholder,
    StaleMention,
    DoneActionStillOpen,
    ActionListedAsControl,
    RepeatedItem,
    TruncatedText,
    UnchangedBoilerplate,
    ExpiredObjectivePeriod,
    MissingObjective,
    UnknownObjective,
    TypedOverFormula,
    ErrorValue,
    NumberAsText,
    HiddenContent,
    MergedBodyCells,
    ColourContradictsRating,
    FormatRangeMissesRows,
    UncalculatedFormula,
    ExternalLink,
    EmptyLineOfDefence,
    NoThirdLineOnRed,
    StaleAssurance,
    UndatedAssurance,
    SameItemTwoLines,
    MapRiskNotInRegister,
    RegisterRiskNotOnMap,
    OneLineDominates,
    NoOutcome,
    ControlListedAsAssurance,
    ExternalInThirdLine,
    UnusedWaiver,
    ExpiredWaiver,
    WaiverWithoutReason,
)  # fmt: skip

FAMILIES = {
    "SC": "Scoring",
    "SL": "Scale",
    "CL": "Control logic",
    "OW": "Ownership",
    "DT": "Dates",
    "TR": "Direction of travel",
    "RF": "References",
    "TX": "Text",
    "OB": "Objectives",
    "HY": "Spreadsheet hygiene",
    "AM": "Assurance map",
    "WV": "Waivers",
}
"""The families of rules in the order in which reports list them."""


LOOK_LIKE_FIGURES = str.maketrans("OIL", "011")
"""Letters that are typed for figures: ``SC0O1``."""


@cache
def rules_by_key() -> dict[str, tuple[type[Rule], ...]]:
    """Rules by everything that may name them: code, name, family; in upper case."""
    found: dict[str, tuple[type[Rule], ...]] = {}
    for rule in RULES:
        for key in (rule.code, rule.name.upper(), rule.family()):
            found[key] = (*found.get(key, ()), rule)
    return found


def rules_named(key: str) -> tuple[type[Rule], ...]:
    """The rules that a code (``SC001``), a family (``SC``) or a name names. Raises ``ConfigurationError`` for none."""
    found = rules_by_key().get(key.strip().upper(), ())
    if not found:
        raise ConfigurationError(f"There is no rule {key!r}{perhaps_meant(key)}.")
    return found


def perhaps_meant(key: str) -> str:
    """What may be meant by a word that names no rule, and where all rules are listed, as the end of a sentence."""
    from difflib import get_close_matches  # needed for a mistyped code only

    typed, known = key.strip().upper(), rules_by_key()
    figures = f"{typed[:2]}{typed[2:].translate(LOOK_LIKE_FIGURES)}"
    close = [figures] if figures in known else get_close_matches(typed, sorted(known), 1)
    names = [one.lower() if "-" in one else one for one in close]
    return "".join(f"; {name!r} may be meant" for name in names) + " ('regsheet rules' lists them all)"


def rule_named(key: str) -> type[Rule]:
    """The rule of that code or name. Raises ``ConfigurationError`` where there is none, or a whole family."""
    found = rules_named(key)
    if key.strip().upper() in FAMILIES:
        raise ConfigurationError(f"{key!r} is a family of rules: name one rule, such as {found[0].code}.")
    return found[0]


def chosen(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Rule, ...]:
    """The rules that are selected (all, when nothing is) and not ignored, in code order."""
    wanted = {rule for key in select for rule in rules_named(key)} or set(RULES)
    unwanted = {rule for key in ignore for rule in rules_named(key)}
    return tuple(rule() for rule in RULES if rule in wanted and rule not in unwanted)
