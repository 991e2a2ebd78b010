//! What a client whose visit was closed can still do: choose another time, once, and
//! say that they have seen it.

use chrono_tz::Tz;

use crate::{
    domain::{
        appointment::{Appointment, Status},
        availability::closing::{self, ClosedVisit, Outcome},
        time::Instant,
    },
    store::{Reading, StoreError},
};

/// A visit that was closed, and what has come of it since.
pub struct Rebooking {
    pub visit: ClosedVisit,
    /// Until when another time can be chosen.
    pub until: Instant,
    /// The time that was chosen.
    pub replacement: Option<Appointment>,
    /// The day has been opened again.
    pub is_reopened: bool,
    is_open: bool,
}

impl Rebooking {
    /// True while another time can be chosen.
    pub fn is_open(&self) -> bool {
        self.is_open && self.replacement.is_none()
    }

    /// True where what is chosen is confirmed at once: it takes the place of what was.
    pub fn is_at_once(&self) -> bool {
        self.visit.outcome == Outcome::Canceled
    }
}

/// Looks what can still be done. `None` where the visit was not closed, is on again or is
/// over for another reason since, or its client has not heard of it yet.
pub async fn look(
    tx: &mut Reading,
    zone: Tz,
    a: &Appointment,
    now: Instant,
) -> Result<Option<Rebooking>, StoreError> {
    if !matches!(a.status(), Status::Canceled | Status::Declined) {
        return Ok(None);
    }
    let Some((closing, visit)) = tx.closed_visit(a.id).await? else { return Ok(None) };
    if !visit.outcome.can_be_rebooked()
        || !closing.has_ended(a)
        || tx.known_to_client(a.id, now).await?.is_some()
    {
        return Ok(None);
    }
    let until = closing::rebook_until(zone, closing.made_at, a.span.start);
    let replacement = match visit.replacement {
        Some(id) => tx.appointment(id).await?,
        None => None,
    };
    // Whom the therapist has blocked since chooses nothing by themselves.
    let is_open = now < until && tx.blocked_since(a.client).await?.is_none();
    let is_reopened = closing.reopened_at.is_some();
    Ok(Some(Rebooking { visit, until, replacement, is_reopened, is_open }))
}
