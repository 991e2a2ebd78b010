//! The email to the therapist about the day ahead: office by office, with the drive.

use askama::Template;
use chrono::{NaiveDate, TimeDelta};

use super::{
    email::Email,
    html,
    tone::{self, Tone},
};
use crate::{
    domain::{
        appointment::{Appointment, Side},
        availability::run::{self, Stop},
        ids::OfficeSlug,
        practice::{Practice, office::Office},
        time::{self, Instant},
    },
    words,
};

/// Names the email of a date.
pub fn key(date: NaiveDate) -> String {
    format!("day-ahead/{date}")
}

pub struct Facts<'a> {
    pub practice: &'a Practice,
    pub date: NaiveDate,
    /// In order of time; at least one.
    pub visits: &'a [Appointment],
    /// Visits of that date that the plan does not cover, and nobody has settled.
    pub conflicts: &'a [Appointment],
    /// The whole address of the therapist's page of that date.
    pub page: String,
    pub now: Instant,
}

impl Facts<'_> {
    fn stops(&self) -> Vec<Stop<'_>> {
        let stops = run::run(self.visits, &self.practice.travel).into_iter();
        stops.filter(|stop| !matches!(stop, Stop::Gap(_))).collect()
    }

    fn is_today(&self) -> bool {
        time::date(self.practice.zone, self.now) == self.date
    }

    fn day(&self) -> String {
        time::date_words(self.date)
    }

    /// The offices of the day in the order in which they come: `Redding and Mt. Shasta`.
    fn offices(&self) -> String {
        let names: Vec<&str> = self.slugs().into_iter().map(|slug| self.office_name(slug)).collect();
        words::listed::listed(&names)
    }

    fn slugs(&self) -> Vec<&OfficeSlug> {
        let mut slugs: Vec<&OfficeSlug> = Vec::new();
        for visit in self.visits {
            if !slugs.contains(&&visit.office) {
                slugs.push(&visit.office);
            }
        }
        slugs
    }

    fn tones(&self) -> Vec<&'static Tone> {
        self.slugs().into_iter().map(|slug| self.tone(slug)).collect()
    }

    fn tone(&self, slug: &OfficeSlug) -> &'static Tone {
        tone::of(self.office(slug))
    }

    fn count(&self) -> String {
        match self.visits.len() {
            1 => "1 visit".to_owned(),
            count => format!("{count} visits"),
        }
    }

    fn office(&self, slug: &OfficeSlug) -> Option<&Office> {
        self.practice.office(slug)
    }

    fn office_name<'b>(&'b self, slug: &'b OfficeSlug) -> &'b str {
        self.practice.office_name(slug)
    }

    fn address(&self, slug: &OfficeSlug) -> String {
        self.office(slug).map(Office::address_line).unwrap_or_default()
    }

    fn time(&self, at: &Instant) -> String {
        time::time_words(self.practice.zone, *at)
    }

    fn whose(&self, visit: &Appointment) -> String {
        words::appointment::whose(visit)
    }

    fn price(&self, visit: &Appointment) -> String {
        self.practice.price_words(visit.price)
    }

    fn span(&self, span: &TimeDelta) -> String {
        time::span_words(*span)
    }

    /// When the first visit begins: after this nobody needs the email any more.
    fn begins(&self) -> Instant {
        self.visits.first().map_or(self.now, |visit| visit.span.start)
    }

    fn zone(&self) -> String {
        time::zone_words(self.practice.zone, self.begins())
    }
}

#[derive(Template)]
#[template(path = "emails/day_ahead/subject.txt")]
struct Subject<'a> {
    l: &'a Facts<'a>,
}

#[derive(Template)]
#[template(path = "emails/day_ahead/body.txt")]
struct Text<'a> {
    l: &'a Facts<'a>,
}

#[derive(Template)]
#[template(path = "emails/day_ahead/body.html")]
struct Html<'a> {
    l: &'a Facts<'a>,
    subject: &'a str,
}

/// Writes the email. `message_id` stands in angle brackets.
pub fn write(l: &Facts<'_>, message_id: String) -> askama::Result<Email> {
    let subject = Subject { l }.render()?.trim().to_owned();
    Ok(Email {
        key: key(l.date),
        appointment: None,
        side: Side::Therapist,
        recipient: l.practice.therapist.email.clone(),
        text: Text { l }.render()?,
        html: html::part(&Html { l, subject: &subject })?,
        subject,
        calendar: None,
        message_id,
        not_after: Some(l.begins()),
        before: None,
    })
}
