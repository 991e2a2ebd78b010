//! What was paid for a visit, and the taps that note it.

use std::collections::BTreeMap;

use crate::{
    app::App,
    domain::{
        appointment::{
            Appointment,
            payment::{Due, Method, Payment},
        },
        ids::AppointmentId,
        practice::price::Price,
    },
    store::{Reading, StoreError},
    urls,
    web::http::{field::Field, submission::Submission},
    words,
};

/// What is on file about the money of one visit.
#[derive(Clone, Copy, Debug)]
pub struct Money {
    pub due: Due,
    pub noted: Option<Payment>,
    pub is_waived: bool,
}

impl Money {
    /// `None` where nothing is due.
    pub async fn read(tx: &mut Reading, a: &Appointment) -> Result<Option<Self>, StoreError> {
        let Some(due) = a.due() else { return Ok(None) };
        let noted = tx.payment(a.id).await?;
        let is_waived = due.fee().is_some() && tx.fee_is_waived(a.id).await?;
        Ok(Some(Self { due, noted, is_waived }))
    }

    /// The same of several, of those for whom something is due.
    pub async fn of_all(
        tx: &mut Reading,
        visits: &[Appointment],
    ) -> Result<BTreeMap<AppointmentId, Self>, StoreError> {
        let mut all = BTreeMap::new();
        for a in visits {
            if let Some(money) = Self::read(tx, a).await? {
                all.insert(a.id, money);
            }
        }
        Ok(all)
    }

    /// The form for any other amount, as it first stands: with what is noted, or what was agreed.
    pub fn form(&self) -> Submission {
        let (method, amount, tip) = match self.noted {
            Some(payment) => (payment.method.as_str(), payment.amount, payment.tip),
            None => ("", self.due.amount(), Price::ZERO),
        };
        Submission::offering([
            (Field::Method, method.to_owned()),
            (Field::Amount, amount.figures()),
            (Field::Tip, if tip == Price::ZERO { String::new() } else { tip.figures() }),
        ])
    }
}

pub struct PaymentView {
    /// `$95 in cash`
    pub paid: Option<String>,
    /// `The late fee is $47.50 (half the session).`
    pub fee: Option<String>,
    pub is_waived: bool,
    /// What is due, `$95`, and the same as it is sent.
    pub amount: String,
    pub figures: String,
    /// Each method as it is sent, and as it stands on its button.
    pub methods: [(&'static str, &'static str); 4],
    /// What the page shows as noted: what another page has noted since is not lost.
    pub seen: String,
    pub action: String,
    pub end: String,
    pub waiver: String,
    pub waiver_end: String,
    /// The form for any other amount.
    pub more: String,
    /// The page that comes back, where it is not the visit's own.
    pub back: Option<String>,
}

impl PaymentView {
    pub fn new(app: &App, a: &Appointment, money: &Money, back: Option<&str>) -> Self {
        let amount = money.due.amount();
        Self {
            paid: money.noted.map(|payment| words::payment::paid(payment, app.practice())),
            fee: words::payment::due(money.due, app.practice()),
            is_waived: money.is_waived,
            amount: app.practice().price_words(amount),
            figures: amount.figures(),
            methods: Method::ALL.map(|method| (method.as_str(), words::payment::method(method))),
            seen: money.noted.map_or_else(|| NONE.to_owned(), |payment| payment.to_string()),
            action: urls::payment(a.id),
            end: urls::payment_end(a.id),
            waiver: urls::fee_waiver(a.id),
            waiver_end: urls::fee_waiver_end(a.id),
            more: format!("{}#paid", urls::admin_appointment(a.id)),
            back: back.map(str::to_owned),
        }
    }
}

/// A page that shows nothing as noted.
const NONE: &str = "none";

/// What a form's page has shown as noted, where it says so.
pub fn seen(form: &Submission) -> Option<Option<String>> {
    match form.value(Field::Noted) {
        "" => None,
        NONE => Some(None),
        noted => Some(Some(noted.to_owned())),
    }
}
