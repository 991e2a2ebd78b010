//! What a form has sent, and what is wrong with it. It is read field by field,
//! and handed on to the page, where whatever was typed stands again.

use std::sync::{Arc, OnceLock};

use axum::{
    Form,
    extract::{FromRequest, Request, rejection::FormRejection},
    response::IntoResponse,
};

use super::{error::Error, field::Field};

/// A form that was sent, or one as it is first seen.
#[derive(Clone, Debug, Default)]
pub struct Submission {
    /// Name and value of each field, as typed. A name that comes twice counts once, as the first.
    fields: Vec<(String, String)>,
    errors: Vec<FieldError>,
    alert: Option<String>,
}

/// A message about a field of a form.
#[derive(Clone, Debug)]
pub struct FieldError {
    pub field: String,
    pub message: String,
}

impl Submission {
    /// A form that nobody has sent yet, with what stands in it from the start.
    pub fn offering<'f>(fields: impl IntoIterator<Item = (Field<'f>, String)>) -> Self {
        let fields = fields.into_iter().map(|(field, value)| (field.name().to_owned(), value));
        Self { fields: fields.collect(), ..Self::default() }
    }

    /// A field as typed; an empty text when it is not there.
    pub fn value(&self, field: impl AsRef<str>) -> &str {
        let found = self.fields.iter().find(|(name, _)| name == field.as_ref());
        found.map_or("", |(_, value)| value)
    }

    /// Everything that was sent under one name, as of a list of boxes.
    pub fn values(&self, field: impl AsRef<str>) -> impl Iterator<Item = &str> {
        self.fields.iter().filter(move |(name, _)| name == field.as_ref()).map(|(_, value)| value.as_str())
    }

    /// True when a box was checked, or anything at all stands in the field.
    pub fn is_checked(&self, field: impl AsRef<str>) -> bool {
        !self.value(field).is_empty()
    }

    /// The revision of the appointment that the page showed, where the form says it.
    pub fn seen(&self) -> Option<u32> {
        self.value(Field::Revision).parse().ok()
    }

    /// Reads a field; what is wrong with it is kept for the page.
    pub fn read<T, E: Into<String>>(
        &mut self,
        field: Field<'_>,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        match parse(self.value(field)) {
            Ok(read) => Some(read),
            Err(message) => {
                self.refuse(field, message);
                None
            }
        }
    }

    /// Says what is wrong with a field.
    pub fn refuse(&mut self, field: Field<'_>, message: impl Into<String>) {
        self.errors.push(FieldError { field: field.name().to_owned(), message: message.into() });
    }

    /// Says something about the form as a whole.
    pub fn warn(&mut self, message: impl Into<String>) {
        self.alert = Some(message.into());
    }

    /// What is wrong, in the order in which it was found.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    pub fn is_wrong(&self) -> bool {
        !self.errors.is_empty()
    }

    pub fn error(&self, field: impl AsRef<str>) -> Option<&str> {
        let found = self.errors.iter().find(|error| error.field == field.as_ref());
        found.map(|error| error.message.as_str())
    }

    pub fn alert(&self) -> Option<&str> {
        self.alert.as_deref()
    }

    /// Puts something else into a field.
    pub fn set(&mut self, field: Field<'_>, value: impl Into<String>) {
        self.fields.retain(|(name, _)| name != field.name());
        self.fields.push((field.name().to_owned(), value.into()));
    }

    /// Every name with its value, to be sent again.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The same but for some fields, which the page sends otherwise.
    pub fn without<'f>(&self, others: &[Field<'f>]) -> Vec<(&str, &str)> {
        self.iter().filter(|(name, _)| others.iter().all(|field| field.name() != *name)).collect()
    }

    /// Of these fields those that were sent, in this order.
    pub fn only<'f>(&self, fields: &[Field<'f>]) -> Vec<(&str, &str)> {
        let sent = |field: &Field<'f>| self.iter().find(|(name, _)| *name == field.name());
        fields.iter().filter_map(sent).collect()
    }
}

/// What a form said, for whoever has to answer when its handler cannot.
#[derive(Clone, Default)]
pub struct Sent(Arc<OnceLock<Submission>>);

impl Sent {
    pub fn form(&self) -> Option<&Submission> {
        self.0.get()
    }
}

impl<S: Send + Sync> FromRequest<S> for Submission {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let sent = request.extensions().get::<Sent>().cloned().unwrap_or_default();
        match Form::<Vec<(String, String)>>::from_request(request, state).await {
            Ok(Form(fields)) => Ok(sent.0.get_or_init(|| Self { fields, ..Self::default() }).clone()),
            Err(FormRejection::InvalidFormContentType(_)) => Err(Error::NotAForm),
            Err(rejection) => Err(Error::Status(rejection.into_response().status())),
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::domain::example::any_text;

    fn block_on<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(future)
    }

    fn sent(fields: &[(&str, &str)]) -> Submission {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Submission { fields: fields.collect(), ..Submission::default() }
    }

    #[test]
    fn what_was_typed_comes_back_with_what_is_wrong_with_it() {
        let mut form = sent(&[("name", "June"), ("phone", "none"), ("name", "July"), ("agreed", "yes")]);
        let number = |text: &str| text.parse::<u32>().map_err(|_| "Please enter a number.");
        assert_eq!(form.read(Field::Name, |text| Ok::<_, &str>(text.len())), Some(4));
        assert_eq!(form.read(Field::Phone, number), None);
        assert_eq!(form.read(Field::Phone, |_| Err::<u32, _>("Another thing.".to_owned())), None);
        assert_eq!((form.value(Field::Phone), form.value("phone")), ("none", "none"));
        assert_eq!(form.error("phone"), Some("Please enter a number."), "the first is told at the field");
        assert_eq!((form.errors().len(), form.error(Field::Name)), (2, None));
        assert!(form.is_checked("agreed") && !form.is_checked(Field::Told));
        assert_eq!(form.value(Field::Note), "");
    }

    #[test]
    fn a_form_is_sent_again_whole_or_in_part() {
        let mut form = sent(&[("name", "June"), ("email", "june@example.com"), ("ours", "not")]);
        assert_eq!(form.without(&[Field::Email]), [("name", "June"), ("ours", "not")]);
        let some = form.only(&[Field::Email, Field::Phone, Field::Name]);
        assert_eq!(some, [("email", "june@example.com"), ("name", "June")]);
        form.set(Field::Email, "");
        assert_eq!(form.without(&[]), [("name", "June"), ("ours", "not"), ("email", "")]);
        let offered = Submission::offering([(Field::Told, "yes".to_owned())]);
        assert_eq!((offered.value(Field::Told), offered.is_wrong()), ("yes", false));
    }

    /// What a handler gets of a body that says that it is a form.
    async fn received(body: Vec<u8>) -> Result<Vec<(String, String)>, Error> {
        let request = Request::post("/").header("content-type", "application/x-www-form-urlencoded");
        let request = request.body(Body::from(body)).expect("a request");
        Submission::from_request(request, &()).await.map(|form| form.fields)
    }

    const PIECES: &[&str] = &["&", "=", "+", "%", "%2", "%ff", "%00", ";", " ", "\r\n", "é", "name"];

    proptest! {
        #[test]
        fn a_form_is_received_as_it_was_sent(fields in vec((any_text(PIECES), any_text(PIECES)), 0..6)) {
            let mut body = url::form_urlencoded::Serializer::new(String::new());
            body.extend_pairs(&fields);
            let received = block_on(received(body.finish().into_bytes()));
            prop_assert_eq!(received.ok(), Some(fields));
        }

        #[test]
        fn any_bytes_are_a_form_or_none(body in prop_oneof![
            vec(any::<u8>(), 0..200),
            any_text(PIECES).prop_map(String::into_bytes),
        ]) {
            let _ = block_on(received(body));
        }
    }
}
