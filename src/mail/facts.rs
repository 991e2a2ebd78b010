//! What an email about an appointment is made of, and the words for it that the
//! templates put together.

use std::borrow::Cow;

use super::{
    occasion::{Occasion, Opening},
    tone::{self, Tone},
};
use crate::{
    domain::{
        appointment::{Appointment, Side, Status, reschedule_request::RescheduleRequest},
        availability::conflict::Notice,
        client::Note,
        practice::{Practice, office::Office, policy::Policy},
        time::{self, Instant},
    },
    urls::{self, BaseUrl},
    words,
};

/// What an email is made of.
pub struct Facts<'a> {
    pub practice: &'a Practice,
    pub policy: &'a Policy,
    pub base: &'a BaseUrl,
    pub occasion: Occasion<'a>,
    /// The therapist closes a day by it: their sentence says why, before anything else.
    pub closes_day: bool,
    pub a: &'a Appointment,
    /// A reschedule request that waits for an answer while the email tells of something else.
    pub pending: Option<&'a RescheduleRequest>,
    /// The whole address of the page that the email leads to: the client's
    /// own, or the therapist's page of this appointment.
    pub page: String,
    /// Where whoever is known asks for the same time again in three weeks.
    pub same_time: Option<String>,
    /// The whole address of the policies, if the therapist has written any.
    pub policies: Option<String>,
    /// Whether they say when a late fee is waived.
    pub waives_late_fee: bool,
    pub now: Instant,
}

impl Facts<'_> {
    /// How long before the visit to come, where the practice asks for it.
    pub(super) fn early(&self) -> Option<String> {
        const WORDS: [&str; 10] =
            ["one minute", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
        let minutes = self.practice.come_early_minutes?;
        Some(match WORDS.get(minutes.checked_sub(1)? as usize) {
            Some(one) if minutes == 1 => (*one).to_owned(),
            Some(word) => format!("{word} minutes"),
            None => format!("{minutes} minutes"),
        })
    }

    /// What an email to the client begins with. The first name alone: what a
    /// stranger types must not become an advertisement in somebody's inbox.
    pub(super) fn greeting(&self) -> String {
        words::client::greeting(&self.a.name)
    }

    /// Whose visit it is, as its reader calls it; to the client only where they have booked it
    /// for somebody else.
    pub(super) fn visit_of(&self) -> Option<String> {
        let guest = self.a.guest.as_ref()?;
        Some(match self.occasion.side() {
            Side::Client => words::client::visit_of(guest),
            Side::Therapist => self.whose(),
        })
    }

    /// The same to the therapist, whoever comes.
    pub(super) fn whose(&self) -> String {
        words::appointment::whose(self.a)
    }

    /// Whom the therapist sees, to the client: `you`, `Ben`.
    pub(super) fn you(&self) -> Cow<'_, str> {
        words::client::you(self.a.guest.as_ref())
    }

    pub(super) fn office(&self) -> Option<&Office> {
        self.practice.office(&self.a.office)
    }

    pub(super) fn office_name(&self) -> &str {
        self.practice.office_name(&self.a.office)
    }

    /// True for an email that is written on the day of the visit.
    pub(super) fn is_today(&self) -> bool {
        let date = |at| time::date(self.practice.zone, at);
        date(self.now) == date(self.a.span.start)
    }

    /// What the plan of the day has instead of the visit: `you’re off`.
    pub(super) fn conflict(&self) -> String {
        match self.occasion {
            Occasion::Conflict { conflict, .. } => {
                words::conflict::why(conflict, self.practice, &self.a.office)
            }
            _ => String::new(),
        }
    }

    pub(super) fn is_repeated(&self) -> bool {
        matches!(self.occasion, Occasion::Conflict { notice, .. } if notice != Notice::AtOnce)
    }

    /// The address, or when it comes to a client who may not know it yet; nothing to one
    /// who is not to come.
    pub(super) fn address(&self) -> Option<String> {
        let office = self.office()?;
        if !self.is_to_client() || self.a.tells_address(office) {
            return Some(office.address_line());
        }
        let is_asked_for = self.a.status() == Status::Requested;
        is_asked_for.then(|| "Address to follow once it's confirmed.".to_owned())
    }

    pub(super) fn tone(&self) -> &'static Tone {
        tone::of(self.office())
    }

    /// The word that stands first in a subject.
    pub(super) fn status(&self) -> &'static str {
        words::appointment::status(self.a.status())
    }

    pub(super) fn when(&self) -> String {
        time::phrase(self.practice.zone, self.a.span.start)
    }

    pub(super) fn until(&self) -> String {
        time::time_words(self.practice.zone, self.a.span.end)
    }

    pub(super) fn zone(&self) -> String {
        time::zone_words(self.practice.zone, self.a.span.start)
    }

    /// Until when what was asked for is held.
    pub(super) fn answer_by(&self) -> String {
        time::phrase(self.practice.zone, self.held_until())
    }

    pub(super) fn held_until(&self) -> Instant {
        self.reschedule_request()
            .map(|reschedule_request| reschedule_request.held_until)
            .or(self.a.state.held_until())
            .unwrap_or(self.now)
    }

    /// How long that still is: `3 h 20 min`.
    pub(super) fn left(&self) -> String {
        time::span_words(self.held_until() - self.now)
    }

    /// What the therapist said with the answer, in the email of that answer.
    pub(super) fn sentence(&self) -> Option<&Note> {
        let readable = self.a.sentence.as_ref().filter(|sentence| sentence.is_readable());
        readable.filter(|_| self.occasion.is_an_answer())
    }

    /// True when that stands before everything else.
    pub(super) fn begins_with_the_sentence(&self) -> bool {
        (self.closes_day || self.occasion.begins_with_the_sentence()) && self.sentence().is_some()
    }

    /// Until when another time can be chosen: `through Tuesday, December 15`.
    pub(super) fn rebook_until(&self) -> String {
        match self.occasion {
            Occasion::Closed { until, .. } | Occasion::Reopened { until, .. } => {
                words::closing::until(self.practice.zone, until)
            }
            _ => String::new(),
        }
    }

    /// True where another time that the client chooses is confirmed at once.
    pub(super) fn rebooks_at_once(&self) -> bool {
        use Status::Confirmed;
        matches!(
            self.occasion,
            Occasion::Closed { was: Confirmed, .. } | Occasion::Reopened { was: Confirmed, .. }
        )
    }

    pub(super) fn was_confirmed(&self) -> bool {
        self.a.was_confirmed()
    }

    pub(super) fn canceled_by_client(&self) -> bool {
        self.a.canceled_by() == Some(Side::Client)
    }

    /// What an email to the client ends with: the first name, as one signs.
    pub(super) fn signature(&self) -> String {
        words::client::signature(self.practice)
    }

    pub(super) fn is_to_client(&self) -> bool {
        self.occasion.side() == Side::Client
    }

    /// What stands before a time at which nobody comes any more; it is struck out as well.
    pub(super) fn off(&self) -> Option<&'static str> {
        match self.a.status() {
            Status::Canceled => Some("Canceled"),
            Status::Declined | Status::Expired => Some("Not booked"),
            _ => None,
        }
    }

    /// Where the way to the office is told, for a client who is still to come.
    pub(super) fn directions(&self) -> Option<String> {
        let is_to_come = matches!(self.a.status(), Status::Requested | Status::Confirmed)
            && self.occasion.is_about_an_appointment();
        // Where it is not public, the client's own page tells the way.
        let is_told = |office: &&Office| office.is_address_public && self.is_to_client() && is_to_come;
        let office = self.office().filter(is_told)?;
        Some(self.base.to(&urls::office(&office.slug)))
    }

    /// What is offered, to somebody on the waitlist.
    pub(super) fn opening(&self) -> Option<Opening<'_>> {
        match self.occasion {
            Occasion::Opening(opening) => Some(opening),
            _ => None,
        }
    }

    /// Until when it can be taken: `2:00 pm today`.
    pub(super) fn offered_until(&self) -> String {
        self.opening()
            .map(|o| words::waitlist::until(self.practice.zone, o.until, self.now))
            .unwrap_or_default()
    }

    /// The appointment that it would replace: `Thursday, December 10, 9:00 am, in Redding`.
    pub(super) fn replaces(&self) -> Option<String> {
        Some(words::appointment::when_and_where(self.practice, self.opening()?.instead?))
    }

    /// True when it was on before, and not only asked for.
    pub(super) fn was_canceled(&self) -> bool {
        matches!(self.occasion, Occasion::PutBack { was: Status::Canceled })
    }

    /// False where the therapist declines and proposes nothing else.
    pub(super) fn offers_times(&self) -> bool {
        !matches!(self.occasion.of_each(), Occasion::Declined { offers_times: false })
    }

    /// Where other times are.
    pub(super) fn openings(&self) -> String {
        self.base.to(&urls::openings(&self.a.service))
    }
}
