//! Beyond the ceiling on unproven holds nothing is held for anybody before they have
//! proved that they read the email about it: robots that type addresses could hold every
//! opening there is. What they ask for is kept outside the appointments.

use std::{cmp::Reverse, collections::BTreeMap};

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;

use super::{expire, sent_form::SentBy};
use crate::{
    app::Current,
    domain::{
        appointment::{
            Appointment, Second, Status,
            refusal::{Refusal, SlotRefusal},
            unproven::{MOST_AN_HOUR, UnprovenRequest},
        },
        availability::slot::Slot,
        client::{Contact, EmailAddress, Name, Note, identity, mailbox::mailbox},
        ids::{Token, UnprovenRequestId},
        practice::policy::Policy,
        series::together,
        time::{self, Instant, Interval},
    },
    mail::emails::Occasion,
    operation::{Error, FAR, Operation},
    store::{GivenIn, Reading, StoreError, UnprovenCount},
    urls,
};

const AN_HOUR: TimeDelta = TimeDelta::hours(1);

/// So many of those to call are shown: more than that is no list to work through.
const TO_CALL: u32 = 10;

/// What the therapist sees of it at a glance.
pub struct Unproven {
    /// How many wait for their client's proof.
    pub waiting: UnprovenCount,
    /// Those who have left a phone number alone, as far as they are shown.
    pub to_call: Vec<UnprovenRequest>,
    /// All dates together have as many unproven holds as they may.
    pub is_full: bool,
    /// The dates that have.
    pub full_days: Vec<NaiveDate>,
    /// Since when everybody proves their email first.
    pub everybody_since: Option<Instant>,
}

/// Who has sent a form, and what they say in it.
pub(super) struct Sender {
    pub name: Name,
    /// Who comes, where it is somebody else.
    pub guest: Option<Name>,
    pub second: Option<Second>,
    pub contact: Contact,
    pub note: Option<Note>,
}

/// Looks at all of it.
pub async fn look(tx: &mut Reading, zone: Tz, policy: &Policy, now: Instant) -> Result<Unproven, StoreError> {
    let mut on_dates: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    let holds = tx.unproven_holds(Interval::new(now, now + FAR)).await?;
    for (_, start) in &holds {
        *on_dates.entry(time::date(zone, *start)).or_default() += 1;
    }
    on_dates.retain(|_, holds| policy.is_full_day(*holds));
    Ok(Unproven {
        waiting: tx.unproven_count(now).await?,
        to_call: tx.unproven_requests_to_call(now, TO_CALL).await?,
        is_full: policy.is_full(holds.len()),
        full_days: on_dates.into_keys().collect(),
        everybody_since: tx.everybody_proves_since().await?,
    })
}

/// Everything that can be declined with others, the youngest first: what waits for an answer,
/// by what was asked for together, and what was confirmed at once without a proof. With each
/// whether it is an unproven hold.
pub async fn requests_to_decline(
    tx: &mut Reading,
    now: Instant,
) -> Result<Vec<(Vec<Appointment>, bool)>, StoreError> {
    let unproven = tx.unproven_holds(Interval::new(now, now + FAR)).await?;
    let unproven: Vec<_> = unproven.into_iter().map(|(id, _)| id).collect();
    let requests = together::grouped(tx.requests().await?).into_iter();
    let mut all: Vec<_> = requests.map(|asked| (unproven.contains(&asked[0].id), asked)).collect();
    for id in unproven {
        if let Some(a) = tx.appointment(id).await?.filter(|a| a.status() == Status::Confirmed) {
            all.push((true, vec![a]));
        }
    }
    all.sort_by_key(|(_, asked)| Reverse((asked[0].requested_at, asked[0].id)));
    Ok(all.into_iter().map(|(is_unproven, asked)| (asked, is_unproven)).collect())
}

/// Writes to another address about a request that waits for its proof. Only the link that
/// was given right after the form may do this.
pub async fn correct_address(current: &Current, link: &Token, email: EmailAddress) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;

    let found = op.tx.unproven_request_by_link(link).await?;
    let Some((request, GivenIn::Request)) = found else { return Err(Error::Missing) };
    if request.contact.email.as_ref() == Some(&email) {
        return op.commit().await;
    }
    let contact = Contact { email: Some(email.clone()), phone: None };
    // Another spelling of the mailbox that it counts for already takes no more room.
    if request.contact.email.as_ref().map(mailbox) != Some(mailbox(&email)) {
        op.has_room_for(&contact).await?;
    }
    op.is_named(&contact).await?;
    op.email_unproven(&request, &email).await?;
    op.commit().await
}

/// The therapist has called, or need not: it leaves their list. [`Error::Missing`] when it
/// is not on it (any more).
pub async fn end(current: &Current, id: UnprovenRequestId) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;
    if !op.tx.end_unproven_request(id, op.now).await? {
        return Err(Error::Missing);
    }
    op.commit().await
}

impl Operation {
    /// Whether these times are held only for whoever proves their email first: under the
    /// therapist's switch, or because a date, or all dates together, have no room for that many
    /// more unproven holds.
    pub(super) async fn proof_comes_first(&mut self, starts: &[Instant]) -> Result<bool, Error> {
        let zone = self.app.practice().zone;
        let all = Interval::new(self.now, self.now + FAR);
        // Every one before the last of them is held as well by then.
        for (before, start) in starts.iter().enumerate() {
            let date = time::date(zone, *start);
            let of_them = starts[..before].iter().filter(|other| time::date(zone, **other) == date).count();
            let (on_that_date, in_all, everybody) =
                self.tx.count_unproven_holds(time::day(zone, date), all).await?;
            let policy = &self.rules.policy;
            if everybody || policy.is_full_day(on_that_date + of_them) || policy.is_full(in_all + before) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Refuses to move an unproven hold to a date that has as many as it may, and to write to
    /// its mailbox too often about it: whoever has typed the address can move it over and over.
    pub(super) async fn may_move_unproven(&mut self, a: &Appointment, to: Instant) -> Result<(), Error> {
        if !self.tx.is_unproven_hold(a.id).await? {
            return Ok(());
        }
        let zone = self.app.practice().zone;
        let (from, to) = (time::date(zone, a.span.start), time::date(zone, to));
        let there = self.tx.unproven_holds(time::day(zone, to)).await?;
        if from != to && self.rules.policy.is_full_day(there.len()) {
            return Err(Refusal::ProofFirst.into());
        }
        self.is_named(&a.contact).await
    }

    /// Keeps what is asked for until its client proves their email, and writes to them. Returns
    /// the link to the page that says so.
    pub(super) async fn keep_unproven(
        &mut self,
        Sender { name, guest, second, contact, note }: Sender,
        slot: &Slot,
        terms: String,
        form: &SentBy<'_>,
    ) -> Result<Token, Error> {
        if self.tx.unproven_requests_since(self.now - AN_HOUR).await? >= MOST_AN_HOUR {
            return Err(Refusal::TooManyUnproven.into());
        }
        let request = UnprovenRequest {
            id: UnprovenRequestId(0), // given by the file
            guest: identity::another(guest, &name),
            second: second.map(|second| Second { guest: identity::another(second.guest, &name), ..second }),
            name,
            contact,
            note,
            office: slot.office.clone(),
            service: slot.service.clone(),
            start: slot.start,
            terms,
            requested_at: self.now,
            is_ended: false,
            uid: self.app.fresh_world_id(),
        };
        let link = form.link(&request.uid);
        let id = self.tx.insert_unproven_request(&request, &form.hashed(), &link).await?;
        if let Some(email) = &request.contact.email {
            self.email_unproven(&UnprovenRequest { id, ..request.clone() }, email).await?;
        }
        Ok(link)
    }

    /// Writes the email whose page has the button, under a link that nobody has yet.
    async fn email_unproven(&mut self, request: &UnprovenRequest, to: &EmailAddress) -> Result<(), Error> {
        let app = self.app.clone();
        let service = app.practice().service(&request.service);
        let service = service.ok_or(Refusal::from(SlotRefusal::Retired))?;
        let (a, second) = (request.as_request(service), request.second_as_request(service));
        let link = app.fresh_token();
        let page = app.base.to(&urls::appointment(&link));
        let email =
            self.written(&a, Occasion::Unproven { second: second.as_ref() }, page, to.to_string()).await?;
        self.tx.unproven_request_is_emailed(request.id, to, &link, &email.key, self.now).await?;
        Ok(self.tx.enqueue(&email, self.now).await?)
    }
}
