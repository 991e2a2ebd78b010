//! Whoever books again from their own page of an earlier visit is known, and is
//! asked neither for a name nor for an address.

use crate::{
    app::App,
    domain::{ids::Token, time},
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

/// A visit that has taken place, as far as its client is to see it.
pub struct Visit {
    pub token: Token,
    /// `Tuesday, November 24`
    pub on: String,
    /// The link is from an email, so that who holds it is who is written to.
    pub is_proof: bool,
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
        Ok(match found.filter(|(visit, _)| visit.was_a_visit(now)) {
            Some((visit, given_in)) => Self::Visit(Visit {
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

    /// Whether who asks is known, and not only says so.
    pub fn is_known(&self) -> bool {
        self.visit().is_some_and(|visit| visit.is_proof)
    }

    /// What is to be said of a link that shows no visit.
    pub fn message(&self) -> Option<&'static str> {
        matches!(self, Self::Unknown).then_some(Self::UNKNOWN)
    }
}
