//! What a mail server can do wrong: it holds up nothing but its own email, it is
//! shown in its own words, and nothing is lost or sent twice over it.

use std::{
    fs,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedKey, IsCa, Issuer, KeyPair, generate_simple_self_signed,
};
use stillpoint::{config::SmtpUrl, mail::smtp::Patience, serve, store::Store};
use tempfile::tempdir;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer},
    },
};

use crate::support::{
    mailbox::{
        Fault::{Drips, HangsUp, Says, Silent},
        Mailbox, Moment, Mood,
    },
    people::{JUNE, PETER, SATURDAY, THERAPIST, TUESDAY, WEDNESDAY},
    practice::{Opening, TestPractice, practice},
    program::{Server, stillpoint},
};

/// A practice that waits half a second where it would wait a minute, or ten.
fn impatient() -> Opening {
    let half = Duration::from_millis(500);
    practice().with_config(|config| config.mail_patience = Patience { step: half, verdict: half })
}

/// Peter has asked; the therapist knows, and the email to Peter is still to go out.
async fn owes_peter_an_email(practice: &TestPractice) {
    practice.mailbox.answers(PETER.email, 451);
    practice.asks(&PETER, &SATURDAY).await;
    practice.email_to(THERAPIST).await;
    practice.mailbox.answers(PETER.email, 250);
}

#[tokio::test]
async fn a_server_that_falls_silent_at_any_step_is_left_and_named_and_the_email_goes_out_later() {
    let practice = impatient().open().await;
    owes_peter_an_email(&practice).await;
    let therapist = practice.therapist().await;
    let cases = [
        (Moment::Greeting, Silent, "said nothing"),
        (Moment::Hello, Silent, "fell silent after EHLO"),
        (Moment::Sender, Silent, "fell silent after MAIL FROM"),
        (Moment::Recipient, Silent, "fell silent after RCPT TO"),
        (Moment::Data, Silent, "fell silent after DATA"),
        (Moment::Greeting, Drips, "said nothing"),
        (Moment::Recipient, Drips, "fell silent after RCPT TO"),
        (Moment::Hello, HangsUp, "hung up after EHLO"),
        (Moment::Data, HangsUp, "hung up after DATA"),
    ];
    practice.clock.advance(TimeDelta::seconds(1));
    for (moment, fault, words) in cases {
        practice.mailbox.is(Mood::FailsAt(moment, fault));
        let form = therapist.open("/admin").await.form("/emails/retry");
        therapist.press_on(&form).await;
        let begun = Instant::now();
        practice.deliver().await;
        assert!(begun.elapsed() < Duration::from_secs(10), "{moment:?} {fault:?} took {:?}", begun.elapsed());
        therapist.open("/admin").await.says("Trouble with email").says("No email is going out.").says(words);
    }
    practice.mailbox.is_empty();
    practice.mailbox.is(Mood::Kind);
    practice.clock.advance(TimeDelta::minutes(1));
    practice.email_to(PETER.email).await;
    therapist.open("/admin").await.never_says("Trouble with email");
    practice.close().await;
}

#[tokio::test]
async fn a_server_that_says_nothing_after_the_whole_email_gets_the_same_one_again() {
    let practice = impatient().open().await;
    owes_peter_an_email(&practice).await;
    let therapist = practice.therapist().await;
    practice.clock.advance(TimeDelta::minutes(1));
    let mut ids = Vec::new();
    for fault in [Silent, Drips, HangsUp] {
        practice.mailbox.is(Mood::FailsAt(Moment::Verdict, fault));
        ids.push(practice.email_to(PETER.email).await.message_id);
        practice.clock.advance(TimeDelta::hours(1));
    }
    therapist.open("/admin").await.says("hung up after the whole email");
    practice.mailbox.is(Mood::Kind);
    ids.push(practice.email_to(PETER.email).await.message_id);
    ids.dedup();
    assert_eq!(ids.len(), 1, "whoever got it knows it again");
    practice.close().await;
}

#[tokio::test]
async fn what_a_server_says_of_us_ends_no_email() {
    let practice = impatient().open().await;
    owes_peter_an_email(&practice).await;
    let therapist = practice.therapist().await;
    let cases = [
        (Moment::Greeting, "554 no", "refuses the connection (554"),
        (Moment::Greeting, "421 later", "try again later (421"),
        (Moment::Hello, "550 who?", "refuses the connection (550"),
        (Moment::Sender, "550 no", "refuses our sender address (550)"),
        (Moment::Sender, "550 5.1.1 no", "refuses our sender address (550 5.1.1)"),
        (Moment::Sender, "530 5.7.0 sign in", "wants a sign-in first (530 5.7.0)"),
        (Moment::Recipient, "538 TLS first", "wants a sign-in first (538)"),
        (Moment::Recipient, "550 5.7.1 blocked", "refuses our email (550 5.7.1"),
        (Moment::Recipient, "550 relay not permitted", "refuses our email (550"),
        (Moment::Data, "554 no", "refuses our email (554 after DATA)"),
        (Moment::Verdict, "554 5.7.1 spam", "refuses our email (554 5.7.1 after the whole email)"),
        (Moment::Verdict, "451 full", "try again later (451 after the whole email)"),
        (Moment::Hello, "hello there", "doesn't speak SMTP"),
    ];
    for (moment, no, words) in cases {
        practice.mailbox.is(Mood::FailsAt(moment, Says(no)));
        practice.clock.advance(TimeDelta::hours(1));
        practice.deliver().await;
        assert!(practice.next_email_at().await.is_some(), "{no}: it is tried again");
        let of_all = !matches!(moment, Moment::Data | Moment::Verdict);
        let first = if of_all { "No email is going out." } else { "An email is waiting." };
        therapist.open("/admin").await.says(first).says(words);
    }
    assert!(practice.calls().await.is_empty());
    practice.mailbox.is(Mood::Kind);
    practice.clock.advance(TimeDelta::hours(1));
    practice.email_to(PETER.email).await;
    practice.close().await;
}

#[tokio::test]
async fn one_that_takes_its_time_holds_up_only_its_own() {
    let (step, verdict) = (Duration::from_secs(3), Duration::from_secs(60));
    let practice = practice()
        .with("open_requests_per_contact", "9")
        .with_config(|config| config.mail_patience = Patience { step, verdict })
        .with_jobs()
        .open()
        .await;
    practice.mailbox.is(Mood::SilentTo(JUNE.email));
    let starts =
        ["2026-11-24T17:00:00Z", "2026-11-24T19:00:00Z", "2026-11-24T21:00:00Z", "2026-11-24T23:00:00Z"];
    for start in starts {
        practice.asks(&JUNE, &TUESDAY.at(start)).await;
    }
    practice.asks(&JUNE, &WEDNESDAY).await;
    practice.asks(&PETER, &SATURDAY).await;
    let mut emails = Vec::new();
    while !emails.iter().any(|to| to == PETER.email) {
        emails.extend(practice.mailbox.comes(1).await.into_iter().map(|email| email.to));
    }
    practice.mailbox.is(Mood::Kind);
    while emails.len() < 12 {
        emails.extend(practice.mailbox.comes(1).await.into_iter().map(|email| email.to));
    }
    assert_eq!(emails.iter().filter(|to| *to == JUNE.email).count(), 5, "each of them once");
    // The mailbox has them; that we know is noted while we close.
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn the_servers_yes_is_noted_although_another_program_holds_the_database() {
    let practice = practice().open().await;
    owes_peter_an_email(&practice).await;
    practice.clock.advance(TimeDelta::minutes(1));
    practice.mailbox.is(Mood::Ponders);
    let other = Store::open(&serve::folder::database(&practice.data_dir()), &practice.data_dir().join("key"))
        .await
        .expect("the same file");
    let held = async {
        practice.mailbox.comes(1).await;
        let lock = other.write().await.expect("the lock");
        practice.mailbox.is(Mood::Kind);
        lock
    };
    let mut delivering = Box::pin(practice.deliver());
    let lock = tokio::select! {
        lock = held => lock,
        () = &mut delivering => panic!("nobody has noted it"),
    };
    // Longer than a write waits for the lock.
    tokio::time::timeout(Duration::from_secs(7), &mut delivering)
        .await
        .expect_err("it is noted until it stands");
    practice.clock.advance(TimeDelta::minutes(5));
    drop(lock);
    delivering.as_mut().await;
    drop(delivering);
    practice.deliver().await;
    practice.mailbox.is_empty();
    other.close().await;
    practice.close().await;
}

#[tokio::test]
async fn what_has_waited_five_minutes_stands_on_today_although_nothing_has_failed() {
    let practice = practice().open().await;
    practice.asks(&PETER, &SATURDAY).await;
    let therapist = practice.therapist().await;
    practice.clock.advance(TimeDelta::seconds(299));
    therapist.open("/admin").await.never_says("Trouble with email");
    practice.clock.advance(TimeDelta::seconds(1));
    therapist
        .open("/admin")
        .await
        .says("Trouble with email")
        .says("2 emails are waiting.")
        .says("It hasn't been tried yet.");
    practice.emails().await;
    therapist.open("/admin").await.never_says("Trouble with email");
    practice.close().await;
}

#[tokio::test]
async fn a_clock_that_is_set_back_lets_no_email_wait_for_it() {
    let practice = practice().open().await;
    owes_peter_an_email(&practice).await;
    practice.clock.advance(-TimeDelta::days(1));
    practice.email_to(PETER.email).await;
    practice.asks(&JUNE, &WEDNESDAY).await;
    practice.clock.advance(-TimeDelta::hours(1));
    assert_eq!(practice.emails().await.len(), 2);
    practice.close().await;
}

/// What stands on Today of email that goes to this mail server.
async fn said_of(url: &str) -> String {
    let practice = impatient().with_config(|config| config.smtp_url = SmtpUrl::parse(url)).open().await;
    practice.asks(&PETER, &SATURDAY).await;
    practice.deliver().await;
    let today = practice.therapist().await.open("/admin").await.says("No email is going out.").text();
    practice.close_with_emails_unsent().await;
    today
}

#[tokio::test]
async fn each_trouble_on_the_way_to_the_server_has_its_own_words() {
    let other = practice().open().await;
    let at = other.mailbox.url().trim_start_matches("smtp://").to_owned();
    let closed = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address");
    let cases = [
        (format!("smtp://{closed}"), "nothing answers at its port"),
        ("smtp://no.such.host.invalid".to_owned(), "name can't be found"),
        (format!("smtps://{at}"), "doesn't speak TLS"),
        (format!("smtp://{at}?tls=required"), "doesn't offer STARTTLS"),
        (format!("smtps://{}", untrusted().await), "certificate isn't trusted"),
    ];
    for (url, words) in cases {
        let said = said_of(&url).await;
        assert!(said.contains(words), "{url}: {words}\n{said}");
    }
    let signing_in = format!("smtp://us:secret@{at}");
    other.mailbox.is(Mood::FailsAt(Moment::SigningIn, Says("535 5.7.8 wrong")));
    let said = said_of(&signing_in).await;
    assert!(said.contains("doesn't accept the user name or password (535 5.7.8)"), "{said}");
    other.mailbox.is(Mood::FailsAt(Moment::Hello, Says("250 and nothing else")));
    let said = said_of(&signing_in).await;
    assert!(said.contains("doesn't offer a sign-in"), "{said}");
    other.mailbox.is_empty();
    other.close().await;
}

/// The address of a server with a certificate that nobody has issued.
async fn untrusted() -> String {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let acceptor = acceptor(cert.der(), &signing_key);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = acceptor.accept(stream).await;
        }
    });
    format!("localhost:{port}")
}

fn acceptor(certificate: &CertificateDer<'static>, key: &KeyPair) -> TlsAcceptor {
    let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .expect("a server");
    TlsAcceptor::from(Arc::new(config))
}

/// Stands before a mail server with whichever certificate it has now. Returns its port.
async fn with_tls(mailbox: &Mailbox, certificate: watch::Receiver<TlsAcceptor>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let behind = mailbox.url().trim_start_matches("smtp://").to_owned();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, behind) = (certificate.borrow().clone(), behind.clone());
            tokio::spawn(async move {
                let mut secure = acceptor.accept(stream).await?;
                copy_bidirectional(&mut secure, &mut TcpStream::connect(behind).await?).await
            });
        }
    });
    port
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_certificate_is_named_and_emails_go_out_once_it_is_right() {
    let folder = tempdir().expect("a folder");
    let (key, mut authority) = (KeyPair::generate().expect("a key"), CertificateParams::default());
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let trusted = authority.self_signed(&key).expect("a certificate");
    let file = folder.path().join("trusted.pem");
    fs::write(&file, trusted.pem()).expect("a file");
    let authority = Issuer::new(authority, key);
    let of = |name: &str| {
        let (key, names) = (KeyPair::generate().expect("a key"), CertificateParams::new([name.to_owned()]));
        let certificate = names.expect("a name").signed_by(&key, &authority).expect("a certificate");
        acceptor(certificate.der(), &key)
    };
    let mailbox = Mailbox::open().await;
    let (becomes, certificate) = watch::channel(of("mail.example.com"));
    let url = format!("smtps://localhost:{}", with_tls(&mailbox, certificate).await);
    let mut program = stillpoint(folder.path(), &[]);
    let server = Server::start(program.env("SMTP_URL", url).env("SSL_CERT_FILE", &file));
    let (client, therapist) = (server.visitor(), server.therapist().await);
    let opening = client.openings().await.remove(0);
    client.press_on(&JUNE.fills(client.open(&opening).await.form("/appointments"))).await.says("Requested");
    server.says("an email didn't go out");
    server.says("an email didn't go out");
    let today = therapist.open("/admin").await.says("No email is going out.");
    let today = today.says("The mail server's certificate isn't trusted");
    mailbox.is_empty();
    becomes.send_replace(of("localhost"));
    // Instead of waiting for the minute to pass until they're tried again.
    therapist.press_on(&today.form("/emails/retry")).await;
    let mut to: Vec<_> = mailbox.comes(2).await.into_iter().map(|email| email.to).collect();
    to.sort();
    assert_eq!(to, ["dustin@example.com", JUNE.email]);
    assert_eq!(server.terminate(), 0);
}

#[tokio::test]
async fn whatever_a_server_does_for_a_day_everything_goes_out_within_an_hour_of_its_end_and_once() {
    let faults = [
        (Mood::Answers(451), "try again later (451"),
        (Mood::FailsAt(Moment::Greeting, Says("421 later")), "try again later (421"),
        (Mood::FailsAt(Moment::Verdict, Says("452 full")), "try again later (452 after the whole email)"),
        (Mood::HangsUp, "hung up"),
    ];
    for (fault, words) in faults {
        let practice = impatient().open().await;
        let therapist = practice.therapist().await;
        practice.mailbox.is(fault);
        let own = practice.asks(&PETER, &SATURDAY).await;
        for _ in 0..48 {
            practice.passes(TimeDelta::minutes(30)).await;
            practice.deliver_now().await;
            practice.mailbox.take();
        }
        therapist.open("/admin").await.says("Trouble with email").says(words);
        practice.visitor().open(&own).await.says("Expired");
        practice.asks(&JUNE, &WEDNESDAY).await;
        practice.mailbox.is(Mood::Kind);
        practice.passes(TimeDelta::hours(1)).await;
        let emails = practice.emails().await;
        for to in [PETER.email, JUNE.email] {
            let subjects: Vec<_> =
                emails.iter().filter(|email| email.to == to).map(|email| &email.subject).collect();
            assert_eq!(subjects.len(), 1, "{fault:?}: {to}: {subjects:?}");
        }
        therapist.open("/admin").await.never_says("Trouble with email");
        practice.close().await;
    }
}
