//! What was paid and how, and what is wrong with an amount.

use crate::domain::{
    appointment::{
        payment::{Due, Method, Payment},
        refusal::PaymentRefusal,
    },
    practice::{
        Practice,
        price::{AmountError, Price},
    },
};

/// `Cash`, as it stands on a button.
pub fn method(method: Method) -> &'static str {
    match method {
        Method::Cash => "Cash",
        Method::Check => "Check",
        Method::Card => "Card",
        Method::Other => "Other",
    }
}

/// `$95 in cash, and a $10 tip`
pub fn paid(payment: Payment, practice: &Practice) -> String {
    let how = match payment.method {
        Method::Cash => "in cash",
        Method::Check => "by check",
        Method::Card => "by card",
        Method::Other => "another way",
    };
    let amount = practice.price_words(payment.amount);
    match payment.tip {
        Price::ZERO => format!("{amount} {how}"),
        tip => format!("{amount} {how}, and a {} tip", practice.price_words(tip)),
    }
}

/// `The late fee is $47.50 (half the session).` Nothing of a session, whose price stands on the page.
pub fn due(due: Due, practice: &Practice) -> Option<String> {
    Some(format!("The late fee is {}.", super::cancellation::fee(due.fee()?, practice)))
}

/// Nothing was chosen.
pub const NO_METHOD: &str = "Please choose how it was paid.";

pub fn amount(error: AmountError) -> &'static str {
    match error {
        AmountError::Missing => "Please enter the amount. Nothing? Enter 0.",
        AmountError::NotAnAmount => "Please write the amount like 95 or 95.50.",
        AmountError::TooMuch => "That's more than can be noted for one visit.",
    }
}

pub fn tip(error: AmountError) -> &'static str {
    match error {
        AmountError::Missing => "Please enter the tip, or 0.",
        AmountError::NotAnAmount => "Please write the tip like 10 or 10.50.",
        AmountError::TooMuch => "That's more than can be noted as a tip.",
    }
}

pub fn refused(refusal: PaymentRefusal) -> &'static str {
    match refusal {
        PaymentRefusal::NothingDue => {
            "There's nothing to pay here: mark the visit as arrived first. Nothing was changed."
        }
        PaymentRefusal::NoFee => "There's no late fee here to waive. Nothing was changed.",
        PaymentRefusal::IsWaived => {
            "You've waived this fee. Ask for it after all, then note the payment. Nothing was changed."
        }
        PaymentRefusal::IsPaid => "This fee is already paid. Nothing was changed.",
        PaymentRefusal::NotedMeanwhile => {
            "Something else was noted here since you opened the page. Nothing was changed, so please look again."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{appointment::cancellation::LateFee, example::practice};

    #[test]
    fn what_was_paid_is_said_with_how_and_with_the_tip() {
        let payment = |method, tip| Payment { method, amount: Price(9500), tip: Price(tip) };
        assert_eq!(paid(payment(Method::Cash, 0), &practice()), "$95 in cash");
        assert_eq!(paid(payment(Method::Card, 1050), &practice()), "$95 by card, and a $10.50 tip");
    }

    #[test]
    fn what_is_due_is_said_of_a_fee_alone() {
        let fee = LateFee { amount: Price(4750), percent: 50 };
        let said = Some("The late fee is $47.50 (half the session).".to_owned());
        assert_eq!(due(Due::Fee(fee), &practice()), said);
        assert_eq!(due(Due::Session(Price(9500)), &practice()), None);
    }
}
