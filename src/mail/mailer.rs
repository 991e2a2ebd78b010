//! How an email goes out: through a mail server, or, where there is none, into
//! a file.

use std::{
    io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use lettre::{
    Message,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};

use super::{
    email::Email,
    smtp::{Patience, Sender, Server},
    trouble::{Cause, Step, Trouble},
};
use crate::{domain::time::Instant, files};

pub struct Mailer {
    from: Mailbox,
    /// Where answers to an email go: to the therapist.
    reply_to: Mailbox,
    transport: Transport,
}

enum Transport {
    Smtp(Box<Sender>),
    Files(PathBuf),
    /// None goes out: this is a test copy.
    Held,
}

/// True when `SMTP_URL` can be read.
pub fn is_smtp_url(url: &str) -> bool {
    Server::parse(url).is_some()
}

impl Mailer {
    /// Sends through the mail server at a URL, `smtps://user:password@host`.
    pub fn smtp(url: &str, from: Mailbox, reply_to: Mailbox, patience: Patience) -> anyhow::Result<Self> {
        let server = Server::parse(url).ok_or_else(|| anyhow::anyhow!("SMTP_URL can't be read"))?;
        Ok(Self { from, reply_to, transport: Transport::Smtp(Box::new(Sender::new(server, patience)?)) })
    }

    /// Writes each email into a folder, which is made if there is none.
    pub fn files(folder: &Path, from: Mailbox, reply_to: Mailbox) -> io::Result<Self> {
        files::make_folder(folder)?;
        Ok(Self { from, reply_to, transport: Transport::Files(folder.to_owned()) })
    }

    /// Sends nothing, whatever it is given: the courier leaves emails where they are.
    pub fn held(from: Mailbox, reply_to: Mailbox) -> Self {
        Self { from, reply_to, transport: Transport::Held }
    }

    /// Whom emails are from.
    pub fn from(&self) -> &Mailbox {
        &self.from
    }

    /// Where answers to them go.
    pub fn reply_to(&self) -> &Mailbox {
        &self.reply_to
    }

    /// The folder that emails are written into, when no mail server is there to send them.
    pub fn folder(&self) -> Option<&Path> {
        match &self.transport {
            Transport::Smtp(_) | Transport::Held => None,
            Transport::Files(folder) => Some(folder),
        }
    }

    /// True when emails are written and none is sent.
    pub fn is_held(&self) -> bool {
        matches!(self.transport, Transport::Held)
    }

    /// How long one step of an email may take.
    pub fn patience(&self) -> Patience {
        match &self.transport {
            Transport::Smtp(sender) => sender.patience(),
            Transport::Files(_) | Transport::Held => Patience::default(),
        }
    }

    /// Sends one email. `number` tells emails of one second apart in their folder.
    /// Returns the mail server's yes, word for word, where there is a server.
    pub async fn send(
        &self,
        email: &Email,
        number: i64,
        written_at: Instant,
    ) -> Result<Option<String>, Trouble> {
        let message = self.message(email, written_at).map_err(|error| {
            tracing::error!(number, %error, "an email can't be addressed");
            Trouble::new(Step::Recipient, Cause::NoAddress)
        })?;
        match &self.transport {
            Transport::Smtp(sender) => sender.send(message.envelope(), &message.formatted()).await.map(Some),
            Transport::Held => Err(Trouble::new(Step::Connecting, Cause::Held)),
            Transport::Files(folder) => {
                let (at, kind) = (written_at.format("%Y%m%dT%H%M%SZ"), email.kind());
                let (file, bytes) =
                    (folder.join(format!("{at}-{number:06}-{kind}.eml")), message.formatted());
                let written = tokio::task::spawn_blocking(move || files::write(&file, &bytes)).await;
                let failed = |why: String| Trouble::new(Step::Data, Cause::File(why));
                match written {
                    Ok(written) => written.map(|()| None).map_err(|error| failed(error.to_string())),
                    Err(_) => Err(failed("the writing stopped halfway".to_owned())),
                }
            }
        }
    }

    fn message(&self, email: &Email, written_at: Instant) -> anyhow::Result<Message> {
        let mut parts = MultiPart::alternative()
            .singlepart(SinglePart::plain(email.text.clone()))
            .singlepart(SinglePart::html(email.html.clone()));
        if let Some(calendar) = &email.calendar {
            let kind = format!("text/calendar; charset=utf-8; method={}", calendar.method);
            let part =
                SinglePart::builder().content_type(ContentType::parse(&kind)?).body(calendar.file.clone());
            parts = parts.singlepart(part);
        }
        let parts = match &email.calendar {
            // Some mail programs read the part, others only the attachment.
            Some(calendar) => MultiPart::mixed().multipart(parts).singlepart(
                Attachment::new("appointment.ics".to_owned())
                    .body(calendar.file.clone(), ContentType::parse("application/ics")?),
            ),
            None => parts,
        };
        let date = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(written_at.timestamp())?);
        let message = Message::builder()
            .from(self.from.clone())
            .reply_to(self.reply_to.clone())
            .to(Mailbox::new(None, email.recipient.parse()?))
            .subject(&email.subject)
            .date(date)
            .message_id(Some(email.message_id.clone()))
            // RFC 3834: no holiday notices in answer, please.
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ))
            .multipart(parts)?;
        Ok(message)
    }
}
