//! What each email says, and that its two parts say the same.

mod several;
mod written;

use chrono::TimeDelta;

use super::{
    day_ahead,
    email::Email,
    emails::{self, Facts, Moved, Occasion, OneOfSeveral},
    samples::Invented,
};
use crate::{
    domain::{
        appointment::{Appointment, Side, Status, refusal::Refusal, reschedule_request::RescheduleRequest},
        availability::late::Expected,
        client::{Contact, Note, Phone},
        example::{appointment, at, date, office, office_slug, practice, rules},
        ids::{AppointmentId, RescheduleRequestId},
        practice::Practice,
        time::{self, Interval},
    },
    urls::BaseUrl,
};

const PAGE: &str = "https://example.com/appointments/page";

/// Tuesday at half past two in the south, once confirmed.
fn visit(status: Status) -> Appointment {
    let sentence = Note::parse("The door is at the back.").expect("a note");
    Appointment { sentence, ..appointment(status, "south", at("2026-12-08 14:30")) }
}

/// The same on Monday in the north.
fn elsewhere(status: Status) -> Appointment {
    appointment(status, "north", at("2026-12-07 10:00"))
}

/// To be moved to Saturday in the north.
fn reschedule_request() -> RescheduleRequest {
    let start = at("2026-12-12 09:00");
    RescheduleRequest {
        id: RescheduleRequestId(1),
        appointment: AppointmentId(1),
        office: office_slug("north"),
        span: Interval::new(start, start + time::minutes(60)),
        requested_at: at("2026-12-06 12:00"),
        held_until: at("2026-12-07 12:00"),
    }
}

fn written(a: &Appointment, occasion: Occasion<'_>, now: &str) -> Email {
    written_for(&practice(), a, occasion, now)
}

fn written_for(practice: &Practice, a: &Appointment, occasion: Occasion<'_>, now: &str) -> Email {
    let facts = Facts {
        practice,
        policy: &rules().policy,
        base: &BaseUrl::parse("https://example.com").expect("an address"),
        occasion,
        closes_day: false,
        a,
        pending: None,
        page: PAGE.to_owned(),
        same_time: None,
        policies: Some("https://example.com/policies".to_owned()),
        waives_late_fee: true,
        now: at(now),
    };
    emails::write(&facts, "june@example.com".to_owned(), "<1@example.com>".to_owned()).expect("an email")
}

/// An email on Sunday noon.
fn email(status: Status, occasion: Occasion<'_>) -> Email {
    written(&visit(status), occasion, "2026-12-06 12:00")
}

/// Two weeks apart, over no clock change.
fn series() -> Vec<OneOfSeveral> {
    let later = |weeks| {
        let first = visit(Status::Confirmed);
        let (start, end) =
            (first.span.start + TimeDelta::weeks(weeks), first.span.end + TimeDelta::weeks(weeks));
        OneOfSeveral {
            visit: Appointment { span: Interval::new(start, end), ..first },
            page: PAGE.to_owned(),
        }
    };
    [0, 2].map(later).to_vec()
}

/// From a day earlier, in the north.
fn moved(to: OneOfSeveral) -> Moved {
    let (start, end) = (to.visit.span.start - TimeDelta::days(1), to.visit.span.end - TimeDelta::days(1));
    let span = Interval::new(start, end);
    Moved { from: Appointment { office: office_slug("north"), span, ..to.visit.clone() }, to }
}

fn of_series(done: impl Fn(Appointment) -> Result<Appointment, Refusal>) -> Vec<Appointment> {
    series().into_iter().map(|one| done(one.visit).expect("it is over")).collect()
}

/// An email on every occasion.
fn all(of: impl FnOnce(Vec<Email>)) {
    let invented = Invented {
        visit: visit(Status::Requested),
        elsewhere: [elsewhere(Status::Confirmed), elsewhere(Status::Requested)],
        reschedule_request: reschedule_request(),
        expected: Expected {
            start: visit(Status::Requested).span.start,
            span: Interval::new(at("2026-12-08 14:50"), at("2026-12-08 15:30")),
            minutes: 20,
            said_at: at("2026-12-08 13:00"),
        },
        offered_until: at("2026-12-06 14:00"),
        series: series(),
        moves: series().into_iter().map(moved).collect(),
        canceled: [
            of_series(|a| a.cancel_by_therapist(None, at("2026-12-06 12:00"))),
            of_series(|a| a.cancel_by_client(&rules().policy, at("2026-12-06 12:00"))),
        ],
        rebook_until: at("2026-12-16 00:00"),
    };
    of(invented.samples().into_iter().map(|sample| email(sample.status, sample.occasion)).collect());
}

/// The words of an HTML part, without its head and its tags.
fn words(html: &str) -> String {
    let body = html.split_once("<body").expect("a body").1;
    // A phone number in one line ends no word.
    let (begins, ends) = super::html::IN_ONE_LINE;
    let body = body.replace(begins, "").replace(ends, "");
    let text: String = body
        .split('<')
        .filter_map(|piece| piece.split_once('>'))
        .map(|(_, text)| format!("{text} "))
        .collect();
    squeezed(&text)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_subject_begins_with_the_word_and_a_pending_change_keeps_the_old_one() {
    all(|emails| {
        let subjects: Vec<&str> = emails.iter().map(|email| email.subject.as_str()).collect();
        assert_eq!(
            subjects,
            [
                "Not requested yet: Tuesday, December 8, 2:30 pm, south",
                "Opening: Tuesday, December 8, 2:30 pm, south",
                "Opening: Tuesday, December 8, 2:30 pm, south",
                "Opening: Tuesday, December 8, 2:30 pm, south",
                "Requested: Tuesday, December 8, 2:30 pm, south",
                "Requested: June Okafor, Tuesday, December 8, 2:30 pm, south",
                "Requested: June Okafor, Tuesday, December 8, 2:30 pm, south (1 day 2 h left)",
                "Confirmed: June Okafor wants to reschedule Tuesday, December 8, 2:30 pm, south (1 day left)",
                "Confirmed: Tuesday, December 8, 2:30 pm, south",
                "Confirmed: 2 visits from Tuesday, December 8, 2:30 pm, south",
                "Requested: 2 visits from Tuesday, December 8, 2:30 pm, south",
                "Requested: June Okafor, 2 visits from Tuesday, December 8, 2:30 pm, south",
                "Requested: June Okafor, 2 visits from Tuesday, December 8, 2:30 pm, south (1 day 2 h left)",
                "Declined: 2 visits from Tuesday, December 8, 2:30 pm, south",
                "Expired: 2 visits from Tuesday, December 8, 2:30 pm, south",
                "Changed: 2 visits from Tuesday, December 8, 2:30 pm, south",
                "Changed: 2 visits from Tuesday, December 8, 2:30 pm, south",
                "Changed: June Okafor, 2 visits from Tuesday, December 8, 2:30 pm, south",
                "Canceled: 2 visits from Tuesday, December 8, 2:30 pm, south",
                "Canceled: June Okafor, 2 visits from Tuesday, December 8, 2:30 pm, south",
                "Declined: Tuesday, December 8, 2:30 pm, south",
                "Declined: Tuesday, December 8, 2:30 pm, south",
                "Confirmed: Tuesday, December 8, 2:30 pm, south",
                "Confirmed: Tuesday, December 8, 2:30 pm, south",
                "Expired: Tuesday, December 8, 2:30 pm, south",
                "Changed: south instead of north, Tuesday, December 8, 2:30 pm",
                "Changed: south instead of north, Tuesday, December 8, 2:30 pm",
                "Changed: June Okafor, south instead of north, Tuesday, December 8, 2:30 pm",
                "Requested: June Okafor, moved to Tuesday, December 8, 2:30 pm, south",
                "Confirmed: Tuesday, December 8, 2:30 pm, south (reschedule requested)",
                "Confirmed: June Okafor wants to reschedule Tuesday, December 8, 2:30 pm, south",
                "Confirmed: Tuesday, December 8, 2:30 pm, south, as before",
                "Confirmed: Tuesday, December 8, 2:30 pm, south, as before",
                "Confirmed: Tuesday, December 8, 2:30 pm, south, as before",
                "Confirmed: June Okafor, Tuesday, December 8, 2:30 pm, south, as before",
                "Canceled: Tuesday, December 8, 2:30 pm, south",
                "Canceled: Tuesday, December 8, 2:30 pm, south",
                "Declined: Tuesday, December 8, 2:30 pm, south",
                "Canceled: Tuesday, December 8, 2:30 pm, south (open again)",
                "Canceled: June Okafor, Tuesday, December 8, 2:30 pm, south",
                "Reminder: Tuesday, December 8, 2:30 pm, south",
                "Running late: Tuesday, December 8, 2:50 pm, south",
                "Running late: June Okafor by 20 minutes, Tuesday, December 8, 2:50 pm, south",
                "Changed: new address in south, Tuesday, December 8, 2:30 pm",
            ]
        );
    });
}

#[test]
fn a_move_within_an_office_names_the_new_time_first() {
    let from = Appointment { office: office_slug("south"), ..elsewhere(Status::Confirmed) };
    let email = email(Status::Confirmed, Occasion::Changed { from: &from, wanted_by: Side::Therapist });
    assert_eq!(email.subject, "Changed: Tuesday, December 8, 2:30 pm, south");
    assert!(email.text.contains("It was Monday, December 7, 10:00 am, south."));
}

#[test]
fn on_the_day_itself_the_reminder_begins_with_today() {
    let email = written(&visit(Status::Confirmed), Occasion::Reminder { hours: 3 }, "2026-12-08 11:30");
    assert_eq!(email.subject, "Today: Tuesday, December 8, 2:30 pm, south");
    assert!(email.text.contains("See you today in south."), "{}", email.text);
}

#[test]
fn it_is_signed_with_the_first_name_and_the_small_print_has_the_whole() {
    for (name, signed) in [
        ("Dustin", "Dustin"),
        ("Dustin Reyes", "Dustin"),
        ("Reyes, Dustin", "Dustin"),
        ("Dr. Reyes", "Dr. Reyes"),
    ] {
        let mut practice = practice();
        practice.therapist.name = name.to_owned();
        let email =
            written_for(&practice, &visit(Status::Confirmed), Occasion::Confirmed, "2026-12-06 12:00");
        assert!(email.text.contains(&format!("\n\n{signed}\n\n--\n{name}")), "{}", email.text);
        assert!(words(&email.html).contains(&format!(" {signed} {name}")), "{}", email.html);
    }
}

#[test]
fn without_a_fee_it_says_until_when_to_reschedule_and_later_that_a_word_is_welcome() {
    let reminder = |now| written(&visit(Status::Confirmed), Occasion::Reminder { hours: 48 }, now).text;
    let early = reminder("2026-12-06 12:00");
    assert!(
        early.contains("\nCan't make it? You can reschedule until Monday, December 7, 2:30 pm.\n"),
        "{early}"
    );
    assert!(early.contains("\nSee your appointment, reschedule, or cancel:\nhttp"), "{early}");
    let late = reminder("2026-12-08 11:30");
    assert!(late.contains("\nCan't make it? Please tell me anyway.\n"), "{late}");
    assert!(late.contains("\nSee your appointment or cancel:\nhttp"), "{late}");
}

#[test]
fn every_sentence_of_the_text_stands_in_the_html_part_as_well() {
    all(|emails| {
        for email in emails {
            let html = words(&email.html);
            // Links and what leads to them, and how the session is laid out, are each part's own.
            let own = |line: &&str| {
                line.starts_with("http")
                    || line.ends_with(':')
                    || line.contains("(PST)")
                    || line.starts_with("--")
            };
            for line in email.text.lines().filter(|line| !own(line)) {
                for sentence in line.split_inclusive(". ") {
                    let sentence = squeezed(sentence.trim_end_matches(['.', ',']));
                    let is_there = html.contains(&sentence) || sentence.contains(": 1 Example Street");
                    assert!(is_there, "the HTML part of “{}” lacks “{sentence}”:\n{html}", email.subject);
                }
            }
            for fact in ["December 8, 2:30 pm", "3:30 pm", "(PST)", "south", "1 Example Street", "$95", "#1"]
            {
                assert!(html.contains(fact) && email.text.contains(fact), "{fact}: {}", email.subject);
            }
            assert!(email.html.contains(&format!("<title>{}</title>", email.subject)), "{}", email.subject);
            assert!(!email.text.contains("\n\n\n"), "an empty line too many:\n{}", email.text);
        }
    });
}

#[test]
fn what_the_therapist_says_with_an_answer_stands_in_the_email_of_that_answer_alone() {
    all(|emails| {
        for email in emails {
            let kind = email.key.split('/').next().unwrap_or_default();
            let is_answer = [
                "confirmed",
                "series",
                "put_back",
                "declined",
                "series_declined",
                "changed",
                "series_changed",
                "cancelled",
                "series_cancelled",
                "closed",
            ]
            .contains(&kind)
                || email.text.contains("I'm sorry, I can't move your appointment");
            for part in [&email.text, &email.html] {
                assert_eq!(part.contains("The door is at the back."), is_answer, "{}", email.key);
            }
        }
    });
}

#[test]
fn what_moves_or_ends_an_appointment_does_so_in_calendars_and_nothing_else_does() {
    all(|emails| {
        for email in emails {
            let kind = email.key.split('/').next().unwrap_or_default();
            let method = match kind {
                "confirmed" | "put_back" | "changed" | "new_address" => Some("REQUEST"),
                // What asks for something, or takes it back, is about one event alone.
                "series" | "series_changed" | "series_cancelled" => Some("PUBLISH"),
                "cancelled" => Some("CANCEL"),
                // A request that nobody had confirmed is in no calendar.
                "closed" if email.subject.starts_with("Canceled") => Some("CANCEL"),
                _ => None,
            };
            assert_eq!(email.calendar.as_ref().map(|part| part.method.as_str()), method, "{}", email.key);
        }
    });
}

#[test]
fn nobody_is_asked_to_come_early_where_the_practice_does_not_say_so() {
    for (minutes, asked) in [
        (None, None),
        (Some(1), Some("Please come one minute early.")),
        (Some(5), Some("Please come five minutes early.")),
        (Some(15), Some("Please come 15 minutes early.")),
    ] {
        let practice = Practice { come_early_minutes: minutes, ..practice() };
        let email =
            written_for(&practice, &visit(Status::Confirmed), Occasion::Confirmed, "2026-12-05 10:00");
        for part in [&email.text, &email.html] {
            assert_eq!(part.contains("Please come"), asked.is_some(), "{minutes:?}");
            assert!(asked.is_none_or(|asked| part.contains(asked)), "{part}");
        }
        assert!(!email.text.contains("\n\n\n"), "{}", email.text);
    }
}

#[test]
fn a_day_at_three_offices_names_them_as_they_come() {
    let mut practice = practice();
    practice.offices.push(office(2, "west"));
    let visits = ["south", "west", "north", "south"].iter().zip(0..).map(|(office, hours)| {
        let a = appointment(Status::Confirmed, office, at("2026-12-08 09:00") + time::hours(3 * hours));
        let phone = Some(Phone::stored("+15305550133".to_owned()));
        Appointment { contact: Contact { phone, ..a.contact }, ..a }
    });
    let facts = day_ahead::Facts {
        practice: &practice,
        date: date("2026-12-08"),
        conflicts: &[],
        visits: &visits.collect::<Vec<_>>(),
        page: "https://example.com/admin/days/2026-12-08".to_owned(),
        now: at("2026-12-07 18:00"),
    };
    let email = day_ahead::write(&facts, "<1@example.com>".to_owned()).expect("an email");
    assert_eq!(email.subject, "Reminder: tomorrow, Tuesday, December 8: south, west, and north, 4 visits");
    assert_eq!(email.not_after, Some(at("2026-12-08 09:00")));
    assert_eq!(email.text.matches("Drive to ").count(), 3);
    assert!(email.text.contains("Drive to south, 1 h 15 min: leave by 4:45 pm."), "{}", email.text);
    let html = words(&email.html);
    for line in email.text.lines().filter(|line| line.contains("An hour") || line.starts_with("Drive")) {
        assert!(html.contains(line), "{line}:\n{html}");
    }
}
