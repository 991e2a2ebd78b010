//! The sockets: bound where a variable says, or passed by the service manager.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
};

use tokio::net::TcpListener;

use crate::config::Config;

/// Why nobody could reach the practice.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0} is already in use by another program ({1})")]
    PortInUse(SocketAddr, &'static str),
    #[error("can't listen on {0} ({1}): {2}")]
    Unusable(SocketAddr, &'static str, io::Error),
    #[error("can't listen on the socket that was passed (LISTEN_FDS): {0}")]
    Passed(io::Error),
}

/// Where visitors and the proxy come in, and its address.
pub(super) async fn for_visitors(config: &Config) -> Result<(TcpListener, SocketAddr), Error> {
    let listener = match &config.passed {
        Some(passed) => passed
            .try_clone()
            .and_then(|socket| {
                socket.set_nonblocking(true)?;
                TcpListener::from_std(socket)
            })
            .map_err(Error::Passed)?,
        None => at(config.listen, "LISTEN").await?,
    };
    let address = listener.local_addr();
    let address = address.map_err(|error| Error::Unusable(config.listen, "LISTEN", error))?;
    Ok((listener, address))
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
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => Error::PortInUse(address, variable),
        _ => Error::Unusable(address, variable, error),
    })
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
