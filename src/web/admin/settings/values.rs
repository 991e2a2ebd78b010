//! The values of the policy, as the form of the settings has them.

use std::ops::RangeInclusive;

use crate::{
    domain::practice::{Confirmation, policy::Policy},
    web::http::field::Field,
};

/// One value of the policy: its name, how it is read and how it is written.
pub struct Setting {
    pub field: Field<'static>,
    /// What it is about, with others: the legend that they share.
    pub group: &'static str,
    pub label: &'static str,
    kind: Kind,
}

enum Kind {
    Number(RangeInclusive<u32>, fn(&mut Policy) -> &mut u32),
    Answer(fn(&mut Policy) -> &mut Confirmation),
    ReminderHours,
}

pub const SETTINGS: [Setting; 15] = [
    Setting {
        field: Field::SlotStepMinutes,
        group: "Times to choose from",
        label: "Minutes between start times",
        kind: Kind::Number(Policy::SLOT_STEP_MINUTES, |policy| &mut policy.slot_step_minutes),
    },
    Setting {
        field: Field::MinimumNoticeHours,
        group: "Times to choose from",
        label: "Minimum notice, in hours",
        kind: Kind::Number(Policy::HOURS, |policy| &mut policy.minimum_notice_hours),
    },
    Setting {
        field: Field::HorizonDays,
        group: "Times to choose from",
        label: "How far ahead clients can book, in days",
        kind: Kind::Number(Policy::HORIZON_DAYS, |policy| &mut policy.horizon_days),
    },
    Setting {
        field: Field::HoldHours,
        group: "Requests",
        label: "How long you have to answer a request, in hours",
        kind: Kind::Number(Policy::HOLD_HOURS, |policy| &mut policy.hold_hours),
    },
    Setting {
        field: Field::AnswerBeforeHours,
        group: "Requests",
        label: "Latest time to answer, in hours before the start",
        kind: Kind::Number(Policy::HOURS, |policy| &mut policy.answer_before_hours),
    },
    Setting {
        field: Field::OpenRequestsPerContact,
        group: "Requests",
        label: "Unanswered requests per person, at most",
        kind: Kind::Number(Policy::OPEN_REQUESTS, |policy| &mut policy.open_requests_per_contact),
    },
    Setting {
        field: Field::UnprovenHoldsPerDay,
        group: "Requests",
        label: "New requests one day holds, before people prove their email first",
        kind: Kind::Number(Policy::UNPROVEN_HOLDS, |policy| &mut policy.unproven_holds_per_day),
    },
    Setting {
        field: Field::UnprovenHolds,
        group: "Requests",
        label: "The same for all days together",
        kind: Kind::Number(Policy::UNPROVEN_HOLDS, |policy| &mut policy.unproven_holds),
    },
    Setting {
        field: Field::Confirmation,
        group: "Requests",
        label: "Requests are confirmed",
        kind: Kind::Answer(|policy| &mut policy.confirmation),
    },
    Setting {
        field: Field::BookAgain,
        group: "Requests",
        label: "Clients who book again from an earlier email are confirmed",
        kind: Kind::Answer(|policy| &mut policy.book_again),
    },
    Setting {
        field: Field::WaitlistNoticeHours,
        group: "Waitlist",
        label: "Shortest notice for a time offered to the waitlist, in hours",
        kind: Kind::Number(Policy::HOURS, |policy| &mut policy.waitlist_notice_hours),
    },
    Setting {
        field: Field::CancellationNoticeHours,
        group: "Canceling and rescheduling",
        label: "Cancellation notice, in hours",
        kind: Kind::Number(Policy::HOURS, |policy| &mut policy.cancellation_notice_hours),
    },
    Setting {
        field: Field::LateFeePercent,
        group: "Canceling and rescheduling",
        label: "Late cancellation fee, in percent of the price",
        kind: Kind::Number(Policy::PERCENT, |policy| &mut policy.late_fee_percent),
    },
    Setting {
        field: Field::MovesPerAppointment,
        group: "Canceling and rescheduling",
        label: "How often clients can reschedule one appointment themselves",
        kind: Kind::Number(Policy::MOVES, |policy| &mut policy.moves_per_appointment),
    },
    Setting {
        field: Field::ReminderHours,
        group: "Reminders",
        label: "Reminders, in hours before the start",
        kind: Kind::ReminderHours,
    },
];

impl Setting {
    /// As it stands in its field.
    pub fn value(&self, policy: &Policy) -> String {
        let mut policy = policy.clone();
        match &self.kind {
            Kind::Number(_, of) => of(&mut policy).to_string(),
            Kind::Answer(of) => of(&mut policy).as_str().to_owned(),
            Kind::ReminderHours => {
                policy.reminder_hours.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// Reads its field into the policy, or says what is wrong with it.
    pub fn read(&self, typed: &str, policy: &mut Policy) -> Result<(), String> {
        let number = |text: &str, range: &RangeInclusive<u32>| {
            let is_plain = text.bytes().all(|b| b.is_ascii_digit());
            text.parse().ok().filter(|number| is_plain && range.contains(number))
        };
        match &self.kind {
            Kind::Number(range, of) => {
                let (from, to) = (range.start(), range.end());
                *of(policy) = number(typed.trim(), range)
                    .ok_or_else(|| format!("Please enter a whole number from {from} to {to}."))?;
            }
            Kind::Answer(of) => {
                *of(policy) = Confirmation::parse(typed).ok_or("Please choose one of the two.")?;
            }
            Kind::ReminderHours => {
                let words = typed.split([',', ';', ' ']).filter(|word| !word.is_empty());
                let hours = words.map(|word| number(word, &Policy::REMINDER_HOURS));
                let hours: Option<Vec<u32>> = hours.collect();
                let mut hours = hours.ok_or_else(|| {
                    let (from, to) = (Policy::REMINDER_HOURS.start(), Policy::REMINDER_HOURS.end());
                    format!(
                        "Please enter whole hours from {from} to {to}, like “48, 3”. Leave it empty for none."
                    )
                })?;
                hours.sort_unstable_by(|one, other| other.cmp(one));
                hours.dedup();
                policy.reminder_hours = hours;
            }
        }
        Ok(())
    }

    /// Takes this value over from another policy.
    pub fn take(&self, policy: &mut Policy, from: &Policy) {
        let mut from = from.clone();
        match &self.kind {
            Kind::Number(_, of) => *of(policy) = *of(&mut from),
            Kind::Answer(of) => *of(policy) = *of(&mut from),
            Kind::ReminderHours => policy.reminder_hours = from.reminder_hours,
        }
    }

    /// As it is said.
    pub fn words(&self, policy: &Policy) -> String {
        let value = self.value(policy);
        match &self.kind {
            Kind::Answer(_) => choice_words(&value).to_owned(),
            Kind::ReminderHours if value.is_empty() => "none".to_owned(),
            _ => value,
        }
    }

    /// True where a number is typed.
    pub fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Number(..))
    }

    /// True where one of [`CHOICES`] is chosen, and nothing typed.
    pub fn is_chosen(&self) -> bool {
        matches!(self.kind, Kind::Answer(_))
    }
}

/// Who turns a request into an appointment, as the form sends it and as it is said.
pub const CHOICES: [(&str, &str); 2] = [("by_therapist", "by you"), ("at_once", "right away")];

pub fn choice_words(value: &str) -> &'static str {
    CHOICES.iter().find(|(known, _)| *known == value).map_or("", |(_, words)| words)
}
