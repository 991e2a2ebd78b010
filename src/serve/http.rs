//! The server: takes connections, each within bounds, and speaks HTTP/1 over them.

use std::{convert::Infallible, error::Error, io, net::SocketAddr, time::Duration};

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
    net::{TcpListener, TcpStream},
    sync::watch,
};
use tower::Service;

use super::{
    connections::{Connections, Watched},
    limits::Limits,
};

/// The longest head of a request, in bytes.
const LONGEST_HEAD: usize = 16 * 1024;
/// How long to wait before the next try when the system gives no connection.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves until `stop` says so, and then what is in flight.
pub async fn serve<S, B>(listener: TcpListener, site: S, limits: Limits, mut stop: watch::Receiver<bool>)
where
    S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let mut http = http1::Builder::new();
    // A client that never ends its head would keep its connection for ever.
    http.timer(TokioTimer::new()).header_read_timeout(limits.head).max_buf_size(LONGEST_HEAD);
    let (connections, in_flight) = (Connections::new(limits.connections), GracefulShutdown::new());
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
        let served = in_flight.watch(http.serve_connection(TokioIo::new(stream), answer));
        tokio::spawn(async move {
            tokio::select! {
                () = place.connection.has_to_go() => {}
                // However it ended: it is the client's affair.
                _ = served => {}
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
