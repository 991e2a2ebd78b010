//! How each letter is written. A letter is a folder of templates: its subject,
//! its text, and its HTML part, which says the same.

use askama::Template;

use super::letter::{CalendarPart, Letter};
use crate::{
    calendar::invitation::{self, Method},
    domain::{
        appointment::{Appointment, Side},
        office::Office,
        practice::Practice,
        time::{self, Instant},
    },
    urls::{self, BaseUrl},
};

/// What a letter tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// To the client: your request has come.
    Received,
    /// To the therapist: a request, or, where requests are confirmed at once, an appointment.
    Arrived,
    Confirmed,
    Declined,
    /// To the client, whoever cancelled.
    Cancelled,
    /// To the therapist: the client has cancelled.
    CancelledByClient,
    Expired,
}

impl Occasion {
    fn key(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Arrived => "arrived",
            Self::Confirmed => "confirmed",
            Self::Declined => "declined",
            Self::Cancelled => "cancelled",
            Self::CancelledByClient => "cancelled_by_client",
            Self::Expired => "expired",
        }
    }

    fn side(self) -> Side {
        match self {
            Self::Arrived | Self::CancelledByClient => Side::Therapist,
            _ => Side::Client,
        }
    }
}

/// What a letter is made of.
pub struct Facts<'a> {
    pub practice: &'a Practice,
    pub base: &'a BaseUrl,
    pub a: &'a Appointment,
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
        self.office().map_or(self.a.office.as_str(), |office| &office.name)
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

    fn answer_by(&self) -> String {
        time::phrase(self.practice.zone, self.a.held_until)
    }

    fn free_until(&self) -> String {
        time::phrase(self.practice.zone, self.a.free_until(&self.practice.policy))
    }

    /// True while there is still time to cancel without being late.
    fn is_free_to_cancel(&self) -> bool {
        self.a.free_until(&self.practice.policy) > self.now
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
letter!(
    confirmed,
    "letters/confirmed/subject.txt",
    "letters/confirmed/body.txt",
    "letters/confirmed/body.html"
);
letter!(declined, "letters/declined/subject.txt", "letters/declined/body.txt", "letters/declined/body.html");
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
letter!(expired, "letters/expired/subject.txt", "letters/expired/body.txt", "letters/expired/body.html");

/// Writes a letter. `recipient` is its address, `message_id` stands in angle brackets.
pub fn write(
    occasion: Occasion,
    facts: &Facts<'_>,
    recipient: String,
    message_id: String,
) -> askama::Result<Letter> {
    let parts = match occasion {
        Occasion::Received => received(facts),
        Occasion::Arrived => arrived(facts),
        Occasion::Confirmed => confirmed(facts),
        Occasion::Declined => declined(facts),
        Occasion::Cancelled => cancelled(facts),
        Occasion::CancelledByClient => cancelled_by_client(facts),
        Occasion::Expired => expired(facts),
    }?;
    let method = match occasion {
        Occasion::Confirmed => Some(Method::Request),
        // Only what was confirmed has been put into a calendar by a letter.
        Occasion::Cancelled if facts.was_confirmed() => Some(Method::Cancel),
        _ => None,
    };
    let calendar = method.map(|method| CalendarPart {
        file: invitation::file(facts.practice, facts.a, facts.office(), method),
        method: method.as_str().to_owned(),
    });
    let side = occasion.side();
    Ok(Letter {
        key: format!("{}/{}/{}/{}", occasion.key(), facts.a.id, facts.a.revision, side.as_str()),
        appointment: Some(facts.a.id),
        side,
        recipient,
        subject: parts.subject,
        text: parts.text,
        html: parts.html,
        calendar,
        message_id,
        not_after: None,
    })
}
