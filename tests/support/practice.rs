//! A practice of its own for each test: own folder, own port, own clock, own
//! mailbox.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::TimeDelta;
use stillpoint::{
    booking::{demo, expire, remind},
    config::{Config, SmtpUrl},
    domain::{
        availability::busy::Busy,
        time::{Instant, Interval},
    },
    files,
    jobs::{backup, content_watch, courier},
    log::LogFormat,
    mail::smtp::Patience,
    serve::{self, Running, folder, limits::Limits},
    store::{Call, Store},
    waitlist::round,
};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::{
    clock::TestClock,
    content,
    mailbox::{Email, Mailbox},
    people::minutes_pass,
    visitor::Visitor,
};

pub struct TestPractice {
    pub running: Running,
    pub clock: Arc<TestClock>,
    /// Where its emails go, unless they become files.
    pub mailbox: Arc<Mailbox>,
    unclosed: Unclosed,
    folder: TempDir,
    config: Config,
    /// Where visitors come in, if it isn't where it listens.
    through: Option<String>,
}

/// How a practice is opened.
pub struct Opening {
    folder: TempDir,
    clock: Arc<TestClock>,
    config: Config,
    jobs: bool,
    limits: Limits,
    emails_as_files: bool,
}

/// The practice of `practice.toml` beside this file, with the shipped prose, on
/// Monday, November 23, 2026, 8 am in California. Jobs are run by hand.
pub fn practice() -> Opening {
    practice_as_shipped().with_practice_file(|_| include_str!("practice.toml").to_owned())
}

/// The practice that the project ships with.
pub fn practice_as_shipped() -> Opening {
    let folder = tempfile::tempdir().expect("a temporary folder");
    content::copy_shipped(&folder.path().join("content"));
    let config = Config {
        listen: ([127, 0, 0, 1], 0).into(),
        passed: None,
        https: None,
        base_url: None,
        data_dir: folder.path().join("data"),
        content_dir: folder.path().join("content"),
        metrics_listen: None,
        log_format: LogFormat::Text,
        told: Default::default(),
        key_file: None,
        backup_dir: None,
        backup_recipient: None,
        holds_mail: false,
        smtp_url: None,
        mail_patience: Patience::default(),
        mail_from: None,
        trusted_proxies: Vec::new(),
    };
    let clock = Arc::new(TestClock::at("2026-11-23T16:00:00Z"));
    Opening { folder, clock, config, jobs: false, limits: Limits::default(), emails_as_files: false }
}

/// A database that is up to date and has nobody in it, made once: migrating would be a good
/// part of every test. What the first start does without one is tested with the program.
static FRESH: OnceCell<Fresh> = OnceCell::const_new();

struct Fresh {
    database: Vec<u8>,
    /// The file names it.
    key: Vec<u8>,
}

async fn fresh() -> Fresh {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (file, key) = (folder::database(folder.path()), folder.path().join("key"));
    Store::open(&file, &key).await.expect("a new file").close().await;
    Fresh {
        database: fs::read(file).expect("a file that is up to date"),
        key: fs::read(key).expect("its key"),
    }
}

impl Opening {
    /// Changes `practice.toml` before the practice opens.
    pub fn with_practice_file(self, change: impl FnOnce(String) -> String) -> Self {
        let path = self.config.content_dir.join("practice.toml");
        let before = fs::read_to_string(&path).expect("a practice file");
        fs::write(&path, change(before)).expect("a practice file");
        self
    }

    /// Gives one key of `practice.toml`, which stands there once, another value.
    pub fn with(self, key: &str, value: &str) -> Self {
        self.with_practice_file(|file| {
            let is_it = |line: &&str| line.split('=').next().is_some_and(|name| name.trim() == key);
            assert_eq!(file.lines().filter(is_it).count(), 1, "{key}");
            let changed = file.lines().map(|line| match is_it(&line) {
                true => format!("{key} = {value}\n"),
                false => format!("{line}\n"),
            });
            changed.collect()
        })
    }

    /// Changes the configuration before the practice opens.
    pub fn with_config(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self
    }

    /// Writes a file of the content before the practice opens.
    pub fn with_file(self, path: &str, text: &str) -> Self {
        write(&self.config.content_dir.join(path), text);
        self
    }

    /// Sets the clock.
    pub fn at(mut self, instant: &str) -> Self {
        self.clock = Arc::new(TestClock::at(instant));
        self
    }

    /// Changes what the program waits for and holds open.
    pub fn with_limits(mut self, change: impl FnOnce(&mut Limits)) -> Self {
        change(&mut self.limits);
        self
    }

    /// Lets emails go out and holds end by themselves.
    pub fn with_jobs(mut self) -> Self {
        self.jobs = true;
        self
    }

    /// Writes emails into `DATA_DIR/mail`, as without `SMTP_URL`.
    pub fn with_emails_as_files(mut self) -> Self {
        self.emails_as_files = true;
        self
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn clock(&self) -> Arc<TestClock> {
        self.clock.clone()
    }

    pub async fn open(mut self) -> TestPractice {
        if !self.config.data_dir.exists() {
            files::make_folder(&self.config.data_dir).expect("a folder");
            let Fresh { database, key } = FRESH.get_or_init(fresh).await;
            fs::write(folder::database(&self.config.data_dir), database).expect("a database");
            fs::write(folder::key(&self.config), key).expect("a key file");
        }
        let mailbox = Arc::new(Mailbox::open().await);
        if !self.emails_as_files && self.config.smtp_url.is_none() {
            self.config.smtp_url = SmtpUrl::parse(mailbox.url());
        }
        let running = serve::start(&self.config, self.clock.clone(), self.jobs, self.limits)
            .await
            .expect("the practice opens");
        let (clock, folder) = (self.clock, self.folder);
        TestPractice {
            running,
            clock,
            mailbox,
            unclosed: Unclosed,
            folder,
            config: self.config,
            through: None,
        }
    }
}

/// Writes a file of the content, in a folder that may be the first of it.
fn write(path: &Path, text: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder of the content");
    fs::write(path, text).expect("a file of the content");
}

/// Fails a test that forgets to close its practice.
struct Unclosed;

impl Drop for Unclosed {
    fn drop(&mut self) {
        assert!(std::thread::panicking(), "the test ends without `practice.close().await`");
    }
}

impl TestPractice {
    /// The whole address of a path.
    pub fn url(&self, path: &str) -> String {
        self.running.base.to(path)
    }

    pub fn content_dir(&self) -> &Path {
        &self.config.content_dir
    }

    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Somebody whom nobody knows.
    pub fn visitor(&self) -> Visitor {
        let server = self.through.clone().unwrap_or_else(|| format!("http://{}", self.running.address));
        Visitor::new(server, self.running.base.to(""))
    }

    /// Visitors come in there from now on.
    pub fn is_reached_through(&mut self, server: String) {
        self.through = Some(server);
    }

    /// Lets the minutes pass in which something can be undone, and carries every
    /// email that is due.
    pub async fn deliver(&self) {
        minutes_pass(&self.running.current, &self.clock).await;
        self.deliver_now().await;
    }

    /// Carries every email that is due, as the courier does.
    pub async fn deliver_now(&self) {
        courier::deliver(&self.running.app()).await.expect("the outbox can be read");
    }

    /// Carries every email that is due, and takes out all that came.
    pub async fn emails(&self) -> Vec<Email> {
        self.deliver().await;
        self.mailbox.take()
    }

    /// Carries every email that is due, and takes out the one to somebody.
    pub async fn email_to(&self, recipient: &str) -> Email {
        self.deliver().await;
        self.mailbox.one_to(recipient)
    }

    /// Lets time pass, and does what is due then: holds end, reminders are written.
    pub async fn passes(&self, time: TimeDelta) {
        self.clock.advance(time);
        expire::expire(&self.running.current).await.expect("holds can be looked at");
        remind::remind(&self.running.current).await.expect("reminders can be written");
        self.offers().await;
    }

    /// Offers what is open to those on the waitlist, until there is nothing more to do.
    pub async fn offers(&self) {
        while round::round(&self.running.current).await.expect("the waitlist can be looked after") > 0 {}
    }

    /// Lets time pass until so long after the practice has opened, however many minutes
    /// have passed since; and does what is due then.
    pub async fn reaches(&self, time: TimeDelta) {
        self.passes(time - self.clock.has_run()).await;
    }

    /// Has some weeks of invented appointments, fewer than the program's own, written beside the server as
    /// `stillpoint demo` does.
    pub async fn has_demo(&self) {
        let app = self.running.app();
        let store = Store::open(&folder::database(&self.config.data_dir), &folder::key(&self.config))
            .await
            .expect("the file");
        demo::fill(&store, &app.site, app.now(), 6).await.expect("an empty practice");
        store.close().await;
    }

    /// Writes a file of the content, and has the content watch read it.
    pub async fn writes(&self, path: &str, text: impl AsRef<[u8]>) {
        write(&self.config.content_dir.join(path), text);
        self.reads_again().await;
    }

    /// Changes a file of the content, and has the content watch read it.
    pub async fn rewrites(&self, path: &str, change: impl FnOnce(String) -> String) {
        let before = fs::read_to_string(self.config.content_dir.join(path)).expect("a file of the content");
        self.writes(path, &change(before)).await;
    }

    /// Removes a file of the content, and has the content watch read what is left.
    pub async fn removes(&self, path: &str) {
        fs::remove_file(self.config.content_dir.join(path)).expect("a file of the content");
        self.reads_again().await;
    }

    /// Gives a file or a folder of the content, or the whole of it, another
    /// name, and has the content watch read what there is.
    pub async fn renames(&self, from: &str, to: &str) {
        let path = |name: &str| self.folder.path().join(name);
        fs::rename(path(from), path(to)).expect("another name");
        self.reads_again().await;
    }

    /// Has the content watch read the content as it lies there.
    pub async fn reads_again(&self) {
        let reading = content_watch::read_again(&self.running.current, &self.config.content_dir);
        reading.await.expect("the content can be taken over");
    }

    /// Makes the sizes of pictures that are not there yet, and has the content read again, as the content watch does.
    pub async fn makes_sizes(&self) {
        let app = self.running.app();
        while let Some((name, image)) = app.picture_maker.next(&app.site.images) {
            assert!(!app.picture_maker.made(name, image).await.sizes.is_empty(), "{name}");
        }
        self.reads_again().await;
    }

    /// Everything that has the therapist from a moment on.
    pub async fn busy(&self) -> Busy {
        let mut tx = self.running.app().store.read().await.expect("a store");
        let now = self.running.app().now();
        tx.busy(Interval::new(now, now + TimeDelta::days(400)), now).await.expect("busy")
    }

    pub async fn calls(&self) -> Vec<Call> {
        minutes_pass(&self.running.current, &self.clock).await;
        let mut tx = self.running.app().store.read().await.expect("a store");
        tx.calls(self.running.app().now()).await.expect("calls")
    }

    /// When the next email is to be tried; `None` when every email went its way.
    pub async fn next_email_at(&self) -> Option<Instant> {
        let mut tx = self.running.app().store.read().await.expect("a store");
        tx.next_email_at().await.expect("an outbox")
    }

    /// Ends the practice and opens it again with another `practice.toml`.
    pub async fn opened_again(self, change: impl FnOnce(String) -> String) -> Self {
        self.opens_again(change).await.expect("the practice opens again")
    }

    /// The same where it may not open.
    pub async fn opens_again(self, change: impl FnOnce(String) -> String) -> Result<Self, serve::Error> {
        let Self { running, clock, mailbox, unclosed, folder, config, .. } = self;
        running.stop().await;
        let path = config.content_dir.join("practice.toml");
        let before = fs::read_to_string(&path).expect("a practice file");
        fs::write(&path, change(before)).expect("a practice file");
        match serve::start(&config, clock.clone(), false, Limits::default()).await {
            Ok(running) => Ok(Self { running, clock, mailbox, unclosed, folder, config, through: None }),
            Err(error) => {
                std::mem::forget(unclosed);
                Err(error)
            }
        }
    }

    /// Makes the backup of the night, as the job does. Returns the newest one.
    pub async fn backs_up(&self) -> PathBuf {
        backup::back_up(&self.running.app()).await;
        assert_eq!(self.running.app().store.health().backup_trouble(), None);
        self.backups().pop().expect("a backup")
    }

    /// The backups in their folder, the oldest first.
    pub fn backups(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.data_dir().join("backups")).expect("a folder");
        let files = entries.map(|entry| entry.expect("an entry").path());
        let mut backups: Vec<_> = files.filter(|file| file.extension() != Some("part".as_ref())).collect();
        backups.sort();
        backups
    }

    /// Ends the practice, has something done to its folder, and opens it again.
    pub async fn while_closed(self, done: impl FnOnce(&Path)) -> Self {
        let Self { running, clock, mailbox, unclosed, folder, config, .. } = self;
        running.stop().await;
        done(folder.path());
        let running = serve::start(&config, clock.clone(), false, Limits::default());
        let running = running.await.expect("the practice opens again");
        Self { running, clock, mailbox, unclosed, folder, config, through: None }
    }

    /// Ends the practice, and insists that every email has left it.
    pub async fn close(self) {
        assert_eq!(self.next_email_at().await, None, "an email is still to be sent");
        self.close_with_emails_unsent().await;
    }

    /// Ends the practice, whatever waits in the outbox.
    pub async fn close_with_emails_unsent(self) {
        let Self { running, unclosed, .. } = self;
        std::mem::forget(unclosed);
        running.stop().await;
    }
}
