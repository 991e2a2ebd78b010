//! Whoever books again from their own page of an earlier visit, or another beside one that is
//! still to come, is known, and is asked neither for a name nor for an address.

use crate::{
    app::App,
    domain::{client::Name, ids::Token, time},
    store::{GivenIn, StoreError},
};

/// What the `again` of an address or a form names.
pub enum Again {
    /// Nothing: whoever asks says who they are.
    Nobody,
    Visit(Visit),
    /// A link that shows no visit, or no longer.
    Unknown,
}

/// A visit that has taken place or is still to come, as far as its client is to see it.
pub struct Visit {
    pub token: Token,
    /// `Tuesday, November 24`
    pub on: String,
    /// The link is from an email, so that who holds it is who is written to.
    pub is_proof: bool,
    /// It has taken place.
    pub is_over: bool,
    /// Who came, where it was somebody else: whoever books again books for them again.
    pub guest: Option<Name>,
}

impl Again {
    const UNKNOWN: &str = "The link to your earlier visit has expired or got cut off. \
                               You can still request a time: just fill in your details.";

    /// Looks up what `again` names; an empty text is none.
    pub async fn read(app: &App, again: &str) -> Result<Self, StoreError> {
        if again.is_empty() {
            return Ok(Self::Nobody);
        }
        let Some(token) = Token::parse(again) else { return Ok(Self::Unknown) };
        let now = app.now();
        let found = app.store.read().await?.appointment_by_link(&token, now).await?;
        Ok(match found.filter(|(visit, _)| visit.leads_to_another(now)) {
            Some((visit, given_in)) => Self::Visit(Visit {
                is_over: visit.was_a_visit(now),
                guest: visit.guest.clone().filter(|_| visit.was_a_visit(now)),
                token,
                on: time::date_words(time::date(app.practice().zone, visit.span.start)),
                is_proof: given_in == GivenIn::Email,
            }),
            None => Self::Unknown,
        })
    }

    pub fn visit(&self) -> Option<&Visit> {
        match self {
            Self::Visit(visit) => Some(visit),
            Self::Nobody | Self::Unknown => None,
        }
    }

    pub fn token(&self) -> Option<&Token> {
        self.visit().map(|visit| &visit.token)
    }

    /// Whether who asks has been here, and does not only say so.
    pub fn is_known(&self) -> bool {
        self.visit().is_some_and(|visit| visit.is_proof && visit.is_over)
    }

    /// What is to be said of a link that shows no visit.
    pub fn message(&self) -> Option<&'static str> {
        matches!(self, Self::Unknown).then_some(Self::UNKNOWN)
    }
}
