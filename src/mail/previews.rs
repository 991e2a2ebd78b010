//! Every kind of email on invented data, in the practice as it is: what the
//! therapist looks at before any of it is written to somebody.

use chrono::{Days, NaiveTime, TimeDelta, WeekdaySet};

use super::{
    day_ahead,
    email::Email,
    emails::{self, Facts, Moved, Occasion, OneOfSeveral},
    password_link, question,
    samples::{Invented, Sample},
    test_email, waitlist,
};
use crate::{
    domain::{
        appointment::{
            Appointment, Side, State, Status, overriding::Override, reschedule_request::RescheduleRequest,
        },
        availability::{
            closing,
            conflict::{Conflict, Notice},
            late::Expected,
        },
        client::{Contact, EmailAddress, Name, Note, Phone},
        ids::{AppointmentId, ClientId, RescheduleRequestId, Token, WaitlistEntryId},
        practice::{Practice, office::Office, policy::Policy},
        question::{Question, QuestionText},
        time::{self, Instant, Interval},
        waitlist::{
            entry::{Entry, State as Stands},
            wishes::{Part, Wishes},
        },
    },
    urls::{self, BaseUrl},
};

/// What the invented emails are written in: the practice as it is.
pub struct Around<'a> {
    pub practice: &'a Practice,
    pub policy: &'a Policy,
    pub base: &'a BaseUrl,
    pub policies: Option<String>,
    pub waives_late_fee: bool,
    pub now: Instant,
}

/// An email of a kind, as it would be written now about somebody invented.
pub struct Preview {
    pub id: &'static str,
    pub title: &'static str,
    pub email: Email,
}

/// Somebody who waits for another such visit.
fn entry(practice: &Practice, visit: &Appointment, now: Instant) -> Entry {
    Entry {
        id: WaitlistEntryId(0),
        name: visit.name.clone(),
        contact: visit.contact.clone(),
        wishes: Wishes {
            services: vec![visit.service.clone()],
            offices: vec![visit.office.clone()],
            weekdays: WeekdaySet::ALL,
            parts: vec![Part::Morning],
            from: None,
            to: None,
            notice_hours: 0,
        },
        instead: None,
        joined_at: now,
        until: Entry::until(practice.zone, now, Entry::USUAL_DAYS),
        state: Stands::Unproven,
    }
}

impl Around<'_> {
    /// An email of every kind, in the order in which things happen.
    pub fn previews(&self) -> askama::Result<Vec<Preview>> {
        let Some(invented) = self.invented() else { return Ok(Vec::new()) };
        let mut previews = Vec::new();
        for Sample { id, title, status, occasion } in invented.samples() {
            let a = self.standing(&invented.visit, status);
            previews.push(Preview { id, title, email: self.written(&a, occasion)? });
        }
        let a = self.standing(&invented.visit, Status::Confirmed);
        let conflict = Conflict::parse("closed");
        let occasion = Occasion::Conflict { notice: Notice::AtOnce, found_at: self.now, conflict: &conflict };
        let conflict = self.written(&a, occasion)?;
        previews.push(Preview { id: "conflict", title: "A conflict", email: conflict });
        previews.push(Preview { id: "day-ahead", title: "The day ahead", email: self.day_ahead(a)? });
        if let Some(email) = self.question()? {
            previews.push(Preview { id: "question", title: "A reader's question", email });
        }
        let entry = entry(self.practice, &invented.visit, self.now);
        let facts = waitlist::Facts {
            practice: self.practice,
            entry: &entry,
            page: self.base.to(&urls::waitlist_entry(&Token::new([0; 16]))),
            waitlist: self.base.to(urls::WAITLIST),
        };
        let to = || "june@example.com".to_owned();
        let email = waitlist::joined(&facts, to(), String::new())?;
        previews.push(Preview { id: "waitlist", title: "Joining the waitlist", email });
        let email = waitlist::over(&facts, to(), String::new())?;
        previews.push(Preview { id: "waitlist-over", title: "Off the waitlist", email });
        let facts = password_link::Facts {
            practice: self.practice,
            page: self.base.to(&urls::welcome(&Token::new([0; 16]))),
            good_until: self.now + TimeDelta::hours(1),
        };
        let email = password_link::write(&facts, &Token::new([0; 16]), String::new())?;
        previews.push(Preview { id: "password-link", title: "A forgotten password", email });
        let facts = test_email::Facts { practice: self.practice, page: self.base.to(urls::EMAILS) };
        let email = test_email::write(&facts, &Token::new([0; 16]), String::new())?;
        previews.push(Preview { id: "test", title: "Test", email });
        Ok(previews)
    }

    fn written(&self, a: &Appointment, occasion: Occasion<'_>) -> askama::Result<Email> {
        let page = match occasion.side() {
            Side::Client if occasion.leads_to_rebooking() => urls::rebooking(&Token::new([0; 16])),
            Side::Client if matches!(occasion, Occasion::Opening(_)) => {
                urls::waitlist_entry(&Token::new([0; 16]))
            }
            Side::Client => urls::appointment(&Token::new([0; 16])),
            Side::Therapist => urls::ADMIN.to_owned(),
        };
        let facts = Facts {
            practice: self.practice,
            policy: self.policy,
            base: self.base,
            occasion,
            closes_day: false,
            a,
            pending: None,
            page: self.base.to(&page),
            same_time: None,
            policies: self.policies.clone(),
            waives_late_fee: self.waives_late_fee,
            now: self.now,
        };
        emails::write(&facts, "june@example.com".to_owned(), String::new())
    }

    fn day_ahead(&self, visit: Appointment) -> askama::Result<Email> {
        let date = time::date(self.practice.zone, visit.span.start);
        let facts = day_ahead::Facts {
            practice: self.practice,
            date,
            visits: &[visit],
            conflicts: &[],
            page: self.base.to(&urls::day(date)),
            now: time::start_of_day(self.practice.zone, date) - TimeDelta::hours(6),
        };
        day_ahead::write(&facts, String::new())
    }

    fn question(&self) -> askama::Result<Option<Email>> {
        let (name, email) = (Name::parse("June Okafor"), EmailAddress::parse("june@example.com"));
        let text = QuestionText::parse("Does it hurt?\nAnd how long is it?");
        let (Ok(name), Ok(email), Ok(text)) = (name, email, text) else { return Ok(None) };
        let facts = question::Facts {
            practice: self.practice,
            article: "What is neuromuscular massage?",
            article_page: self.base.to(urls::ARTICLES),
            question: &Question { name, email, text },
            page: "mailto:june@example.com".to_owned(),
        };
        question::write(&facts, &[0; 32], String::new()).map(Some)
    }

    /// June's visit in eight days, at the last of the offices.
    fn invented(&self) -> Option<Invented> {
        let (first, last) = (self.practice.offices.first()?, self.practice.offices.last()?);
        let visit = self.visit(last, 8, 14)?;
        let elsewhere = self.visit(first, 7, 10)?;
        let other = self.visit(first, 12, 9)?;
        let page = self.base.to(&urls::appointment(&Token::new([0; 16])));
        let of_series = |weeks: u64| {
            let visit = self.standing(&self.visit(last, 8 + 7 * weeks, 14)?, Status::Confirmed);
            Some(OneOfSeveral { visit, page: page.clone() })
        };
        let series: Vec<OneOfSeveral> = [0, 2, 4].into_iter().filter_map(of_series).collect();
        let moves = series.iter().map(|one| Moved {
            from: Appointment { office: first.slug.clone(), ..one.visit.clone() },
            to: one.clone(),
        });
        let visits = || series.iter().map(|one| one.visit.clone());
        Some(Invented {
            moves: moves.collect(),
            canceled: [
                visits().filter_map(|a| a.cancel_by_therapist(None, self.now).ok()).collect(),
                visits().filter_map(|a| a.cancel_by_client(self.policy, self.now).ok()).collect(),
            ],
            series,
            elsewhere: [self.standing(&elsewhere, Status::Confirmed), elsewhere],
            reschedule_request: RescheduleRequest {
                id: RescheduleRequestId(0),
                appointment: visit.id,
                office: other.office,
                span: other.span,
                requested_at: self.now,
                held_until: self.now + TimeDelta::hours(24),
            },
            expected: Expected {
                start: visit.span.start,
                span: Interval::new(visit.span.start + time::minutes(20), visit.span.end + time::minutes(20)),
                minutes: 20,
                said_at: self.now,
            },
            rebook_until: closing::rebook_until(self.practice.zone, self.now, visit.span.start),
            offered_until: self.now + TimeDelta::hours(2),
            visit,
        })
    }

    fn visit(&self, office: &Office, days: u64, hour: u32) -> Option<Appointment> {
        let service = self.practice.services_offered().next()?;
        let date = time::date(self.practice.zone, self.now).checked_add_days(Days::new(days))?;
        let start = time::instant(self.practice.zone, date.and_time(NaiveTime::from_hms_opt(hour, 30, 0)?))?;
        Some(Appointment {
            id: AppointmentId(0),
            client: ClientId(0),
            name: Name::stored("June Okafor".to_owned()),
            series: None,
            guest: None,
            contact: Contact {
                email: Some(EmailAddress::stored("june@example.com".to_owned())),
                phone: Some(Phone::stored("+15305550133".to_owned())),
            },
            note: None,
            office: office.slug.clone(),
            service: service.slug.clone(),
            service_name: service.name.clone(),
            span: Interval::new(start, start + time::minutes(service.minutes)),
            buffer: time::minutes(service.buffer_minutes),
            price: service.price,
            requested_at: self.now,
            state: State::Requested { held_until: self.now + time::hours(self.policy.hold_hours) },
            overridden: Override::none(),
            sentence: None,
            uid: format!("{}@example.com", Token::new([0; 16])),
            moves: 0,
            revision: 0,
        })
    }

    /// A request as it stands once it was answered so.
    fn standing(&self, request: &Appointment, status: Status) -> Appointment {
        let sentence = Some(Note::stored("Your own sentence goes here, if you add one.".to_owned()));
        let request = || request.clone();
        let confirmed = |sentence| request().confirm(self.policy, sentence, Override::none(), self.now);
        let standing = match status {
            Status::Confirmed => confirmed(sentence),
            Status::Declined => request().decline(sentence, self.now),
            Status::Canceled => confirmed(None).and_then(|a| a.cancel_by_therapist(sentence, self.now)),
            Status::Expired => Ok(Appointment { state: State::Expired { at: self.now }, ..request() }),
            Status::Requested | Status::Arrived | Status::NoShow => Ok(request()),
        };
        standing.unwrap_or_else(|_| request())
    }
}
