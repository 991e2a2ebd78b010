//! What is kept back of an office whose address is not public: the way to it, and any
//! text that names the street all the same.

use std::collections::BTreeMap;

use super::{addresses::Texts, reading::Reading};
use crate::{
    content::{
        markdown::{Rendered, events},
        read::prose::Prose,
    },
    domain::{
        ids::OfficeSlug,
        practice::{Practice, office::Office},
    },
};

/// The mark of what stands on the pages of those alone who have an appointment there.
const DIRECTIONS: &str = "directions";

/// What is said about the offices, without what is for those who come there.
pub fn office_prose(
    practice: &Practice,
    mut prose: BTreeMap<OfficeSlug, Prose>,
) -> BTreeMap<OfficeSlug, Prose> {
    for office in practice.offices.iter().filter(|office| !office.is_address_public) {
        if let Some(prose) = prose.get_mut(&office.slug) {
            prose.body = without_directions(&prose.body);
        }
    }
    prose
}

/// Notes every text that tells everybody where an office is that is to be known to those
/// alone who come there.
pub fn look_for_addresses(reading: &Reading<'_>, practice: &Practice, texts: &Texts<'_>) {
    for office in practice.offices.iter().filter(|office| !office.is_address_public) {
        let Some(street) = office.address.first().map(|line| line.to_lowercase()) else { continue };
        let names = |text: &str, street: &str| text.to_lowercase().contains(street);
        let in_html = events::escaped(&street);
        for (path, said, body) in texts.all_words() {
            let body = without_directions(body).html;
            if said.iter().any(|text| names(text, &street)) || names(&body, &in_html) {
                reading.problem(path, wrong(office));
            }
        }
    }
}

fn without_directions(body: &Rendered) -> Rendered {
    body.clone().keeping_back(DIRECTIONS)
}

fn wrong(office: &Office) -> String {
    format!("this tells everybody the address of `{}`, whose `address_public` is false", office.slug)
}
