//! Who a booking is for, where that was chosen before the time.

use crate::{
    app::App,
    domain::{
        client::{Contact, Hears, Person},
        ids::ClientId,
        practice::service::Service,
    },
    web::{
        admin::clients::same_again,
        http::{error::Error, field::Field, submission::Submission},
    },
};

/// Somebody on file, with where they are reached.
pub struct KnownClient {
    pub person: Person,
    pub reach: Contact,
    pub hears: Hears,
}

impl KnownClient {
    /// What they came for last, if it is still given.
    pub async fn usual_service<'a>(&self, app: &'a App) -> Result<Option<&'a Service>, Error> {
        let visits = app.store.read().await?.appointments_of(self.person.id()).await?;
        Ok(same_again::last(app, &visits, app.now()).map(|(_, service)| service))
    }

    pub fn can_be_reached(&self) -> bool {
        self.reach.email.is_some() || self.reach.phone.is_some()
    }

    /// Puts what is on file into a form, and that it is they.
    pub fn fill(&self, form: &mut Submission) {
        form.set(Field::Client, self.person.id().to_string());
        form.set(Field::Name, self.person.name().as_str());
        form.set(Field::Email, self.reach.email());
        form.set(Field::Phone, self.reach.phone());
    }
}

/// Whom an address or a form names, if they are on file.
pub async fn find(app: &App, id: &str) -> Result<Option<KnownClient>, Error> {
    let Ok(id) = id.parse().map(ClientId) else { return Ok(None) };
    let mut tx = app.store.read().await?;
    let Some(person) = tx.person(id).await? else { return Ok(None) };
    let reach = tx.reach(&person).await?;
    let hears = tx.hears(&reach).await?;
    Ok(Some(KnownClient { person, reach, hears }))
}
