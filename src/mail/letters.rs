//! How each letter about an appointment is written. A letter is a folder of
//! templates: its subject, its text, and its HTML part, which says the same;
//! what it says first is one sentence for both.

use askama::Template;

use super::letter::{Before, CalendarPart, Letter};
pub use super::{facts::Facts, occasion::Occasion};
use crate::calendar::invitation::{self, Method};

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

letter!(conflict, "letters/conflict/subject.txt", "letters/conflict/body.txt", "letters/conflict/body.html");

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
        Occasion::Conflict { .. } => conflict(facts),
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
        before: facts.before().map(Before::of),
    })
}
