//! Where a sign-in leads on to, carried from its first form to its last.

use crate::{
    app::App,
    domain::ids::Token,
    urls,
    web::{Web, admin::account::door},
};

/// Where the sign-in leads on to.
pub struct Onward {
    /// One of the therapist's pages, or nothing.
    pub to: String,
    /// A form that is kept, while it is.
    pub form: Option<Token>,
}

impl Onward {
    pub fn new(web: &Web, app: &App, to: &str, form: &str) -> Self {
        let is_kept = |token: &Token| web.kept_forms.get(token, app.now()).is_some();
        Self {
            to: door::destination(to).unwrap_or_default().to_owned(),
            form: Token::parse(form).filter(is_kept),
        }
    }

    pub fn address(&self) -> String {
        match &self.form {
            Some(form) => urls::kept_form(form),
            None if self.to.is_empty() => urls::ADMIN.to_owned(),
            None => self.to.clone(),
        }
    }
}
