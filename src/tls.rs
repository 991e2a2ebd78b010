//! TLS to a server elsewhere: whom we trust, and why there is none.

use std::{fmt, fs, io, path::Path, sync::Arc};

use rustls_platform_verifier::BuilderVerifierExt;
use tokio_rustls::{
    TlsConnector,
    rustls::{
        self, CertificateError, ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, pem::PemObject},
    },
};

/// Speaks TLS to whomever this machine trusts.
pub fn trusting_the_system() -> Result<TlsConnector, rustls::Error> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_platform_verifier()?
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// Speaks TLS to whomever the certificates in a file (PEM) vouch for, and to nobody else.
pub fn trusting_only(file: &Path) -> io::Result<TlsConnector> {
    let mut roots = RootCertStore::empty();
    for root in CertificateDer::pem_slice_iter(&fs::read(file)?) {
        roots.add(root.map_err(io::Error::other)?).map_err(io::Error::other)?;
    }
    if roots.is_empty() {
        return Err(io::Error::other("there's no certificate in it"));
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// Why a certificate is not trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distrust {
    Expired,
    OtherName,
    UnknownIssuer,
    Other,
}

impl Distrust {
    /// `None` where that isn't why there's no TLS.
    pub fn of(error: &io::Error) -> Option<Self> {
        let Some(rustls::Error::InvalidCertificate(why)) = said(error) else { return None };
        Some(match why {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Self::Expired,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Self::OtherName
            }
            CertificateError::UnknownIssuer => Self::UnknownIssuer,
            _ => Self::Other,
        })
    }
}

/// What rustls says of a connection that came to nothing; `None` where it's the network that does.
pub fn said(error: &io::Error) -> Option<&rustls::Error> {
    error.get_ref()?.downcast_ref()
}

impl fmt::Display for Distrust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Expired => "it has expired",
            Self::OtherName => "it's for another name",
            Self::UnknownIssuer => "this machine doesn't know who issued it",
            Self::Other => "it isn't valid",
        })
    }
}
