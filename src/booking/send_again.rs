//! The therapist sends an email to a client once more.
//!
//! The rule: an email about an appointment whose visit isn't over, that was given
//! up or went out, may go out again while it still says what is true. Nothing newer
//! has been written to the client about that appointment, and the appointment
//! stands as the email says. It is written anew, as things are now, with a link of
//! its own, to the address that the client has now, and waits its minute like
//! everything that the therapist does. The kept text is never sent: its links are
//! redacted. Nothing goes to an address from which an email came back.

use chrono_tz::Tz;

use super::{asked_together::and_later, expire};
use crate::{
    app::Current,
    domain::{
        act::Kind,
        appointment::{
            Appointment, Side, Status,
            reschedule_request::{Asked, Outcome as Ended, RescheduleRequest},
        },
        availability::closing,
        ids::EmailId,
        time::Instant,
    },
    mail::{
        email::{self, Email},
        emails::Occasion,
    },
    operation::{self, Operation},
    store::{Outcome, Reading, StoreError, StoredEmail},
    urls,
};

/// Why an email isn't sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAgain {
    /// It is about no appointment, or to the therapist.
    NotToAClient,
    /// It has not gone out yet.
    Waits,
    /// Something newer was written, or what it says is not so any more.
    NotTrueAnymore,
    VisitIsOver,
    NoAddress,
    /// Emails to the client's address come back.
    AddressReturned,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the email isn't sent again: {0:?}")]
    Not(NotAgain),
    #[error(transparent)]
    Operation(#[from] operation::Error),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Operation(error.into())
    }
}

/// What an email says, as the appointment stands now.
enum Says {
    Received,
    Confirmed,
    Declined { offers_times: bool },
    Expired,
    Changed { from: Box<Appointment>, wanted_by: Side },
    RescheduleRequestReceived(RescheduleRequest),
    Unchanged(RescheduleRequest, Ended),
    Canceled,
    Closed { was: Status, until: Instant },
    Reminder { hours: u32 },
    NewAddress,
}

impl Says {
    fn occasion(&self) -> Occasion<'_> {
        match self {
            Self::Received => Occasion::Received,
            Self::Confirmed => Occasion::Confirmed,
            Self::Declined { offers_times } => Occasion::Declined { offers_times: *offers_times },
            Self::Expired => Occasion::Expired,
            Self::Changed { from, wanted_by } => Occasion::Changed { from, wanted_by: *wanted_by },
            Self::RescheduleRequestReceived(request) => Occasion::RescheduleRequestReceived(request),
            Self::Unchanged(request, ended) => Occasion::Unchanged(request, *ended),
            Self::Canceled => Occasion::Canceled,
            Self::Closed { was, until } => Occasion::Closed { was: *was, until: *until },
            Self::Reminder { hours } => Occasion::Reminder { hours: *hours },
            Self::NewAddress => Occasion::NewAddress,
        }
    }
}

/// An email that can be sent again.
pub struct Again {
    pub appointment: Appointment,
    says: Says,
    /// What names the event that it tells of.
    key: String,
}

/// Looks whether an email can be sent again.
pub async fn look(
    tx: &mut Reading,
    id: EmailId,
    zone: Tz,
    now: Instant,
) -> Result<Option<Result<Again, NotAgain>>, StoreError> {
    let Some((stored, outcome)) = tx.stored_email(id).await? else { return Ok(None) };
    let StoredEmail { email, .. } = stored;
    let (Some(of), Side::Client) = (email.appointment, email.side) else {
        return Ok(Some(Err(NotAgain::NotToAClient)));
    };
    let Some(a) = tx.appointment(of).await? else { return Ok(Some(Err(NotAgain::NotToAClient))) };
    let is_newest = !tx.has_newer_email(of, Side::Client, id).await?;
    let says = match outcome {
        Outcome::GivenUp | Outcome::Sent if is_newest => says(tx, &email, &a, zone, now).await?,
        _ => None,
    };
    let refused = match (&a.contact.email, says) {
        _ if outcome == Outcome::Waiting => NotAgain::Waits,
        _ if a.span.end <= now => NotAgain::VisitIsOver,
        (_, None) => NotAgain::NotTrueAnymore,
        (None, _) => NotAgain::NoAddress,
        (Some(address), _) if tx.address_has_returned(address).await? => NotAgain::AddressReturned,
        (Some(_), Some(says)) => return Ok(Some(Ok(Again { appointment: a, says, key: email.key }))),
    };
    Ok(Some(Err(refused)))
}

/// What an email says, if that is still so.
async fn says(
    tx: &mut Reading,
    email: &Email,
    a: &Appointment,
    zone: Tz,
    now: Instant,
) -> Result<Option<Says>, StoreError> {
    use Status::{Canceled, Confirmed, Declined, Expired, Requested};
    Ok(match (email.kind(), a.status()) {
        (Occasion::RECEIVED | Occasion::SERIES_RECEIVED, Requested) => Some(Says::Received),
        (
            // Where they were before is known of one visit alone.
            Occasion::CONFIRMED | Occasion::SERIES | Occasion::SERIES_CHANGED | Occasion::PUT_BACK,
            Confirmed,
        ) => Some(Says::Confirmed),
        (Occasion::DECLINED | Occasion::SERIES_DECLINED, Declined) => {
            // The one place that tells whether other times were offered with it.
            Some(Says::Declined { offers_times: email.text.contains(&urls::openings(&a.service)) })
        }
        (Occasion::EXPIRED | Occasion::SERIES_EXPIRED, Expired) => Some(Says::Expired),
        (Occasion::CHANGED, Confirmed) => {
            let ended = tx.ended_reschedule_request_of(a.id).await?;
            let is_as_asked =
                ended.is_some_and(|(request, ended, _)| ended == Ended::Confirmed && request.span == a.span);
            let wanted_by = if is_as_asked { Side::Client } else { Side::Therapist };
            email
                .before
                .clone()
                .map(|before| Says::Changed { from: Box::new(before.appointment(a)), wanted_by })
        }
        (Occasion::RESCHEDULE_REQUEST_RECEIVED, Confirmed) => {
            tx.reschedule_request_of(a.id).await?.map(Says::RescheduleRequestReceived)
        }
        (Occasion::UNCHANGED, Confirmed) => {
            let ended = tx.ended_reschedule_request_of(a.id).await?;
            let ended = ended.filter(|(_, ended, _)| *ended != Ended::Confirmed);
            ended.map(|(request, ended, _)| Says::Unchanged(request, ended))
        }
        (Occasion::CANCELED | Occasion::SERIES_CANCELED, Canceled) => Some(Says::Canceled),
        (Occasion::CLOSED, Canceled | Declined) => {
            let closed = tx.closed_visit(a.id).await?;
            let closed =
                closed.filter(|(closing, visit)| closing.has_ended(a) && visit.replacement.is_none());
            closed.map(|(closing, _)| Says::Closed {
                was: if a.status() == Canceled { Confirmed } else { Requested },
                until: closing::rebook_until(zone, closing.made_at, a.span.start),
            })
        }
        (Occasion::REMINDER, Confirmed) if now < a.span.start => {
            let hours = email.key.split('/').find_map(|part| part.strip_suffix('h')?.parse().ok());
            hours.map(|hours| Says::Reminder { hours })
        }
        (Occasion::NEW_ADDRESS, Confirmed) => Some(Says::NewAddress),
        _ => None,
    })
}

/// Writes the email again. `seen` is the revision of the appointment that the page showed.
pub async fn send_again(current: &Current, id: EmailId, seen: Option<u32>) -> Result<EmailId, Error> {
    let mut op = expire::begin(current).await?;
    let zone = op.app.practice().zone;
    let looked = look(&mut op.tx, id, zone, op.now).await?.ok_or(operation::Error::Missing)?;
    let Again { appointment, says, key } = looked.map_err(Error::Not)?;
    let mut op = op.about_what_was_seen(&appointment, seen).await?;
    op.begin_act(Kind::SentAgain, &appointment).await?;
    let first = key.split("/again/").next().unwrap_or(&key);
    let key = format!("{first}/again/{}", op.app.fresh_token());
    op.write_again(&appointment, says.occasion(), &key).await?;
    // It is in good hands again: what was given up needs nobody's care.
    op.tx.email_is_settled(id, op.now).await?;
    let written = op.tx.email_with_key(&key).await?.ok_or(operation::Error::Missing)?;
    op.commit().await?;
    Ok(written)
}

impl Operation {
    async fn write_again(
        &mut self,
        a: &Appointment,
        occasion: Occasion<'_>,
        key: &str,
    ) -> Result<(), operation::Error> {
        let Some(recipient) = a.contact.email.clone() else { return Err(operation::Error::Missing) };
        // What told of several tells of those from its first on that still stand as it says.
        let mut all = self.tx.asked_with(a).await?;
        all.retain(|one| one.id == a.id || (one.status() == a.status() && one.span.start > a.span.start));
        if matches!(occasion, Occasion::Canceled) {
            // The others were canceled at another time, or by the other side.
            all.retain(|one| one.changed_at() == a.changed_at() && one.canceled_by() == a.canceled_by());
        }
        // So does what tells of other times that were asked for at once.
        let asked = match occasion {
            Occasion::RescheduleRequestReceived(one) | Occasion::Unchanged(one, _) => {
                self.tx.asked_with_reschedule(one.id).await?
            }
            _ => Vec::new(),
        };
        let later: Vec<Asked> = asked.into_iter().filter(|(one, _)| one.id != a.id).collect();
        let is_of_several = Occasion::is_of_several(email::kind(key)) && all.len() > 1;
        let visits = match occasion {
            Occasion::Canceled => Vec::new(),
            _ if is_of_several => self.with_pages(&all, occasion).await?,
            _ => Vec::new(),
        };
        let occasion = match &occasion {
            Occasion::Canceled if is_of_several => Occasion::SeriesCanceled(&all),
            of_each if is_of_several => Occasion::Together { of_each, visits: &visits },
            alone => and_later(alone, &later),
        };
        let page = self.fresh_page(a, occasion).await?;
        let email = self.written(a, occasion, page, recipient.to_string()).await?;
        Ok(self.tx.enqueue(&Email { key: key.to_owned(), ..email }, self.now).await?)
    }
}
