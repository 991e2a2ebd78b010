//! Emails of the invented practice, all of them over: each was sent, or given up.
//! None is left that anybody would send.

use crate::{
    content::site::Site,
    domain::{
        appointment::{
            Appointment, Status,
            call::Topic,
            reminder::{self, Reminder},
            reschedule_request::RescheduleRequest,
        },
        availability::rules::Rules,
        ids::Token,
        time::{self, Instant},
    },
    mail::{
        email::Email,
        emails::{self, Facts, Occasion},
        trouble::{Cause, Code, Step, Trouble},
    },
    store::{StoreError, Writing},
    urls::{self, BaseUrl},
};

/// How many there are at the most, beside the reminders.
const MOST: usize = 24;
/// What a mail server says to those that it takes.
const YES: &str = "250 2.0.0 Ok: queued";
const NO: &str = "550 5.1.1 No such mailbox here";

/// Writes what the latest visits to come and the requests were told, each at its time, and who
/// has asked for another one that it waits for an answer.
pub async fn write(
    tx: &mut Writing,
    site: &Site,
    rules: &Rules,
    base: &BaseUrl,
    (appointments, asked): (&[Appointment], Option<&RescheduleRequest>),
    now: Instant,
) -> Result<(), super::Error> {
    let mut told: Vec<(Instant, Occasion<'_>, &Appointment)> = appointments
        .iter()
        .filter(|a| a.contact.email.is_some())
        .filter_map(|a| match a.status() {
            Status::Requested => Some((a.requested_at, Occasion::Received, a)),
            Status::Confirmed => Some((a.confirmed_at(), Occasion::Confirmed, a)),
            _ => None,
        })
        .collect();
    told.sort_by_key(|(at, _, a)| (*at, a.id));
    told.drain(..told.len().saturating_sub(MOST));
    // Whom the program would remind as soon as it sees them has been reminded, each of them.
    told.extend(appointments.iter().filter(|a| a.contact.email.is_some()).filter_map(|a| {
        let (policy, zone) = (&rules.policy, site.practice.zone);
        let due = reminder::due(&policy.reminder_hours, zone, reminder::Visit::of(a, policy), now);
        let Reminder { hours, at } = due.filter(|_| a.status() == Status::Confirmed)?;
        Some((at + time::minutes(1), Occasion::Reminder { hours }, a))
    }));
    told.extend(asked.and_then(|asked| {
        let a = appointments.iter().find(|a| a.id == asked.appointment && a.contact.email.is_some())?;
        Some((asked.requested_at, Occasion::RescheduleRequestReceived(asked), a))
    }));
    told.sort_by_key(|(at, _, a)| (*at, a.id));
    // The last that was confirmed, so that somebody has to be called.
    let returned = told.iter().rev().find(|(_, occasion, _)| matches!(occasion, Occasion::Confirmed));
    let returned = returned.map(|(.., a)| a.id);
    for (at, occasion, a) in told {
        let facts = Facts {
            same_time: None,
            practice: &site.practice,
            policy: &rules.policy,
            base,
            occasion,
            closes_day: false,
            a,
            pending: asked.filter(|asked| asked.appointment == a.id && asked.requested_at <= at),
            page: base.to(&urls::appointment(&Token::new(rand::random()))),
            policies: None,
            waives_late_fee: false,
            now: at,
        };
        let recipient = a.contact.email.as_ref().map(ToString::to_string).unwrap_or_default();
        let message_id = format!("<{}@demo.invalid>", Token::new(rand::random()));
        let email = emails::write(&facts, recipient, message_id)?;
        let is_returned = returned == Some(a.id) && matches!(occasion, Occasion::Confirmed);
        end(tx, &email, is_returned, at).await?;
        if is_returned {
            tx.insert_call(a.id, Topic::EmailFailed, now).await?;
        }
    }
    Ok(())
}

/// Keeps an email with what became of it.
async fn end(tx: &mut Writing, email: &Email, is_returned: bool, at: Instant) -> Result<(), StoreError> {
    tx.enqueue(email, at).await?;
    let Some(id) = tx.email_with_key(&email.key).await? else { return Ok(()) };
    let tried_at = at + time::minutes(1);
    tx.emails_are_tried([(id, tried_at + time::minutes(5))].into_iter(), tried_at).await?;
    let Some((stored, _)) = tx.stored_email(id).await? else { return Ok(()) };
    if is_returned {
        let code = Code { basic: 550, enhanced: Some((5, 1, 1)), speaks_of_relaying: false };
        let trouble =
            Trouble { said: Some(NO.to_owned()), ..Trouble::new(Step::Recipient, Cause::Refused(code)) };
        tx.email_was_given_up(&stored, &trouble, tried_at).await?;
    } else {
        tx.email_was_sent(&stored, Some(YES), tried_at).await?;
    }
    Ok(())
}
