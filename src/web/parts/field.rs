//! Fields of forms as they stand on a page, and what is wrong with them.

use axum::http::StatusCode;

/// The title of a form's page, which is the first that is read aloud of it: of
/// one that comes back it says so.
pub fn form_title(title: &str, status: StatusCode) -> String {
    if status.is_client_error() { format!("Not sent: {title}") } else { title.to_owned() }
}

/// A message about a field of a form.
pub struct FieldError {
    pub field: &'static str,
    pub message: String,
}

/// A field of a form as it stands on the page: what was typed, and what is wrong with it.
pub struct FieldView {
    /// Alone on its page, where several forms have a field of the same name.
    pub id: String,
    pub name: String,
    pub label: String,
    pub value: String,
    pub error: Option<String>,
}

/// What is wrong with a form, for its summary: the field's id, its label, the message.
pub fn wrong<'f>(fields: impl Iterator<Item = &'f FieldView>) -> Vec<(String, String, String)> {
    let wrong = |field: &FieldView| Some((field.id.clone(), field.label.clone(), field.error.clone()?));
    fields.filter_map(wrong).collect()
}
