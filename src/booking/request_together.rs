//! Somebody known asks for several visits together: the same time every few weeks. It is one
//! request: all of it, or none.

use super::{
    expire,
    known::is_known,
    request::{self, Asker},
    sent_form::{SentTogether, digest},
};
use crate::{
    app::Current,
    domain::{
        appointment::{
            self,
            refusal::{Refusal, SlotRefusal},
        },
        client::Name,
        ids::{OfficeSlug, ServiceSlug, Token},
        series::together::Kind,
        time::{self, Instant},
    },
    operation::{Error, Operation},
    store::GivenIn,
};

/// One of the visits that are asked for.
#[derive(Clone, Debug)]
pub struct Visit {
    pub office: OfficeSlug,
    pub start: Instant,
    /// Who comes, where it is somebody else than who asks.
    pub guest: Option<Name>,
}

/// Visits that are asked for together, every field read.
#[derive(Clone, Debug)]
pub struct WantedTogether {
    /// The link to the visit that they follow: whoever holds it is to be known.
    pub after: Token,
    pub service: ServiceSlug,
    /// In order of time; at least one.
    pub visits: Vec<Visit>,
    /// Drawn with the form: tells one form that was sent twice from two forms.
    pub key: String,
    /// The [`request::terms`] as the form said them, where it did.
    pub terms: Option<String>,
}

/// Writes every visit, or none: each is looked at again after those before it, by the function
/// that drew the page. The very same form again is the same request. Returns the link to the
/// first one's own page.
pub async fn request(current: &Current, wanted: WantedTogether) -> Result<Token, Error> {
    let mut op = expire::begin(current).await?;
    let app = op.app.clone();
    let visits = &wanted.visits;

    let asks = op.who_asks(Asker::OfVisit(wanted.after.clone())).await?;
    if !op.is_known(&wanted.after).await? {
        return Err(Refusal::NotKnown.into());
    }
    let client = asks.client.ok_or(Error::Missing)?;
    let form = SentTogether { key: &wanted.key, asked: wanted.digest(), contact: &asks.contact };
    if let Some(link) = op.made_by(&form).await? {
        op.commit().await?;
        return Ok(link);
    }
    let practice = app.practice();
    let service = practice.service(&wanted.service).ok_or(Refusal::from(SlotRefusal::Retired))?;
    let rules = op.rules.past_the_horizon();
    for visit in visits {
        op.is_offered(&rules, service, &visit.office, visit.start).await?;
    }
    let policy = op.rules.policy.clone();
    if wanted.terms.as_ref().is_some_and(|seen| *seen != request::terms(service, &policy)) {
        return Err(Refusal::TermsChanged.into());
    }
    op.has_room_for(&asks.contact).await?;
    let at_once = practice.confirms_at_once(&policy, service, true);
    let visit = |visit: &Visit| appointment::Wanted {
        client,
        name: asks.name.clone(),
        guest: visit.guest.clone(),
        contact: asks.contact.clone(),
        note: None,
        office: visit.office.clone(),
        service,
        start: visit.start,
        uid: app.fresh_world_id(),
    };
    let made = op.make_requests(Kind::Rhythm, &rules, visits.iter().map(visit).collect(), at_once).await?;
    let first = made.first().ok_or(Error::Missing)?;
    let good_until = first.span.end + practice.keep.links_outlive_visit();
    let link = form.link(&first.uid);
    op.tx.insert_link(&link, first.id, GivenIn::Email, good_until).await?;
    op.tx.insert_sent_form(&form.hashed(), first.id, good_until).await?;
    op.tell_of_requests(&made).await?;
    op.commit().await?;
    Ok(link)
}

impl Operation {
    /// Whether whoever holds a link is known.
    async fn is_known(&mut self, link: &Token) -> Result<bool, Error> {
        let (visit, given_in) = self.tx.appointment_by_link(link, self.now).await?.ok_or(Error::Missing)?;
        Ok(is_known(&mut self.tx, &visit, given_in, self.now).await?)
    }
}

impl WantedTogether {
    /// A hash of what is asked for.
    fn digest(&self) -> [u8; 32] {
        let visits: Vec<String> = self
            .visits
            .iter()
            .map(|visit| {
                let guest = visit.guest.as_ref().map(Name::as_str).unwrap_or_default();
                format!("{} {} {guest}", visit.office, time::write_instant(visit.start))
            })
            .collect();
        let visits = visits.join("\n");
        digest(&["asked together", &self.key, self.service.as_str(), &visits])
    }
}
