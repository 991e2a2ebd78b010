//! Where connections come in: visitors, whoever types no `https://`, and Prometheus. All are
//! bound before anything is written, and opened when everything else is.

use std::{net::SocketAddr, sync::Arc};

use axum::Router;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};
use tokio_rustls::TlsAcceptor;

use super::{
    connections::Connections,
    http::{self, Door},
    limits::Limits,
    listening,
};
use crate::{
    config::Config,
    urls::BaseUrl,
    web::{self, CacheFirst, Web},
};

pub(super) struct Doors {
    visitors: TcpListener,
    pub address: SocketAddr,
    /// With the names that it leads to.
    plain: Option<(TcpListener, Vec<String>)>,
    metrics: Option<TcpListener>,
}

impl Doors {
    pub async fn bind(config: &Config) -> Result<Self, listening::Error> {
        let (visitors, address) = listening::for_visitors(config).await?;
        let plain = match &config.https {
            Some(https) => listening::for_http(https).await?.map(|plain| (plain, https.names.clone())),
            None => None,
        };
        Ok(Self { visitors, address, plain, metrics: listening::for_metrics(config).await? })
    }

    /// Where plain http leads to https.
    pub fn http_address(&self) -> Option<SocketAddr> {
        self.plain.as_ref().and_then(|(plain, _)| plain.local_addr().ok())
    }

    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics.as_ref().and_then(|metrics| metrics.local_addr().ok())
    }

    /// Opens them until `stopping` says so. What is returned is that of the visitors; whoever is at
    /// the others is answered within moments.
    pub fn open(
        self,
        web: Arc<Web>,
        router: Router,
        base: &BaseUrl,
        tls: Option<TlsAcceptor>,
        limits: Limits,
        stopping: &watch::Receiver<bool>,
    ) -> JoinHandle<()> {
        // Who comes by either of the two counts as a visitor.
        let connections = Connections::new(limits.connections);
        if let Some((listener, names)) = self.plain {
            let door = Door { listener, tls: None, connections: connections.clone() };
            let router = web::to_https::router(base.clone(), names);
            tokio::spawn(http::serve(door, router, limits, stopping.clone()));
        }
        if let Some(listener) = self.metrics {
            let door = Door { listener, tls: None, connections: Connections::new(limits.connections) };
            tokio::spawn(http::serve(door, web::metrics::router(web.clone()), limits, stopping.clone()));
        }
        let door = Door { listener: self.visitors, tls, connections };
        tokio::spawn(http::serve(door, CacheFirst::new(web, router), limits, stopping.clone()))
    }
}
