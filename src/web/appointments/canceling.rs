//! What canceling costs, as the client's own pages say it.

use crate::{
    app::App,
    domain::{
        appointment::{Appointment, Status, cancellation::CancellationOffer},
        practice::{Confirmation, policy::Policy},
        time::Instant,
    },
    web::parts::When,
    words,
};

pub enum Canceling {
    /// Nobody has answered the request yet: it's always free. With what holds once it's confirmed.
    Unanswered {
        fee: Option<String>,
    },
    Free {
        fee: Option<String>,
        until: When,
    },
    Late {
        words: String,
        has_fee: bool,
    },
}

impl Canceling {
    /// Of what is live, or is to be; what has ended is as if it were unanswered.
    pub fn of(app: &App, a: &Appointment, policy: &Policy, now: Instant) -> Self {
        let practice = app.practice();
        let terms = a.cancellation_terms(policy).filter(|_| a.status() == Status::Confirmed);
        let Some(terms) = terms else {
            let offer = CancellationOffer::new(
                policy,
                a.price,
                a.span.start,
                Confirmation::ByTherapist,
                (now, a.state.held_until().unwrap_or(now)),
            );
            return Self::Unanswered { fee: words::cancellation::offer(offer, practice) };
        };
        if terms.is_late(now) {
            let words = words::cancellation::late(terms, practice, a.span.start, a.confirmed_at());
            return Self::Late { words, has_fee: terms.fee.is_some() };
        }
        Self::Free {
            fee: words::cancellation::terms(terms, practice),
            until: When::new(app, terms.free_until),
        }
    }

    pub fn is_late(&self) -> bool {
        matches!(self, Self::Late { .. })
    }
}
