//! How each letter about an appointment is written. A letter is a folder of
//! templates: its subject, its text, and its HTML part, which says the same;
//! what it says first is one sentence for both.

use askama::Template;

pub use super::occasion::Occasion;
use super::{
    letter::{CalendarPart, Letter},
    tone::{self, Tone},
};
use crate::{
    calendar::invitation::{self, Method},
    domain::{
        appointment::{Appointment, Side, Status},
        change::{Change, Outcome},
        ids::OfficeSlug,
        office::Office,
        policy::Policy,
        practice::Practice,
        time::{self, Instant},
    },
    urls::{self, BaseUrl},
};

/// What a letter is made of.
pub struct Facts<'a> {
    pub practice: &'a Practice,
    pub policy: &'a Policy,
    pub base: &'a BaseUrl,
    pub occasion: Occasion<'a>,
    pub a: &'a Appointment,
    /// A change that waits for an answer while the letter tells of something else.
    pub pending: Option<&'a Change>,
    /// The whole address of the page that the letter leads to: the client's
    /// own, or the therapist's page of this appointment.
    pub page: String,
    /// The whole address of the policies, if the therapist has written any.
    pub policies: Option<String>,
    pub now: Instant,
}

impl Facts<'_> {
    fn office(&self) -> Option<&Office> {
        self.practice.office(&self.a.office)
    }

    fn office_name(&self) -> &str {
        self.name_of(&self.a.office)
    }

    /// An office by name. One that has left the practice file is called by its slug.
    fn name_of<'b>(&'b self, office: &'b OfficeSlug) -> &'b str {
        self.practice.office_name(office)
    }

    /// Where the appointment was before it was moved.
    fn before(&self) -> Option<&Appointment> {
        match self.occasion {
            Occasion::Changed { from, .. } | Occasion::ChangedByClient { from } => Some(from),
            _ => None,
        }
    }

    /// The office that it was moved from, if it is another: that is said first.
    fn other_office(&self) -> Option<&str> {
        let from = self.before()?;
        (from.office != self.a.office).then(|| self.name_of(&from.office))
    }

    /// True when it was moved because the client wanted it.
    fn is_as_asked(&self) -> bool {
        matches!(self.occasion, Occasion::Changed { wanted_by: Side::Client, .. })
    }

    /// True when what was moved was a request that nobody had confirmed.
    fn was_request(&self) -> bool {
        self.before().is_some_and(|from| from.status != Status::Confirmed)
    }

    fn before_when(&self) -> String {
        self.before().map(|from| time::phrase(self.practice.zone, from.session.start)).unwrap_or_default()
    }

    fn before_office(&self) -> &str {
        self.before().map_or("", |from| self.name_of(&from.office))
    }

    /// The change that the letter is about.
    fn change(&self) -> Option<&Change> {
        match self.occasion {
            Occasion::ChangeReceived(change)
            | Occasion::ChangeArrived(change)
            | Occasion::ChangeTakenBack(change)
            | Occasion::Unchanged(change, _) => Some(change),
            Occasion::Waiting(change) => change,
            _ => None,
        }
    }

    fn is_about_a_change(&self) -> bool {
        self.change().is_some()
    }

    /// True while the client waits for a yes or a no.
    fn awaits_answer(&self) -> bool {
        self.a.status == Status::Requested || self.is_about_a_change()
    }

    /// When and where the change would be.
    fn change_when(&self) -> String {
        self.change().map(|change| self.when_of(change)).unwrap_or_default()
    }

    fn change_office(&self) -> &str {
        self.change().map_or("", |change| self.name_of(&change.office))
    }

    fn when_of(&self, change: &Change) -> String {
        time::phrase(self.practice.zone, change.session.start)
    }

    fn was_declined(&self) -> bool {
        matches!(self.occasion, Occasion::Unchanged(_, Outcome::Declined))
    }

    fn has_expired(&self) -> bool {
        matches!(self.occasion, Occasion::Unchanged(_, Outcome::Expired))
    }

    /// True for a letter that is written on the day of the visit.
    fn is_today(&self) -> bool {
        let date = |at| time::date(self.practice.zone, at);
        date(self.now) == date(self.a.session.start)
    }

    fn address(&self) -> String {
        self.office().map(Office::address_line).unwrap_or_default()
    }

    fn tone(&self) -> &'static Tone {
        tone::of(self.office())
    }

    fn when(&self) -> String {
        time::phrase(self.practice.zone, self.a.session.start)
    }

    fn until(&self) -> String {
        time::time_words(self.practice.zone, self.a.session.end)
    }

    fn zone(&self) -> String {
        time::zone_words(self.practice.zone, self.a.session.start)
    }

    /// Until when what was asked for is held.
    fn answer_by(&self) -> String {
        time::phrase(self.practice.zone, self.held_until())
    }

    fn held_until(&self) -> Instant {
        self.change().map_or(self.a.held_until, |change| change.held_until)
    }

    /// How long that still is: `3 h 20 min`.
    fn left(&self) -> String {
        time::span_words(self.held_until() - self.now)
    }

    fn free_until(&self) -> String {
        time::phrase(self.practice.zone, self.a.free_until(self.policy))
    }

    /// True while there is still time to cancel without being late.
    fn is_free_to_cancel(&self) -> bool {
        self.a.free_until(self.policy) > self.now
    }

    fn price(&self) -> String {
        self.practice.price_words(self.a.price)
    }

    /// What the therapist said with the answer, in the letter of that answer.
    fn sentence(&self) -> Option<&str> {
        let sentence = self.a.sentence.as_ref().filter(|_| self.occasion.is_an_answer());
        sentence.map(|sentence| sentence.as_str())
    }

    fn was_confirmed(&self) -> bool {
        self.a.answered_at.is_some()
    }

    fn cancelled_by_client(&self) -> bool {
        self.a.cancelled_by == Some(Side::Client)
    }

    fn therapist(&self) -> &str {
        &self.practice.therapist.name
    }

    /// Where other times are.
    fn openings(&self) -> String {
        self.base.to(&urls::openings(&self.a.service))
    }
}

struct Parts {
    subject: String,
    text: String,
    html: String,
}

macro_rules! letter {
    ($name:ident, $subject:literal, $text:literal, $html:literal) => {
        fn $name(l: &Facts<'_>) -> askama::Result<Parts> {
            #[derive(Template)]
            #[template(path = $subject)]
            struct Subject<'a> {
                l: &'a Facts<'a>,
            }
            #[derive(Template)]
            #[template(path = $text)]
            struct Text<'a> {
                l: &'a Facts<'a>,
            }
            #[derive(Template)]
            #[template(path = $html)]
            struct Html<'a> {
                l: &'a Facts<'a>,
                subject: &'a str,
            }
            let subject = Subject { l }.render()?.trim().to_owned();
            let (text, html) = (Text { l }.render()?, Html { l, subject: &subject }.render()?);
            Ok(Parts { subject, text, html })
        }
    };
}

letter!(received, "letters/received/subject.txt", "letters/received/body.txt", "letters/received/body.html");
letter!(arrived, "letters/arrived/subject.txt", "letters/arrived/body.txt", "letters/arrived/body.html");
letter!(waiting, "letters/waiting/subject.txt", "letters/waiting/body.txt", "letters/waiting/body.html");
letter!(
    confirmed,
    "letters/confirmed/subject.txt",
    "letters/confirmed/body.txt",
    "letters/confirmed/body.html"
);
letter!(declined, "letters/declined/subject.txt", "letters/declined/body.txt", "letters/declined/body.html");
letter!(expired, "letters/expired/subject.txt", "letters/expired/body.txt", "letters/expired/body.html");
letter!(changed, "letters/changed/subject.txt", "letters/changed/body.txt", "letters/changed/body.html");
letter!(
    changed_by_client,
    "letters/changed_by_client/subject.txt",
    "letters/changed_by_client/body.txt",
    "letters/changed_by_client/body.html"
);
letter!(
    change_received,
    "letters/change_received/subject.txt",
    "letters/change_received/body.txt",
    "letters/change_received/body.html"
);
letter!(
    change_arrived,
    "letters/change_arrived/subject.txt",
    "letters/change_arrived/body.txt",
    "letters/change_arrived/body.html"
);
letter!(
    unchanged,
    "letters/unchanged/subject.txt",
    "letters/unchanged/body.txt",
    "letters/unchanged/body.html"
);
letter!(
    change_taken_back,
    "letters/change_taken_back/subject.txt",
    "letters/change_taken_back/body.txt",
    "letters/change_taken_back/body.html"
);
letter!(
    cancelled,
    "letters/cancelled/subject.txt",
    "letters/cancelled/body.txt",
    "letters/cancelled/body.html"
);
letter!(
    cancelled_by_client,
    "letters/cancelled_by_client/subject.txt",
    "letters/cancelled_by_client/body.txt",
    "letters/cancelled_by_client/body.html"
);
letter!(reminder, "letters/reminder/subject.txt", "letters/reminder/body.txt", "letters/reminder/body.html");
letter!(
    new_address,
    "letters/new_address/subject.txt",
    "letters/new_address/body.txt",
    "letters/new_address/body.html"
);

/// Writes a letter. `recipient` is its address, `message_id` stands in angle brackets.
pub fn write(facts: &Facts<'_>, recipient: String, message_id: String) -> askama::Result<Letter> {
    let occasion = facts.occasion;
    let parts = match occasion {
        Occasion::Received => received(facts),
        Occasion::Arrived => arrived(facts),
        Occasion::Waiting(_) => waiting(facts),
        Occasion::Confirmed => confirmed(facts),
        Occasion::Declined => declined(facts),
        Occasion::Expired => expired(facts),
        Occasion::Changed { .. } => changed(facts),
        Occasion::ChangedByClient { .. } => changed_by_client(facts),
        Occasion::ChangeReceived(_) => change_received(facts),
        Occasion::ChangeArrived(_) => change_arrived(facts),
        Occasion::Unchanged(..) => unchanged(facts),
        Occasion::ChangeTakenBack(_) => change_taken_back(facts),
        Occasion::Cancelled => cancelled(facts),
        Occasion::CancelledByClient => cancelled_by_client(facts),
        Occasion::Reminder { .. } => reminder(facts),
        Occasion::NewAddress => new_address(facts),
    }?;
    let method = match occasion {
        Occasion::Confirmed | Occasion::Changed { .. } | Occasion::NewAddress => Some(Method::Request),
        // Only what was confirmed has been put into a calendar by a letter.
        Occasion::Cancelled if facts.was_confirmed() => Some(Method::Cancel),
        _ => None,
    };
    let calendar = method.map(|method| CalendarPart {
        file: invitation::file(facts.practice, facts.a, facts.office(), method),
        method: method.as_str().to_owned(),
    });
    Ok(Letter {
        key: occasion.key(facts.a),
        appointment: Some(facts.a.id),
        side: occasion.side(),
        recipient,
        subject: parts.subject,
        text: parts.text,
        html: parts.html,
        calendar,
        message_id,
        not_after: occasion.not_after(facts.a),
    })
}
