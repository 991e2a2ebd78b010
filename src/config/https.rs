//! HTTPS by itself: for which names, and who gives the certificate.

use std::{
    env::VarError,
    net::{Ipv6Addr, SocketAddr, TcpListener},
    path::PathBuf,
    sync::Arc,
};

use lettre::Address;
use url::Host;

use super::variable::{WrongVariable, read};
use crate::urls::BaseUrl;

/// Where visitors come in when the program speaks HTTPS: everywhere.
pub const LISTEN: (Ipv6Addr, u16) = (Ipv6Addr::UNSPECIFIED, 443);
/// Where they come in who type no `https://`.
const HTTP_LISTEN: (Ipv6Addr, u16) = (Ipv6Addr::UNSPECIFIED, 80);
const LETS_ENCRYPT: &str = "https://acme-v02.api.letsencrypt.org/directory";
/// The longest name that the domain name system knows.
const LONGEST_NAME: usize = 253;

#[derive(Clone, Debug)]
pub struct Https {
    /// The names of the site; the first is the one that links begin with. Never empty.
    pub names: Vec<String>,
    /// Where plain http leads to https. `None`: nowhere.
    pub http_listen: Option<SocketAddr>,
    /// The socket for that, where the service manager has opened it. It wins over `http_listen`.
    pub passed_http: Option<Arc<TcpListener>>,
    /// Whom the certificate authority writes to when something is wrong.
    pub contact: Option<Address>,
    /// The address at which the certificate authority says what it offers.
    pub directory: String,
    /// The certificate that its own has to come from. `None`: as this machine trusts.
    pub root: Option<PathBuf>,
}

impl Https {
    /// `None` where somebody else speaks HTTPS, or nobody does.
    pub(super) fn from_lookup(
        lookup: impl Fn(&'static str) -> Result<String, VarError>,
    ) -> Result<Option<Self>, WrongVariable> {
        let wanted = "a domain name like example.com, or several with commas between them";
        let names = read(&lookup, "HTTPS_DOMAIN", wanted, names)?;
        let wanted = "an address and a port, like [::]:80, or off";
        let http_listen = read(&lookup, "HTTP_LISTEN", wanted, |text| match text {
            "off" => Some(None),
            address => address.parse().ok().map(Some),
        })?;
        let contact = read(&lookup, "ACME_CONTACT", "an email address", |text| {
            text.strip_prefix("mailto:").unwrap_or(text).parse().ok()
        })?;
        let wanted = "the https:// address of an ACME server's directory";
        let given_by = read(&lookup, "ACME_DIRECTORY", wanted, directory)?;
        let root =
            read(&lookup, "ACME_ROOT", "a file with a certificate (PEM)", |text| Some(PathBuf::from(text)))?;
        let Some(names) = names else {
            let alone = [
                ("HTTP_LISTEN", http_listen.flatten().is_some()),
                ("ACME_CONTACT", contact.is_some()),
                ("ACME_DIRECTORY", given_by.is_some()),
                ("ACME_ROOT", root.is_some()),
            ];
            return match alone.into_iter().find(|(_, is_set)| *is_set) {
                Some((name, _)) => Err(WrongVariable {
                    name,
                    wanted: "set only together with HTTPS_DOMAIN; LISTEN says where to listen without it",
                }),
                None => Ok(None),
            };
        };
        Ok(Some(Self {
            names,
            http_listen: http_listen.unwrap_or(Some(HTTP_LISTEN.into())),
            passed_http: None,
            contact,
            directory: given_by.unwrap_or_else(|| LETS_ENCRYPT.to_owned()),
            root,
        }))
    }

    /// The first of the names.
    pub fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    /// What links begin with unless BASE_URL says so.
    pub(super) fn base(&self) -> Option<BaseUrl> {
        BaseUrl::parse(&format!("https://{}", self.name()))
    }
}

/// Names of which each can be proved to be ours on its own port: no wildcards, no addresses.
fn names(text: &str) -> Option<Vec<String>> {
    let mut names = Vec::new();
    for part in text.split([',', ' ']).map(str::trim).filter(|part| !part.is_empty()) {
        let name = name(part)?;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then_some(names)
}

/// A domain name in the letters that the domain name system has: `bücher.example` becomes
/// `xn--bcher-kva.example`.
fn name(text: &str) -> Option<String> {
    let Ok(Host::Domain(name)) = Host::parse(text) else { return None };
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let is_name = name.len() <= LONGEST_NAME && name.contains('.') && name.split('.').all(is_label);
    is_name.then_some(name)
}

fn directory(text: &str) -> Option<String> {
    let url = url::Url::parse(text).ok()?;
    (url.scheme() == "https" && url.has_host()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_domain_names_and_nothing_else() {
        for (text, names_of_it) in [
            ("example.com", &["example.com"][..]),
            (" Example.COM, www.example.com ", &["example.com", "www.example.com"]),
            ("example.com www.example.com,example.com", &["example.com", "www.example.com"]),
            ("bücher.example", &["xn--bcher-kva.example"]),
            ("a-b.9.example", &["a-b.9.example"]),
        ] {
            assert_eq!(names(text).unwrap_or_default(), names_of_it, "{text}");
        }
        let long = format!("{}.example", "x".repeat(64));
        for text in [
            "",
            ",",
            "https://example.com",
            "example.com:443",
            "example.com/",
            "example.com,/",
            "203.0.113.7",
            "[2001:db8::1]",
            "2001:db8::1",
            "localhost",
            "*.example.com",
            "-a.example",
            "a..example",
            "example.com.",
            "me@example.com",
            "under_score.example",
            &long,
        ] {
            assert_eq!(names(text), None, "{text}");
        }
    }
}
