//! Everybody on file, found by any of their records.

use std::collections::HashMap;

use crate::{
    app::App,
    domain::{
        client::{EmailAddress, Person},
        ids::ClientId,
    },
    store::StoreError,
};

pub struct People {
    all: Vec<Person>,
    places: HashMap<ClientId, usize>,
}

impl People {
    pub async fn read(app: &App) -> Result<Self, StoreError> {
        let mut all = app.store.read().await?.people().await?;
        all.sort_by_key(|person| person.name().as_str().to_lowercase());
        let places = all.iter().enumerate().flat_map(|(at, person)| person.ids().map(move |id| (id, at)));
        Ok(Self { places: places.collect(), all })
    }

    /// By name.
    pub fn all(&self) -> &[Person] {
        &self.all
    }

    /// Whose record it is; `None` of somebody who was erased.
    pub fn of(&self, id: ClientId) -> Option<&Person> {
        self.places.get(&id).map(|at| &self.all[*at])
    }
}

/// What a person was called, and where they were reached, by the records that were merged.
pub fn also_known_as(person: &Person) -> Vec<String> {
    let aliases = person.aliases().into_iter().map(|(record, _)| {
        let email = record.contact.email.as_ref().map(EmailAddress::as_str).map(str::to_owned);
        let phone = record.contact.phone.as_ref().map(ToString::to_string);
        let parts = [Some(record.name.as_str().to_owned()), email, phone];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    });
    aliases.collect()
}
