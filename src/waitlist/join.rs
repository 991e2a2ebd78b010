//! Somebody joins the waitlist. What they typed proves nothing: they count once they have
//! pressed the button on the page that the email leads to, or the therapist has spoken with
//! them. Whoever comes by a link from an email about their appointment has shown it already.

use crate::{
    app::Current,
    booking::{expire, sent_form::digest},
    domain::{
        appointment::{Status, refusal::Refusal, unproven::COUNTS},
        client::{Contact, EmailAddress, Name},
        ids::{AppointmentId, Token, WaitlistEntryId},
        waitlist::{
            entry::{Entry, State},
            wishes::Wishes,
        },
    },
    mail::waitlist as emails,
    operation::{Error, Operation},
    store::GivenIn,
    urls,
};

/// So many within a day who haven't shown yet who they are are enough, from all addresses together.
const MOST_A_DAY: u32 = 300;

/// A place on the waitlist as it was asked for, every field read.
#[derive(Clone, Debug)]
pub struct Joining {
    pub who: Who,
    pub wishes: Wishes,
    /// For how many days.
    pub days: u32,
    /// Drawn with the form: tells one form that was sent twice from two forms.
    pub key: String,
}

/// Who wants to be on it.
#[derive(Clone, Debug)]
pub enum Who {
    Typed {
        name: Name,
        contact: Contact,
    },
    /// The client of an appointment, who would have another time instead.
    OfAppointment(Token),
}

/// Who it is, looked up.
struct Joins {
    name: Name,
    contact: Contact,
    instead: Option<AppointmentId>,
    /// They come by a link from an email.
    is_proven: bool,
}

/// Puts somebody on the waitlist. Returns the link to their page; the same form again leads to
/// the same one.
pub async fn join(current: &Current, joining: Joining) -> Result<Token, Error> {
    let mut op = expire::begin(current).await?;

    let joins = op.who_joins(&joining.who).await?;
    let (form, link) = form_and_link(&joining, &joins);
    if op.tx.waitlist_entry_of_form(&form).await?.is_some() {
        op.commit().await?;
        return Ok(link);
    }
    if op.tx.open_waitlist_entries(&joins.contact, op.now - COUNTS).await?
        >= op.rules.policy.open_requests_per_contact
    {
        return Err(Refusal::TooManyOpenRequests.into());
    }
    if !joins.is_proven {
        if op.tx.unproven_waitlist_entries_since(op.now - COUNTS).await? >= MOST_A_DAY {
            return Err(Refusal::TooManyUnproven.into());
        }
        op.is_named(&joins.contact).await?;
    }
    let Joins { name, contact, instead, is_proven } = joins;
    let entry = Entry {
        id: WaitlistEntryId(0), // given by the file
        name,
        contact,
        wishes: joining.wishes,
        instead,
        joined_at: op.now,
        until: Entry::until(op.app.practice().zone, op.now, joining.days),
        state: if is_proven { State::Waiting { since: op.now } } else { State::Unproven },
    };
    let id = op.tx.insert_waitlist_entry(&entry, &form).await?;
    let entry = Entry { id, ..entry };
    let given_in = if is_proven { GivenIn::Email } else { GivenIn::Request };
    op.tx.insert_waitlist_link(&link, id, None, given_in).await?;
    if let Some(email) = entry.contact.email.as_ref().filter(|_| !is_proven) {
        op.ask_for_proof(&entry, email).await?;
    }
    op.commit().await?;
    Ok(link)
}

/// What tells the very same form from another, and the link to the page that it leads to: made
/// of the key, of which only whoever has sent it has more than a hash.
fn form_and_link(joining: &Joining, joins: &Joins) -> ([u8; 32], Token) {
    let instead = joins.instead.map(|id| id.to_string()).unwrap_or_default();
    // Whoever comes back to the form and wants something else waits for that as well.
    let wants = format!("{:?} {}", joining.wishes, joining.days);
    let fields = [&joining.key, joins.contact.email(), joins.contact.phone(), &instead, &wants];
    let of = |purpose| digest(&[&[purpose][..], &fields].concat());
    let mut secret = [0; 16];
    secret.copy_from_slice(&of("waitlist link")[..16]);
    (of("waitlist"), Token::new(secret))
}

impl Operation {
    async fn who_joins(&mut self, who: &Who) -> Result<Joins, Error> {
        let link = match who {
            Who::Typed { name, contact } => {
                let (name, contact) = (name.clone(), contact.clone());
                return Ok(Joins { name, contact, instead: None, is_proven: false });
            }
            Who::OfAppointment(link) => link,
        };
        let (a, given_in) = self.tx.appointment_by_link(link, self.now).await?.ok_or(Error::Missing)?;
        if a.status() != Status::Confirmed {
            return Err(Refusal::Is(a.status()).into());
        }
        a.has_not_begun(self.now)?;
        let is_proven = given_in == GivenIn::Email;
        if is_proven {
            self.tx.is_proven(a.id).await?;
        }
        Ok(Joins { name: a.name, contact: a.contact, instead: Some(a.id), is_proven })
    }

    /// Writes the email whose page has the button.
    async fn ask_for_proof(&mut self, entry: &Entry, to: &EmailAddress) -> Result<(), Error> {
        let app = self.app.clone();
        let link = app.fresh_token();
        self.tx.insert_waitlist_link(&link, entry.id, None, GivenIn::Email).await?;
        let facts = emails::Facts {
            practice: app.practice(),
            entry,
            page: app.base.to(&urls::waitlist_entry(&link)),
            waitlist: app.base.to(urls::WAITLIST),
        };
        let message_id = format!("<{}>", app.fresh_world_id());
        let email = emails::joined(&facts, to.to_string(), message_id)?;
        Ok(self.tx.enqueue(&email, self.now).await?)
    }
}
