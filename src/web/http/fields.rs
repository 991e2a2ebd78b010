//! The fields of a posted form, as they were typed.

use std::sync::{Arc, OnceLock};

use axum::{
    Form,
    extract::{FromRequest, Request, rejection::FormRejection},
    response::IntoResponse,
};

use super::error::Error;

/// Name and value of each field. A name that comes twice counts once, as the first.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// A field as typed; an empty text when it is not there.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The revision of the appointment that the page showed, where the form says it.
    pub fn seen(&self) -> Option<u32> {
        self.get("revision").parse().ok()
    }

    /// Every name with its value, to be sent again.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// What a form said, for whoever has to answer when its handler cannot.
#[derive(Clone, Default)]
pub struct Sent(Arc<OnceLock<Fields>>);

impl Sent {
    pub fn fields(&self) -> Option<&Fields> {
        self.0.get()
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let sent = request.extensions().get::<Sent>().cloned().unwrap_or_default();
        match Form::<Vec<(String, String)>>::from_request(request, state).await {
            Ok(Form(fields)) => Ok(sent.0.get_or_init(|| Self(fields)).clone()),
            Err(FormRejection::InvalidFormContentType(_)) => Err(Error::NotAForm),
            Err(rejection) => Err(Error::Status(rejection.into_response().status())),
        }
    }
}
