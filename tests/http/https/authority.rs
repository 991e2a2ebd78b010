//! A certificate authority on any port: an ACME server (RFC 8555) that looks whether a name is
//! served where it should be (TLS-ALPN-01, RFC 8737), and signs.

use std::{
    collections::HashSet,
    fs, io,
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
    serve::Listener,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use chrono::TimeDelta;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, PKCS_ECDSA_P256_SHA256,
    PublicKeyData, SignatureAlgorithm, date_time_ymd,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use stillpoint::clock::Clock;
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{
    TlsAcceptor, TlsConnector,
    rustls::{
        ClientConfig, DigitallySignedStruct, Error, ServerConfig, SignatureScheme,
        client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime},
    },
    server::TlsStream,
};

use crate::support::clock::TestClock;

/// How long a certificate holds that it signs.
pub const LIFE: TimeDelta = TimeDelta::days(90);
/// What a proof holds in front of the digest: the extension's number, that it's critical, two lengths.
const PROOF: [u8; 17] =
    [0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01, 0x1f, 0x01, 0x01, 0xff, 0x04, 0x22, 0x04, 0x20];

pub struct Authority {
    shared: Arc<Shared>,
    folder: TempDir,
}

struct Shared {
    address: SocketAddr,
    clock: Arc<TestClock>,
    issuer: CertifiedIssuer<'static, KeyPair>,
    /// False while nobody answers.
    answers: AtomicBool,
    state: Mutex<Records>,
}

#[derive(Default)]
struct Records {
    nonces: HashSet<String>,
    /// The thumbprints of the accounts' keys, each at its number.
    accounts: Vec<String>,
    contacts: Vec<Value>,
    orders: Vec<Order>,
    /// Where every name leads.
    site: Option<SocketAddr>,
    /// What it says to whoever wants to order.
    refuses: Option<(&'static str, &'static str)>,
}

struct Order {
    account: usize,
    names: Vec<Name>,
    certificate: Option<String>,
}

struct Name {
    name: String,
    token: String,
    status: &'static str,
    error: Value,
}

impl Authority {
    pub async fn open(clock: Arc<TestClock>) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, "A certificate authority of the tests");
        let issuer =
            CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("a root");
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("root.pem"), issuer.as_ref().pem()).expect("a file");

        let own = CertificateParams::new(["localhost".to_owned()]).expect("a name");
        let key = KeyPair::generate().expect("a key");
        let own = own.signed_by(&key, &issuer).expect("a certificate");
        let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![own.der().clone()], key)
            .expect("a server");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let shared = Arc::new(Shared {
            address: listener.local_addr().expect("an address"),
            clock,
            issuer,
            answers: AtomicBool::new(true),
            state: Mutex::default(),
        });
        let router = Router::new()
            .route("/directory", get(directory))
            .route("/nonce", get(nonce))
            .route("/account", post(new_account))
            .route("/accounts/{id}", post(account))
            .route("/order", post(new_order))
            .route("/orders/{id}", post(order))
            .route("/orders/{id}/names/{name}", post(name))
            .route("/orders/{id}/names/{name}/challenge", post(challenge))
            .route("/orders/{id}/finalize", post(finalize))
            .route("/orders/{id}/certificate", post(certificate))
            .with_state(shared.clone());
        let port = Port { listener, tls: TlsAcceptor::from(Arc::new(config)), shared: shared.clone() };
        tokio::spawn(async move { axum::serve(port, router).await });
        Self { shared, folder }
    }

    pub fn directory(&self) -> String {
        self.shared.url("/directory")
    }

    /// The file with its root certificate.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("root.pem")
    }

    /// From now on every name leads to this address.
    pub fn finds_names_at(&self, address: SocketAddr) {
        self.shared.records().site = Some(address);
    }

    pub fn answers(&self, answers: bool) {
        self.shared.answers.store(answers, Ordering::SeqCst);
    }

    /// Says no to whoever wants to order, or no more.
    pub fn refuses(&self, with: Option<(&'static str, &'static str)>) {
        self.shared.records().refuses = with;
    }

    /// Knows nobody any more.
    pub fn forgets_accounts(&self) {
        self.shared.records().accounts.iter_mut().for_each(String::clear);
    }

    /// The names of each order.
    pub fn orders(&self) -> Vec<Vec<String>> {
        let records = self.shared.records();
        let names = |order: &Order| order.names.iter().map(|name| name.name.clone()).collect();
        records.orders.iter().map(names).collect()
    }

    pub fn accounts(&self) -> usize {
        self.shared.records().accounts.len()
    }

    /// Whom it would write to, as it was last told.
    pub fn contact(&self) -> Option<Value> {
        self.shared.records().contacts.last().cloned()
    }
}

/// Speaks TLS, to whoever comes while it answers.
struct Port {
    listener: TcpListener,
    tls: TlsAcceptor,
    shared: Arc<Shared>,
}

impl Listener for Port {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let Ok((stream, peer)) = self.listener.accept().await else { continue };
            if !self.shared.answers.load(Ordering::SeqCst) {
                continue;
            }
            if let Ok(stream) = self.tls.accept(stream).await {
                return (stream, peer);
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Shared {
    fn records(&self) -> MutexGuard<'_, Records> {
        self.state.lock().expect("records")
    }

    fn url(&self, path: &str) -> String {
        format!("https://localhost:{}{path}", self.address.port())
    }

    fn fresh_nonce(&self) -> String {
        let nonce = BASE64.encode(rand::random::<[u8; 16]>());
        self.records().nonces.insert(nonce.clone());
        nonce
    }

    fn answer(&self, status: StatusCode, location: Option<String>, body: impl IntoResponse) -> Response {
        let mut answer = (status, [("replay-nonce", self.fresh_nonce())], body).into_response();
        if let Some(location) = location {
            answer.headers_mut().insert("location", location.parse().expect("a header"));
        }
        answer
    }

    fn refusal(&self, kind: &str, detail: &str) -> Response {
        let problem = json!({ "type": format!("urn:ietf:params:acme:error:{kind}"), "detail": detail });
        self.answer(StatusCode::BAD_REQUEST, None, problem.to_string())
    }

    /// Reads what was signed: the header, and what it is about.
    fn read(&self, headers: &HeaderMap, path: &str, body: &[u8]) -> Result<(Value, Value), Box<Response>> {
        assert_eq!(headers["content-type"], "application/jose+json");
        let signed: Value = serde_json::from_slice(body).expect("JSON");
        let part = |name: &str| BASE64.decode(signed[name].as_str().expect("text")).expect("Base64");
        let header: Value = serde_json::from_slice(&part("protected")).expect("JSON");
        assert_eq!(header["url"], self.url(path), "the signature is for another address");
        assert!(!part("signature").is_empty());
        if !self.records().nonces.remove(header["nonce"].as_str().expect("a nonce")) {
            return Err(Box::new(self.refusal("badNonce", "this nonce was used")));
        }
        let payload = part("payload");
        Ok((
            header,
            if payload.is_empty() { Value::Null } else { serde_json::from_slice(&payload).expect("JSON") },
        ))
    }

    /// The same from an account that it knows.
    fn read_from_account(
        &self,
        headers: &HeaderMap,
        path: &str,
        body: &[u8],
    ) -> Result<(usize, Value), Box<Response>> {
        let (header, payload) = self.read(headers, path, body)?;
        let id = header["kid"].as_str().and_then(|id| id.rsplit('/').next()?.parse().ok());
        let known =
            id.filter(|id| self.records().accounts.get(*id).is_some_and(|key: &String| !key.is_empty()));
        match known {
            Some(id) => Ok((id, payload)),
            None => Err(Box::new(self.refusal("accountDoesNotExist", "nobody is known by this name"))),
        }
    }

    fn order(&self, id: usize) -> Value {
        let records = self.records();
        let order = &records.orders[id];
        let is = |status| order.names.iter().any(|name| name.status == status);
        let status = match () {
            () if order.certificate.is_some() => "valid",
            () if is("invalid") => "invalid",
            () if is("pending") => "pending",
            () => "ready",
        };
        let at = |path: &str| self.url(&format!("/orders/{id}{path}"));
        let names = 0..order.names.len();
        json!({
            "status": status,
            "identifiers": order.names.iter().map(|name| json!({ "type": "dns", "value": name.name })).collect::<Vec<_>>(),
            "authorizations": names.map(|nth| at(&format!("/names/{nth}"))).collect::<Vec<_>>(),
            "finalize": at("/finalize"),
            "certificate": order.certificate.as_ref().map(|_| at("/certificate")),
        })
    }

    fn challenge(&self, id: usize, nth: usize) -> Value {
        let records = self.records();
        let name = &records.orders[id].names[nth];
        let url = self.url(&format!("/orders/{id}/names/{nth}/challenge"));
        let mut challenge =
            json!({ "type": "tls-alpn-01", "url": url, "token": name.token, "status": name.status });
        if !name.error.is_null() {
            challenge["error"] = name.error.clone();
        }
        challenge
    }
}

async fn directory(State(shared): State<Arc<Shared>>) -> String {
    json!({
        "newNonce": shared.url("/nonce"),
        "newAccount": shared.url("/account"),
        "newOrder": shared.url("/order"),
    })
    .to_string()
}

async fn nonce(State(shared): State<Arc<Shared>>) -> Response {
    shared.answer(StatusCode::OK, None, "")
}

async fn new_account(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    let (header, payload) = match shared.read(&headers, "/account", &body) {
        Ok(read) => read,
        Err(refusal) => return *refusal,
    };
    assert_eq!(payload["termsOfServiceAgreed"], true);
    let key = &header["jwk"];
    let member = |name: &str| key[name].as_str().expect("a part of a key").to_owned();
    // RFC 7638: the members in this order, without spaces.
    let key =
        format!(r#"{{"crv":"{}","kty":"EC","x":"{}","y":"{}"}}"#, member("crv"), member("x"), member("y"));
    let id = {
        let mut records = shared.records();
        records.accounts.push(BASE64.encode(Sha256::digest(key)));
        records.contacts.push(payload["contact"].clone());
        records.accounts.len() - 1
    };
    let location = shared.url(&format!("/accounts/{id}"));
    shared.answer(StatusCode::CREATED, Some(location), json!({ "status": "valid" }).to_string())
}

async fn account(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<usize>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match shared.read_from_account(&headers, &format!("/accounts/{id}"), &body) {
        Ok((_, payload)) => {
            shared.records().contacts.push(payload["contact"].clone());
            shared.answer(StatusCode::OK, None, json!({ "status": "valid" }).to_string())
        }
        Err(refusal) => *refusal,
    }
}

async fn new_order(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    let (account, payload) = match shared.read_from_account(&headers, "/order", &body) {
        Ok(read) => read,
        Err(refusal) => return *refusal,
    };
    let refuses = shared.records().refuses.take();
    if let Some((kind, detail)) = refuses {
        return shared.refusal(kind, detail);
    }
    let names = payload["identifiers"].as_array().expect("names").iter().map(|name| Name {
        name: name["value"].as_str().expect("a name").to_owned(),
        token: BASE64.encode(rand::random::<[u8; 16]>()),
        status: "pending",
        error: Value::Null,
    });
    let id = {
        let mut records = shared.records();
        records.orders.push(Order { account, names: names.collect(), certificate: None });
        records.orders.len() - 1
    };
    let location = shared.url(&format!("/orders/{id}"));
    shared.answer(StatusCode::CREATED, Some(location), shared.order(id).to_string())
}

async fn order(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<usize>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match shared.read_from_account(&headers, &format!("/orders/{id}"), &body) {
        Ok(_) => shared.answer(StatusCode::OK, None, shared.order(id).to_string()),
        Err(refusal) => *refusal,
    }
}

async fn name(
    State(shared): State<Arc<Shared>>,
    Path((id, nth)): Path<(usize, usize)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Err(refusal) = shared.read_from_account(&headers, &format!("/orders/{id}/names/{nth}"), &body) {
        return *refusal;
    }
    let challenge = shared.challenge(id, nth);
    let (name, status) = {
        let records = shared.records();
        let name = &records.orders[id].names[nth];
        (name.name.clone(), name.status)
    };
    // Another way to prove it stands there too, and isn't taken.
    let other =
        json!({ "type": "http-01", "url": shared.url("/nowhere"), "token": "x", "status": "pending" });
    let authorization = json!({
        "identifier": { "type": "dns", "value": name },
        "status": status,
        "challenges": [other, challenge],
    });
    shared.answer(StatusCode::OK, None, authorization.to_string())
}

async fn challenge(
    State(shared): State<Arc<Shared>>,
    Path((id, nth)): Path<(usize, usize)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = format!("/orders/{id}/names/{nth}/challenge");
    if let Err(refusal) = shared.read_from_account(&headers, &path, &body) {
        return *refusal;
    }
    let (name, digest, site) = {
        let records = shared.records();
        let order = &records.orders[id];
        let name = &order.names[nth];
        let key = format!("{}.{}", name.token, records.accounts[order.account]);
        (name.name.clone(), Sha256::digest(key), records.site)
    };
    let seen = look(site, &name, &digest).await;
    {
        let mut records = shared.records();
        let name = &mut records.orders[id].names[nth];
        name.status = if seen.is_ok() { "valid" } else { "invalid" };
        if let Err(why) = seen {
            name.error = json!({ "type": "urn:ietf:params:acme:error:connection", "detail": why });
        }
    }
    // The verdict stands in the authorization; here it has only begun to look.
    let mut challenge = shared.challenge(id, nth);
    challenge["status"] = "processing".into();
    challenge.as_object_mut().expect("an object").remove("error");
    shared.answer(StatusCode::OK, None, challenge.to_string())
}

async fn finalize(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<usize>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let payload = match shared.read_from_account(&headers, &format!("/orders/{id}/finalize"), &body) {
        Ok((_, payload)) => payload,
        Err(refusal) => return *refusal,
    };
    assert_eq!(shared.order(id)["status"], "ready");
    let csr = BASE64.decode(payload["csr"].as_str().expect("a request")).expect("Base64");
    let names: Vec<_> = shared.records().orders[id].names.iter().map(|name| name.name.clone()).collect();
    for name in &names {
        assert!(csr.windows(name.len()).any(|part| part == name.as_bytes()), "{name} isn't asked for");
    }
    let mut params = CertificateParams::new(names).expect("names");
    let (from, until) = (shared.clock.now() - TimeDelta::hours(1), shared.clock.now() + LIFE);
    let epoch = date_time_ymd(1970, 1, 1);
    params.not_before = epoch + std::time::Duration::from_secs(from.timestamp().cast_unsigned());
    params.not_after = epoch + std::time::Duration::from_secs(until.timestamp().cast_unsigned());
    let signed = params.signed_by(&Requested::of(&csr), &shared.issuer).expect("a certificate");
    let chain = format!("{}{}", signed.pem(), shared.issuer.as_ref().pem());
    shared.records().orders[id].certificate = Some(chain);
    shared.answer(StatusCode::OK, None, shared.order(id).to_string())
}

async fn certificate(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<usize>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Err(refusal) = shared.read_from_account(&headers, &format!("/orders/{id}/certificate"), &body) {
        return *refusal;
    }
    let certificate = shared.records().orders[id].certificate.clone().expect("a certificate");
    shared.answer(StatusCode::OK, None, certificate)
}

/// The key that a certificate is requested for: a point of P-256.
struct Requested(Vec<u8>);

impl Requested {
    fn of(csr: &[u8]) -> Self {
        // An elliptic curve's key, the curve's number, and the string of 65 bytes and no odd bits.
        let head = [
            0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d,
            0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
        ];
        let at = csr.windows(head.len()).position(|part| part == head).expect("a key of P-256");
        Self(csr[at + head.len()..][..65].to_vec())
    }
}

impl PublicKeyData for Requested {
    fn der_bytes(&self) -> &[u8] {
        &self.0
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &PKCS_ECDSA_P256_SHA256
    }
}

/// Looks whether whoever serves a name has the account's proof.
async fn look(site: Option<SocketAddr>, name: &str, digest: &[u8]) -> Result<(), String> {
    let site = site.ok_or("no address found for it")?;
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Anybody))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"acme-tls/1".to_vec()];
    let stream = TcpStream::connect(site).await.map_err(|error| error.to_string())?;
    let server = ServerName::try_from(name.to_owned()).expect("a name");
    let stream = TlsConnector::from(Arc::new(config)).connect(server, stream).await;
    let stream = stream.map_err(|error| error.to_string())?;
    let (_, session) = stream.get_ref();
    if session.alpn_protocol() != Some(b"acme-tls/1") {
        return Err("it speaks another protocol".to_owned());
    }
    let [shown] = session.peer_certificates().unwrap_or_default() else {
        return Err("it shows not one certificate".to_owned());
    };
    // The names that it is for: this one alone.
    let length = |more: usize| u8::try_from(name.len() + more).expect("a short name");
    let alone = [&[0x30, length(2), 0x82, length(0)], name.as_bytes()].concat();
    if !shown.windows(alone.len()).any(|part| part == alone) {
        return Err("it is for another name".to_owned());
    }
    let proof = [&PROOF[..], digest].concat();
    match shown.windows(proof.len()).any(|part| part == proof) {
        true => Ok(()),
        false => Err("the proof is another one".to_owned()),
    }
}

/// Takes every certificate: what counts is what it says.
#[derive(Debug)]
struct Anybody;

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    // rustls reads no certificate with a critical extension that it doesn't know.
    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}
