//! Fields of forms as they stand on a page, and what is wrong with them.

use axum::http::StatusCode;

use crate::web::http::{field::Field, submission::Submission};

/// The title of a form's page, which is the first that is read aloud of it: of
/// one that comes back it says so.
pub fn form_title(title: &str, status: StatusCode) -> String {
    if status.is_client_error() { format!("Not sent: {title}") } else { title.to_owned() }
}

/// A field of a form on a page that has several, with its label: what stands in
/// it, and what is wrong with it.
pub struct FieldView {
    /// Alone on its page, where several forms have a field of the same name.
    pub id: String,
    pub name: String,
    pub label: String,
    pub value: String,
    pub error: Option<String>,
}

impl FieldView {
    pub fn new(form: &Submission, field: Field<'_>, label: &str) -> Self {
        Self {
            id: field.name().to_owned(),
            name: field.name().to_owned(),
            label: label.to_owned(),
            value: form.value(field).to_owned(),
            error: form.error(field).map(str::to_owned),
        }
    }

    /// The same where other forms on the page have such a field too.
    pub fn of(self, form: &str) -> Self {
        Self { id: format!("{form}-{}", self.id), ..self }
    }
}

/// What is wrong with a form, for its summary: the field's id, its label, the message.
pub fn wrong<'f>(fields: impl Iterator<Item = &'f FieldView>) -> Vec<(String, String, String)> {
    let wrong = |field: &FieldView| Some((field.id.clone(), field.label.clone(), field.error.clone()?));
    fields.filter_map(wrong).collect()
}
