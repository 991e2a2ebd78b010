//! TLS as a browser speaks it, for visitors who know plain http alone: what they send to a port of
//! this machine arrives over TLS, and only where the certificate is trusted at the time of the clock.

use std::{fs, io, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use stillpoint::clock::Clock;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{
        ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
        time_provider::TimeProvider,
    },
};

use crate::support::clock::TestClock;

struct Now(Arc<TestClock>);

impl std::fmt::Debug for Now {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Now")
    }
}

impl TimeProvider for Now {
    fn current_time(&self) -> Option<UnixTime> {
        let seconds = self.0.now().timestamp().cast_unsigned();
        Some(UnixTime::since_unix_epoch(Duration::from_secs(seconds)))
    }
}

/// Somebody's TLS, and whom it trusts.
#[derive(Clone)]
pub struct Tunnel {
    tls: TlsConnector,
    to: SocketAddr,
}

impl Tunnel {
    /// Leads to an address, and trusts whom a file of root certificates vouches for.
    pub fn new(to: SocketAddr, root: &Path, clock: Arc<TestClock>) -> Self {
        let mut roots = RootCertStore::empty();
        for root in CertificateDer::pem_slice_iter(&fs::read(root).expect("a file")) {
            roots.add(root.expect("a certificate")).expect("a root");
        }
        let provider = Arc::new(ring::default_provider());
        let mut config = ClientConfig::builder_with_details(provider, Arc::new(Now(clock)))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        // As browsers do.
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Self { tls: TlsConnector::from(Arc::new(config)), to }
    }

    /// A connection to a site by its name.
    pub async fn connect(&self, name: &str) -> io::Result<TlsStream<TcpStream>> {
        let name = ServerName::try_from(name.to_owned()).expect("a name");
        self.tls.connect(name, TcpStream::connect(self.to).await?).await
    }

    /// Opens a port that leads to the site.
    pub async fn open(self, name: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move {
            while let Ok((mut plain, _)) = listener.accept().await {
                let tunnel = self.clone();
                tokio::spawn(async move {
                    if let Ok(mut secured) = tunnel.connect(name).await {
                        let _ = copy_bidirectional(&mut plain, &mut secured).await;
                    }
                });
            }
        });
        format!("http://{address}")
    }
}
