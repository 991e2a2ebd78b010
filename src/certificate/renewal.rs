//! Renews the certificate when a third of its life is left, and says how it stands.

use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
};

use super::{conversation, issued::Issued, kept::Kept, offer::Offer, trouble::Trouble};
use crate::{
    config::https::Https,
    domain::time::{Instant, Interval},
    health::{CertificateHealth, Health},
};

/// The certificate, kept and renewed.
pub struct Certificates {
    https: Https,
    kept: Kept,
    offer: Arc<Offer>,
    health: Arc<Health>,
    /// From when until when the one that's shown holds.
    holds: Mutex<Option<Interval>>,
    /// The one that's shown, while it couldn't be kept.
    unkept: Mutex<Option<String>>,
}

impl Certificates {
    /// Takes up the one that is kept in the folder, if it's for these names.
    pub fn open(https: Https, folder: &std::path::Path, health: Arc<Health>) -> Self {
        let offer = Arc::new(Offer::new(https.names.clone()));
        let kept = Kept::new(folder, &https.directory);
        let certificates =
            Self { https, kept, offer, health, holds: Mutex::default(), unkept: Mutex::default() };
        let read = certificates.kept.certificate().unwrap_or_else(|error| {
            tracing::warn!(%error, "the certificate that is kept can't be read");
            None
        });
        if let Some(issued) = read.and_then(|pem| Issued::read(&pem, &certificates.https.names)) {
            certificates.show(issued);
        }
        certificates.tell(None);
        certificates
    }

    /// What is shown to whoever connects.
    pub fn offer(&self) -> &Arc<Offer> {
        &self.offer
    }

    /// Gets a new one where it's time for that.
    pub async fn renew_if_due(&self, now: Instant) -> Result<(), Trouble> {
        let unkept = self.unkept();
        let renewed = match unkept {
            Some(pem) => self.keep(&pem),
            None if is_due(self.holds(), now) => self.renew().await,
            None => return Ok(()),
        };
        let trouble = renewed.as_ref().err().map(ToString::to_string);
        let is_new = trouble != self.health.certificate().and_then(|certificate| certificate.trouble);
        match &renewed {
            Ok(()) => {
                tracing::info!(names = self.https.names.join(","), "a new certificate is there and kept")
            }
            // Once for each reason: it's tried again for days.
            Err(trouble) if is_new => tracing::warn!(%trouble, "there's no new certificate"),
            Err(_) => {}
        }
        self.tell(trouble);
        renewed
    }

    async fn renew(&self) -> Result<(), Trouble> {
        self.kept.can_keep().map_err(|error| self.not_kept(error))?;
        let pem = conversation::certificate(&self.https, &self.kept, &self.offer).await?;
        let issued = Issued::read(&pem, &self.https.names).ok_or(Trouble::Unfit)?;
        // Shown even where it can't be kept, and kept as soon as it can: there are only so many in a week.
        self.show(issued);
        self.keep(&pem)
    }

    fn keep(&self, pem: &str) -> Result<(), Trouble> {
        let kept = self.kept.keep_certificate(pem);
        *self.unkept.lock().unwrap_or_else(PoisonError::into_inner) = kept.is_err().then(|| pem.to_owned());
        kept.map_err(|error| self.not_kept(error))
    }

    fn unkept(&self) -> Option<String> {
        self.unkept.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn not_kept(&self, error: io::Error) -> Trouble {
        Trouble::Folder(self.kept.folder().to_owned(), error)
    }

    fn show(&self, issued: Issued) {
        self.offer.show(issued.certified);
        *self.holds.lock().unwrap_or_else(PoisonError::into_inner) = Some(issued.holds);
    }

    fn holds(&self) -> Option<Interval> {
        *self.holds.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, trouble: Option<String>) {
        let name = self.https.name().to_owned();
        self.health.certificate_is(CertificateHealth { name, holds: self.holds(), trouble });
    }
}

/// Copes with certificates of 90 days, of 45, and of six.
fn is_due(holds: Option<Interval>, now: Instant) -> bool {
    holds.is_none_or(|holds| holds.end - now < holds.length() / 3)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn it_is_renewed_when_a_third_of_its_life_is_left() {
        let start = Instant::from_timestamp(1_800_000_000, 0).expect("in range");
        for (life, due_after) in [(90, 60), (45, 30), (6, 4)] {
            let days = TimeDelta::days;
            let holds = Some(Interval::new(start, start + days(life)));
            assert!(!is_due(holds, start + days(due_after)), "{life}");
            assert!(is_due(holds, start + days(due_after) + TimeDelta::seconds(1)), "{life}");
        }
        assert!(is_due(None, start));
    }
}
