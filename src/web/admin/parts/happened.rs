//! Something that has happened, in a line.

use crate::{
    app::App,
    domain::{
        history::{Entry, What},
        time,
    },
    store::Happened,
    urls,
    web::parts::When,
    words::history::{self, Named},
};

pub struct HappenedView {
    pub when: When,
    pub sentence: String,
    /// The page of the appointment or the client.
    pub href: Option<String>,
}

impl HappenedView {
    pub fn new(app: &App, happened: &Happened) -> Self {
        let practice = app.practice();
        let Happened { entry, name } = happened;
        let office = entry.office.as_ref().map(|office| practice.office_name(office));
        let today = time::date(practice.zone, app.now());
        let was = entry.start.map(|start| time::phrase_from(practice.zone, today, start));
        let was = [was, office.map(str::to_owned)];
        let named = Named {
            name: &name.as_ref().map_or_else(|| "somebody".to_owned(), ToString::to_string),
            was: &was.into_iter().flatten().collect::<Vec<_>>().join(", "),
            place: &office.map(|office| format!(" at {office}")).unwrap_or_default(),
            date: &entry.date.map(|date| time::date_words_from(today, date)).unwrap_or_default(),
        };
        Self {
            when: When::new(app, entry.at),
            sentence: time::unbroken(&history::sentence(entry.what, &named)),
            href: href(entry),
        }
    }
}

fn href(entry: &Entry) -> Option<String> {
    match (entry.appointment, entry.client) {
        (Some(appointment), _) => Some(urls::admin_appointment(appointment)),
        (None, Some(client)) if entry.what != What::Erased => Some(urls::client(client)),
        _ => None,
    }
}
