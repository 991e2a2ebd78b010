//! Why there's no new certificate, as whoever runs the site should read it.

use std::{fmt, io, path::PathBuf};

use instant_acme::{Error, Problem};

use super::transport::Unreached;

/// The longest that others' words may be where we repeat them.
const LONGEST: usize = 300;

#[derive(Debug)]
pub enum Trouble {
    /// The certificate authority can't be reached.
    Unreached(String),
    /// It says no.
    Refused {
        kind: String,
        says: String,
    },
    /// It has looked, and doesn't believe that the name is ours.
    Unproven {
        name: String,
        says: String,
    },
    /// It offers no proof that we can give (TLS-ALPN-01).
    NoProof(String),
    /// It hasn't come to an end.
    Unfinished,
    /// What it answers isn't what ACME knows.
    Odd(String),
    /// What it has issued isn't for our names and our key.
    Unfit,
    /// It can't be kept.
    Folder(PathBuf, io::Error),
    /// The file with its root certificate (ACME_ROOT).
    Root(PathBuf, io::Error),
    Key(String),
}

impl Trouble {
    /// It knows our account no more: another is to be made.
    pub fn is_unknown_account(&self) -> bool {
        matches!(self, Self::Refused { kind, .. } if kind == "accountDoesNotExist")
    }

    /// It wants to be asked less often.
    pub fn is_too_often(&self) -> bool {
        matches!(self, Self::Refused { kind, .. } if kind == "rateLimited")
    }

    /// What it says of a name that it hasn't believed.
    pub fn unproven(name: String, problem: Option<&Problem>) -> Self {
        let says = problem.map_or_else(|| "no reason given".to_owned(), says);
        Self::Unproven { name, says }
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error {
            Error::Api(problem) => {
                let kind = problem.r#type.as_deref().and_then(|kind| kind.rsplit(':').next());
                Self::Refused { kind: kind.unwrap_or_default().to_owned(), says: says(&problem) }
            }
            Error::Timeout(_) => Self::Unfinished,
            Error::Other(other) => match other.downcast::<Unreached>() {
                Ok(unreached) => Self::Unreached(plain(&unreached.0)),
                Err(other) => Self::Odd(plain(&other.to_string())),
            },
            error => Self::Odd(plain(&error.to_string())),
        }
    }
}

impl From<rcgen::Error> for Trouble {
    fn from(error: rcgen::Error) -> Self {
        Self::Key(error.to_string())
    }
}

/// The certificate authority's own words: they say best what to do.
fn says(problem: &Problem) -> String {
    let own = problem.detail.as_deref();
    let of_parts = problem.subproblems.iter().filter_map(|part| part.detail.as_deref());
    let all: Vec<_> = own.into_iter().chain(of_parts).collect();
    match all.as_slice() {
        [] => plain(problem.r#type.as_deref().unwrap_or("no reason given")),
        all => plain(&all.join("; ")),
    }
}

/// On one line, and not longer than one reads.
fn plain(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect();
    plain.trim().trim_end_matches('.').to_owned()
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreached(why) => write!(f, "the certificate authority can't be reached: {why}"),
            Self::Refused { says, .. } => write!(f, "the certificate authority says: {says}"),
            Self::Unproven { name, says } => {
                write!(f, "the certificate authority can't see on port 443 that {name} is yours: {says}")
            }
            Self::NoProof(name) => write!(
                f,
                "the certificate authority doesn't take the one proof for {name} that can be given here (tls-alpn-01)"
            ),
            Self::Unfinished => f.write_str("the certificate authority took too long"),
            Self::Odd(why) => write!(f, "the certificate authority's answer makes no sense: {why}"),
            Self::Unfit => f.write_str("the certificate that came isn't for these names"),
            Self::Folder(folder, error) => {
                write!(f, "can't write to the folder {}: {error}", folder.display())
            }
            Self::Root(file, error) => {
                write!(f, "can't use the file {} (ACME_ROOT): {error}", file.display())
            }
            Self::Key(why) => write!(f, "no key can be made: {why}"),
        }
    }
}

impl std::error::Error for Trouble {}
