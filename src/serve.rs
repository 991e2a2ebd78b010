//! Opening the practice: content, folder, port, database, in that order, each
//! failure one sentence; and closing it whole.

use std::{
    fs::{self, DirBuilder, File, TryLockError},
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::{Arc, Weak},
    time::Duration,
};

use axum_server::Handle;
use hyper_util::rt::TokioTimer;
use lettre::message::Mailbox;
use tokio::{
    sync::{Notify, watch},
    task::JoinHandle,
};
use tower::ServiceExt;

use crate::{
    account,
    app::{self, App, Current},
    booking::{replaced, take_over},
    clock::Clock,
    config::Config,
    content::{
        fault::{self, Fault},
        load,
        site::Site,
    },
    jobs::{
        content_watch::{self, ContentWatch},
        courier, housekeeping,
    },
    mail::mailer::Mailer,
    store::{OpenError, Store, StoreError, owner, search::SearchIndex},
    urls::{self, BaseUrl},
    web::{self, ReadyFirst, Web},
};

/// How long a client may take to send the head of a request.
const HEAD_PATIENCE: Duration = Duration::from_secs(10);
/// How long the end waits for what is in flight.
const LAST_PATIENCE: Duration = Duration::from_secs(10);

/// Why the practice cannot be opened. Each is one sentence, except for the
/// faults, which are one each.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the content has {} to mend first", fault::words(.0.len()))]
    Content(Vec<Fault>),
    #[error("the folder {0} cannot be written (DATA_DIR): {1}")]
    Folder(PathBuf, io::Error),
    #[error(
        "the folder {0} (DATA_DIR) belongs to the user {1}, and this runs as {2}; run it as {1}, or give the folder to {2} (chown -R)"
    )]
    Others(PathBuf, String, String),
    #[error(
        "there is no database in the folder {0} (DATA_DIR); start Stillpoint there first, or name the folder that it serves from"
    )]
    NoDatabase(PathBuf),
    #[error("another Stillpoint is serving from the folder {0} (DATA_DIR)")]
    Locked(PathBuf),
    #[error("{0} is in use by another program (LISTEN)")]
    PortInUse(SocketAddr),
    #[error("{0} cannot be listened on (LISTEN): {1}")]
    Listen(SocketAddr, io::Error),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("letters cannot be sent: {0}")]
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
    /// A one-time link to set the password, while none is set.
    pub welcome: Option<String>,
    /// What of the practice file does not hold any more, each in a sentence.
    pub notes: Vec<String>,
    handle: Handle<SocketAddr>,
    server: JoinHandle<io::Result<()>>,
    jobs: Vec<JoinHandle<()>>,
    stop: watch::Sender<bool>,
    /// Held, not read: the lock goes with it.
    _lock: File,
}

/// Opens the practice. With `jobs`, letters go out and holds end by themselves.
pub async fn start(config: &Config, clock: Arc<dyn Clock>, jobs: bool) -> Result<Running, Error> {
    // Before the content is read: what is saved meanwhile is seen as a change.
    let watch = ContentWatch::new(&config.content_dir);
    let site = load::load(&config.content_dir, clock.now());
    let site = site.map_err(|unfit| Error::Content(unfit.faults))?;
    make_data_dir(&config.data_dir)?;
    let lock = lock(&config.data_dir)?;
    let listener = listen(config.listen)?;
    let address = listener.local_addr().map_err(|error| Error::Listen(config.listen, error))?;
    let base = config.base_url.clone().or_else(|| BaseUrl::parse(&format!("http://{}", reachable(address))));
    let base = base.ok_or_else(|| Error::Mail(format!("no links can begin with http://{address}")))?;
    let store = Store::open(&database(&config.data_dir)).await?;

    let broken = take_over::broken(&mut store.read().await?, &site.practice, clock.now()).await?;
    if !broken.is_empty() {
        store.close().await;
        return Err(Error::Content(broken));
    }

    let site = Arc::new(site);
    let search = SearchIndex::of(site.clone()).await?;
    let app = app(config, site, search, store, base.clone(), clock)?;
    let welcome = note_start(&app).await?;
    let mut notes = replaced::replaced(&app).await?;
    notes.extend(open_to_others(&config.data_dir));
    if app.rules().await?.closed.is_some() {
        notes.push("online requests are closed".to_owned());
    }
    let current = Current::new(app);
    let web = Arc::new(Web::new(current.clone(), config.trusted_proxies.clone()));
    let router = web::router::router(web.clone()).map_err(|error| Error::Mail(error.to_string()))?;

    let handle = Handle::new();
    let mut server = axum_server::from_tcp(listener)
        .map_err(|error| Error::Listen(address, error))?
        .handle(handle.clone())
        // A client that says nothing at all would not be timed out while its protocol is unknown.
        .http1_only();
    // The plain server sets no timer, and a client that never ends its head would keep its connection for ever.
    server.http_builder().http1().timer(TokioTimer::new()).header_read_timeout(HEAD_PATIENCE);
    let site = router.into_make_service_with_connect_info::<SocketAddr>();
    let site = ServiceExt::<SocketAddr>::map_response(site, move |site| ReadyFirst::new(web.clone(), site));
    let server = tokio::spawn(server.serve(site));

    let (stop, stopping) = watch::channel(false);
    let jobs = if jobs {
        vec![
            tokio::spawn(courier::run(current.clone(), stopping)),
            tokio::spawn(housekeeping::run(current.clone())),
            tokio::spawn(content_watch::run(current.clone(), watch)),
        ]
    } else {
        Vec::new()
    };
    Ok(Running { current, base, address, welcome, notes, handle, server, jobs, stop, _lock: lock })
}

impl Running {
    pub fn app(&self) -> Arc<App> {
        self.current.app()
    }

    /// Waits until the server ends by itself, which it does only when it cannot go on.
    pub async fn ended(&mut self) -> Result<(), Error> {
        match (&mut self.server).await {
            Ok(ended) => ended.map_err(Error::Server),
            Err(gone) => Err(Error::Server(io::Error::other(gone))),
        }
    }

    /// Finishes what is in flight, requests and a letter under way, and closes the database whole.
    pub async fn stop(self) {
        self.handle.graceful_shutdown(Some(LAST_PATIENCE));
        let _ = self.stop.send(true);
        if !self.server.is_finished() {
            let _ = self.server.await;
        }
        let mut jobs = self.jobs.into_iter();
        if let Some(courier) = jobs.next() {
            let abort = courier.abort_handle();
            if tokio::time::timeout(LAST_PATIENCE, courier).await.is_err() {
                abort.abort();
            }
        }
        jobs.for_each(|job| job.abort());
        self.current.app().store.close().await;
    }
}

/// Where an address can be reached on this machine: one that stands for all of
/// them is no place for a link to lead to.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(if address.is_ipv4() {
            Ipv4Addr::LOCALHOST.into()
        } else {
            Ipv6Addr::LOCALHOST.into()
        });
    }
    address
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
        text.parse::<Mailbox>().map_err(|_| Error::Mail(format!("`{text}` is no email address")))
    };
    let from = match &config.mail_from {
        Some(from) => from.clone(),
        None => mailbox(&practice.mail_from)?,
    };
    let from = Mailbox::new(from.name.or_else(|| Some(practice.name.clone())), from.email);
    let mail_host = app::host_of(&from);
    let reply_to = mailbox(&practice.therapist.email)?;
    let mailer = match &config.smtp_url {
        Some(url) => {
            let mailer = Mailer::smtp(url.as_str(), from, reply_to, config.mail_patience);
            mailer.map_err(|error| Error::Mail(error.to_string()))?
        }
        None => {
            let folder = config.data_dir.join("mail");
            Mailer::files(&folder, from, reply_to).map_err(|error| Error::Folder(folder, error))?
        }
    };
    Ok(App {
        store,
        site,
        search,
        read_at: clock.now(),
        edition: 0,
        faults: Vec::new(),
        unsettled: None,
        clock,
        base,
        mailer: Arc::new(mailer),
        mail_host,
        outbox: Arc::new(Notify::new()),
        current: Weak::new(),
    })
}

/// Notes where the server is reached and what the practice file says, and makes a
/// welcome link while no password is set.
async fn note_start(app: &App) -> Result<Option<String>, StoreError> {
    let mut tx = app.store.write().await?;
    tx.set_served_at(&app.base).await?;
    let link = if tx.password_hash().await?.is_none() {
        let token = app.fresh_token();
        tx.insert_welcome_link(&token, app.now() + account::WELCOME).await?;
        Some(app.base.to(&urls::welcome(&token)))
    } else {
        None
    };
    take_over::note(&mut tx, app.practice(), app.now()).await?;
    tx.commit().await?;
    Ok(link)
}

/// Opens the database as a command does that may run beside a server: one that
/// is not there is not made, since no server would ever read it.
pub async fn open_beside(folder: &Path) -> Result<Store, Error> {
    let file = database(folder);
    match fs::metadata(&file) {
        Ok(_) => Ok(Store::open(&file).await?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Error::NoDatabase(folder.to_owned())),
        Err(error) => Err(no_folder(folder, error)),
    }
}

/// Makes the data folder, for its owner's eyes, if it is not there. What is there
/// already has the mode that somebody chose for it.
fn make_data_dir(folder: &Path) -> Result<(), Error> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| no_folder(folder, error))
}

/// A warning, where other users of the machine can read what is in the folder.
fn open_to_others(folder: &Path) -> Option<String> {
    let mode = fs::metadata(folder).ok()?.permissions().mode();
    (mode & 0o044 != 0).then(|| {
        let folder = folder.display();
        format!("other users of this machine can look into {folder} (DATA_DIR), where clients' data is; chmod 700 {folder} keeps them out")
    })
}

fn no_folder(folder: &Path, error: io::Error) -> Error {
    match owner::others(folder) {
        Some((owner, us)) if error.kind() == io::ErrorKind::PermissionDenied => {
            Error::Others(folder.to_owned(), owner, us)
        }
        _ => Error::Folder(folder.to_owned(), error),
    }
}

pub fn database(folder: &Path) -> PathBuf {
    folder.join("stillpoint.db")
}

/// Keeps a second server off the same folder.
fn lock(folder: &Path) -> Result<File, Error> {
    let file = File::create(folder.join("serving.lock")).map_err(|error| no_folder(folder, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Locked(folder.to_owned())),
        Err(TryLockError::Error(error)) => Err(Error::Folder(folder.to_owned(), error)),
    }
}

fn listen(address: SocketAddr) -> Result<TcpListener, Error> {
    let listener = TcpListener::bind(address).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => Error::PortInUse(address),
        _ => Error::Listen(address, error),
    })?;
    listener.set_nonblocking(true).map_err(|error| Error::Listen(address, error))?;
    Ok(listener)
}
