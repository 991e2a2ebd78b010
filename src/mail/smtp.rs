//! Speaking SMTP, step by step. Each step has an end, so that no server can
//! hold an email for ever; and what goes wrong is known by its step. The words
//! of the protocol are lettre's; its own transports bound no more than
//! connecting, and do not say which step failed.

use std::{io, net::SocketAddr, time::Duration};

use lettre::{
    address::{Address, Envelope},
    transport::smtp::{
        SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT,
        authentication::Credentials,
        commands::{Data, Ehlo, Mail, Quit, Rcpt, Starttls},
        extension::{ClientId, MailBodyParameter, MailParameter},
    },
};
use percent_encoding::percent_decode_str;
use tokio::{
    net::{TcpStream, lookup_host},
    time::timeout,
};
use tokio_rustls::{TlsConnector, rustls::pki_types::ServerName};
use url::Url;

use super::{
    conversation::{Conversation, Offers},
    trouble::{Cause, Step, Trouble},
};
use crate::tls::{self, Distrust};

/// How long a mail server may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Over one step, until the final dot.
    pub step: Duration,
    /// From the final dot to its answer. RFC 5321, section 4.5.3.2.6: who hangs
    /// up earlier sends twice.
    pub verdict: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { step: Duration::from_secs(60), verdict: Duration::from_secs(600) }
    }
}

/// For the farewell, after which nothing is awaited.
const FAREWELL: Duration = Duration::from_secs(1);

/// A mail server, as `SMTP_URL` names it.
pub struct Server {
    host: String,
    port: u16,
    security: Security,
    credentials: Option<Credentials>,
    /// How we introduce ourselves.
    hello: ClientId,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Security {
    None,
    /// STARTTLS where it is offered.
    IfOffered,
    StartTls,
    /// TLS from the start.
    Tls,
}

impl Server {
    /// Reads `smtps://user:password@host:port/our-name`, or `smtp://` with
    /// `?tls=required`, `?tls=opportunistic` or neither.
    pub fn parse(url: &str) -> Option<Self> {
        let url = Url::parse(url).ok()?;
        let tls = url.query_pairs().find(|(key, _)| key == "tls").map(|(_, value)| value.into_owned());
        let (security, port) = match (url.scheme(), tls.as_deref()) {
            ("smtps", _) => (Security::Tls, SUBMISSIONS_PORT),
            ("smtp", None) => (Security::None, SMTP_PORT),
            ("smtp", Some("required")) => (Security::StartTls, SUBMISSION_PORT),
            ("smtp", Some("opportunistic")) => (Security::IfOffered, SUBMISSION_PORT),
            _ => return None,
        };
        let decoded = |text: &str| percent_decode_str(text).decode_utf8().map(|text| text.into_owned()).ok();
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(decoded(url.username())?, decoded(password)?)),
            None => None,
        };
        let hello = match url.path().trim_matches('/') {
            "" => ClientId::default(),
            name => ClientId::Domain(name.to_owned()),
        };
        let host = url.host_str().filter(|host| !host.is_empty())?;
        // An IPv6 address stands in brackets in a URL, and nowhere else.
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        Some(Self { host, port: url.port().unwrap_or(port), security, credentials, hello })
    }
}

/// What came of reaching a server without sending anything.
pub struct Tried {
    pub host: String,
    pub port: u16,
    pub is_secured: bool,
    /// It has taken a user's name and password.
    pub signs_in: bool,
}

/// Sends to a server.
pub struct Sender {
    server: Server,
    patience: Patience,
    /// Whom to trust, where TLS may be spoken: reading it takes a while.
    tls: Option<TlsConnector>,
    name: Option<ServerName<'static>>,
}

impl Sender {
    pub fn new(server: Server, patience: Patience) -> Result<Self, tokio_rustls::rustls::Error> {
        let tls = match server.security {
            Security::None => None,
            Security::IfOffered | Security::StartTls | Security::Tls => Some(tls::trusting_the_system()?),
        };
        let name = ServerName::try_from(server.host.clone()).ok();
        Ok(Self { server, patience, tls, name })
    }

    pub fn patience(&self) -> Patience {
        self.patience
    }

    /// Sends one email over a connection of its own. Returns the server's yes, word for word.
    pub async fn send(&self, envelope: &Envelope, email: &[u8]) -> Result<String, Trouble> {
        let mut talk = self.connect().await?;
        let sent = self.converse(&mut talk, envelope, email).await;
        let _ = timeout(FAREWELL, talk.say(Quit)).await;
        sent
    }

    /// Connects and signs in as for an email, and sends none.
    pub async fn tries(&self) -> Result<Tried, Trouble> {
        let mut talk = self.connect().await?;
        let tried = Tried {
            host: self.server.host.clone(),
            port: self.server.port,
            is_secured: talk.is_secured(),
            signs_in: self.server.credentials.is_some(),
        };
        let _ = timeout(FAREWELL, talk.say(Quit)).await;
        Ok(tried)
    }

    async fn connect(&self) -> Result<Conversation, Trouble> {
        let stream = self.reach().await.map_err(|cause| Trouble::new(Step::Connecting, cause))?;
        let step = self.patience.step;
        let mut talk = match self.server.security {
            Security::Tls => self.secure(stream).await?,
            _ => Conversation::new(stream),
        };
        talk.hears(Step::Greeting, step, 220).await?;
        let mut offers = self.greet(&mut talk).await?;
        if matches!(self.server.security, Security::StartTls | Security::IfOffered) {
            if offers.starttls {
                talk.asks(Step::Securing, step, Starttls, 220).await?;
                talk = self.secure(talk.into_plain()?).await?;
                offers = self.greet(&mut talk).await?;
            } else if self.server.security == Security::StartTls {
                return Err(Trouble::new(Step::Securing, Cause::NoStartTls));
            }
        }
        if let Some(credentials) = &self.server.credentials {
            talk.signs_in(step, &offers, credentials).await?;
        }
        talk.offers = offers;
        Ok(talk)
    }

    /// The first of the server's addresses that answers. All of them together have one step's time.
    async fn reach(&self) -> Result<TcpStream, Cause> {
        let step = self.patience.step;
        let found = timeout(step, lookup_host((self.server.host.as_str(), self.server.port))).await;
        let Ok(Ok(found)) = found else { return Err(Cause::UnknownHost) };
        let addresses: Vec<SocketAddr> = found.collect();
        let each = step / u32::try_from(addresses.len().max(1)).unwrap_or(1);
        let mut cause = Cause::UnknownHost;
        for address in addresses {
            match timeout(each, TcpStream::connect(address)).await {
                // Kept back until what came before is acknowledged, the final dot would wait forty milliseconds.
                Ok(Ok(stream)) => {
                    return stream.set_nodelay(true).map(|()| stream).map_err(|_| Cause::HungUp);
                }
                Ok(Err(error)) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
                    cause = Cause::ConnectionRefused;
                }
                Ok(Err(_)) | Err(_) => cause = Cause::NoRoute,
            }
        }
        Err(cause)
    }

    async fn secure(&self, stream: TcpStream) -> Result<Conversation, Trouble> {
        let failed = |cause| Trouble::new(Step::Securing, cause);
        let name = self.name.clone().ok_or_else(|| failed(Cause::UnknownHost))?;
        let tls = self.tls.as_ref().ok_or_else(|| failed(Cause::NoTls))?;
        match timeout(self.patience.step, tls.connect(name, stream)).await {
            Ok(Ok(stream)) => Ok(Conversation::secured(stream)),
            Ok(Err(error)) => Err(failed(no_tls(&error))),
            Err(_) => Err(failed(Cause::Silent)),
        }
    }

    async fn greet(&self, talk: &mut Conversation) -> Result<Offers, Trouble> {
        let hello = Ehlo::new(self.server.hello.clone());
        let reply = talk.asks(Step::Hello, self.patience.step, hello, 250).await?;
        Ok(Offers::read(&reply))
    }

    async fn converse(
        &self,
        talk: &mut Conversation,
        envelope: &Envelope,
        email: &[u8],
    ) -> Result<String, Trouble> {
        let step = self.patience.step;
        let mut options = Vec::new();
        let is_beyond_ascii = |address: &Address| !AsRef::<str>::as_ref(address).is_ascii();
        let beyond = match envelope {
            it if it.from().is_some_and(is_beyond_ascii) => Some(Step::Sender),
            it if it.to().iter().any(is_beyond_ascii) => Some(Step::Recipient),
            _ => None,
        };
        match beyond {
            Some(step) if !talk.offers.smtputf8 => {
                return Err(Trouble::new(step, Cause::AddressBeyondServer));
            }
            Some(_) => options.push(MailParameter::SmtpUtfEight),
            None => {}
        }
        if !email.is_ascii() && talk.offers.eight_bit {
            options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        talk.asks(Step::Sender, step, Mail::new(envelope.from().cloned(), options), 250).await?;
        for recipient in envelope.to() {
            talk.asks(Step::Recipient, step, Rcpt::new(recipient.clone(), Vec::new()), 250).await?;
        }
        talk.asks(Step::Data, step, Data, 354).await?;
        talk.hands_over(step, email).await?;
        let yes = talk.asks(Step::Verdict, self.patience.verdict, ".\r\n", 250).await?;
        Ok(yes.words())
    }
}

fn no_tls(error: &io::Error) -> Cause {
    match Distrust::of(error) {
        Some(why) => Cause::Certificate(why),
        None if tls::said(error).is_some() => Cause::NoTls,
        None => Cause::HungUp,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::example::any_text;

    #[test]
    fn a_server_is_read_from_its_url() {
        let server = Server::parse("smtps://me%40x.com:p%2Fw@mail.example.com/my.host").expect("good");
        assert_eq!((server.host.as_str(), server.port), ("mail.example.com", 465));
        assert!(server.security == Security::Tls);
        assert_eq!(server.credentials, Some(Credentials::new("me@x.com".to_owned(), "p/w".to_owned())));
        assert_eq!(server.hello, ClientId::Domain("my.host".to_owned()));
        let ports = [
            ("smtp://h", 25),
            ("smtp://h?tls=required", 587),
            ("smtp://h?tls=opportunistic", 587),
            ("smtps://h:2465", 2465),
            ("smtp://[::1]:26", 26),
        ];
        for (url, port) in ports {
            assert_eq!(Server::parse(url).map(|server| server.port), Some(port), "{url}");
        }
        assert_eq!(Server::parse("smtp://[::1]").map(|server| server.host), Some("::1".to_owned()));
        for wrong in ["", "mail.example.com", "http://h", "smtp://", "smtp://h?tls=maybe", "smtp://u:%ff@h"] {
            assert!(Server::parse(wrong).is_none(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn any_address_is_a_servers_or_none(text in any_text(&[
            "smtp://", "smtps://", "me", "%40", "%ff", ":", "@", "mail.example.com", "[::1]", "/", "?tls=required", "465", " ", "#", "é",
        ])) {
            if let Some(server) = Server::parse(&text) {
                prop_assert!(!server.host.is_empty());
            }
        }
    }
}
