//! The question whether an appointment is to be moved to a time, and with it the later visits of
//! its series.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    effect::Effect,
    later_lines::{self, LaterLines},
};
use crate::{
    app::App,
    domain::{
        appointment::{Appointment, cancellation::CancellationOffer},
        availability::slot::Slot,
        ids::Token,
        practice::office::Office,
    },
    urls,
    web::{
        http::{answer, error::Error, submission::Submission},
        parts::{Panel, PhoneView, When, dates::StateView, page::Frame},
    },
    words,
};

/// What is asked.
pub struct Question<'a, 'm> {
    pub app: &'a App,
    pub link: &'a Token,
    pub appointment: &'a Appointment,
    pub effect: Effect,
    /// Another time was asked for before.
    pub is_changing: bool,
    pub answer_by: When,
    /// What canceling will cost of the new time.
    pub offer: CancellationOffer,
    pub notice_hours: u32,
    /// The later visits of its series that stand as it does, each as its client knows it.
    pub later: &'m [Appointment],
    /// What was chosen of them so far.
    pub form: &'m Submission,
    pub other_times: String,
}

/// The one question: from the old time to the new one?
#[derive(Template)]
#[template(path = "appointments/reschedule_to.html")]
struct QuestionPage<'a> {
    frame: Frame<'a>,
    message: Option<String>,
    old: Panel<'a>,
    new: Panel<'a>,
    is_elsewhere: bool,
    is_changing: bool,
    effect: Effect,
    answer_by: When,
    /// What canceling will cost of the new time, where it costs anything.
    fee: Option<String>,
    /// The later visits of its series, and what canceling costs of each.
    later: Option<(LaterLines<'a>, Option<String>)>,
    action: String,
    /// What the page shows: another state of things is not moved by it.
    revision: u32,
    other_times: String,
    back: String,
    phone: PhoneView,
}

impl<'a> Question<'a, '_> {
    pub async fn show(
        self,
        office: &'a Office,
        slot: &Slot,
        message: Option<String>,
        status: StatusCode,
    ) -> Result<Response, Error> {
        let (app, a) = (self.app, self.appointment);
        let old = Panel::of(app, a);
        let new = Panel::moved(app, a, &office.slug, slot.span());
        let moved = Appointment { office: office.slug.clone(), span: slot.span(), ..a.clone() };
        let waits = self.effect == Effect::AsksForReschedule;
        let later = later_lines::lines(app, (a, &moved), self.later, waits, self.form).await?;
        let each =
            self.offer.fee.map(|fee| words::cancellation::each(fee, self.notice_hours, app.practice()));
        let question = QuestionPage {
            frame: Frame::own(
                app,
                &format!("Reschedule from {} to {}, {}?", old.when.phrase, new.when.phrase, new.office.name),
            ),
            message,
            is_elsewhere: a.office != office.slug,
            is_changing: self.is_changing,
            old,
            new,
            effect: self.effect,
            answer_by: self.answer_by,
            fee: words::cancellation::offer(self.offer, app.practice()),
            later: later.map(|later| (later, each)),
            action: urls::reschedule(self.link),
            revision: a.revision,
            other_times: self.other_times,
            back: urls::appointment(self.link),
            phone: PhoneView::practice(app),
        };
        answer::html(status, &question)
    }
}
