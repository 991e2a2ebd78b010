//! How each email about an appointment is written. An email is a folder of
//! templates: its subject, its text, and its HTML part, which says the same;
//! what it says first is one sentence for both.

use askama::Template;

use super::{
    email::{Before, CalendarPart, Email},
    html,
};
pub use super::{
    facts::Facts,
    occasion::{Moved, Occasion, OneOfSeveral, Opening},
};
use crate::calendar::invitation::{self, Method};

struct Parts {
    subject: String,
    text: String,
    html: String,
}

macro_rules! email {
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
            let (text, html) = (Text { l }.render()?, html::part(&Html { l, subject: &subject })?);
            Ok(Parts { subject, text, html })
        }
    };
}

email!(unproven, "emails/unproven/subject.txt", "emails/unproven/body.txt", "emails/unproven/body.html");
email!(opening, "emails/opening/subject.txt", "emails/opening/body.txt", "emails/opening/body.html");
email!(received, "emails/received/subject.txt", "emails/received/body.txt", "emails/received/body.html");
email!(arrived, "emails/arrived/subject.txt", "emails/arrived/body.txt", "emails/arrived/body.html");
email!(
    therapist_late,
    "emails/therapist_late/subject.txt",
    "emails/therapist_late/body.txt",
    "emails/therapist_late/body.html"
);
email!(
    client_late,
    "emails/client_late/subject.txt",
    "emails/client_late/body.txt",
    "emails/client_late/body.html"
);
email!(waiting, "emails/waiting/subject.txt", "emails/waiting/body.txt", "emails/waiting/body.html");
email!(confirmed, "emails/confirmed/subject.txt", "emails/confirmed/body.txt", "emails/confirmed/body.html");
email!(series, "emails/series/subject.txt", "emails/series/body.txt", "emails/series/body.html");
email!(
    series_received,
    "emails/series_received/subject.txt",
    "emails/series_received/body.txt",
    "emails/series_received/body.html"
);
email!(
    series_arrived,
    "emails/series_arrived/subject.txt",
    "emails/series_arrived/body.txt",
    "emails/series_arrived/body.html"
);
email!(
    series_waiting,
    "emails/series_waiting/subject.txt",
    "emails/series_waiting/body.txt",
    "emails/series_waiting/body.html"
);
email!(
    series_declined,
    "emails/series_declined/subject.txt",
    "emails/series_declined/body.txt",
    "emails/series_declined/body.html"
);
email!(
    series_expired,
    "emails/series_expired/subject.txt",
    "emails/series_expired/body.txt",
    "emails/series_expired/body.html"
);
email!(
    series_changed,
    "emails/series_changed/subject.txt",
    "emails/series_changed/body.txt",
    "emails/series_changed/body.html"
);
email!(
    series_changed_by_client,
    "emails/series_changed_by_client/subject.txt",
    "emails/series_changed_by_client/body.txt",
    "emails/series_changed_by_client/body.html"
);
email!(
    series_canceled,
    "emails/series_cancelled/subject.txt",
    "emails/series_cancelled/body.txt",
    "emails/series_cancelled/body.html"
);
email!(
    series_canceled_by_client,
    "emails/series_cancelled_by_client/subject.txt",
    "emails/series_cancelled_by_client/body.txt",
    "emails/series_cancelled_by_client/body.html"
);
email!(declined, "emails/declined/subject.txt", "emails/declined/body.txt", "emails/declined/body.html");
email!(put_back, "emails/put_back/subject.txt", "emails/put_back/body.txt", "emails/put_back/body.html");
email!(expired, "emails/expired/subject.txt", "emails/expired/body.txt", "emails/expired/body.html");
email!(changed, "emails/changed/subject.txt", "emails/changed/body.txt", "emails/changed/body.html");
email!(
    changed_by_client,
    "emails/changed_by_client/subject.txt",
    "emails/changed_by_client/body.txt",
    "emails/changed_by_client/body.html"
);
email!(
    reschedule_request_received,
    "emails/reschedule_request_received/subject.txt",
    "emails/reschedule_request_received/body.txt",
    "emails/reschedule_request_received/body.html"
);
email!(
    reschedule_request_arrived,
    "emails/reschedule_request_arrived/subject.txt",
    "emails/reschedule_request_arrived/body.txt",
    "emails/reschedule_request_arrived/body.html"
);
email!(unchanged, "emails/unchanged/subject.txt", "emails/unchanged/body.txt", "emails/unchanged/body.html");
email!(
    reschedule_request_withdrawn,
    "emails/reschedule_request_withdrawn/subject.txt",
    "emails/reschedule_request_withdrawn/body.txt",
    "emails/reschedule_request_withdrawn/body.html"
);
email!(canceled, "emails/cancelled/subject.txt", "emails/cancelled/body.txt", "emails/cancelled/body.html");
email!(closed, "emails/closed/subject.txt", "emails/closed/body.txt", "emails/closed/body.html");
email!(reopened, "emails/reopened/subject.txt", "emails/reopened/body.txt", "emails/reopened/body.html");
email!(
    canceled_by_client,
    "emails/cancelled_by_client/subject.txt",
    "emails/cancelled_by_client/body.txt",
    "emails/cancelled_by_client/body.html"
);
email!(reminder, "emails/reminder/subject.txt", "emails/reminder/body.txt", "emails/reminder/body.html");
email!(
    new_address,
    "emails/new_address/subject.txt",
    "emails/new_address/body.txt",
    "emails/new_address/body.html"
);

email!(conflict, "emails/conflict/subject.txt", "emails/conflict/body.txt", "emails/conflict/body.html");

/// Writes an email. `recipient` is its address, `message_id` stands in angle brackets.
pub fn write(facts: &Facts<'_>, recipient: String, message_id: String) -> askama::Result<Email> {
    let occasion = facts.occasion;
    let parts = match occasion.of_the_first() {
        Occasion::Unproven { .. } => unproven(facts),
        Occasion::Opening(_) => opening(facts),
        Occasion::Received => received(facts),
        Occasion::Arrived => arrived(facts),
        Occasion::Waiting(_) => waiting(facts),
        Occasion::Confirmed => confirmed(facts),
        Occasion::Together { of_each: Occasion::Received, .. } => series_received(facts),
        Occasion::Together { of_each: Occasion::Arrived, .. } => series_arrived(facts),
        Occasion::Together { of_each: Occasion::Waiting(_), .. } => series_waiting(facts),
        Occasion::Together { of_each: Occasion::Declined { .. }, .. } => series_declined(facts),
        Occasion::Together { of_each: Occasion::Expired, .. } => series_expired(facts),
        Occasion::Together { .. } | Occasion::AndLater { .. } => series(facts),
        Occasion::SeriesChanged { .. } => series_changed(facts),
        Occasion::SeriesChangedByClient(_) => series_changed_by_client(facts),
        Occasion::SeriesCanceled(_) => series_canceled(facts),
        Occasion::SeriesCanceledByClient(_) => series_canceled_by_client(facts),
        Occasion::Declined { .. } => declined(facts),
        Occasion::PutBack { .. } => put_back(facts),
        Occasion::Expired => expired(facts),
        Occasion::Changed { .. } => changed(facts),
        Occasion::ChangedByClient { .. } => changed_by_client(facts),
        Occasion::RescheduleRequestReceived(_) => reschedule_request_received(facts),
        Occasion::RescheduleRequestArrived(_) => reschedule_request_arrived(facts),
        Occasion::Unchanged(..) => unchanged(facts),
        Occasion::RescheduleRequestWithdrawn(_) => reschedule_request_withdrawn(facts),
        Occasion::Canceled => canceled(facts),
        Occasion::Closed { .. } => closed(facts),
        Occasion::Reopened { .. } => reopened(facts),
        Occasion::CanceledByClient => canceled_by_client(facts),
        Occasion::Reminder { .. } => reminder(facts),
        Occasion::TherapistLate { .. } => therapist_late(facts),
        Occasion::ClientLate { .. } => client_late(facts),
        Occasion::NewAddress => new_address(facts),
        Occasion::Conflict { .. } => conflict(facts),
    }?;
    let method = match occasion {
        Occasion::Confirmed | Occasion::PutBack { .. } | Occasion::Changed { .. } | Occasion::NewAddress => {
            Some(Method::Request)
        }
        // Only what was confirmed has been put into a calendar by an email.
        Occasion::Canceled | Occasion::Closed { .. } if facts.was_confirmed() => Some(Method::Cancel),
        // Several events can be published alone (RFC 5546, section 3.2.1): what asks for one, or
        // takes it back, is about a single UID. Those that are over say so by their status.
        Occasion::Together { of_each: Occasion::Confirmed, .. }
        | Occasion::SeriesChanged { .. }
        | Occasion::SeriesCanceled(_) => Some(Method::Publish),
        _ => None,
    };
    let calendar = method.map(|method| CalendarPart {
        file: match occasion {
            Occasion::Together { visits, .. } => {
                invitation::of_several(facts.practice, visits.iter().map(|one| &one.visit))
            }
            Occasion::SeriesChanged { moves, .. } => {
                invitation::of_several(facts.practice, moves.iter().map(Moved::visit))
            }
            Occasion::SeriesCanceled(visits) => invitation::of_several(facts.practice, visits.iter()),
            _ => invitation::file(facts.practice, facts.a, facts.office(), method),
        },
        method: method.as_str().to_owned(),
    });
    let number = message_id.trim_matches(['<', '>']);
    Ok(Email {
        key: match occasion {
            Occasion::Unproven { .. } => format!("{}/{number}", Occasion::UNPROVEN),
            occasion => occasion.key(facts.a),
        },
        appointment: occasion.is_about_an_appointment().then_some(facts.a.id),
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
