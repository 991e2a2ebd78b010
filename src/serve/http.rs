//! The server: takes connections, each within bounds, and speaks HTTP/1 over them, inside TLS
//! where that's ours to speak.

use std::{convert::Infallible, error::Error, io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    body::Bytes,
    extract::{ConnectInfo, Request},
    response::Response,
};
use futures_util::FutureExt;
use hyper::{
    body::{Body, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
    sync::watch,
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};
use tower::Service;

use super::{
    connections::{Connections, Watched},
    limits::Limits,
};
use crate::certificate::offer::PROVING;

/// The longest head of a request, in bytes.
const LONGEST_HEAD: usize = 16 * 1024;
/// How long to wait before the next try when the system gives no connection.
const PAUSE: Duration = Duration::from_millis(100);

/// Where connections come in.
pub struct Door {
    pub listener: TcpListener,
    /// `None`: plain http.
    pub tls: Option<TlsAcceptor>,
    /// Doors that share them share the bound of how many there are.
    pub connections: Arc<Connections>,
}

/// Serves until `stop` says so, and then what is in flight.
pub async fn serve<S, B>(door: Door, site: S, limits: Limits, mut stop: watch::Receiver<bool>)
where
    S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let mut http = http1::Builder::new();
    // A client that never ends its head would keep its connection for ever.
    http.timer(TokioTimer::new()).header_read_timeout(limits.head).max_buf_size(LONGEST_HEAD);
    let Door { listener, tls, connections } = door;
    let in_flight = GracefulShutdown::new();
    loop {
        let (stream, peer) = tokio::select! {
            biased;
            _ = stop.wait_for(|stops| *stops) => break,
            accepted = accept(&listener) => accepted,
        };
        let Ok(place) = connections.place().await else { break };
        let (connection, site) = (place.connection.clone(), site.clone());
        let answer = service_fn(move |mut request: Request<Incoming>| {
            let at_work = connection.works();
            request.extensions_mut().insert(ConnectInfo(peer));
            site.clone().call(request).map(move |answer| {
                drop(at_work);
                answer
            })
        });
        let stream = Watched::new(stream, place.connection.clone(), limits.unread);
        let (http, tls, watcher, stop) = (http.clone(), tls.clone(), in_flight.watcher(), stop.clone());
        let served = async move {
            // However it ends: it is the client's affair.
            match tls {
                None => _ = watcher.watch(http.serve_connection(TokioIo::new(stream), answer)).await,
                Some(tls) => {
                    if let Some(stream) = shake_hands(&tls, stream, limits.handshake, stop).await {
                        _ = watcher.watch(http.serve_connection(TokioIo::new(stream), answer)).await;
                    }
                }
            }
        };
        tokio::spawn(async move {
            tokio::select! {
                () = place.connection.has_to_go() => {}
                () = served => {}
            }
            // After the stream: the place is free once its file is.
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(limits.jobs.last, in_flight.shutdown()).await.is_err() {
        connections.close_all();
    }
}

/// Gets to where TLS is spoken, unless that takes too long or there's nothing to be said behind it.
async fn shake_hands(
    tls: &TlsAcceptor,
    stream: Watched,
    patience: Duration,
    mut stop: watch::Receiver<bool>,
) -> Option<TlsStream<Watched>> {
    let shaken = tokio::select! {
        shaken = tokio::time::timeout(patience, tls.accept(stream)) => shaken,
        // Nobody has asked for anything yet.
        _ = stop.wait_for(|stops| *stops) => return None,
    };
    let mut stream = shaken.ok()?.ok()?;
    if stream.get_ref().1.alpn_protocol() == Some(PROVING) {
        // The certificate authority has seen what it came for.
        let _ = tokio::time::timeout(patience, stream.shutdown()).await;
        return None;
    }
    Some(stream)
}

/// The next connection.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            // One that was gone before it was taken says nothing of the next.
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(error) => {
                tracing::warn!(%error, "can't accept connections");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}
