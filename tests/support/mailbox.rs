//! A mail server that keeps what it is given, and can be told to refuse. It
//! speaks as much of RFC 5321 as a sender needs.

use std::{
    collections::HashMap,
    fs,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use mail_parser::{Address, MessageParser, MimeHeaders};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::Notify,
    task::JoinHandle,
};

pub struct Mailbox {
    url: String,
    kept: Arc<Mutex<Kept>>,
    server: JoinHandle<()>,
}

#[derive(Default)]
struct Kept {
    emails: Vec<Email>,
    mood: Mood,
    /// What to answer when somebody is named as recipient, instead of yes.
    refused: HashMap<String, u16>,
    /// An email has come, or the mood is another.
    changes: Arc<Notify>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Kind,
    /// Answers every recipient with this code.
    Answers(u16),
    /// Closes every connection at once.
    HangsUp,
    /// Is kind until this moment.
    FailsAt(Moment, Fault),
    /// Takes the emails to everybody but this recipient; of that one's it says nothing.
    SilentTo(&'static str),
    /// Keeps the email, and hangs up before it says so.
    LosesItsYes,
    /// Keeps the email, and says what becomes of it when it is in another mood.
    Ponders,
}

/// When a mail server has something to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    Greeting,
    Hello,
    SigningIn,
    Sender,
    Recipient,
    Data,
    /// After the final dot.
    Verdict,
}

/// What it does instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Silent,
    /// One byte after the other, of a line that never ends.
    Drips,
    Says(&'static str),
    HangsUp,
}

/// An email as it came out of the mail.
#[derive(Clone, Debug)]
pub struct Email {
    pub from: String,
    pub to: String,
    pub reply_to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// The invitation, and the METHOD that its part was sent with.
    pub calendar: Option<String>,
    pub method: Option<String>,
    pub message_id: String,
    pub raw: String,
}

impl Mailbox {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let kept = Arc::<Mutex<Kept>>::default();
        let server = tokio::spawn({
            let kept = kept.clone();
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(converse(stream, kept.clone()));
                }
            }
        });
        Self { url, kept, server }
    }

    /// What `SMTP_URL` is to be.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn is(&self, mood: Mood) {
        let mut kept = lock(&self.kept);
        kept.mood = mood;
        kept.changes.notify_waiters();
    }

    /// Answers 451, 550 or the like when this recipient is named; 250 is kind again.
    pub fn answers(&self, recipient: &str, code: u16) {
        lock(&self.kept).refused.insert(recipient.to_owned(), code);
    }

    /// All emails that came since this was last asked, in the order in which they came.
    pub fn take(&self) -> Vec<Email> {
        std::mem::take(&mut lock(&self.kept).emails)
    }

    /// Waits until so many emails have come from a server that sends them by itself.
    pub async fn comes(&self, count: usize) -> Vec<Email> {
        let patience = Duration::from_secs(20);
        let come = until(&self.kept, |kept| (kept.emails.len() >= count).then_some(()));
        tokio::time::timeout(patience, come).await.expect("the emails come");
        self.take()
    }

    /// Takes out the one email to somebody; others stay.
    #[track_caller]
    pub fn one_to(&self, recipient: &str) -> Email {
        let mut kept = lock(&self.kept);
        let (mut found, rest): (Vec<_>, Vec<_>) =
            kept.emails.drain(..).partition(|email| email.to == recipient);
        assert_eq!(found.len(), 1, "emails to {recipient}: {found:#?}; others: {:?}", subjects(&rest));
        kept.emails = rest;
        found.remove(0)
    }

    #[track_caller]
    pub fn is_empty(&self) {
        let kept = lock(&self.kept);
        assert!(kept.emails.is_empty(), "{:?}", subjects(&kept.emails));
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        self.server.abort();
    }
}

pub fn subjects(emails: &[Email]) -> Vec<&str> {
    emails.iter().map(|email| email.subject.as_str()).collect()
}

fn lock(kept: &Mutex<Kept>) -> MutexGuard<'_, Kept> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits for what the mailbox will hold.
async fn until<T>(kept: &Mutex<Kept>, find: impl Fn(&Kept) -> Option<T>) -> T {
    let changes = lock(kept).changes.clone();
    loop {
        // From here on no change is missed, although it is not waited for yet.
        let change = changes.notified();
        let found = find(&lock(kept));
        match found {
            Some(found) => return found,
            None => change.await,
        }
    }
}

/// One connection. Its end is the sender's affair, so a failing read or write just ends it.
async fn converse(stream: TcpStream, kept: Arc<Mutex<Kept>>) -> Option<()> {
    let mood = lock(&kept).mood;
    if mood == Mood::HangsUp {
        return None;
    }
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    says(&mut writer, &kept, Moment::Greeting, "220 mailbox").await?;
    let mut recipient = String::new();
    while let Some(line) = lines.next_line().await.ok()? {
        match line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase().as_str() {
            "EHLO" | "HELO" => {
                let offers = "250-mailbox\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME";
                says(&mut writer, &kept, Moment::Hello, offers).await?;
            }
            "AUTH" => says(&mut writer, &kept, Moment::SigningIn, "235 welcome").await?,
            "MAIL" => says(&mut writer, &kept, Moment::Sender, "250 yes").await?,
            "RSET" | "NOOP" => answer(&mut writer, "250 yes").await?,
            "RCPT" => {
                recipient = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                let code = answer_to(&recipient, &kept);
                says(&mut writer, &kept, Moment::Recipient, &format!("{code} {line}")).await?;
            }
            "DATA" => {
                says(&mut writer, &kept, Moment::Data, "354 go on").await?;
                let email = Email::read(&data(&mut lines).await?);
                let mood = lock(&kept).mood;
                if let Mood::FailsAt(Moment::Verdict, Fault::Says(no)) = mood {
                    answer(&mut writer, no).await?;
                    continue;
                }
                lock(&kept).emails.push(email);
                lock(&kept).changes.notify_waiters();
                let is_silent = |mood| matches!(mood, Mood::SilentTo(somebody) if somebody == recipient);
                until(&kept, |kept| (!is_silent(kept.mood)).then_some(())).await;
                match until(&kept, |kept| Some(kept.mood).filter(|mood| *mood != Mood::Ponders)).await {
                    Mood::LosesItsYes => return None,
                    Mood::Answers(code) => answer(&mut writer, &format!("{code} no")).await?,
                    _ => says(&mut writer, &kept, Moment::Verdict, "250 kept").await?,
                }
            }
            "QUIT" => return answer(&mut writer, "221 bye").await,
            _ => answer(&mut writer, "502 what?").await?,
        }
    }
    None
}

/// Says what is kind, or does what the mood is to do at this moment.
async fn says(writer: &mut OwnedWriteHalf, kept: &Mutex<Kept>, at: Moment, kind: &str) -> Option<()> {
    let mood = lock(kept).mood;
    match mood {
        Mood::FailsAt(moment, fault) if moment == at => match fault {
            Fault::Silent => std::future::pending().await,
            Fault::Says(no) => answer(writer, no).await,
            Fault::HangsUp => None,
            Fault::Drips => loop {
                writer.write_all(kind.get(..1)?.as_bytes()).await.ok()?;
                tokio::time::sleep(Duration::from_millis(10)).await;
            },
        },
        _ => answer(writer, kind).await,
    }
}

async fn answer(writer: &mut OwnedWriteHalf, line: &str) -> Option<()> {
    writer.write_all(format!("{line}\r\n").as_bytes()).await.ok()
}

fn answer_to(recipient: &str, kept: &Mutex<Kept>) -> u16 {
    let kept = lock(kept);
    match (kept.mood, kept.refused.get(recipient)) {
        (Mood::Answers(code), _) => code,
        (_, Some(code)) => *code,
        _ => 250,
    }
}

/// The lines up to the single dot, with doubled dots made single (RFC 5321, section 4.5.2).
async fn data(lines: &mut Lines<BufReader<OwnedReadHalf>>) -> Option<String> {
    let mut data = String::new();
    loop {
        let line = lines.next_line().await.ok()??;
        if line == "." {
            return Some(data);
        }
        data.push_str(line.strip_prefix('.').unwrap_or(&line));
        data.push_str("\r\n");
    }
}

/// The emails that a practice without a mail server has written into its folder, in order.
pub fn in_folder(data_dir: &Path) -> Vec<Email> {
    let entries = fs::read_dir(data_dir.join("mail")).expect("a folder of emails");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    assert!(paths.iter().all(|path| path.extension().is_some_and(|ending| ending == "eml")), "{paths:?}");
    paths.iter().map(|path| Email::read(&fs::read_to_string(path).expect("an email"))).collect()
}

impl Email {
    fn read(raw: &str) -> Self {
        let message = MessageParser::default().parse(raw.as_bytes()).expect("a message");
        let address = |found: Option<&Address<'_>>| {
            let first = found.and_then(|address| address.first());
            first.and_then(|address| address.address()).unwrap_or_default().to_owned()
        };
        let calendar = message.parts.iter().find(|part| part.is_content_type("text", "calendar"));
        let method = calendar.and_then(|part| part.content_type()?.attribute("method"));
        Self {
            from: address(message.from()),
            to: address(message.to()),
            reply_to: address(message.reply_to()),
            subject: message.subject().unwrap_or_default().to_owned(),
            text: message.body_text(0).unwrap_or_default().replace("\r\n", "\n"),
            html: message.body_html(0).unwrap_or_default().into_owned(),
            calendar: calendar.and_then(|part| part.text_contents()).map(str::to_owned),
            method: method.map(str::to_owned),
            message_id: message.message_id().unwrap_or_default().to_owned(),
            raw: raw.to_owned(),
        }
    }

    /// Every link of the text; each stands on a line of its own.
    pub fn links(&self) -> Vec<&str> {
        let links: Vec<&str> = self.text.lines().filter(|line| line.starts_with("http")).collect();
        assert_eq!(self.text.matches("://").count(), links.len(), "{}", self.text);
        links
    }

    /// The first link: the client's own page, or the therapist's page of the appointment.
    pub fn page(&self) -> &str {
        self.links().first().expect("an email leads to its page")
    }

    /// The lines of the invitation, unfolded (RFC 5545, section 3.1).
    pub fn invitation(&self) -> Vec<String> {
        unfolded(self.calendar.as_deref().expect("an invitation"))
    }

    #[track_caller]
    pub fn says(&self, words: &str) {
        assert!(self.text.contains(words), "“{}” does not say “{words}”:\n{}", self.subject, self.text);
    }
}

pub fn unfolded(calendar: &str) -> Vec<String> {
    assert!(!calendar.replace("\r\n", "").contains(['\r', '\n']), "every line ends with CRLF");
    assert!(calendar.lines().all(|line| line.len() <= 75), "every line is folded at 75 octets");
    calendar.replace("\r\n ", "").replace("\r\n\t", "").lines().map(str::to_owned).collect()
}
