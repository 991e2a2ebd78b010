//! What is shown to whoever connects: the certificate, and while it's being asked for, what
//! proves that a name is ours.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use rcgen::{CertificateParams, CustomExtension, DistinguishedName, KeyPair};
use tokio_rustls::rustls::{
    self, ServerConfig,
    crypto::ring,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};

/// By this protocol a certificate authority looks whether a name is ours (RFC 8737).
pub const PROVING: &[u8] = b"acme-tls/1";
const HTTP: &[u8] = b"http/1.1";

/// Shared by the connections and whoever renews.
#[derive(Debug)]
pub struct Offer {
    names: Vec<String>,
    certificate: RwLock<Option<Arc<CertifiedKey>>>,
    proofs: RwLock<HashMap<String, Arc<CertifiedKey>>>,
}

impl Offer {
    pub fn new(names: Vec<String>) -> Self {
        Self { names, certificate: RwLock::default(), proofs: RwLock::default() }
    }

    /// How TLS is spoken here.
    pub fn server(self: &Arc<Self>) -> Result<ServerConfig, rustls::Error> {
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(self.clone());
        config.alpn_protocols = vec![HTTP.to_vec(), PROVING.to_vec()];
        Ok(config)
    }

    /// From now on, everybody is shown this one.
    pub(super) fn show(&self, certificate: Arc<CertifiedKey>) {
        *self.certificate.write().unwrap_or_else(PoisonError::into_inner) = Some(certificate);
    }

    /// Shows the certificate authority, until what is returned is dropped, that a name is ours.
    pub(super) fn prove(&self, name: &str, digest: &[u8]) -> Result<Proof<'_>, rcgen::Error> {
        let mut params = CertificateParams::new([name.to_owned()])?;
        params.distinguished_name = DistinguishedName::new();
        params.custom_extensions = vec![CustomExtension::new_acme_identifier(digest)];
        let key = KeyPair::generate()?;
        let certificate = params.self_signed(&key)?;
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let key = ring::sign::any_supported_type(&key).map_err(|_| rcgen::Error::RemoteKeyError)?;
        let proof = CertifiedKey::new(vec![certificate.der().clone()], key);
        let mut proofs = self.proofs.write().unwrap_or_else(PoisonError::into_inner);
        proofs.insert(name.to_owned(), Arc::new(proof));
        Ok(Proof { offer: self, name: name.to_owned() })
    }
}

/// A name is being proved.
pub(super) struct Proof<'a> {
    offer: &'a Offer,
    name: String,
}

impl Drop for Proof<'_> {
    fn drop(&mut self) {
        self.offer.proofs.write().unwrap_or_else(PoisonError::into_inner).remove(&self.name);
    }
}

impl ResolvesServerCert for Offer {
    /// Whoever names another site gets none, and whoever names none the one there is.
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let name = hello.server_name().map(str::to_ascii_lowercase);
        if hello.alpn().is_some_and(|mut protocols| protocols.any(|protocol| protocol == PROVING)) {
            return self.proofs.read().unwrap_or_else(PoisonError::into_inner).get(&name?).cloned();
        }
        match name {
            Some(name) if !self.names.contains(&name) => None,
            _ => self.certificate.read().unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }
}
