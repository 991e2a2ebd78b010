//! HTTPS by itself: the certificate is asked for, kept and renewed; plain http leads there.

mod authority;
mod tunnel;

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use rcgen::{CertificateParams, KeyPair};
use stillpoint::config::https::Https;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use self::{
    authority::{Authority, LIFE},
    tunnel::Tunnel,
};
use crate::support::{
    people::{JUNE, TUESDAY},
    practice::{Opening, TestPractice, practice},
    visitor::Visitor,
};

const NAME: &str = "practice.example";
const OTHER_NAME: &str = "www.practice.example";
/// How long anything may take that is to happen at once.
const PATIENCE: Duration = Duration::from_secs(20);

/// A practice with HTTPS by itself, and who gives it its certificate. There's none yet.
async fn with_https() -> (TestPractice, Authority) {
    opened_with_https(practice()).await
}

async fn opened_with_https(opening: Opening) -> (TestPractice, Authority) {
    let authority = Authority::open(opening.clock()).await;
    let (directory, root) = (authority.directory(), authority.root());
    let opening = opening.with_config(|config| {
        config.https = Some(Https {
            names: vec![NAME.to_owned(), OTHER_NAME.to_owned()],
            http_listen: Some(([127, 0, 0, 1], 0).into()),
            passed_http: None,
            contact: Some("office@practice.example".parse().expect("an address")),
            directory,
            root: Some(root),
        });
        config.base_url = stillpoint::urls::BaseUrl::parse(&format!("https://{NAME}"));
    });
    let mut practice = opening.open().await;
    authority.finds_names_at(practice.running.address);
    let tunnel = tunnel(&practice, &authority).open(NAME).await;
    practice.is_reached_through(tunnel);
    (practice, authority)
}

fn tunnel(practice: &TestPractice, authority: &Authority) -> Tunnel {
    Tunnel::new(practice.running.address, &authority.root(), practice.clock.clone())
}

impl TestPractice {
    /// Does what the job does. Returns what's wrong, if something is.
    async fn looks_after_its_certificate(&self) -> Option<String> {
        let certificates = self.running.certificates.as_ref().expect("HTTPS");
        certificates.renew_if_due(self.running.app().now()).await.err().map(|trouble| trouble.to_string())
    }

    /// Today, over another way than the one that doesn't work.
    fn certificate_trouble(&self) -> Option<String> {
        self.running.app().store.health().certificate().expect("HTTPS").trouble
    }

    fn plain(&self) -> Visitor {
        let address = self.running.http_address.expect("a port for plain http");
        Visitor::new(format!("http://{address}"), format!("http://{NAME}"))
    }
}

/// The files in which the certificate and the account are kept.
fn kept(practice: &TestPractice) -> Vec<PathBuf> {
    fn below(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
        let of = |path: PathBuf| if path.is_dir() { below(&path) } else { vec![path] };
        let mut files: Vec<_> = entries.flat_map(of).collect();
        files.sort();
        files
    }
    below(&practice.data_dir().join("acme"))
}

#[tokio::test]
async fn a_certificate_is_asked_for_and_a_visitor_books_over_https() {
    let (practice, authority) = with_https().await;
    assert_eq!(practice.looks_after_its_certificate().await, None);
    assert_eq!(authority.orders(), [[NAME, OTHER_NAME]]);
    assert_eq!(authority.contact().expect("a contact")[0], "mailto:office@practice.example");

    let page = practice.asks(&JUNE, &TUESDAY).await;
    let page = practice.visitor().open(&page).await.says("Requested");
    assert!(page.header("strict-transport-security").contains("max-age="));
    let email = practice.email_to(JUNE.email).await;
    assert!(email.text.contains(&format!("https://{NAME}/appointments/")), "{}", email.text);
    practice
        .therapist()
        .await
        .open("/admin")
        .await
        .says("The certificate for practice.example is good for 90 days.");

    for name in [NAME, OTHER_NAME] {
        let stream = tunnel(&practice, &authority).connect(name).await.expect("TLS");
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"http/1.1"[..]));
    }
    for file in kept(&practice) {
        assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o600, "{file:?}");
        let folder = file.parent().expect("a folder");
        assert_eq!(fs::metadata(folder).expect("a folder").permissions().mode() & 0o777, 0o700, "{folder:?}");
    }
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_restart_takes_up_the_certificate_that_is_kept_and_asks_for_none() {
    let (practice, authority) = with_https().await;
    assert_eq!(practice.looks_after_its_certificate().await, None);
    let mut practice = practice.while_closed(|_| {}).await;
    tunnel(&practice, &authority).connect(NAME).await.expect("TLS before anything is asked");
    authority.answers(false);
    assert_eq!(practice.looks_after_its_certificate().await, None);
    assert_eq!(authority.orders().len(), 1);

    // What doesn't read, and what is for another name, is none.
    authority.answers(true);
    let key = KeyPair::generate().expect("a key");
    let other = CertificateParams::new(["other.example".to_owned()]).expect("a name");
    let other = other.self_signed(&key).expect("a certificate");
    let other = format!("{}{}", key.serialize_pem(), other.pem());
    for (spoilt, orders) in [("-----BEGIN CERTIFICATE-----\nAAAA", 2), ("", 3), (&other, 4)] {
        let file = kept(&practice).pop().expect("a certificate");
        practice = practice.while_closed(|_| fs::write(&file, spoilt).expect("a file")).await;
        authority.finds_names_at(practice.running.address);
        tunnel(&practice, &authority).connect(NAME).await.expect_err("there's none yet");
        assert_eq!(practice.looks_after_its_certificate().await, None);
        assert_eq!((authority.orders().len(), authority.accounts()), (orders, 1));
        tunnel(&practice, &authority).connect(NAME).await.expect("TLS again");
    }
    practice.close().await;
}

#[tokio::test]
async fn a_certificate_that_could_not_be_kept_is_shown_and_kept_once_it_can_be() {
    let (practice, authority) = with_https().await;
    authority.answers(false);
    assert!(practice.looks_after_its_certificate().await.is_some());
    authority.answers(true);
    // Another thing has its name.
    let folder = fs::read_dir(practice.data_dir().join("acme")).expect("a folder").next();
    let in_the_way = folder.expect("one").expect("an entry").path().join("certificate.pem");
    fs::create_dir(&in_the_way).expect("a folder");
    for _ in 0..2 {
        let trouble = practice.looks_after_its_certificate().await.expect("it can't be kept");
        assert_eq!(practice.certificate_trouble(), Some(trouble));
        tunnel(&practice, &authority).connect(NAME).await.expect("TLS");
    }
    fs::remove_dir(&in_the_way).expect("an empty folder");
    assert_eq!(practice.looks_after_its_certificate().await, None);
    assert_eq!(practice.certificate_trouble(), None);
    let practice = practice.while_closed(|_| {}).await;
    tunnel(&practice, &authority).connect(NAME).await.expect("TLS before anything is asked");
    assert_eq!(authority.orders().len(), 1, "the same one all along");
    practice.close().await;
}

#[tokio::test]
async fn it_is_renewed_before_its_end_and_who_is_connected_stays_so() {
    let (practice, authority) = with_https().await;
    assert_eq!(practice.looks_after_its_certificate().await, None);
    let before = kept(&practice).pop().map(|file| fs::read_to_string(file).expect("a certificate"));
    practice.clock.advance(LIFE * 6 / 10);
    assert_eq!(practice.looks_after_its_certificate().await, None);
    assert_eq!(authority.orders().len(), 1, "it's too early");
    let mut connected = tunnel(&practice, &authority).connect(NAME).await.expect("TLS");

    practice.clock.advance(LIFE / 10);
    assert_eq!(practice.looks_after_its_certificate().await, None);
    assert_eq!((authority.orders().len(), authority.accounts()), (2, 1));
    let after = kept(&practice).pop().map(|file| fs::read_to_string(file).expect("a certificate"));
    assert_ne!(before, after);
    practice.clock.advance(LIFE * 6 / 10);
    practice.visitor().open("/").await;
    connected
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        .await
        .expect("sent");
    let mut answer = String::new();
    connected.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    practice.close().await;
}

#[tokio::test]
async fn while_nobody_gives_one_today_says_why_and_it_goes_on_by_itself() {
    let (mut practice, authority) = with_https().await;
    authority.answers(false);
    let trouble = practice.looks_after_its_certificate().await.expect("nobody answers");
    assert!(trouble.contains("can't be reached"), "{trouble}");
    tunnel(&practice, &authority).connect(NAME).await.expect_err("no certificate, and no hang");
    assert_eq!(practice.certificate_trouble(), Some(trouble));

    authority.answers(true);
    authority.refuses(Some(("rateLimited", "too many certificates already issued for: practice.example")));
    let trouble = practice.looks_after_its_certificate().await.expect("refused");
    assert!(trouble.contains("too many certificates already"), "{trouble}");

    let nobody =
        tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("a port");
    authority.finds_names_at(nobody);
    let trouble = practice.looks_after_its_certificate().await.expect("not believed");
    assert!(trouble.contains("can't see on port 443 that practice.example is yours"), "{trouble}");
    assert!(trouble.contains("refused"), "the reason: {trouble}");

    authority.finds_names_at(practice.running.address);
    assert_eq!(practice.looks_after_its_certificate().await, None);
    assert_eq!(practice.certificate_trouble(), None);
    let therapist = practice.therapist().await;
    therapist.open("/admin").await.never_says("No certificate");

    // Two thirds of its life later, nobody gives a new one.
    authority.answers(false);
    practice.clock.advance(LIFE * 7 / 10);
    assert!(practice.looks_after_its_certificate().await.is_some());
    practice.is_reached_through(tunnel(&practice, &authority).open(NAME).await);
    let therapist = practice.therapist().await;
    therapist.open("/admin").await.says("is good for 27 days");
    practice.clock.advance(LIFE * 2 / 10);
    let therapist = practice.therapist().await;
    let today = therapist.open("/admin").await;
    today
        .says("The certificate for practice.example ends in 9 days: the certificate authority")
        .says("can't be reached");

    authority.answers(true);
    assert_eq!(practice.looks_after_its_certificate().await, None);
    practice.therapist().await.open("/admin").await.never_says("ends in").says("is good for 90 days");
    practice.emails().await;
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn an_account_that_nobody_knows_any_more_is_made_anew() {
    let (practice, authority) = with_https().await;
    assert_eq!(practice.looks_after_its_certificate().await, None);
    authority.forgets_accounts();
    practice.clock.advance(LIFE * 8 / 10);
    assert_eq!(practice.looks_after_its_certificate().await, None);
    assert_eq!((authority.orders().len(), authority.accounts()), (2, 2));
    practice.close().await;
}

#[tokio::test]
async fn whoever_asks_for_another_site_or_speaks_no_tls_is_shown_nothing() {
    let (practice, authority) = with_https().await;
    assert_eq!(practice.looks_after_its_certificate().await, None);
    let error = tunnel(&practice, &authority).connect("other.example").await.expect_err("not ours");
    assert!(error.to_string().contains("alert"), "{error}");
    let mut plain = TcpStream::connect(practice.running.address).await.expect("a connection");
    plain.write_all(b"GET / HTTP/1.1\r\nHost: practice.example\r\n\r\n").await.expect("sent");
    let mut said = Vec::new();
    let _ = timeout(PATIENCE, plain.read_to_end(&mut said)).await.expect("it is closed");
    assert!(!String::from_utf8_lossy(&said).contains("HTTP"), "{said:?}");
    practice.close().await;
}

#[tokio::test]
async fn plain_http_leads_to_the_same_page_and_takes_no_form() {
    let (practice, _authority) = with_https().await;
    let plain = practice.plain();
    let leads = async |host: &str, path: &str| {
        let request = plain.request(reqwest::Method::GET, path).header("host", host);
        let page = plain.send(request).await.expect(308);
        page.header("location").to_owned()
    };
    for (host, path, to) in [
        (
            NAME,
            "/appointments/new?service=a%20b&x=1",
            "https://practice.example/appointments/new?service=a%20b&x=1",
        ),
        ("WWW.practice.example:80", "/faq", "https://www.practice.example/faq"),
        ("evil.example", "/faq", "https://practice.example/faq"),
        ("127.0.0.1", "//evil.example/", "https://practice.example//evil.example/"),
        (NAME, "/.well-known/acme-challenge/x", "https://practice.example/.well-known/acme-challenge/x"),
    ] {
        assert_eq!(leads(host, path).await, to);
    }
    let head = plain.head("/").await.expect(308);
    assert_eq!(head.header("location"), "https://practice.example/");
    let sent = plain.post("/appointments", "name=June").header("host", NAME);
    let page =
        plain.send(sent).await.expect(403).says("without encryption").says("https://practice.example/");
    assert_eq!(page.header("location"), "");
    practice.close().await;
}

#[tokio::test]
async fn a_handshake_that_never_ends_is_closed_and_holds_up_nobody() {
    let opening = practice().with_limits(|limits| limits.handshake = Duration::from_millis(500));
    let (practice, _authority) = opened_with_https(opening).await;
    assert_eq!(practice.looks_after_its_certificate().await, None);
    let silent = never_shakes_hands(&practice).await;
    practice.visitor().open("/").await;
    are_closed(silent).await;
    practice.close().await;
}

#[tokio::test]
async fn a_handshake_that_never_ends_holds_up_no_stop() {
    let opening = practice().with_limits(|limits| limits.handshake = Duration::from_secs(3600));
    let (practice, _authority) = opened_with_https(opening).await;
    let silent = never_shakes_hands(&practice).await;
    practice.close().await;
    are_closed(silent).await;
}

/// Connections whose client says nothing, or no more than a beginning.
async fn never_shakes_hands(practice: &TestPractice) -> Vec<TcpStream> {
    let mut silent = Vec::new();
    for said in [&b""[..], &[0x16, 0x03, 0x01, 0x02, 0x00]] {
        let mut stream = TcpStream::connect(practice.running.address).await.expect("a connection");
        stream.write_all(said).await.expect("sent");
        silent.push(stream);
    }
    silent
}

async fn are_closed(silent: Vec<TcpStream>) {
    for mut stream in silent {
        let _ = timeout(PATIENCE, stream.read_to_end(&mut Vec::new())).await.expect("it is closed");
    }
}
