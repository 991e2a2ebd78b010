//! The therapist undoes an act of the last minute; and what a client does who has
//! not heard of it yet.

use super::expire;
use crate::{
    app::Current,
    domain::{
        act::{Act, Kind, Outcome},
        appointment::{
            Appointment, Status,
            refusal::{Refusal, SlotRefusal, UndoRefusal},
        },
        history::{Entry, What, Who},
        ids::{ActId, AppointmentId, Token},
        series::later,
        waitlist,
    },
    operation::{Error, Operation},
    store::{GivenIn, Known},
};

/// Takes an act back, as a new step: its emails are dropped, what it has superseded
/// comes back, and its appointments stand as they stood, with a higher revision.
/// Undone twice is undone once. Returns the appointments.
pub async fn undo(current: &Current, id: ActId) -> Result<Vec<AppointmentId>, Error> {
    let mut op = expire::begin(current).await?;

    let act = op.tx.act(id).await?.ok_or(Error::Missing)?;
    let appointments = op.tx.acted_on(id).await?;
    match act.outcome {
        Outcome::Undone => {
            op.commit().await?;
            return Ok(appointments);
        }
        Outcome::Overtaken => return Err(no(UndoRefusal::ClientHasActed)),
        Outcome::Stands => return Err(no(UndoRefusal::MinuteIsOver)),
        Outcome::Running => {}
    }
    if op.tx.act_was_told(id).await? {
        return Err(no(UndoRefusal::WasTold));
    }
    if act.kind == Kind::Reopened {
        op.nobody_has_come_in(id).await?;
    }
    for appointment in &appointments {
        op.can_be_taken_back(&act, *appointment).await?;
    }
    op.take_back(&act, Outcome::Undone).await?;
    op.commit().await?;
    Ok(appointments)
}

fn no(refusal: UndoRefusal) -> Error {
    Refusal::from(refusal).into()
}

/// What a client is about to act on.
pub(super) struct OfClient {
    pub appointment: Appointment,
    /// The revision that their page showed, where it is still to be compared.
    pub seen: Option<u32>,
}

impl Operation {
    /// Begins an act: what this operation does from now on to an appointment, which
    /// becomes this, can be undone for a minute.
    pub(super) async fn begin_act(&mut self, kind: Kind, becomes: &Appointment) -> Result<(), Error> {
        self.tx.begin_act(kind, None, self.now).await?;
        self.takes_up(becomes).await
    }

    /// The same to several appointments at once.
    pub(super) async fn begin_act_on_all(
        &mut self,
        kind: Kind,
        become_these: &[Appointment],
    ) -> Result<(), Error> {
        self.tx.begin_act(kind, None, self.now).await?;
        for becomes in become_these {
            self.takes_up(becomes).await?;
        }
        Ok(())
    }

    /// One of the appointments of the act that has begun becomes this. What was paid for it as
    /// it was waits with the act, and so does a fee that was let go.
    pub(super) async fn takes_up(&mut self, becomes: &Appointment) -> Result<(), Error> {
        self.tx.keep_before(becomes.id, becomes.revision).await?;
        self.tx.is_dealt_with(becomes.id).await?;
        let was = self.tx.appointment(becomes.id).await?;
        if was.is_some_and(|was| !was.owes_the_same_as(becomes)) {
            self.tx.forget_payment(becomes.id).await?;
            self.tx.unwaive_fee(becomes.id).await?;
        }
        Ok(())
    }

    async fn can_be_taken_back(&mut self, act: &Act, id: AppointmentId) -> Result<(), Error> {
        let newer = self.tx.acts_since(id, act.id).await?;
        if newer.iter().any(|other| other.id != act.id) {
            return Err(no(UndoRefusal::NewerActFirst));
        }
        let before = self.tx.before(act.id, id).await?.ok_or(Error::Missing)?;
        let now = self.tx.appointment(id).await?.ok_or(Error::Missing)?;
        if now.revision == before.revision {
            return Ok(());
        }
        let happened = self.tx.happened_to(id).await?;
        let entries = happened.iter().rev().map(|one| &one.entry);
        let by_client = entries
            .take_while(|entry| entry.what != What::Act(act.kind))
            .any(|entry| entry.who == Who::Client);
        Err(no(if by_client { UndoRefusal::ClientHasActed } else { UndoRefusal::HasChanged }))
    }

    /// Takes back an act on appointments of which it is the newest.
    async fn take_back(&mut self, act: &Act, outcome: Outcome) -> Result<(), Error> {
        self.tx.take_back_act(act.id, outcome, self.now).await?;
        let (who, what) = match outcome {
            Outcome::Overtaken => (Who::Client, What::Overtaken(act.kind)),
            _ => (Who::Therapist, What::Undone(act.kind)),
        };
        match act.kind {
            // Nobody can come back to a time that is still closed.
            Kind::Closed => self.unclose(act.id).await?,
            Kind::Reopened => self.reclose(act.id).await?,
            Kind::Offered => self.take_back_offers(act.id).await?,
            _ => {}
        }
        for id in self.as_they_return(act).await? {
            if let Some(a) = self.tx.appointment(id).await? {
                self.tx.note_happened(&Entry::of(who, what, &a, self.now)).await?;
            }
            self.restore(act, id).await?;
        }
        if matches!(act.kind, Kind::Closed | Kind::Reopened) {
            self.look_for_conflicts().await?;
        }
        if act.kind == Kind::RanLate {
            self.tx.forget_delays(act.id).await?;
        }
        if let (Kind::AddressTold, Some(office)) = (act.kind, &act.office) {
            self.tx.address_is_untold(office).await?;
        }
        Ok(())
    }

    /// The appointments of an act, in an order in which none comes back to where another still is.
    async fn as_they_return(&mut self, act: &Act) -> Result<Vec<AppointmentId>, Error> {
        let ids = self.tx.acted_on(act.id).await?;
        if act.kind != Kind::Rescheduled || ids.len() < 2 {
            return Ok(ids);
        }
        let mut ways = Vec::with_capacity(ids.len());
        for id in &ids {
            let now = self.tx.appointment(*id).await?.ok_or(Error::Missing)?.span;
            let before = self.tx.before(act.id, *id).await?.and_then(|before| before.appointment);
            ways.push((now, before.map_or(now, |a| a.span)));
        }
        let order = later::in_turn(&ways).unwrap_or_else(|| (0..ids.len()).collect());
        Ok(order.into_iter().filter_map(|nth| ids.get(nth).copied()).collect())
    }

    /// What an act has offered is offered no more; what was taken meanwhile stays.
    async fn take_back_offers(&mut self, act: ActId) -> Result<(), Error> {
        for offer in self.tx.offers_of_act(act).await? {
            if offer.outcome == waitlist::offer::Outcome::Taken {
                return Err(no(UndoRefusal::ClientHasActed));
            }
            self.tx.end_offer(&offer, waitlist::offer::Outcome::Withdrawn, self.now).await?;
        }
        Ok(())
    }

    async fn restore(&mut self, act: &Act, id: AppointmentId) -> Result<(), Error> {
        let before = self.tx.before(act.id, id).await?.ok_or(Error::Missing)?;
        let now = self.tx.appointment(id).await?.ok_or(Error::Missing)?;
        let left = before.appointment.as_ref().map(|a| a.revision);
        let restored = match before.appointment {
            Some(a) => a.restored(now.revision),
            None => now.clone().unbooked(self.now),
        };
        let practice = self.app.practice();
        let is_given =
            practice.office(&restored.office).is_some() && practice.service(&restored.service).is_some();
        if restored.status().is_live() && !is_given {
            return Err(Refusal::from(SlotRefusal::NotGivenThere).into());
        }
        if !now.owes_the_same_as(&restored) {
            self.tx.forget_payment(id).await?;
            self.tx.unwaive_fee(id).await?;
            if let Some(noted) = before.payment {
                self.tx.note_payment(id, &noted.payment, noted.noted_at).await?;
            }
            if let Some(at) = before.fee_waived_at {
                self.tx.waive_fee(id, at).await?;
            }
        }
        self.tx.take_time(&restored).await?;
        if let Some(reschedule_request) = before.reschedule_request {
            self.tx.reopen_reschedule_request(reschedule_request).await?;
        }
        match before.conflict {
            Some(noted) => self.tx.note_conflict(id, &noted).await?,
            None => self.tx.forget_conflict(id).await?,
        }
        if let Some(left) = left {
            self.tx.acts_have_left(id, left, restored.revision).await?;
        }
        Ok(())
    }

    /// The appointment of a link, for its client to act on as they know it: an act
    /// of which they have not heard is taken back, if what they do goes before it.
    /// Where it does not, they are to wait until they can see it. A link from an email
    /// proves that they read it.
    pub(super) async fn for_client(
        &mut self,
        link: &Token,
        seen: Option<u32>,
        goes_before: impl Fn(Kind) -> bool,
    ) -> Result<OfClient, Error> {
        let found = self.tx.appointment_by_link(link, self.now).await?;
        let (appointment, given_in) = found.ok_or(Error::Missing)?;
        if given_in == GivenIn::Email {
            self.tx.is_proven(appointment.id).await?;
        }
        let Some(known) = self.tx.known_to_client(appointment.id, self.now).await? else {
            return Ok(OfClient { appointment, seen });
        };
        known.appointment.is_as_seen(seen)?;
        let acts = self.unheard_acts(&known).await?;
        if !acts.iter().all(|act| goes_before(act.kind)) || self.is_one_of_several(&acts).await? {
            return Err(Refusal::BeingChanged.into());
        }
        for act in &acts {
            self.take_back(act, Outcome::Overtaken).await?;
        }
        let appointment = self.tx.appointment(appointment.id).await?.ok_or(Error::Missing)?;
        Ok(OfClient { appointment, seen: None })
    }

    /// True where one of these acts canceled or moved several visits of a series: what their client
    /// does with one of them must not take it back for all.
    pub(super) async fn is_one_of_several(&mut self, acts: &[Act]) -> Result<bool, Error> {
        use Kind::{Canceled, CanceledForClient, Rescheduled};
        for act in acts.iter().filter(|act| matches!(act.kind, Canceled | CanceledForClient | Rescheduled)) {
            if self.tx.acted_on(act.id).await?.len() > 1 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A move back to where the client knows their visit, of which they have not heard
    /// that it was moved at all: the moves are taken back, so that there is nothing to
    /// hear and whatever waited still does. Returns the visit; `None` for any other move.
    pub(super) async fn moves_back(&mut self, moved: &Appointment) -> Result<Option<Appointment>, Error> {
        let Some(known) = self.tx.known_to_client(moved.id, self.now).await? else { return Ok(None) };
        let acts = self.unheard_acts(&known).await?;
        let a = &known.appointment;
        let is_there = a.status() == Status::Confirmed && a.office == moved.office && a.span == moved.span;
        let is_one_of_several = self.is_one_of_several(&acts).await?;
        if !is_there || is_one_of_several || acts.iter().any(|act| act.kind != Kind::Rescheduled) {
            return Ok(None);
        }
        for act in &acts {
            self.take_back(act, Outcome::Undone).await?;
        }
        Ok(self.tx.appointment(moved.id).await?)
    }

    /// The acts of which the client has not heard, the newest first.
    pub(super) async fn unheard_acts(&mut self, known: &Known) -> Result<Vec<Act>, Error> {
        let mut acts = self.tx.acts_since(known.appointment.id, known.since).await?;
        acts.retain(|act| act.kind.is_seen_by_client());
        Ok(acts)
    }
}
