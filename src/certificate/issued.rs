//! A certificate with its key, as it lies in a file: the key, the certificate, those it comes from.

use std::sync::Arc;

use tokio_rustls::rustls::{
    self,
    client::verify_server_name,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject},
    server::ParsedCertificate,
    sign::CertifiedKey,
};

use super::validity;
use crate::domain::time::Interval;

pub struct Issued {
    pub certified: Arc<CertifiedKey>,
    pub holds: Interval,
}

impl Issued {
    /// `None` where the text isn't a key with its certificate, or that is for other names.
    pub fn read(pem: &str, names: &[String]) -> Option<Self> {
        let key = PrivateKeyDer::from_pem_slice(pem.as_bytes()).ok()?;
        let chain = CertificateDer::pem_slice_iter(pem.as_bytes()).collect::<Result<Vec<_>, _>>().ok()?;
        let first = chain.first()?;
        let holds = validity::of(first)?;
        if !is_for(first, names).unwrap_or(false) {
            return None;
        }
        // That key and certificate belong together is looked at here.
        let certified = CertifiedKey::from_der(chain, key, &ring::default_provider()).ok()?;
        Some(Self { certified: Arc::new(certified), holds })
    }
}

fn is_for(certificate: &CertificateDer<'_>, names: &[String]) -> Result<bool, rustls::Error> {
    let certificate = ParsedCertificate::try_from(certificate)?;
    let is_for_it = |name: &String| {
        let name = ServerName::try_from(name.as_str());
        name.is_ok_and(|name| verify_server_name(&certificate, &name).is_ok())
    };
    Ok(names.iter().all(is_for_it))
}
