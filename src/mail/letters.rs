//! How each letter is written. A letter is a folder of templates: its subject,
//! its text, and its HTML part, which says the same.

use askama::Template;

use super::letter::{CalendarPart, Letter};
use crate::{
    calendar::invitation::{self, Method},
    domain::{
        appointment::{Appointment, Side},
        call::Topic,
        change::{Change, Outcome},
        ids::OfficeSlug,
        office::Office,
        policy::Policy,
        practice::Practice,
        time::{self, Instant},
    },
    urls::{self, BaseUrl},
};

/// What a letter tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion<'a> {
    /// To the client: your request has come.
    Received,
    /// To the therapist: a request, or, where requests are confirmed at once, an appointment.
    Arrived,
    /// To the therapist: half of a hold has run. With the change that waits, if it is not the request.
    Waiting(Option<&'a Change>),
    Confirmed,
    Declined,
    Expired,
    /// To the client: the appointment was moved from where it was.
    Changed {
        from: &'a Appointment,
    },
    /// To the therapist: the client has moved it, a request or with leave to.
    ChangedByClient {
        from: &'a Appointment,
    },
    /// To the client: your wish for another time has come; the old one is valid until the answer.
    ChangeReceived(&'a Change),
    /// To the therapist: the client asks for another time.
    ChangeArrived(&'a Change),
    /// To the client: the appointment stays as it is, because of what became of the change.
    Unchanged(&'a Change, Outcome),
    /// To the therapist: the client no longer asks for another time.
    ChangeTakenBack(&'a Change),
    /// To the client, whoever cancelled.
    Cancelled,
    /// To the therapist: the client has cancelled.
    CancelledByClient,
    /// To the client, so many hours before the visit.
    Reminder {
        hours: u32,
    },
    /// To the client: the office has moved.
    NewAddress,
}

impl Occasion<'_> {
    fn folder(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Arrived => "arrived",
            Self::Waiting(_) => "waiting",
            Self::Confirmed => "confirmed",
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::Changed { .. } => "changed",
            Self::ChangedByClient { .. } => "changed_by_client",
            Self::ChangeReceived(_) => "change_received",
            Self::ChangeArrived(_) => "change_arrived",
            Self::Unchanged(..) => "unchanged",
            Self::ChangeTakenBack(_) => "change_taken_back",
            Self::Cancelled => "cancelled",
            Self::CancelledByClient => "cancelled_by_client",
            Self::Reminder { .. } => "reminder",
            Self::NewAddress => "new_address",
        }
    }

    /// Names the event: one writes one letter. Most are told apart by the
    /// appointment's revision; a reminder by the start that it is of, since
    /// other things may happen to the appointment meanwhile.
    pub fn key(self, a: &Appointment) -> String {
        match self {
            Self::Reminder { hours } => {
                format!("reminder/{}/{}/{hours}h", a.id, time::write_instant(a.session.start))
            }
            other => format!("{}/{}/{}/{}", other.folder(), a.id, a.revision, other.side().as_str()),
        }
    }

    pub fn side(self) -> Side {
        match self {
            Self::Arrived
            | Self::Waiting(_)
            | Self::ChangedByClient { .. }
            | Self::ChangeArrived(_)
            | Self::ChangeTakenBack(_)
            | Self::CancelledByClient => Side::Therapist,
            _ => Side::Client,
        }
    }

    /// What a client without an email address is told by telephone instead.
    pub fn topic(self) -> Option<Topic> {
        match self {
            Self::Received => Some(Topic::Requested),
            Self::Confirmed => Some(Topic::Confirmed),
            Self::Declined => Some(Topic::Declined),
            Self::Expired => Some(Topic::Expired),
            Self::Changed { .. } => Some(Topic::Changed),
            Self::Unchanged(_, Outcome::Declined) => Some(Topic::ChangeDeclined),
            Self::Unchanged(_, Outcome::Expired) => Some(Topic::ChangeExpired),
            Self::Cancelled => Some(Topic::Cancelled),
            Self::Reminder { .. } => Some(Topic::Reminder),
            Self::NewAddress => Some(Topic::NewAddress),
            // They have just done it themselves.
            Self::ChangeReceived(_) | Self::Unchanged(..) => None,
            Self::Arrived
            | Self::Waiting(_)
            | Self::ChangedByClient { .. }
            | Self::ChangeArrived(_)
            | Self::ChangeTakenBack(_)
            | Self::CancelledByClient => None,
        }
    }

    /// After this nobody needs the letter any more.
    fn not_after(self, a: &Appointment) -> Option<Instant> {
        match self {
            Self::Reminder { .. } => Some(a.session.start),
            Self::Waiting(change) => Some(change.map_or(a.held_until, |change| change.held_until)),
            _ => None,
        }
    }
}

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
        self.practice.office(office).map_or(office.as_str(), |office| &office.name)
    }

    /// Where the appointment was before it was moved.
    fn from(&self) -> Option<&Appointment> {
        match self.occasion {
            Occasion::Changed { from } | Occasion::ChangedByClient { from } => Some(from),
            _ => None,
        }
    }

    /// The office that it was moved from, if it is another: that is said first.
    fn other_office(&self) -> Option<&str> {
        let from = self.from()?;
        (from.office != self.a.office).then(|| self.name_of(&from.office))
    }

    fn from_when(&self) -> String {
        self.from().map(|from| time::phrase(self.practice.zone, from.session.start)).unwrap_or_default()
    }

    fn from_office(&self) -> &str {
        self.from().map_or("", |from| self.name_of(&from.office))
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

    /// Which of the stylesheet's tones the office has, counting from 0.
    fn tone(&self) -> usize {
        self.office().map_or(0, |office| office.position % TONES.len())
    }

    fn tones(&self) -> &'static Tone {
        &TONES[self.tone()]
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

    fn sentence(&self) -> Option<&str> {
        self.a.sentence.as_ref().map(|sentence| sentence.as_str())
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

/// An office's colours: text and ground, by day and by night. Mail programs
/// read no stylesheet of ours, so these stand in `static/site.css` as well.
struct Tone {
    text: &'static str,
    ground: &'static str,
    night_text: &'static str,
    night_ground: &'static str,
    /// Stands for the office's drawn mark, which mail cannot show.
    mark: &'static str,
}

const TONES: [Tone; 4] = [
    Tone { text: "#115a8b", ground: "#e6f3fb", night_text: "#8ecaee", night_ground: "#162b3b", mark: "▲" },
    Tone { text: "#86481e", ground: "#fbeee0", night_text: "#e9ba88", night_ground: "#392719", mark: "▬" },
    Tone { text: "#71115b", ground: "#fbebf5", night_text: "#fcd1fd", night_ground: "#352033", mark: "◆" },
    Tone { text: "#3c3c00", ground: "#f3f3d5", night_text: "#cdee77", night_ground: "#292c14", mark: "●" },
];

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
            }
            Ok(Parts {
                subject: Subject { l }.render()?.trim().to_owned(),
                text: Text { l }.render()?,
                html: Html { l }.render()?,
            })
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
