//! TLS to a server elsewhere: whom we trust, and why there is none.

use std::{fs, io, path::Path, sync::Arc};

use rustls_platform_verifier::BuilderVerifierExt;
use tokio_rustls::{
    TlsConnector,
    rustls::{
        self, CertificateError, ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, pem::PemObject},
    },
};

use super::trouble::{Cause, Distrust};

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

/// Why a certificate isn't trusted, where that is why there's no TLS.
pub fn distrust(error: &io::Error) -> Option<Distrust> {
    match cause(error) {
        Cause::Certificate(why) => Some(why),
        _ => None,
    }
}

/// Why there is no TLS, as rustls says it.
pub(super) fn cause(error: &io::Error) -> Cause {
    let said = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match said {
        Some(rustls::Error::InvalidCertificate(why)) => Cause::Certificate(match why {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Distrust::Expired,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Distrust::OtherName
            }
            CertificateError::UnknownIssuer => Distrust::UnknownIssuer,
            _ => Distrust::Other,
        }),
        Some(_) => Cause::NoTls,
        None => Cause::HungUp,
    }
}
