//! A telephone number as pages show it.

use crate::{app::App, domain::client::Phone};

/// A telephone number to be tapped.
#[derive(Clone)]
pub struct PhoneView {
    pub href: String,
    pub words: String,
}

impl PhoneView {
    /// The practice's own.
    pub fn practice(app: &App) -> Self {
        let phone = &app.practice().therapist.phone;
        Self { href: format!("tel:{}", app.practice().phone_link()), words: phone.clone() }
    }

    pub fn of(phone: &Phone) -> Self {
        Self { href: format!("tel:{}", phone.as_str()), words: phone.to_string() }
    }
}
