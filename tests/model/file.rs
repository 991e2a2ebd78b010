//! Everything in the file that a promise is about, as it is at one moment.
//! Read past the program, which might read wrongly what it has written wrongly.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use sqlx::{Connection, FromRow, SqliteConnection, sqlite::SqliteRow};
use sqlx_macros::FromRow;
use stillpoint::words::client::ERASED;

#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Visit {
    pub id: i64,
    pub office: String,
    pub service: String,
    pub starts_at: i64,
    pub ends_at: i64,
    pub buffer_minutes: i64,
    pub price: i64,
    pub status: String,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub overridden: String,
    pub revision: i64,
    pub uid: String,
    pub requested_at: i64,
    pub held_until: i64,
    pub answered_at: Option<i64>,
    pub ended_at: Option<i64>,
    pub cancelled_by: Option<String>,
}

impl Visit {
    pub fn is(&self, status: &str) -> bool {
        self.status == status
    }

    pub fn is_live(&self) -> bool {
        self.is("requested") || self.is("confirmed")
    }

    /// Its client was erased.
    pub fn is_erased(&self) -> bool {
        self.name == ERASED
    }

    /// When it is, and where.
    pub fn place(&self) -> (&str, i64) {
        (&self.office, self.starts_at)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct RescheduleRequest {
    pub id: i64,
    pub appointment: i64,
    pub office: String,
    pub starts_at: i64,
    pub ends_at: i64,
    pub held_until: i64,
    pub status: String,
    pub ended_at: Option<i64>,
}

/// What a blocked client has asked for.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct BlockedRequest {
    pub id: i64,
    pub name: String,
    pub status: String,
    pub answer_at: i64,
    pub uid: String,
}

/// What waits for its client's proof.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct UnprovenRequest {
    pub id: i64,
    pub uid: String,
    /// The key of the latest email about it.
    pub emailed: Option<String>,
    pub ended_at: Option<i64>,
}

impl BlockedRequest {
    pub fn is_erased(&self) -> bool {
        self.name == ERASED
    }
}

#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Email {
    pub id: i64,
    pub key: String,
    pub appointment: Option<i64>,
    pub side: String,
    pub recipient: String,
    pub message_id: String,
    pub outcome: String,
    pub attempts: i64,
    pub written_at: i64,
    pub next_attempt_at: i64,
    /// The act of the therapist's that has written it, and the one that has superseded it.
    pub act: Option<i64>,
    pub set_aside_by: Option<i64>,
}

impl Email {
    /// True while it is to be sent.
    pub fn waits(&self) -> bool {
        self.outcome == "waiting" && self.set_aside_by.is_none()
    }

    /// The folder of its templates.
    pub fn kind(&self) -> String {
        self.key.split('/').next().unwrap_or_default().replace('-', "_")
    }
}

#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Call {
    pub id: i64,
    pub appointment: i64,
    pub about: String,
    pub made_at: i64,
    pub done_at: Option<i64>,
    pub set_aside_by: Option<i64>,
}

impl Call {
    pub fn is_open(&self) -> bool {
        self.done_at.is_none() && self.set_aside_by.is_none()
    }
}

/// What was paid for a visit.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Payment {
    pub appointment: i64,
    pub method: String,
    pub amount: i64,
    pub tip: i64,
    pub noted_at: i64,
}

impl Payment {
    /// How it was paid, how much of it, and the tip.
    pub fn shown(&self) -> (&str, i64, i64) {
        (&self.method, self.amount, self.tip)
    }
}

/// What the therapist did, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Act {
    pub id: i64,
    pub outcome: String,
}

/// A visit as it was before an act.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct ActedOn {
    pub act: i64,
    pub appointment: i64,
    pub office: String,
    pub starts_at: i64,
    /// None where the act has made it.
    pub status: Option<String>,
}

/// A day, or a part of it, that the therapist has closed.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Closing {
    pub id: i64,
    pub office: Option<String>,
    pub starts_at: i64,
    pub ends_at: i64,
    pub made_at: i64,
    pub reopened_at: Option<i64>,
}

impl Closing {
    /// True where it lies on a time at an office.
    pub fn closes(&self, office: &str, starts_at: i64, ends_at: i64) -> bool {
        let is_there = self.office.as_deref().is_none_or(|closed| closed == office);
        is_there && starts_at < self.ends_at && ends_at > self.starts_at
    }
}

/// Somebody whom a closing has touched.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct ClosedVisit {
    pub closing: i64,
    pub appointment: i64,
    pub outcome: String,
    pub replacement: Option<i64>,
    pub seen_at: Option<i64>,
}

impl ClosedVisit {
    pub fn can_be_rebooked(&self) -> bool {
        ["canceled", "declined"].contains(&self.outcome.as_str())
    }
}

/// The rows by their ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub visits: BTreeMap<i64, Visit>,
    pub reschedule_requests: BTreeMap<i64, RescheduleRequest>,
    pub blocked_requests: BTreeMap<i64, BlockedRequest>,
    pub unproven_requests: BTreeMap<i64, UnprovenRequest>,
    pub emails: BTreeMap<i64, Email>,
    pub calls: BTreeMap<i64, Call>,
    pub payments: BTreeMap<i64, Payment>,
    /// The visits whose fees were let go.
    pub waived_fees: BTreeSet<i64>,
    /// Until when visits last whose clients have said that they're late.
    pub late: BTreeMap<i64, i64>,
    pub acts: BTreeMap<i64, Act>,
    pub acted_on: Vec<ActedOn>,
    pub closings: BTreeMap<i64, Closing>,
    /// By the closing, and whom it has touched.
    pub closed_visits: BTreeMap<(i64, i64), ClosedVisit>,
}

impl File {
    pub async fn read(data_dir: &Path) -> Self {
        let address = format!("sqlite://{}?mode=ro", data_dir.join("stillpoint.db").display());
        let mut file = SqliteConnection::connect(&address).await.expect("the file");
        let visits = all(&mut file, "SELECT * FROM appointments").await;
        let reschedule_requests = all(&mut file, "SELECT * FROM reschedule_requests").await;
        let blocked_requests = all(&mut file, "SELECT * FROM blocked_requests").await;
        let unproven_requests = all(&mut file, "SELECT * FROM unproven_requests").await;
        let emails = all(&mut file, "SELECT * FROM emails").await;
        let calls = all(&mut file, "SELECT * FROM calls").await;
        let payments = all(&mut file, "SELECT * FROM payments").await;
        let waived_fees: Vec<(i64,)> = all(&mut file, "SELECT appointment FROM waived_fees").await;
        let late: Vec<(i64, i64)> = all(
            &mut file,
            "SELECT l.appointment, l.ends_at FROM late_arrivals AS l JOIN appointments AS a ON a.id = l.appointment
             WHERE a.starts_at = l.starts_at",
        )
        .await;
        let acts = all(&mut file, "SELECT * FROM acts").await;
        let acted_on = all(&mut file, "SELECT * FROM acted_on").await;
        let closings = all(&mut file, "SELECT * FROM closings").await;
        let closed_visits: Vec<ClosedVisit> = all(&mut file, "SELECT * FROM closed_visits").await;
        file.close().await.expect("closed");
        Self {
            visits: by_id(visits, |visit: &Visit| visit.id),
            reschedule_requests: by_id(reschedule_requests, |reschedule_request: &RescheduleRequest| {
                reschedule_request.id
            }),
            blocked_requests: by_id(blocked_requests, |request: &BlockedRequest| request.id),
            unproven_requests: by_id(unproven_requests, |request: &UnprovenRequest| request.id),
            emails: by_id(emails, |email: &Email| email.id),
            calls: by_id(calls, |call: &Call| call.id),
            payments: by_id(payments, |payment: &Payment| payment.appointment),
            waived_fees: waived_fees.into_iter().map(|(id,)| id).collect(),
            late: late.into_iter().collect(),
            acts: by_id(acts, |act: &Act| act.id),
            acted_on,
            closings: by_id(closings, |closing: &Closing| closing.id),
            closed_visits: closed_visits.into_iter().map(|it| ((it.closing, it.appointment), it)).collect(),
        }
    }

    /// True for a visit that is as it was before an act that can still be undone: nothing of it is new.
    pub fn is_as_before(&self, visit: &Visit) -> bool {
        let runs = |act: i64| self.acts.get(&act).is_some_and(|act| act.outcome == "running");
        self.acted_on.iter().filter(|before| before.appointment == visit.id && runs(before.act)).any(
            |before| {
                before.status.as_deref() == Some(&visit.status)
                    && (before.office.as_str(), before.starts_at) == visit.place()
            },
        )
    }

    /// True for an email of an act that nobody has heard of, since it was taken back.
    pub fn was_taken_back(&self, email: &Email) -> bool {
        let act = email.act.and_then(|id| self.acts.get(&id));
        email.outcome == "lapsed"
            && act.is_some_and(|act| ["undone", "overtaken"].contains(&act.outcome.as_str()))
    }

    /// True for an email about somebody who was erased.
    pub fn is_of_erased(&self, email: &Email) -> bool {
        let of = |id: i64| {
            self.visits.get(&id).is_some_and(Visit::is_erased)
                || self.blocked_requests.get(&id).is_some_and(BlockedRequest::is_erased)
        };
        email.appointment.is_some_and(of)
    }

    /// True where the client was told that a visit is confirmed.
    pub fn has_heard_of_its_yes(&self, visit: i64) -> bool {
        self.emails.values().any(|email| {
            email.appointment == Some(visit)
                && ["confirmed", "series"].contains(&email.kind().as_str())
                && email.outcome == "sent"
        })
    }

    /// What the last closing that has touched a visit did.
    pub fn closed_visit(&self, visit: i64) -> Option<&ClosedVisit> {
        self.closed_visits.values().rfind(|it| it.appointment == visit)
    }

    /// The reschedule request of a visit that waits for an answer.
    pub fn waiting(&self, visit: i64) -> Option<&RescheduleRequest> {
        self.reschedule_requests.values().find(|reschedule_request| {
            reschedule_request.appointment == visit && reschedule_request.status == "requested"
        })
    }
}

async fn all<T>(file: &mut SqliteConnection, sql: &'static str) -> Vec<T>
where
    T: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
{
    sqlx::query_as(sql).fetch_all(file).await.expect("rows")
}

fn by_id<T>(rows: Vec<T>, id: impl Fn(&T) -> i64) -> BTreeMap<i64, T> {
    rows.into_iter().map(|row| (id(&row), row)).collect()
}
