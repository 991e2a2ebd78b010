//! The practice: one therapist, the offices, the services. By which hours and
//! policy it works is in [`super::availability::rules`], since the therapist
//! changes those.

mod confirmation;
mod first_visit;
pub mod keep;
pub mod office;
pub mod opening_hours;
pub mod policy;
pub mod postal;
pub mod price;
pub mod service;
pub mod travel;
pub mod typed_hours;

use chrono_tz::Tz;

pub use confirmation::Confirmation;
pub use first_visit::FirstVisit;

use self::{keep::Keep, office::Office, policy::Policy, price::Price, service::Service, travel::Travel};
use super::{
    client::{Phone, country::Country},
    ids::{OfficeSlug, ServiceSlug},
};

/// What `practice.toml` says, read and checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Practice {
    /// As pages and emails show it.
    pub name: String,
    /// What every time in a sentence is in.
    pub zone: Tz,
    /// Three letters, as ISO 4217 has them.
    pub currency: String,
    /// A sentence for the foot of every page and email.
    pub notice: Option<String>,
    /// How many minutes before the visit clients are asked to come.
    pub come_early_minutes: Option<u32>,
    /// The one whose calendar it is.
    pub therapist: Therapist,
    /// The address that emails come from.
    pub mail_from: String,
    /// How often one address may post.
    pub limits: Limits,
    /// How long what is on file stays there.
    pub keep: Keep,
    /// What holds for somebody's first visit alone.
    pub first_visit: FirstVisit,
    /// In the order in which pages show them.
    pub offices: Vec<Office>,
    /// How long the drives between the offices are.
    pub travel: Travel,
    /// In the file's order, retired ones too.
    pub services: Vec<Service>,
}

/// The one person of the practice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Therapist {
    /// As certified.
    pub name: String,
    /// Between the name and the credential, where there is one.
    pub title: Option<String>,
    /// The certificate, said with the name on every page and email.
    pub credential: Option<String>,
    /// Where emails to the therapist go, and clients' replies.
    pub email: String,
    /// As it is shown; [`Practice::phone_link`] is what a link dials.
    pub phone: String,
}

/// How many public forms one address may post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Posts of public forms in ten seconds.
    pub per_address_10_seconds: std::num::NonZeroU32,
    /// Posts of public forms in an hour.
    pub per_address_hour: std::num::NonZeroU32,
}

impl Practice {
    /// The office of a slug; `None` where content no longer has it.
    pub fn office(&self, slug: &OfficeSlug) -> Option<&Office> {
        self.offices.iter().find(|office| office.slug == *slug)
    }

    /// The service of a slug, retired or not.
    pub fn service(&self, slug: &ServiceSlug) -> Option<&Service> {
        self.services.iter().find(|service| service.slug == *slug)
    }

    /// The services that clients can ask for, in the practice file's order.
    pub fn services_offered(&self) -> impl Iterator<Item = &Service> {
        self.services.iter().filter(|service| !service.retired)
    }

    /// The name of an office; its slug where the practice file has it no longer.
    pub fn office_name<'a>(&'a self, slug: &'a OfficeSlug) -> &'a str {
        self.office(slug).map_or(slug.as_str(), |office| &office.name)
    }

    /// The country that phone numbers are read for: that of the practice's own
    /// number where it says one, else the one that it is in.
    pub fn country(&self) -> Option<Country> {
        let here = Country::of(self.zone);
        let own = Phone::parse(&self.therapist.phone, here).ok()?;
        let is_ours = |country: &Country| {
            country.calling_code().is_some_and(|code| own.as_str().starts_with(&format!("+{code}")))
        };
        here.filter(is_ours).or_else(|| Country::of_phone(own.as_str())).or(here)
    }

    /// How a request for a service is confirmed. `is_known`: whoever asks comes by a link
    /// from the email of an earlier visit.
    pub fn confirmation_of(&self, policy: &Policy, service: &Service, is_known: bool) -> Confirmation {
        self.first_visit.confirmation(policy.confirmation_of(service, is_known), is_known)
    }

    /// Whether such a request is an appointment from the start.
    pub fn confirms_at_once(&self, policy: &Policy, service: &Service, is_known: bool) -> bool {
        self.confirmation_of(policy, service, is_known) == Confirmation::AtOnce
    }

    /// The practice's number as a link wants it.
    pub fn phone_link(&self) -> String {
        match Phone::parse(&self.therapist.phone, self.country()) {
            Ok(phone) => phone.as_str().to_owned(),
            Err(_) => self.therapist.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect(),
        }
    }

    /// A price in the practice's currency: `$95`.
    pub fn price_words(&self, price: Price) -> String {
        price.words(&self.currency)
    }
}

impl Therapist {
    /// The title and the credential, those that there are.
    pub fn certificates(&self) -> impl Iterator<Item = &String> {
        self.title.iter().chain(&self.credential)
    }

    /// `Dustin, Certified Massage Therapist, CAMTC #93004`: how the law wants
    /// the therapist named wherever the practice speaks (California Business
    /// and Professions Code, section 4611 and following).
    pub fn as_certified(&self) -> String {
        let said = [Some(&self.name), self.title.as_ref(), self.credential.as_ref()];
        said.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_therapist_is_named_with_what_there_is() {
        for (title, credential, named) in [
            (Some("Massage Therapist"), Some("CAMTC #93004"), "Dustin, Massage Therapist, CAMTC #93004"),
            (Some("Massage Therapist"), None, "Dustin, Massage Therapist"),
            (None, Some("CAMTC #93004"), "Dustin, CAMTC #93004"),
            (None, None, "Dustin"),
        ] {
            let therapist = Therapist {
                name: "Dustin".to_owned(),
                title: title.map(str::to_owned),
                credential: credential.map(str::to_owned),
                ..Therapist::default()
            };
            assert_eq!(therapist.as_certified(), named);
        }
    }
}
