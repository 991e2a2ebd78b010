//! What of today's page says that email does not go out.

use chrono::TimeDelta;

use crate::{
    app::App,
    domain::{appointment::Side, time::Instant},
    store::{Reading, StoreError, Troubled},
    urls,
    web::parts::When,
};

/// What has waited longer than this is shown, whether it has failed or not.
const SHOWN_AFTER: TimeDelta = TimeDelta::minutes(5);
/// How many of those that wait are named.
const NAMED: usize = 10;

const NONE_GOES_OUT: &str = "No email is going out.";
const FAILED: &str = "Others didn't go out.";

/// The email that does not go out, as it stands in the file.
pub struct EmailTrouble {
    waiting: Vec<Troubled>,
    given_up: Vec<Troubled>,
    last_sent_at: Option<Instant>,
}

pub struct EmailTroubleView<'a> {
    /// The folder that emails are written into when nobody sends them.
    pub folder: Option<String>,
    /// This is a test copy: none is sent.
    pub is_held: bool,
    pub waiting: Option<WaitingEmailsView<'a>>,
    pub given_up: Vec<EmailView<'a>>,
}

pub struct WaitingEmailsView<'a> {
    /// `No email is going out.`
    pub first: String,
    pub emails: Vec<EmailView<'a>>,
    /// How many more wait than are named.
    pub more: usize,
}

pub struct EmailView<'a> {
    pub to: &'a str,
    pub subject: &'a str,
    /// In sentences.
    pub trouble: &'a str,
    pub since: When,
    pub next: Option<When>,
    pub href: Option<String>,
    pub settle: String,
}

/// What keeps emails from going out. After a restore all are kept, which Today says by itself.
pub async fn read(tx: &mut Reading, is_restored: bool, now: Instant) -> Result<EmailTrouble, StoreError> {
    let mut troubled = tx.emails_in_trouble(now - SHOWN_AFTER).await?;
    troubled.retain(|email| !is_restored || email.next_attempt_at.is_none());
    let last_sent_at = tx.last_email_sent_at().await?;
    let (waiting, given_up) = troubled.into_iter().partition(|email| email.next_attempt_at.is_some());
    Ok(EmailTrouble { waiting, given_up, last_sent_at })
}

impl EmailTrouble {
    pub fn view<'a>(&'a self, app: &App) -> EmailTroubleView<'a> {
        EmailTroubleView {
            folder: app.mailer.folder().map(|folder| folder.display().to_string()),
            is_held: app.mailer.is_held(),
            waiting: self.waiting_view(app),
            given_up: self.given_up.iter().map(|email| EmailView::new(app, email)).collect(),
        }
    }

    fn waiting_view<'a>(&'a self, app: &App) -> Option<WaitingEmailsView<'a>> {
        let count = self.waiting.len();
        let first = match count {
            // That they wait is what is wanted of a test copy.
            _ if app.mailer.is_held() => return None,
            0 => return None,
            _ if self.nothing_goes_out() => NONE_GOES_OUT.to_owned(),
            1 => "An email is waiting.".to_owned(),
            _ => format!("{count} emails are waiting."),
        };
        let named = self.waiting.iter().take(NAMED);
        Some(WaitingEmailsView {
            first,
            emails: named.map(|email| EmailView::new(app, email)).collect(),
            more: count.saturating_sub(NAMED),
        })
    }

    /// True when trouble that every email meets has been met, and none has gone
    /// out since that attempt began.
    fn nothing_goes_out(&self) -> bool {
        let is_since = |tried| self.last_sent_at.is_none_or(|sent| sent < tried);
        self.waiting.iter().any(|email| email.concerns_us && email.tried_at.is_some_and(is_since))
    }
}

impl<'a> EmailTroubleView<'a> {
    pub fn is_empty(&self) -> bool {
        self.folder.is_none() && !self.is_held && self.waiting.is_none() && self.given_up.is_empty()
    }

    /// The worst of it, in a line.
    pub fn summary(&self) -> String {
        match (&self.folder, &self.waiting, self.given_up.len()) {
            _ if self.is_held => NONE_GOES_OUT.to_owned(),
            (Some(_), ..) => NONE_GOES_OUT.to_owned(),
            (None, Some(waiting), 0) => waiting.first.clone(),
            (None, Some(waiting), _) => format!("{} {FAILED}", waiting.first),
            (None, None, 1) => "One email didn't go out.".to_owned(),
            (None, None, count) => format!("{count} emails didn't go out."),
        }
    }
}

impl<'a> EmailView<'a> {
    fn new(app: &App, email: &'a Troubled) -> Self {
        Self {
            to: match email.side {
                Side::Therapist => "you",
                Side::Client => &email.recipient,
            },
            subject: &email.subject,
            trouble: email.trouble.as_deref().unwrap_or(match email.tried_at {
                Some(_) => "The mail server hasn't answered yet.",
                None => "It hasn't been tried yet.",
            }),
            since: When::new(app, email.written_at),
            next: email.next_attempt_at.map(|at| When::new(app, at)),
            href: email.appointment.map(urls::admin_appointment),
            settle: urls::email_settled(email.id),
        }
    }
}
