//! Forms of the therapist's that came after their sign-in had run out. They are
//! kept for a few minutes, in memory alone, so that nothing typed is lost.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use chrono::TimeDelta;

use crate::{
    domain::{ids::Token, time::Instant},
    web::http::submission::Submission,
};

/// How many are kept; the oldest goes first. None is larger than a form may be.
const MOST: usize = 20;
/// How long one is kept.
const LASTS: TimeDelta = TimeDelta::minutes(10);

#[derive(Clone)]
pub struct KeptForm {
    token: Token,
    kept_at: Instant,
    /// Where it was sent to.
    pub action: String,
    pub form: Submission,
}

#[derive(Default)]
pub struct KeptForms(Mutex<VecDeque<KeptForm>>);

impl KeptForms {
    /// Keeps a form under a fresh token.
    pub fn keep(&self, token: Token, action: &str, form: Submission, now: Instant) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|kept| kept.is_good(now));
        if kept.len() == MOST {
            kept.pop_front();
        }
        kept.push_back(KeptForm { token, kept_at: now, action: action.to_owned(), form });
    }

    pub fn get(&self, token: &Token, now: Instant) -> Option<KeptForm> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|kept| kept.is_good(now));
        kept.iter().find(|kept| kept.token == *token).cloned()
    }
}

impl KeptForm {
    fn is_good(&self, now: Instant) -> bool {
        now < self.kept_at + LASTS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_forms_are_kept_for_ten_minutes() {
        let forms = KeptForms::default();
        let token = |nth: u8| Token::new([nth; 16]);
        let start = Instant::default();
        for nth in 0..21 {
            forms.keep(token(nth), "/admin/appointments", Submission::default(), start);
        }
        assert!(forms.get(&token(0), start).is_none(), "the oldest went");
        assert!(forms.get(&token(1), start).is_some());
        let last = start + LASTS - TimeDelta::seconds(1);
        assert!(forms.get(&token(20), last).is_some());
        assert!(forms.get(&token(20), start + LASTS).is_none());
    }
}
