//! The connections: how many there are, which has to go when there are too
//! many, and how long one may read nothing of what it is sent.

use std::{
    collections::HashMap,
    io,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    sync::{Notify, OwnedSemaphorePermit, Semaphore},
    time::{Sleep, sleep},
};

/// All that are open.
pub struct Connections {
    /// Counts what moves: whoever moved earlier has the lower count.
    moves: Arc<AtomicU64>,
    places: Arc<Semaphore>,
    open: Mutex<HashMap<u64, Arc<Connection>>>,
    next: AtomicU64,
}

/// What is known of one of them.
pub struct Connection {
    moves: Arc<AtomicU64>,
    /// The count when something was last read or written.
    moved: AtomicU64,
    /// How many of its requests are being worked on.
    requests: AtomicUsize,
    /// It has to go.
    closes: Notify,
}

/// The place of one connection among all. Dropped, it is free.
pub struct Place {
    all: Arc<Connections>,
    id: u64,
    pub connection: Arc<Connection>,
    _permit: OwnedSemaphorePermit,
}

impl Connections {
    pub fn new(most: usize) -> Arc<Self> {
        Arc::new(Self {
            moves: Arc::default(),
            places: Arc::new(Semaphore::new(most)),
            open: Mutex::default(),
            next: AtomicU64::new(0),
        })
    }

    /// A place for one more. When there is none, whoever has been idle longest has to go.
    pub async fn place(self: &Arc<Self>) -> io::Result<Place> {
        let permit = match self.places.clone().try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => {
                self.close_the_oldest_idle();
                self.places.clone().acquire_owned().await.map_err(io::Error::other)?
            }
        };
        let connection = Arc::new(Connection {
            moves: self.moves.clone(),
            moved: AtomicU64::new(0),
            requests: AtomicUsize::new(0),
            closes: Notify::new(),
        });
        connection.moves();
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        self.open().insert(id, connection.clone());
        Ok(Place { all: self.clone(), id, connection, _permit: permit })
    }

    /// Those whose request is being worked on go last.
    fn close_the_oldest_idle(&self) {
        let open = self.open();
        let age = |connection: &&Arc<Connection>| {
            let is_at_work = connection.requests.load(Ordering::Relaxed) > 0;
            (is_at_work, connection.moved.load(Ordering::Relaxed))
        };
        if let Some(oldest) = open.values().min_by_key(age) {
            oldest.closes.notify_one();
        }
    }

    /// Closes what is still open.
    pub fn close_all(&self) {
        self.open().values().for_each(|connection| connection.closes.notify_one());
    }

    fn open(&self) -> MutexGuard<'_, HashMap<u64, Arc<Connection>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.all.open().remove(&self.id);
    }
}

impl Connection {
    fn moves(&self) {
        self.moved.store(self.moves.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
    }

    /// Counts a request until what is returned is dropped.
    pub fn works(self: &Arc<Self>) -> AtWork {
        self.requests.fetch_add(1, Ordering::Relaxed);
        AtWork(self.clone())
    }

    /// Waits until it has to go.
    pub async fn has_to_go(&self) {
        self.closes.notified().await;
    }
}

/// A request is being worked on.
pub struct AtWork(Arc<Connection>);

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.requests.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A stream that fails when whoever is at its other end reads nothing for too
/// long, and notes when something moves.
pub struct Watched {
    stream: TcpStream,
    connection: Arc<Connection>,
    patience: Duration,
    /// Runs while a write waits.
    waits: Option<Pin<Box<Sleep>>>,
}

impl Watched {
    pub fn new(stream: TcpStream, connection: Arc<Connection>, patience: Duration) -> Self {
        Self { stream, connection, patience, waits: None }
    }

    fn watch(&mut self, cx: &mut Context<'_>, wrote: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if wrote.is_ready() {
            self.waits = None;
            self.connection.moves();
            return wrote;
        }
        let patience = self.patience;
        let waits = self.waits.get_or_insert_with(|| Box::pin(sleep(patience)));
        ready!(waits.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let read = ready!(Pin::new(&mut self.stream).poll_read(cx, buffer));
        self.connection.moves();
        Poll::Ready(read)
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.watch(cx, wrote)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.stream).poll_write_vectored(cx, bytes);
        self.watch(cx, wrote)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
