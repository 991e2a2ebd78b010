//! The variables of the environment: each has a default that is good for a
//! first run on one's own machine, and a wrong value is one sentence.

pub mod https;
mod variable;

use std::{
    env::{self, VarError},
    net::{IpAddr, SocketAddr, TcpListener},
    path::PathBuf,
    sync::Arc,
};

use ipnet::IpNet;
use lettre::message::Mailbox;
use listenfd::ListenFd;
use tracing_subscriber::filter::{LevelFilter, Targets};

use self::{https::Https, variable::read};
use crate::{
    log::LogFormat,
    mail::{mailer, smtp::Patience},
    urls::BaseUrl,
};

/// The name of every variable that is read somewhere in the program.
pub const NAMES: [&str; 20] = [
    "LISTEN",
    "HTTPS_DOMAIN",
    "HTTP_LISTEN",
    "ACME_CONTACT",
    "ACME_DIRECTORY",
    "ACME_ROOT",
    "METRICS_LISTEN",
    "LOG_FORMAT",
    "BASE_URL",
    "DATA_DIR",
    "CONTENT_DIR",
    "KEY_FILE",
    "BACKUP_DIR",
    "BACKUP_RECIPIENT",
    "MAIL",
    "SMTP_URL",
    "MAIL_FROM",
    "TRUSTED_PROXIES",
    "NOTIFY_SOCKET",
    "RUST_LOG",
];

pub use variable::WrongVariable;

#[derive(Clone, Debug)]
pub struct Config {
    pub listen: SocketAddr,
    /// A socket that the service manager opened before us and keeps open after us. It wins over `listen`.
    pub passed: Option<Arc<TcpListener>>,
    /// `None`: plain http, for this machine or for a proxy that speaks HTTPS in front.
    pub https: Option<Https>,
    /// Where the numbers about the program are read. `None`: nowhere.
    pub metrics_listen: Option<SocketAddr>,
    pub log_format: LogFormat,
    /// Which events the log tells.
    pub told: Targets,
    /// `None`: made of the address that was bound.
    pub base_url: Option<BaseUrl>,
    pub data_dir: PathBuf,
    pub content_dir: PathBuf,
    /// `None`: in the data folder.
    pub key_file: Option<PathBuf>,
    /// `None`: in the data folder.
    pub backup_dir: Option<PathBuf>,
    /// Whose key opens the nightly backups. `None`: anybody who has them.
    pub backup_recipient: Option<age::x25519::Recipient>,
    /// Emails are written, and none is sent: this is a test copy.
    pub holds_mail: bool,
    /// `None`: emails become files.
    pub smtp_url: Option<SmtpUrl>,
    /// How long a mail server may take. No variable: only tests have another.
    pub mail_patience: Patience,
    /// `None`: the practice file's sender.
    pub mail_from: Option<Mailbox>,
    pub trusted_proxies: Vec<IpNet>,
}

/// Holds a password, so it never shows itself in a log.
#[derive(Clone)]
pub struct SmtpUrl(String);

impl SmtpUrl {
    /// `None` for what the mailer cannot read.
    pub fn parse(text: &str) -> Option<Self> {
        mailer::is_smtp_url(text).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SmtpUrl(…)")
    }
}

impl Config {
    pub fn from_env() -> Result<Self, WrongVariable> {
        let mut config = Self::from_lookup(env::var)?;
        let passed_http = config.https.as_mut().map(|https| &mut https.passed_http);
        pass(&mut ListenFd::from_env(), &mut config.passed, passed_http)?;
        Ok(config)
    }

    fn from_lookup(lookup: impl Fn(&'static str) -> Result<String, VarError>) -> Result<Self, WrongVariable> {
        let folder = |text: &str| Some(PathBuf::from(text));
        let https = Https::from_lookup(&lookup)?;
        let base_url = "http:// or https:// and a host, like https://example.com";
        let base_url = read(&lookup, "BASE_URL", base_url, BaseUrl::parse)?;
        if https.is_some() && base_url.as_ref().is_some_and(|base| !base.is_https()) {
            let wanted = "https:// and a host where HTTPS_DOMAIN is set, or not be set";
            return Err(WrongVariable { name: "BASE_URL", wanted });
        }
        Ok(Self {
            listen: read(&lookup, "LISTEN", "an address and a port, like 127.0.0.1:8080", |text| {
                text.parse().ok()
            })?
            .unwrap_or_else(|| match https {
                Some(_) => https::LISTEN.into(),
                None => ([127, 0, 0, 1], 8080).into(),
            }),
            passed: None,
            metrics_listen: read(
                &lookup,
                "METRICS_LISTEN",
                "an address and a port, like 127.0.0.1:9464",
                |text| text.parse().ok(),
            )?,
            told: read(&lookup, "RUST_LOG", "a level, like info, or stillpoint=debug", |text| {
                text.parse().ok()
            })?
            .unwrap_or_else(|| Targets::new().with_default(LevelFilter::INFO)),
            log_format: read(&lookup, "LOG_FORMAT", "text or json", |text| match text {
                "text" => Some(LogFormat::Text),
                "json" => Some(LogFormat::Json),
                _ => None,
            })?
            .unwrap_or(LogFormat::Text),
            base_url: base_url.or_else(|| https.as_ref().and_then(Https::base)),
            https,
            data_dir: read(&lookup, "DATA_DIR", "a folder", folder)?.unwrap_or_else(|| "data".into()),
            content_dir: read(&lookup, "CONTENT_DIR", "a folder", folder)?
                .unwrap_or_else(|| "content".into()),
            key_file: read(&lookup, "KEY_FILE", "a file", folder)?,
            backup_dir: read(&lookup, "BACKUP_DIR", "a folder", folder)?,
            backup_recipient: read(
                &lookup,
                "BACKUP_RECIPIENT",
                "a public key as age-keygen makes it, age1 and so on",
                |text| text.parse().ok(),
            )?,
            holds_mail: read(&lookup, "MAIL", "send or hold", |text| match text {
                "send" => Some(false),
                "hold" => Some(true),
                // A login shell, and sudo, put the path of the user's mailbox here.
                path if path.starts_with('/') => Some(false),
                _ => None,
            })?
            .unwrap_or(false),
            smtp_url: read(
                &lookup,
                "SMTP_URL",
                "like smtps://user:password@mail.example.com",
                SmtpUrl::parse,
            )?,
            mail_patience: Patience::default(),
            mail_from: read(&lookup, "MAIL_FROM", "an email address", |text| text.parse().ok())?,
            trusted_proxies: read(
                &lookup,
                "TRUSTED_PROXIES",
                "addresses or networks, like 127.0.0.1,10.0.0.0/8",
                networks,
            )?
            .unwrap_or_default(),
        })
    }
}

/// Takes what the service manager has passed, as systemd does it (LISTEN_FDS, LISTEN_PID): the
/// socket for visitors, and behind it, where there's HTTPS, the one for plain http. It passes
/// them in the order in which they stand in its unit.
fn pass(
    sockets: &mut ListenFd,
    visitors: &mut Option<Arc<TcpListener>>,
    http: Option<&mut Option<Arc<TcpListener>>>,
) -> Result<(), WrongVariable> {
    let wanted = match http {
        Some(_) => "TCP sockets, the first for HTTPS and the second, if any, for plain http",
        None => "one TCP socket, or none",
    };
    let wrong = || WrongVariable { name: "LISTEN_FDS", wanted };
    let places = [Some(visitors), http];
    if sockets.len() > places.iter().flatten().count() {
        return Err(wrong());
    }
    for (place, which) in places.into_iter().flatten().zip(0..sockets.len()) {
        *place = sockets.take_tcp_listener(which).map_err(|_| wrong())?.map(Arc::new);
    }
    Ok(())
}

fn networks(text: &str) -> Option<Vec<IpNet>> {
    let network = |part: &str| {
        let part = part.trim();
        part.parse().ok().or_else(|| part.parse::<IpAddr>().ok().map(IpNet::from))
    };
    text.split(',').filter(|part| !part.trim().is_empty()).map(network).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(variables: &[(&str, &str)]) -> Result<Config, String> {
        Config::from_lookup(|name| {
            let found = variables.iter().find(|(given, _)| *given == name);
            found.map(|(_, value)| (*value).to_owned()).ok_or(VarError::NotPresent)
        })
        .map_err(|wrong| wrong.to_string())
    }

    #[test]
    fn without_variables_the_practice_opens_on_ones_own_machine() {
        let config = config(&[]).expect("defaults");
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.data_dir, PathBuf::from("data"));
        assert_eq!(config.content_dir, PathBuf::from("content"));
        assert!(config.base_url.is_none() && config.smtp_url.is_none() && config.trusted_proxies.is_empty());
    }

    #[test]
    fn a_wrong_value_is_a_sentence_that_names_the_variable() {
        for name in [
            "LISTEN",
            "BASE_URL",
            "MAIL_FROM",
            "SMTP_URL",
            "TRUSTED_PROXIES",
            "BACKUP_RECIPIENT",
            "METRICS_LISTEN",
            "LOG_FORMAT",
            "MAIL",
            "HTTPS_DOMAIN",
            "HTTP_LISTEN",
        ] {
            let sentence = config(&[(name, "no such thing")]).expect_err(name);
            assert!(sentence.starts_with(&format!("{name} should be ")), "{sentence}");
        }
    }

    #[test]
    fn with_https_by_itself_the_practice_opens_on_the_ports_of_the_web() {
        let plain = config(&[("HTTPS_DOMAIN", "Example.com, www.example.com")]).expect("good");
        assert_eq!(plain.listen.to_string(), "[::]:443");
        assert_eq!(plain.base_url, BaseUrl::parse("https://example.com"));
        let https = plain.https.expect("HTTPS");
        assert_eq!(https.http_listen.expect("http leads there").to_string(), "[::]:80");
        assert_eq!(https.names, ["example.com", "www.example.com"]);
        assert!(https.directory.starts_with("https://acme-v02.api.letsencrypt.org/"));

        let chosen = config(&[
            ("HTTPS_DOMAIN", "example.com"),
            ("LISTEN", "127.0.0.1:8443"),
            ("HTTP_LISTEN", "off"),
            ("BASE_URL", "https://www.example.com"),
            ("ACME_CONTACT", "mailto:me@example.com"),
        ])
        .expect("good");
        assert_eq!(chosen.listen.to_string(), "127.0.0.1:8443");
        assert_eq!(chosen.base_url, BaseUrl::parse("https://www.example.com"));
        let https = chosen.https.expect("HTTPS");
        assert_eq!(https.http_listen, None);
        assert_eq!(https.contact.expect("a contact").to_string(), "me@example.com");

        let domain = ("HTTPS_DOMAIN", "example.com");
        for (name, value) in [
            ("BASE_URL", "http://example.com"),
            ("ACME_CONTACT", "nobody"),
            ("ACME_DIRECTORY", "http://acme.example/directory"),
            ("HTTP_LISTEN", "80"),
        ] {
            let sentence = config(&[domain, (name, value)]).expect_err(name);
            assert!(sentence.starts_with(&format!("{name} should be ")), "{sentence}");
        }
        let alone = config(&[("HTTP_LISTEN", "[::]:80")]).expect_err("without HTTPS_DOMAIN");
        assert!(alone.contains("HTTPS_DOMAIN"), "{alone}");
    }

    #[test]
    fn a_wrong_mail_server_is_not_repeated_since_it_may_hold_a_password() {
        let sentence = config(&[("SMTP_URL", "smtpx://user:secret@host")]).expect_err("wrong");
        assert!(!sentence.contains("secret"), "{sentence}");
    }

    #[test]
    fn email_is_held_where_that_is_asked_for() {
        for (value, holds) in
            [("hold", true), (" hold ", true), ("send", false), ("", false), ("/var/mail/me", false)]
        {
            assert_eq!(config(&[("MAIL", value)]).expect("good").holds_mail, holds, "{value:?}");
        }
    }

    #[test]
    fn proxies_are_addresses_or_networks() {
        let config = config(&[("TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8,::1")]).expect("good");
        assert_eq!(config.trusted_proxies.len(), 3);
    }
}
