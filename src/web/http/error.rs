//! What keeps an answer from being what was asked for. What went wrong inside
//! stands in the log under a short reference.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::request_id;
use crate::{
    account, domain::appointment::refusal::Refusal, health::WriteTrouble, operation, store::StoreError, words,
};

#[derive(Debug)]
pub enum Error {
    NotFound,
    /// The body of a post is not that of a form.
    NotAForm,
    /// The rules say no; nothing was changed. The sentence says why.
    Refused(String),
    /// Only its status is known: an answer of a layer.
    Status(StatusCode),
    /// The database cannot be used at the moment, whatever was asked.
    Unavailable(WriteTrouble, String),
    /// Our own fault.
    Internal(String),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error.trouble() {
            Some(trouble) => Self::Unavailable(trouble, error.to_string()),
            None => Self::Internal(error.to_string()),
        }
    }
}

impl From<account::Error> for Error {
    fn from(error: account::Error) -> Self {
        match error {
            account::Error::Operation(error) => error.into(),
            error => Self::Internal(error.to_string()),
        }
    }
}

impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<operation::Error> for Error {
    fn from(error: operation::Error) -> Self {
        match error {
            operation::Error::Missing => Self::NotFound,
            operation::Error::Refused(refusal) => Self::Refused(sentence(&refusal)),
            operation::Error::NotThen(_) => {
                Self::Refused("That time isn't open. Nothing was changed.".to_owned())
            }
            operation::Error::Store(error) => error.into(),
            error => Self::Internal(error.to_string()),
        }
    }
}

/// A refusal as whoever pressed the button should read it.
pub fn sentence(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Slot(_) => "That time isn't open.".to_owned(),
        Refusal::Second(_) => "There's no second session open right before or right after.".to_owned(),
        Refusal::TooManyOpenRequests => {
            "There are already too many unanswered requests with this email or phone.".to_owned()
        }
        Refusal::TooManyRequestsToday { .. } => {
            "There have been too many requests with this email address today.".to_owned()
        }
        Refusal::TooManyUnproven => {
            "A lot of requests are coming in right now, so I can't take one more here. Please call.".to_owned()
        }
        Refusal::TooManyQuestions => {
            "A lot of questions are coming in right now. Please call me, or try again in an hour.".to_owned()
        }
        Refusal::NoProof => "Please open the link in my email and press the button there.".to_owned(),
        Refusal::ProofFirst => {
            "That day is busy, so please open this page from my email first. Nothing was changed.".to_owned()
        }
        Refusal::NotKnown => "You can ask for the same time again once you've been here, by the link in one of my emails. For now, please book one at a time.".to_owned(),
        Refusal::TermsChanged => {
            "This session has changed since you opened the page. Please look again.".to_owned()
        }
        Refusal::Is(status) => {
            format!("{} Nothing was changed.", words::appointment::already(*status))
        }
        Refusal::HasBegun => "The session has already started. Nothing was changed.".to_owned(),
        Refusal::HasNotBegun => "The session hasn't started yet. Nothing was changed.".to_owned(),
        Refusal::InsideNotice => {
            "It's too close to your appointment to reschedule here. Please call. Nothing was changed."
                .to_owned()
        }
        Refusal::NotLateNow => "You can say here that you're running late on the day of your appointment, from three hours before it. Please call.".to_owned(),
        Refusal::TooLittleLeft => "Too little of your session would be left. Please call me.".to_owned(),
        Refusal::OtherwiseByNow => "My day has changed since you opened the page, so please look again. Nothing was sent yet.".to_owned(),
        Refusal::NobodyWaits => "Nobody has to wait for you, so nothing was sent.".to_owned(),
        Refusal::MovedOften(times) => words::appointment::moved_often(*times),
        Refusal::NoRescheduleRequest => {
            "There's no reschedule request to answer anymore. Nothing was changed.".to_owned()
        }
        Refusal::NoConflict => "There's nothing to settle here anymore. Nothing was changed.".to_owned(),
        Refusal::ConflictChanged => {
            "That day's plan has changed since. Please look again. Nothing was changed.".to_owned()
        }
        Refusal::NotSpokenWith => {
            "This would be their first visit. Please check that you've spoken with them first. Nothing was changed."
                .to_owned()
        }
        Refusal::ChangedMeanwhile(status) => format!(
            "This appointment has changed since you opened the page: {}. Nothing was done yet, so please look again.",
            words::appointment::by_now(*status)
        ),
        Refusal::SeriesChanged => {
            "The later visits have changed since you opened the page. Nothing was done yet, so please look again."
                .to_owned()
        }
        Refusal::Undo(refusal) => words::act::not_undone(*refusal).to_owned(),
        Refusal::SomebodyNew => {
            "Somebody new is on the list since you opened the page. Nothing was changed, so please look again."
                .to_owned()
        }
        Refusal::Payment(refusal) => words::payment::refused(*refusal).to_owned(),
        Refusal::ClientErased => "This client was erased, so there's nobody to see then. Nothing was changed.".to_owned(),
        Refusal::BeingChanged => {
            "I'm changing something about this appointment right now. Please look again in a minute. Nothing was changed."
                .to_owned()
        }
        Refusal::RebookingIsOver => "The time to pick another one here is over. Please call.".to_owned(),
        Refusal::OfferIsOver => "This offer is over. Nothing was changed.".to_owned(),
        Refusal::HasOffer => {
            "This person already has an open offer. Nothing was changed.".to_owned()
        }
        Refusal::WaitlistEntryIsOver => "You're not on the waitlist anymore. Nothing was changed.".to_owned(),
        Refusal::SameTime => {
            "It's already at that time, or already waiting to move there. Nothing was changed.".to_owned()
        }
    }
}

/// Travels with a response to `errors`, which knows the practice and makes the page.
#[derive(Clone, Default)]
pub struct Failure {
    /// Why the rules say no.
    pub sentence: Option<String>,
    /// Under which the log tells what went wrong.
    pub reference: Option<String>,
}

/// Marks a response to somebody who is signed in, from behind the door.
#[derive(Clone, Copy)]
pub struct SignedIn;

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut failure = Failure::default();
        let status = match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NotAForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Status(status) => status,
            Self::Refused(sentence) => {
                failure.sentence = Some(sentence);
                StatusCode::CONFLICT
            }
            Self::Unavailable(trouble, error) => {
                tracing::warn!(error, "a page could not be made: {trouble}");
                let mut response = StatusCode::SERVICE_UNAVAILABLE.into_response();
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
                response.extensions_mut().insert(trouble);
                return response;
            }
            Self::Internal(error) => {
                let reference = request_id::own();
                tracing::error!(reference, error, "a page could not be made");
                failure.reference = Some(reference);
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(failure);
        response
    }
}

/// Marks an error that is to be read by a program, and needs no page.
#[derive(Clone, Copy)]
pub struct ForPrograms;
