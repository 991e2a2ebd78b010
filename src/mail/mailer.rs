//! How a letter goes out: through a mail server, or, where there is none, into
//! a file. The one place that speaks SMTP.

use std::{
    fs,
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp,
};

use super::letter::Letter;
use crate::domain::time::Instant;

/// How long a mail server may take over one step.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Mailer {
    from: Mailbox,
    /// Where answers to a letter go: to the therapist.
    reply_to: Mailbox,
    way: Way,
}

enum Way {
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
    Files(PathBuf),
}

/// Why a letter did not go out, in words without personal data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    /// Another attempt may succeed.
    #[error("{0}")]
    ForNow(String),
    #[error("{0}")]
    ForGood(String),
}

/// True when `SMTP_URL` can be read.
pub fn is_smtp_url(url: &str) -> bool {
    AsyncSmtpTransport::<Tokio1Executor>::from_url(url).is_ok()
}

impl Mailer {
    /// Sends through the mail server at a URL, `smtps://user:password@host`.
    pub fn smtp(url: &str, from: Mailbox, reply_to: Mailbox) -> Result<Self, smtp::Error> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?.timeout(Some(PATIENCE)).build();
        Ok(Self { from, reply_to, way: Way::Smtp(Box::new(transport)) })
    }

    /// Writes each letter into a folder, which is made if there is none.
    pub fn files(folder: &Path, from: Mailbox, reply_to: Mailbox) -> io::Result<Self> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        Ok(Self { from, reply_to, way: Way::Files(folder.to_owned()) })
    }

    /// The folder that letters are written into, when no mail server is there to send them.
    pub fn folder(&self) -> Option<&Path> {
        match &self.way {
            Way::Smtp(_) => None,
            Way::Files(folder) => Some(folder),
        }
    }

    /// Sends one letter. `number` tells letters of one second apart in their folder.
    pub async fn send(&self, letter: &Letter, number: i64, written_at: Instant) -> Result<(), Failed> {
        let message = self.message(letter, written_at).map_err(|error| {
            tracing::error!(number, %error, "a letter cannot be put into an envelope");
            Failed::ForGood("the address cannot be written to".to_owned())
        })?;
        match &self.way {
            Way::Smtp(transport) => transport.send(message).await.map(drop).map_err(|error| failed(&error)),
            Way::Files(folder) => {
                let kind = letter.key.split('/').next().unwrap_or("letter");
                let name = format!("{}-{number:06}-{kind}.eml", written_at.format("%Y%m%dT%H%M%SZ"));
                let (folder, bytes) = (folder.clone(), message.formatted());
                let written = tokio::task::spawn_blocking(move || write_whole(&folder, &name, &bytes)).await;
                match written {
                    Ok(Ok(())) => Ok(()),
                    Ok(Err(error)) => Err(Failed::ForNow(format!("the file cannot be written: {error}"))),
                    Err(_) => Err(Failed::ForNow("the file was not written".to_owned())),
                }
            }
        }
    }

    fn message(&self, letter: &Letter, written_at: Instant) -> anyhow::Result<Message> {
        let mut parts = MultiPart::alternative()
            .singlepart(SinglePart::plain(letter.text.clone()))
            .singlepart(SinglePart::html(letter.html.clone()));
        if let Some(calendar) = &letter.calendar {
            let kind = format!("text/calendar; charset=utf-8; method={}", calendar.method);
            let part =
                SinglePart::builder().content_type(ContentType::parse(&kind)?).body(calendar.file.clone());
            parts = parts.singlepart(part);
        }
        let parts = match &letter.calendar {
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
            .to(Mailbox::new(None, letter.recipient.parse()?))
            .subject(&letter.subject)
            .date(date)
            .message_id(Some(letter.message_id.clone()))
            // RFC 3834: no holiday notices in answer, please.
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ))
            .multipart(parts)?;
        Ok(message)
    }
}

/// Sorts a mail server's no. What it says is left out: it likes to repeat the address.
fn failed(error: &smtp::Error) -> Failed {
    /// Answers about who we are, not about the letter: a mended password sends it.
    const ABOUT_SIGNING_IN: [u16; 4] = [530, 534, 535, 538];
    match error.status().map(u16::from) {
        Some(code) if ABOUT_SIGNING_IN.contains(&code) => {
            Failed::ForNow(format!("the mail server does not accept our user name or password ({code})"))
        }
        Some(code) if error.is_permanent() => Failed::ForGood(format!("the mail server refused it ({code})")),
        Some(code) => Failed::ForNow(format!("the mail server put it off ({code})")),
        None if error.is_timeout() => Failed::ForNow("the mail server did not answer in time".to_owned()),
        None if error.is_tls() => Failed::ForNow("no secure connection to the mail server".to_owned()),
        None => Failed::ForNow("the mail server could not be reached".to_owned()),
    }
}

/// Writes a file that is either there whole or not at all, for its owner's eyes.
fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let part = folder.join(format!("{name}.part"));
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&part, folder.join(name))
}
