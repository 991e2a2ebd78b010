//! What the settings do, told by examples of these days; and what other ones
//! would do to the openings of the coming week.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};

use crate::{
    app::App,
    booking::slots::{self, Snapshot},
    domain::{
        appointment::{cancellation::CancellationTerms, reminder},
        availability::{hold, rules::Rules},
        practice::{
            Confirmation, office::Office, opening_hours::TimeOfDay, policy::Policy, price::Price,
            service::Service,
        },
        time::{self, Instant},
    },
    web::{
        http::{error::Error, field::Field},
        parts::{self, OfficeView},
    },
    words,
};

/// How many days the coming week has, today included.
const WEEK: u64 = 7;
/// So many times that come or go are told; of the others only how many they are.
const TIMES_TOLD: usize = 4;

/// The coming week as it is now.
pub struct Week<'a> {
    app: &'a App,
    snapshot: Snapshot<'a>,
    first: NaiveDate,
    last: NaiveDate,
}

/// What other settings do to the openings of one service at one office.
pub struct OpeningsEffect<'a> {
    pub office: OfficeView<'a>,
    pub service: &'a str,
    pub before: usize,
    pub after: usize,
    /// The times that come and those that go, in a few words; nothing where none does.
    pub come: Option<String>,
    pub gone: Option<String>,
}

impl<'a> Week<'a> {
    pub async fn read(app: &'a App) -> Result<Self, Error> {
        let first = time::date(app.practice().zone, app.now());
        let last = first.checked_add_days(Days::new(WEEK - 1)).unwrap_or(first);
        // Whether requests are open just now is not what is asked.
        let snapshot = slots::snapshot_of_days(app, first, last).await?.for_therapist();
        Ok(Self { app, snapshot, first, last })
    }

    /// `Monday, November 23 – Sunday, November 29`
    pub fn words(&self) -> String {
        format!("{} – {}", time::date_words(self.first), time::date_words(self.last))
    }

    /// What another policy does, office by office and service by service;
    /// nothing where no opening comes or goes.
    pub fn under(&self, policy: &Policy) -> Vec<OpeningsEffect<'a>> {
        let rules = Rules { policy: policy.clone(), ..self.snapshot.rules().clone() };
        let other = self.snapshot.under(rules);
        let practice = self.app.practice();
        let pairs = practice
            .offices
            .iter()
            .flat_map(|office| practice.services_offered().map(move |service| (office, service)));
        let effects = pairs.map(|(office, service)| {
            let before = self.starts(&self.snapshot, service, office);
            let after = self.starts(&other, service, office);
            OpeningsEffect {
                office: OfficeView::new(self.app, office),
                service: &service.name,
                come: self.times(after.difference(&before)),
                gone: self.times(before.difference(&after)),
                before: before.len(),
                after: after.len(),
            }
        });
        effects.filter(|effect| effect.come.is_some() || effect.gone.is_some()).collect()
    }

    fn starts(&self, snapshot: &Snapshot<'_>, service: &Service, office: &Office) -> BTreeSet<Instant> {
        let calendar = snapshot.calendar();
        let dates =
            self.first.iter_days().take_while(|date| *date <= self.last && *date <= calendar.last_date());
        dates.flat_map(|date| calendar.openings(service, office, date)).map(|slot| slot.start).collect()
    }

    /// `Monday 1:00 pm, 1:30 pm; Tuesday 9:00 am and 8 more`; the week has each weekday once.
    fn times<'t>(&self, times: impl Iterator<Item = &'t Instant>) -> Option<String> {
        let zone = self.app.practice().zone;
        let mut words = String::new();
        let mut day = None;
        let times: Vec<Instant> = times.copied().collect();
        for at in times.iter().take(TIMES_TOLD) {
            let date = time::date(zone, *at);
            let before = match day {
                Some(known) if known == date => ", ".to_owned(),
                None => format!("{} ", time::weekday_words(date.weekday())),
                Some(_) => format!("; {} ", time::weekday_words(date.weekday())),
            };
            words.push_str(&before);
            words.push_str(&time::time_words(zone, *at));
            day = Some(date);
        }
        match times.len() {
            0 => None,
            count if count > TIMES_TOLD => Some(format!("{words} and {} more", count - TIMES_TOLD)),
            _ => Some(words),
        }
    }
}

/// Examples with a visit a week from now.
pub struct Examples<'a> {
    app: &'a App,
    now: Instant,
    visit: Instant,
}

impl<'a> Examples<'a> {
    pub fn new(app: &'a App) -> Self {
        let (now, zone) = (app.now(), app.practice().zone);
        let today = time::date(zone, now);
        let date = today.checked_add_days(Days::new(WEEK)).unwrap_or(today);
        let half_past_two = date.and_hms_opt(14, 30, 0).unwrap_or_default();
        Self { app, now, visit: time::boundary(zone, half_past_two) }
    }

    /// The terms of a visit at that time which is confirmed now.
    fn terms(&self, policy: &Policy, price: Price) -> CancellationTerms {
        CancellationTerms::agreed(policy, price, self.visit, self.now)
    }

    pub fn zone(&self) -> String {
        let zone = self.app.practice().zone;
        parts::zones(self.app, time::date(zone, self.now), time::date(zone, self.visit))
    }

    /// What a value means, in a sentence.
    pub fn of(&self, field: Field<'_>, policy: &Policy) -> String {
        let zone = self.app.practice().zone;
        let at = |at| time::phrase(zone, at);
        let visit = at(self.visit);
        let before = |hours| at(self.visit - time::hours(hours));
        match field {
            Field::SlotStepMinutes => {
                let nine = 9 * 60;
                let start = |nth| TimeOfDay::from_minutes(nine + nth * policy.slot_step_minutes);
                let starts: Vec<String> = (0..3).map_while(start).map(TimeOfDay::words).collect();
                format!("An office that opens at 9:00 am offers {}.", starts.join(", "))
            }
            Field::MinimumNoticeHours => {
                let from = at(self.now + time::hours(policy.minimum_notice_hours));
                let notice = match policy.minimum_notice_hours {
                    0 => "Without notice".to_owned(),
                    1 => "With 1 hour's notice".to_owned(),
                    hours => format!("With {hours} hours' notice"),
                };
                format!("{notice}, someone looking now can book from {from}.")
            }
            Field::HorizonDays => {
                let today = time::date(zone, self.now);
                let last = today.checked_add_days(Days::new(policy.horizon_days.into())).unwrap_or(today);
                let last = time::date_words_from(today, last);
                format!(
                    "With {}, someone looking now can book until {last}.",
                    time::days_words(policy.horizon_days)
                )
            }
            Field::HoldHours => {
                let until = at(hold::held_until(policy, &[], self.visit, self.now));
                format!("A request made now for {visit} is held until {until}.")
            }
            Field::AnswerBeforeHours => {
                format!(
                    "A request for {visit} is held until {} at the latest.",
                    before(policy.answer_before_hours)
                )
            }
            Field::CancellationNoticeHours => {
                let until = at(self.terms(policy, Price(0)).free_until);
                format!("For {visit}, clients can reschedule, or cancel without being late, until {until}.")
            }
            Field::LateFeePercent => {
                let practice = self.app.practice();
                let service = practice.services_offered().next();
                let terms = service.map(|service| self.terms(policy, service.price));
                let words = terms.and_then(|terms| words::cancellation::terms(terms, practice));
                words.map_or_else(
                    || "Canceling late costs nothing, and no fee is mentioned.".to_owned(),
                    |words| format!("A client confirmed for {visit} sees: “{words}”"),
                )
            }
            Field::OpenRequestsPerContact => match policy.open_requests_per_contact {
                1 => "With one request waiting, a client can't send another.".to_owned(),
                count => format!("With {count} requests waiting, a client can't send another."),
            },
            Field::MovesPerAppointment => match policy.moves_per_appointment {
                0 => "To reschedule, clients call you.".to_owned(),
                1 => "Once a client has rescheduled an appointment, they call to do it again.".to_owned(),
                count => format!(
                    "Once a client has rescheduled an appointment {count} times, they call to do it again."
                ),
            },
            Field::UnprovenHoldsPerDay => unproven(policy.unproven_holds_per_day, "one day"),
            Field::UnprovenHolds => unproven(policy.unproven_holds, "all days together"),
            Field::WaitlistNoticeHours => format!(
                "A time that opens up is offered to the waitlist until {} before it starts.",
                time::hours_words(policy.waitlist_notice())
            ),
            Field::Confirmation => confirmation(policy.confirmation, &format!("A request for {visit}")),
            Field::BookAgain => confirmation(policy.book_again, &format!("A request like that for {visit}")),
            _ => self.reminders(policy),
        }
    }

    /// When the reminders go out, and whether the first is in time for the limit.
    fn reminders(&self, policy: &Policy) -> String {
        let zone = self.app.practice().zone;
        let free_until = self.terms(policy, Price(0)).free_until;
        let of = reminder::Visit { start: self.visit, agreed_at: self.now, free_until };
        let all = reminder::all(&policy.reminder_hours, zone, of);
        let Some(first) = all.first() else { return "Nobody gets a reminder.".to_owned() };
        let times: Vec<String> = all.iter().map(|one| time::phrase(zone, one.at)).collect();
        let visit = time::phrase(zone, self.visit);
        let words = format!("For {visit}, the client gets a reminder {}.", list(&times));
        let limit = time::phrase(zone, free_until);
        if free_until <= first.at {
            format!("{words} None goes out while canceling is still free, until {limit}.")
        } else if !policy.reminder_hours.contains(&first.hours) {
            format!("{words} The first one comes early because canceling is free only until {limit}.")
        } else {
            words
        }
    }
}

fn unproven(holds: u32, on: &str) -> String {
    match holds {
        0 => "Everybody opens an email and presses a button before anything is held.".to_owned(),
        1 => format!(
            "With one request you haven't answered for {on}, the next person proves their email first."
        ),
        count => {
            format!(
                "With {count} requests you haven't answered for {on}, the next person proves their email first."
            )
        }
    }
}

fn confirmation(confirmation: Confirmation, request: &str) -> String {
    match confirmation {
        Confirmation::ByTherapist => format!("{request} is held until you answer it."),
        Confirmation::AtOnce => format!("{request} is confirmed as soon as it's sent."),
    }
}

/// `one`, `one and two`, `one; two and three`
fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join("; ")),
    }
}
