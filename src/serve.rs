//! Opening the practice: content, folder, port, database, in that order, each
//! failure one sentence; and closing it whole.

mod at_work;
mod connections;
mod doors;
pub mod folder;
mod http;
pub mod limits;
pub mod listening;
pub mod service_manager;

use std::{fs::File, io, net::SocketAddr, sync::Arc};

use lettre::message::Mailbox;
use tokio::{
    sync::{Notify, watch},
    task::JoinHandle,
};
use tokio_rustls::{TlsAcceptor, rustls};

use self::{doors::Doors, limits::Limits};
use crate::{
    account,
    app::{self, App, Backups, Current},
    backup::{self, before_upgrade, take_up},
    certificate::renewal::Certificates,
    clock::Clock,
    config::Config,
    content::{
        load,
        pictures::picture_maker::PictureMaker,
        problem::{self, Problem},
        site::Site,
    },
    domain::time::Instant,
    jobs::{content_watch::ContentWatch, supervisor},
    mail::mailer::Mailer,
    planning::replaced,
    site::publish,
    store::{OpenError, Store, StoreError, WelcomeFrom, search::SearchIndex},
    urls::{self, BaseUrl},
    web::{self, Web},
};

/// Why the practice cannot be opened. Each is one sentence, except for the
/// problems, which are one each.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{} in the content to fix first", problem::words(.0.len()))]
    Content(Vec<Problem>),
    #[error(transparent)]
    Folder(#[from] folder::Error),
    #[error(transparent)]
    Listening(#[from] listening::Error),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Backup(#[from] backup::error::Error),
    #[error("HTTPS can't be set up: {0}")]
    Tls(rustls::Error),
    #[error("email can't be sent: {0}")]
    Mail(String),
    #[error("the server stopped: {0}")]
    Server(io::Error),
}

/// The practice, open.
pub struct Running {
    /// The present state of the site.
    pub current: Arc<Current>,
    /// What links begin with.
    pub base: BaseUrl,
    pub address: SocketAddr,
    /// Where plain http leads to https.
    pub http_address: Option<SocketAddr>,
    /// Where HTTPS is spoken here.
    pub certificates: Option<Arc<Certificates>>,
    /// A one-time link to set the password, while none is set.
    pub welcome: Option<String>,
    /// What of the practice file does not hold any more, each in a sentence.
    pub notes: Vec<String>,
    server: JoinHandle<()>,
    jobs: JoinHandle<()>,
    stop: watch::Sender<bool>,
    /// Held, not read: the lock goes with it.
    _lock: File,
}

/// Opens the practice. With `jobs`, emails go out and holds end by themselves.
pub async fn start(
    config: &Config,
    clock: Arc<dyn Clock>,
    jobs: bool,
    limits: Limits,
) -> Result<Running, Error> {
    // Before the content is read: what is saved meanwhile is seen as a change.
    let watch = ContentWatch::new(&config.content_dir);
    let sizes = folder::pictures(&config.data_dir);
    let site = load::load(&config.content_dir, Some(&sizes), clock.now());
    let site = site.map_err(|unfit| Error::Content(unfit.problems))?;
    folder::make(&config.data_dir)?;
    let lock = folder::lock(&config.data_dir)?;
    let doors = Doors::bind(config).await?;
    let reached = format!("http://{}", listening::reachable(doors.address));
    let base = config.base_url.clone().or_else(|| BaseUrl::parse(&reached));
    let base = base.ok_or_else(|| Error::Mail(format!("links can't begin with {reached}")))?;
    let backups = folder::backups(config);
    let store = open_database(&backups, limits, clock.now()).await?;
    take_up::take_up_if_backup(&store, &folder::erasure_logs(config), clock.now()).await?;

    let broken = publish::broken(&mut store.read().await?, &site.practice, clock.now()).await?;
    if !broken.is_empty() {
        store.close().await;
        return Err(Error::Content(broken));
    }

    let cannot_be_written =
        |error: StoreError| OpenError::Unusable(backups.database.clone(), error.to_string());
    // Before the search is opened, which would have its own to say of a folder that takes no files.
    note_address(&store, &base).await.map_err(cannot_be_written)?;
    let site = Arc::new(site);
    let search = SearchIndex::of(&folder::search(&config.data_dir), site.clone()).await?;
    let app = app(config, site, search, store, base.clone(), clock)?;
    let welcome = note_start(&app).await.map_err(cannot_be_written)?;
    let mut notes = replaced::replaced(&app).await?;
    notes.extend(folder::open_to_others(&config.data_dir));
    if app.store.read().await?.from_backup().await?.is_some() {
        let page = app.base.to(urls::RESTORED);
        notes.push(format!(
            "this was restored from a backup: no email is going out until you've looked at {page}"
        ));
    }
    if app.rules().await?.pause.is_some() {
        notes.push("online booking is paused".to_owned());
    }
    let current = Arc::new(Current::new(app));
    let web = Arc::new(Web::new(current.clone(), config.trusted_proxies.clone()));
    let router = web::router::router(web.clone()).map_err(|error| Error::Mail(error.to_string()))?;

    let (stop, stopping) = watch::channel(false);
    let health = current.app().store.health().clone();
    let certificates = config.https.clone().map(|https| {
        let folder = folder::certificates(&config.data_dir);
        Arc::new(Certificates::open(https, &folder, health.clone()))
    });
    let tls = certificates.as_ref().map(|certificates| certificates.offer().server()).transpose();
    let tls = tls.map_err(Error::Tls)?.map(|tls| TlsAcceptor::from(Arc::new(tls)));
    let (address, http_address) = (doors.address, doors.http_address());
    if let Some(address) = doors.metrics_address() {
        notes.push(format!("numbers for Prometheus are at http://{address}/metrics"));
    }
    let server = doors.open(web, router, &base, tls, limits, &stopping);
    let jobs = if jobs { at_work::all(&current, watch, certificates.clone(), &stopping) } else { Vec::new() };
    let jobs = tokio::spawn(supervisor::run(jobs, health, limits.jobs, stopping));
    Ok(Running {
        current,
        base,
        address,
        http_address,
        certificates,
        welcome,
        notes,
        server,
        jobs,
        stop,
        _lock: lock,
    })
}

impl Running {
    pub fn app(&self) -> Arc<App> {
        self.current.app()
    }

    /// Waits until the server ends by itself, which it does only when it cannot go on.
    pub async fn ended(&mut self) -> Result<(), Error> {
        let ended = (&mut self.server).await;
        Err(Error::Server(ended.map_or_else(io::Error::other, |()| io::ErrorKind::UnexpectedEof.into())))
    }

    /// Finishes what is in flight, requests and an email under way, and closes the database whole.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        if !self.server.is_finished() {
            let _ = self.server.await;
        }
        let _ = self.jobs.await;
        self.current.app().store.close().await;
    }
}

fn app(
    config: &Config,
    site: Arc<Site>,
    search: SearchIndex,
    store: Store,
    base: BaseUrl,
    clock: Arc<dyn Clock>,
) -> Result<App, Error> {
    let practice = &site.practice;
    let mailbox = |text: &str| {
        text.parse::<Mailbox>().map_err(|_| Error::Mail(format!("`{text}` isn't an email address")))
    };
    let from = match &config.mail_from {
        Some(from) => from.clone(),
        None => mailbox(&practice.mail_from)?,
    };
    let from = Mailbox::new(from.name.or_else(|| Some(practice.name.clone())), from.email);
    let mail_host = app::host_of(&from);
    let reply_to = mailbox(&practice.therapist.email)?;
    let mailer = match &config.smtp_url {
        _ if config.holds_mail => Mailer::held(from, reply_to),
        Some(url) => {
            let mailer = Mailer::smtp(url.as_str(), from, reply_to, config.mail_patience);
            mailer.map_err(|error| Error::Mail(error.to_string()))?
        }
        None => {
            let folder = config.data_dir.join("mail");
            Mailer::files(&folder, from, reply_to)
                .map_err(|error| folder::Error::Unwritable(folder, error))?
        }
    };
    Ok(App {
        store,
        heeded: Arc::new(site.first_rules.clone()),
        site,
        search,
        picture_maker: Arc::new(PictureMaker::new(folder::pictures(&config.data_dir))),
        read_at: clock.now(),
        edition: 0,
        problems: Vec::new(),
        unsettled: None,
        clock,
        base,
        mailer: Arc::new(mailer),
        mail_host,
        erasures_file: folder::erasures(&config.data_dir),
        backups: Arc::new(folder::backups(config)),
        outbox: Arc::new(Notify::new()),
        waitlist: Arc::new(Notify::new()),
    })
}

/// Notes where the practice is reached.
async fn note_address(store: &Store, base: &BaseUrl) -> Result<(), StoreError> {
    let mut tx = store.write().await?;
    tx.set_served_at(base).await?;
    tx.commit().await
}

/// Notes what the practice file says, and makes a welcome link while no password is set.
async fn note_start(app: &App) -> Result<Option<String>, StoreError> {
    let mut tx = app.store.write().await?;
    let link = if tx.password_hash().await?.is_none() {
        let token = app.fresh_token();
        tx.insert_welcome_link(&token, WelcomeFrom::Server, app.now() + account::welcome::GOOD_FOR).await?;
        Some(app.base.to(&urls::welcome(&token)))
    } else {
        None
    };
    publish::note(&mut tx, app.practice(), app.now()).await?;
    tx.commit().await?;
    Ok(link)
}

/// Opens the database as a command does that may run beside a server. While it holds what comes
/// with it, no other one replaces the database or the key.
pub async fn open_beside(config: &Config, now: Instant) -> Result<(Store, File), Error> {
    folder::existing_database(&config.data_dir)?;
    let lock = folder::lock_beside(&config.data_dir)?;
    Ok((open_database(&folder::backups(config), Limits::default(), now).await?, lock))
}

/// Opens the database, with a backup of it before it is brought up to date.
async fn open_database(backups: &Backups, limits: Limits, now: Instant) -> Result<Store, Error> {
    let before = before_upgrade::make_if_needed(backups, now).await?;
    let opened = Store::open_with(&backups.database, &backups.key_file, limits.lock).await;
    if opened.is_err() {
        before_upgrade::let_go_if_unneeded(backups, before).await;
    }
    Ok(opened?)
}
