//! Something that has happened, in a line.

use crate::{
    app::App,
    domain::{client::Name, history::Entry, time},
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
        let was = entry.start.map(|start| time::phrase(practice.zone, start)).unwrap_or_default();
        let was = office.map_or_else(|| was.clone(), |office| format!("{was}, {office}"));
        let place = office.map(|office| format!(" at {office}")).unwrap_or_default();
        let date = entry.date.map(time::date_words).unwrap_or_default();
        let name = name.as_ref().map_or("somebody", Name::as_str);
        Self {
            when: When::new(app, entry.at),
            sentence: history::sentence(
                entry.what,
                &Named {
                    name: &crate::domain::client::typed::isolated(name),
                    was: &was,
                    place: &place,
                    date: &date,
                },
            ),
            href: href(entry),
        }
    }
}

fn href(entry: &Entry) -> Option<String> {
    match (entry.appointment, entry.client) {
        (Some(appointment), _) => Some(urls::admin_appointment(appointment)),
        (None, Some(client)) if entry.what != crate::domain::history::What::Erased => {
            Some(urls::client(client))
        }
        _ => None,
    }
}
