//! The rules that the therapist may knowingly book against, and which of them a
//! refusal is about.

use std::{collections::BTreeSet, fmt};

use super::refusal::SlotRefusal;
use crate::domain::ids::Holder;

/// A rule that the therapist may knowingly book against. That two sessions
/// overlap is never among them; notice and horizon are asked about no more, and
/// stand in rows from when they were.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// When the office is open.
    Hours,
    /// The minimum notice.
    Notice,
    /// The horizon.
    Horizon,
    /// The buffer after a session.
    Buffer,
    /// The drive between two offices, which is asked about twice.
    Travel,
    /// What is offered to somebody on the waitlist: the offer ends.
    Offer,
}

impl Rule {
    /// Every rule, in the order in which they are told.
    pub const ALL: [Self; 6] =
        [Self::Hours, Self::Notice, Self::Horizon, Self::Buffer, Self::Travel, Self::Offer];

    /// As the file spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Notice => "notice",
            Self::Horizon => "horizon",
            Self::Buffer => "buffer",
            Self::Travel => "travel",
            Self::Offer => "offer",
        }
    }
}

impl SlotRefusal {
    /// The rule that the therapist may override; `None` where nobody can.
    pub fn rule(&self) -> Option<Rule> {
        if matches!(self.holder(), Some(Holder::Offer(_))) {
            return Some(Rule::Offer);
        }
        match self {
            Self::Closed | Self::OffStep | Self::TimeOff { .. } | Self::DecidedFor { .. } => {
                Some(Rule::Hours)
            }
            Self::WithinBuffer { .. } => Some(Rule::Buffer),
            Self::OnTheRoad { .. } => Some(Rule::Travel),
            Self::Retired
            | Self::NotGivenThere
            | Self::Paused
            | Self::TooSoon
            | Self::BeyondHorizon
            | Self::Past
            | Self::SlotTaken { .. } => None,
        }
    }

    /// True for what refuses clients only: the therapist books whether or not
    /// requests are closed, and is bound by neither notice nor horizon.
    pub fn is_for_clients_only(&self) -> bool {
        matches!(self, Self::Paused | Self::TooSoon | Self::BeyondHorizon)
    }
}

/// The rules that the therapist has said yes against, knowingly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Override(BTreeSet<Rule>);

impl Override {
    /// Nothing is set aside, as for whoever books online.
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads words with spaces between them. Unknown ones are left out: they override nothing.
    pub fn parse(text: &str) -> Self {
        let rule = |word: &str| Rule::ALL.into_iter().find(|rule| rule.as_str() == word);
        text.split(' ').filter_map(rule).collect()
    }

    /// True when this rule is set aside.
    pub fn contains(&self, rule: Rule) -> bool {
        self.0.contains(&rule)
    }

    /// True when every rule holds.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The rules that are set aside, in the order of [`Rule::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = Rule> {
        self.0.iter().copied()
    }

    /// Of these refusals, the ones that stand: nobody has said yes against them.
    pub fn standing(&self, refusals: &[SlotRefusal]) -> Vec<SlotRefusal> {
        let stands = |refusal: &&SlotRefusal| {
            !refusal.is_for_clients_only() && refusal.rule().is_none_or(|rule| !self.contains(rule))
        };
        refusals.iter().filter(stands).cloned().collect()
    }

    /// The rules that these refusals are about, as far as they can be overridden.
    pub fn needed_for(refusals: &[SlotRefusal]) -> Self {
        refusals.iter().filter_map(SlotRefusal::rule).collect()
    }
}

impl FromIterator<Rule> for Override {
    fn from_iter<T: IntoIterator<Item = Rule>>(rules: T) -> Self {
        Self(rules.into_iter().collect())
    }
}

/// Words with spaces between them, as the file and a form carry them.
impl fmt::Display for Override {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.iter().map(Rule::as_str).collect();
        f.write_str(&words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        example::office_slug,
        ids::{AppointmentId, OfferId, TimeOffId},
    };
    use SlotRefusal::{
        BeyondHorizon, Closed, DecidedFor, NotGivenThere, OffStep, OnTheRoad, Past, Paused, Retired,
        SlotTaken, TimeOff, TooSoon, WithinBuffer,
    };

    const ONE: Holder = Holder::Appointment(AppointmentId(1));
    const OFFER: Holder = Holder::Offer(OfferId(1));

    /// Every refusal, and the word of the rule that it is about.
    fn all() -> [(SlotRefusal, Option<&'static str>); 18] {
        [
            (Retired, None),
            (NotGivenThere, None),
            (Paused, None),
            (Past, None),
            (SlotTaken { by: Some(ONE) }, None),
            (SlotTaken { by: None }, None),
            (Closed, Some("hours")),
            (OffStep, Some("hours")),
            (TimeOff { by: TimeOffId(1) }, Some("hours")),
            (DecidedFor { office: office_slug("south"), by: ONE }, Some("hours")),
            (TooSoon, None),
            (BeyondHorizon, None),
            (WithinBuffer { of: ONE }, Some("buffer")),
            (OnTheRoad { office: office_slug("south"), from_or_to: ONE }, Some("travel")),
            (SlotTaken { by: Some(OFFER) }, Some("offer")),
            (WithinBuffer { of: OFFER }, Some("offer")),
            (OnTheRoad { office: office_slug("south"), from_or_to: OFFER }, Some("offer")),
            (DecidedFor { office: office_slug("south"), by: OFFER }, Some("offer")),
        ]
    }

    fn every_rule() -> Override {
        Rule::ALL.into_iter().collect()
    }

    #[test]
    fn what_refuses_a_time_belongs_to_a_rule_or_cannot_be_overridden() {
        for (refusal, word) in all() {
            assert_eq!(refusal.rule().map(Rule::as_str), word, "{refusal:?}");
        }
    }

    #[test]
    fn whatever_the_therapist_says_yes_against_an_overlap_stands_and_so_does_the_past() {
        for (refusal, word) in all() {
            let stands = !every_rule().standing(std::slice::from_ref(&refusal)).is_empty();
            assert_eq!(stands, word.is_none() && !refusal.is_for_clients_only(), "{refusal:?}");
        }
    }

    #[test]
    fn closed_requests_notice_and_horizon_are_for_clients_alone() {
        let for_clients = [Paused, TooSoon, BeyondHorizon];
        for (refusal, _) in all() {
            assert_eq!(refusal.is_for_clients_only(), for_clients.contains(&refusal), "{refusal:?}");
        }
        assert_eq!(Override::none().standing(&for_clients), []);
        assert_eq!(Override::needed_for(&for_clients), Override::none());
        assert_eq!(Override::none().standing(&[TooSoon, OffStep]), [OffStep]);
    }

    #[test]
    fn a_yes_against_a_rule_is_no_yes_against_another() {
        let refusals: Vec<SlotRefusal> = all().into_iter().map(|(refusal, _)| refusal).collect();
        for rule in Rule::ALL {
            let overridden = Override::from_iter([rule]);
            let expected: Vec<SlotRefusal> = all()
                .into_iter()
                .filter(|(refusal, word)| *word != Some(rule.as_str()) && !refusal.is_for_clients_only())
                .map(|(refusal, _)| refusal)
                .collect();
            assert_eq!(overridden.standing(&refusals), expected, "{}", rule.as_str());
        }
    }

    #[test]
    fn what_is_needed_is_each_rule_once_and_nothing_that_cannot_be_had() {
        assert_eq!(Override::needed_for(&[]), Override::none());
        assert_eq!(Override::needed_for(&[Past, SlotTaken { by: None }, Paused]), Override::none());
        let needed =
            Override::needed_for(&[OffStep, TimeOff { by: TimeOffId(1) }, Past, WithinBuffer { of: ONE }]);
        assert_eq!(needed, Override::from_iter([Rule::Buffer, Rule::Hours]));
        let refusals: Vec<SlotRefusal> = all().into_iter().map(|(refusal, _)| refusal).collect();
        let rules = every_rule();
        let all_there_are = rules.iter().filter(|rule| ![Rule::Notice, Rule::Horizon].contains(rule));
        assert_eq!(Override::needed_for(&refusals), all_there_are.collect());
    }

    #[test]
    fn the_words_of_the_rules_read_back_in_whatever_order_they_are_sent() {
        for (text, written) in [
            ("", ""),
            ("hours", "hours"),
            ("notice hours", "hours notice"),
            ("travel buffer horizon notice hours", "hours notice horizon buffer travel"),
            ("hours hours", "hours"),
            // What nobody can override is no word, and neither is anything else.
            ("overlap slot_taken past Hours  travel", "travel"),
            (" hours ", "hours"),
            ("hours,notice", ""),
        ] {
            let overridden = Override::parse(text);
            assert_eq!(overridden.to_string(), written, "{text:?}");
            assert_eq!(Override::parse(written), overridden, "{text:?}");
            assert_eq!(overridden.is_empty(), written.is_empty(), "{text:?}");
        }
        assert!(every_rule().contains(Rule::Travel) && !Override::parse("hours").contains(Rule::Travel));
        assert_eq!(every_rule().iter().collect::<Vec<_>>(), Rule::ALL);
    }
}
