//! The sockets: bound where a variable says, or passed by the service manager.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
};

use tokio::net::TcpListener;

use crate::config::{Config, https::Https};

/// Why nobody could reach the practice.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0} is already in use by another program ({1})")]
    PortInUse(SocketAddr, &'static str),
    #[error(
        "can't listen on {0} ({1}): a port below 1024 needs root, CAP_NET_BIND_SERVICE, or a socket from systemd"
    )]
    Privileged(SocketAddr, &'static str),
    #[error("can't listen on {0} ({1}): {2}")]
    Unusable(SocketAddr, &'static str, io::Error),
    #[error("can't listen on the socket that was passed (LISTEN_FDS): {0}")]
    Passed(io::Error),
}

/// Where visitors and the proxy come in, and its address.
pub(super) async fn for_visitors(config: &Config) -> Result<(TcpListener, SocketAddr), Error> {
    let listener = match &config.passed {
        Some(passed) => taken_over(passed)?,
        None => at(config.listen, "LISTEN").await?,
    };
    let address = listener.local_addr();
    let address = address.map_err(|error| Error::Unusable(config.listen, "LISTEN", error))?;
    Ok((listener, address))
}

/// Where plain http leads to https, if it does.
pub(super) async fn for_http(https: &Https) -> Result<Option<TcpListener>, Error> {
    match (&https.passed_http, https.http_listen) {
        (Some(passed), _) => taken_over(passed).map(Some),
        (None, Some(address)) => at(address, "HTTP_LISTEN").await.map(Some),
        (None, None) => Ok(None),
    }
}

/// A socket that the service manager opened.
fn taken_over(passed: &std::net::TcpListener) -> Result<TcpListener, Error> {
    let socket = passed.try_clone().and_then(|socket| {
        socket.set_nonblocking(true)?;
        TcpListener::from_std(socket)
    });
    socket.map_err(Error::Passed)
}

/// Where Prometheus comes in, if it may.
pub(super) async fn for_metrics(config: &Config) -> Result<Option<TcpListener>, Error> {
    match config.metrics_listen {
        Some(address) => at(address, "METRICS_LISTEN").await.map(Some),
        None => Ok(None),
    }
}

/// Listens on an address that a variable names.
async fn at(address: SocketAddr, variable: &'static str) -> Result<TcpListener, Error> {
    let bound = match TcpListener::bind(address).await {
        Err(error) if address.ip() == Ipv6Addr::UNSPECIFIED && is_without_ipv6(&error) => {
            TcpListener::bind((Ipv4Addr::UNSPECIFIED, address.port())).await
        }
        bound => bound,
    };
    bound.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => Error::PortInUse(address, variable),
        io::ErrorKind::PermissionDenied if address.port() < 1024 => Error::Privileged(address, variable),
        _ => Error::Unusable(address, variable, error),
    })
}

/// Everywhere is everywhere on a machine without IPv6, too.
fn is_without_ipv6(error: &io::Error) -> bool {
    let without = [rustix::io::Errno::AFNOSUPPORT, rustix::io::Errno::ADDRNOTAVAIL];
    without.iter().any(|errno| error.raw_os_error() == Some(errno.raw_os_error()))
}

/// Where an address can be reached on this machine: one that stands for all of
/// them is no place for a link to lead to.
pub fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(if address.is_ipv4() {
            Ipv4Addr::LOCALHOST.into()
        } else {
            Ipv6Addr::LOCALHOST.into()
        });
    }
    address
}
