//! One form that is sent again, after Back or a second press, is told from two
//! forms by the key that was drawn with it. Whoever knows the key and the email
//! address or the phone number of the request is who has made it.

use sha2::{Digest, Sha256};

use crate::{
    app::App,
    domain::{
        appointment::{
            Appointment,
            refusal::{Refusal, SlotRefusal},
        },
        client::{Contact, EmailAddress},
        ids::{OfficeSlug, ServiceSlug, Token},
        time::{self, Instant},
    },
    operation::{Error, Operation},
    store::{SentForm, StoreError},
};

/// A request that a form has made before.
#[derive(Debug)]
pub struct Earlier {
    /// The link to the client's own page.
    pub link: Token,
    pub appointment: Appointment,
}

/// What a form has made before it was sent now.
pub(super) enum Before {
    Nothing,
    /// The very request that is sent.
    This(Token),
    /// Another, that is still to come; `None` where it is not of whoever sends now.
    Another(Option<Box<Earlier>>),
}

/// A form as it is sent, as far as it can be sent again.
pub(super) struct SentBy<'a> {
    pub key: &'a str,
    pub service: &'a ServiceSlug,
    pub office: &'a OfficeSlug,
    pub start: Instant,
    pub contact: &'a Contact,
}

/// Whether a form with this key has made a request already.
pub async fn has_asked(app: &App, key: &str) -> Result<bool, StoreError> {
    app.store.read().await?.form_has_asked(&key_hash(key)).await
}

impl Operation {
    /// What a form has made before. Sent again by somebody else for the same
    /// time, it is refused as any taken time is: nobody may learn who holds it.
    pub(super) async fn before(&mut self, form: &SentBy<'_>) -> Result<Before, Error> {
        let hashed = form.hashed();
        if !self.tx.form_has_come(&hashed.key_hash).await? {
            return Ok(Before::Nothing);
        }
        let mut made = self.tx.requests_of_form(&hashed.key_hash).await?;
        let is_own =
            |sent: &SentForm, a: &Appointment| is_same(sent, &hashed) || shares(&a.contact, form.contact);
        if let Some((sent, a)) = made.iter().find(|(sent, _)| sent.asked == hashed.asked) {
            return match is_own(sent, a) {
                true => Ok(Before::This(form.link(&a.uid))),
                false => Err(Refusal::from(SlotRefusal::SlotTaken { by: None }).into()),
            };
        }
        made.retain(|(_, a)| a.status().is_live() && self.now < a.span.start);
        if made.is_empty() {
            return self.unproven_before(form, &hashed).await;
        }
        let own = made.into_iter().find(|(sent, a)| is_own(sent, a));
        let Some((_, appointment)) = own else { return Ok(Before::Another(None)) };
        let link = form.link(&appointment.uid);
        let reschedule_request = self.tx.reschedule_request_of(appointment.id).await?;
        let is_at = |office: &OfficeSlug, start| office == form.office && start == form.start;
        let is_there = is_at(&appointment.office, appointment.span.start)
            || reschedule_request.is_some_and(|reschedule_request| {
                is_at(&reschedule_request.office, reschedule_request.span.start)
            });
        if is_there && appointment.service == *form.service {
            // It was moved to this time before, or is asked to be.
            return Ok(Before::This(link));
        }
        Ok(Before::Another(Some(Box::new(Earlier { link, appointment }))))
    }

    /// The very request, where it waits for its client's proof. One for another time is in
    /// nobody's way.
    async fn unproven_before(&mut self, form: &SentBy<'_>, hashed: &SentForm) -> Result<Before, Error> {
        let waiting = self.tx.unproven_requests_of_form(&hashed.key_hash).await?;
        let this = waiting.iter().find(|(sent, _)| sent.asked == hashed.asked && is_same(sent, hashed));
        Ok(this.map_or(Before::Nothing, |(_, uid)| Before::This(form.link(uid))))
    }
}

/// A form that asks for several visits at once, as far as it can be sent again.
pub(super) struct SentTogether<'a> {
    pub key: &'a str,
    /// A hash of everything that it asks for, and of its key.
    pub asked: [u8; 32],
    pub contact: &'a Contact,
}

impl SentTogether<'_> {
    /// What is kept of it once it has made a request.
    pub(super) fn hashed(&self) -> SentForm {
        SentForm {
            asked: self.asked.to_vec(),
            key_hash: key_hash(self.key),
            email_hash: hash_of(
                self.key,
                "email",
                self.contact.email.as_ref().map(EmailAddress::key).as_deref(),
            ),
            phone_hash: hash_of(self.key, "phone", self.contact.phone.as_ref().map(|phone| phone.as_str())),
        }
    }

    /// As [`SentBy::link`], to the first of what it has made.
    pub(super) fn link(&self, uid: &str) -> Token {
        link(self.key, uid)
    }
}

impl Operation {
    /// The link to what the very same form has made before. Sent again by somebody else, it is
    /// refused as any taken time is.
    pub(super) async fn made_by(&mut self, form: &SentTogether<'_>) -> Result<Option<Token>, Error> {
        let hashed = form.hashed();
        let made = self.tx.requests_of_form(&hashed.key_hash).await?;
        let Some((sent, a)) = made.iter().find(|(sent, _)| sent.asked == hashed.asked) else {
            return Ok(None);
        };
        match is_same(sent, &hashed) || shares(&a.contact, form.contact) {
            true => Ok(Some(form.link(&a.uid))),
            false => Err(Refusal::from(SlotRefusal::SlotTaken { by: None }).into()),
        }
    }
}

impl SentBy<'_> {
    /// What is kept of a form that has made a request.
    pub(super) fn hashed(&self) -> SentForm {
        let start = time::write_instant(self.start);
        let asked = ["asked", self.key, self.service.as_str(), self.office.as_str(), &start];
        SentForm {
            asked: digest(&asked).to_vec(),
            key_hash: key_hash(self.key),
            email_hash: hash_of(
                self.key,
                "email",
                self.contact.email.as_ref().map(EmailAddress::key).as_deref(),
            ),
            phone_hash: hash_of(self.key, "phone", self.contact.phone.as_ref().map(|phone| phone.as_str())),
        }
    }

    /// The link to the client's own page of a request that the form has made.
    /// It takes the key of 128 random bits, of which only the client has more
    /// than a hash, and what only the file knows besides; so the same form
    /// always leads to the same page, although only the link's hash is stored.
    pub(super) fn link(&self, uid: &str) -> Token {
        link(self.key, uid)
    }
}

fn link(key: &str, uid: &str) -> Token {
    let mut secret = [0; 16];
    secret.copy_from_slice(&digest(&["link", key, uid])[..16]);
    Token::new(secret)
}

fn hash_of(key: &str, purpose: &str, value: Option<&str>) -> Option<Vec<u8>> {
    value.map(|value| digest(&[purpose, key, value]).to_vec())
}

fn key_hash(key: &str) -> Vec<u8> {
    digest(&["key", key]).to_vec()
}

/// The same email address or the same phone number, as they were typed.
fn is_same(one: &SentForm, other: &SentForm) -> bool {
    one.email_hash.is_some() && one.email_hash == other.email_hash
        || one.phone_hash.is_some() && one.phone_hash == other.phone_hash
}

/// The same as it is now: an address may have been corrected.
fn shares(one: &Contact, other: &Contact) -> bool {
    let key = |contact: &Contact| contact.email.as_ref().map(EmailAddress::key);
    one.email.is_some() && key(one) == key(other) || one.phone.is_some() && one.phone == other.phone
}

/// A hash of fields, which tells a form that was sent twice.
pub fn digest(fields: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for field in fields {
        // The length in front keeps two neighboring fields from being read as two others.
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field);
    }
    hash.finalize().into()
}
