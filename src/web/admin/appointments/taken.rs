//! The page in place of a time that nobody can override: what has it, and the
//! nearest openings at every office, each one press away.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{reasons::Reasons, times::Purpose};
use crate::{
    app::App,
    booking::slots::Snapshot,
    domain::{
        practice::office::Office,
        time::{self, Instant},
    },
    web::{
        http::{answer, error::Error, field::Field, submission::Submission},
        parts::{OfficeView, SlotView, When, page::Frame},
    },
};

#[derive(Template)]
#[template(path = "admin/taken.html")]
struct TakenPage<'a> {
    frame: Frame<'a>,
    wanted: When,
    at: OfficeView<'a>,
    service: &'a str,
    reasons: Reasons,
    nearest: Vec<(OfficeView<'a>, Vec<SlotView<'a>>)>,
    /// Sends each opening with what was typed; without, they are links.
    again: Option<FormOf<'a>>,
    all: String,
}

/// The form that was sent, to be sent again with another time.
pub struct FormOf<'a> {
    pub app: &'a App,
    pub action: String,
    pub button: &'static str,
    pub form: Submission,
    /// What of it goes with another time.
    pub carried: &'static [Field<'static>],
    /// A booking draws a key for each form.
    pub is_keyed: bool,
}

impl FormOf<'_> {
    fn fields(&self) -> Vec<(&str, &str)> {
        self.form.only(self.carried)
    }

    fn draw_key(&self) -> String {
        self.app.fresh_token().to_string()
    }
}

pub fn show(
    app: &App,
    snapshot: &Snapshot<'_>,
    purpose: Purpose<'_>,
    (office, start): (&Office, Instant),
    reasons: Reasons,
    again: Option<FormOf<'_>>,
) -> Result<Response, Error> {
    let slots = snapshot.nearest(purpose.service(), start);
    let nearest = app.practice().offices.iter().map(|office| {
        let here = slots.iter().filter(|slot| slot.office == office.slug && purpose.is_another(slot));
        let here =
            here.map(|slot| SlotView { href: purpose.form(slot), ..SlotView::new(app, &office.name, slot) });
        (OfficeView::new(app, office), here.collect())
    });
    let date = time::date(app.practice().zone, start);
    let taken = TakenPage {
        frame: Frame::admin(app, "That time isn't available", purpose.section()),
        wanted: When::new(app, start),
        at: OfficeView::new(app, office),
        service: &purpose.service().name,
        reasons,
        nearest: nearest.collect(),
        again,
        all: purpose.from(date),
    };
    answer::html(StatusCode::CONFLICT, &taken)
}
