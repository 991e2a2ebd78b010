//! Mail domains that are probably a slip of a well-known one: `gmial.com`,
//! `gmail.con`, `hotnail.co.uk`.

use strsim::osa_distance;

/// Well-known mail providers, each with what follows its name. The first part
/// of a domain is the provider's name, the rest its ending.
const PROVIDERS: [(&str, &[&str]); 30] = [
    ("gmail", &["com"]),
    ("googlemail", &["com"]),
    ("yahoo", &["com", "co.uk", "ca", "de", "fr", "it", "es", "ie", "com.au", "co.nz", "com.br", "co.in"]),
    ("hotmail", &["com", "co.uk", "ca", "de", "fr", "it", "es", "be", "com.au", "co.nz"]),
    ("outlook", &["com", "de", "fr", "it", "es", "ie", "com.au", "co.nz"]),
    ("live", &["com", "co.uk", "ca", "de", "fr", "it", "nl", "ie", "com.au"]),
    ("msn", &["com"]),
    ("icloud", &["com"]),
    ("mac", &["com"]),
    ("aol", &["com", "co.uk", "de"]),
    ("ymail", &["com"]),
    ("rocketmail", &["com"]),
    ("comcast", &["net"]),
    ("att", &["net"]),
    ("sbcglobal", &["net"]),
    ("verizon", &["net"]),
    ("charter", &["net"]),
    ("bellsouth", &["net"]),
    ("earthlink", &["net"]),
    ("frontier", &["com"]),
    ("frontiernet", &["net"]),
    ("centurylink", &["net"]),
    ("optonline", &["net"]),
    ("protonmail", &["com", "ch"]),
    ("fastmail", &["com", "fm"]),
    ("btinternet", &["com"]),
    ("gmx", &["com", "net", "de", "at", "ch", "co.uk", "us", "fr"]),
    ("t-online", &["de"]),
    ("freenet", &["de"]),
    ("eircom", &["net"]),
];

/// Domains that are near one of those and real all the same.
const REAL: [&str; 46] = [
    "mail.com",
    "email.com",
    "email.de",
    "mail.de",
    "mail.ru",
    "mail.ch",
    "ymail.com",
    "fmail.com",
    "gmx.com",
    "mailbox.org",
    "inbox.com",
    "in.com",
    "me.com",
    "mac.com",
    "hey.com",
    "aim.com",
    "cox.net",
    "xtra.co.nz",
    "web.de",
    "arcor.de",
    "online.de",
    "posteo.de",
    "proton.me",
    "pm.me",
    "yandex.com",
    "yandex.ru",
    "zoho.com",
    "juno.com",
    "usa.net",
    "usa.com",
    "tutanota.com",
    "tuta.com",
    "hushmail.com",
    "rediffmail.com",
    "hotmail.net",
    "love.com",
    "like.com",
    "line.com",
    "lite.com",
    "look.com",
    "yahoo.net",
    "cloud.com",
    "icloud.net",
    "outlook.net",
    "frontier.net",
    "chartermi.net",
];

/// What `com`, `net` and their like become by a slip, and nobody's country.
const SLIPS_OF_ENDINGS: [&str; 6] = ["cm", "co", "om", "ne", "et", "nt"];
/// Names this short are an email away from too many others.
const SHORTEST_MISTYPED: usize = 5;
/// Names this long can take two slips.
const LONG: usize = 7;

/// The address that was probably meant; `None` for one that may well be right.
pub fn suggestion(email: &str) -> Option<String> {
    let (local, domain) = email.trim().rsplit_once('@')?;
    let domain = domain.to_lowercase();
    let (name, ending) = domain.split_once('.')?;
    if is_known(&domain, name, ending) {
        return None;
    }
    let near = PROVIDERS.iter().flat_map(|(provider, endings)| endings.iter().map(move |e| (*provider, *e)));
    let near = near.filter_map(|(provider, right)| {
        let slips = slips_of_name(name, provider)? + slips_of_ending(ending, right)?;
        Some((slips, provider, right))
    });
    // Of those that are as near, the first, which is the most common.
    let (_, provider, right) = near.min_by_key(|(slips, ..)| *slips)?;
    Some(format!("{local}@{provider}.{right}"))
}

/// A provider's own domain, here or in any country, or another that is real.
fn is_known(domain: &str, name: &str, ending: &str) -> bool {
    let is_country = |ending: &str| ending.len() == 2 && !SLIPS_OF_ENDINGS.contains(&ending);
    let is_abroad = |ending: &str| match ending.split_once('.') {
        Some((first, country)) => ["co", "com"].contains(&first) && is_country(country),
        None => is_country(ending),
    };
    REAL.contains(&domain)
        || PROVIDERS.iter().any(|(provider, endings)| {
            *provider == name && (endings.contains(&ending) || endings.len() > 1 && is_abroad(ending))
        })
}

fn slips_of_name(name: &str, provider: &str) -> Option<usize> {
    let forgiven = match provider.len() {
        ..SHORTEST_MISTYPED => 0,
        SHORTEST_MISTYPED..LONG => 1,
        _ => 2,
    };
    Some(osa_distance(name, provider)).filter(|slips| *slips <= forgiven)
}

/// One slip at the most; in an ending of two letters none, since each is another country's.
fn slips_of_ending(ending: &str, right: &str) -> Option<usize> {
    let forgiven = usize::from(right.len() > 2);
    Some(osa_distance(ending, right)).filter(|slips| *slips <= forgiven)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::suggestion;
    use crate::domain::example::any_text;

    #[test]
    fn a_slip_of_a_well_known_domain_is_seen() {
        for (typed, right) in [
            ("june@gmial.com", "june@gmail.com"),
            ("june@gmail.con", "june@gmail.com"),
            ("june@gamil.con", "june@gmail.com"),
            ("June.O+x@GMAI.COM", "June.O+x@gmail.com"),
            ("june@gmaill.com", "june@gmail.com"),
            ("june@gmail.co", "june@gmail.com"),
            ("june@gmail.cm", "june@gmail.com"),
            ("june@gmail.cmo", "june@gmail.com"),
            ("june@gnail.com", "june@gmail.com"),
            ("june@hotnail.com", "june@hotmail.com"),
            ("june@hotmial.con", "june@hotmail.com"),
            ("june@homtail.com", "june@hotmail.com"),
            ("june@hotnail.co.uk", "june@hotmail.co.uk"),
            ("june@yaho.com", "june@yahoo.com"),
            ("june@yahooo.co.uk", "june@yahoo.co.uk"),
            ("june@outlok.com", "june@outlook.com"),
            ("june@outloook.vom", "june@outlook.com"),
            ("june@iclould.com", "june@icloud.com"),
            ("june@aol.con", "june@aol.com"),
            ("june@msn.cim", "june@msn.com"),
            ("june@comcast.ne", "june@comcast.net"),
            ("june@sbcgloble.net", "june@sbcglobal.net"),
            ("june@protonmial.com", "june@protonmail.com"),
            ("june@googlmail.com", "june@googlemail.com"),
        ] {
            assert_eq!(suggestion(typed).as_deref(), Some(right), "{typed}");
        }
    }

    #[test]
    fn a_domain_that_is_real_is_left_alone() {
        for domain in [
            "gmail.com",
            "googlemail.com",
            "mail.com",
            "email.com",
            "gmx.com",
            "gmx.net",
            "gmx.de",
            "gmx.at",
            "ymail.com",
            "hotmail.co.uk",
            "hotmail.fr",
            "hotmail.se",
            "yahoo.co.jp",
            "yahoo.com.mx",
            "yahoo.gr",
            "outlook.pt",
            "live.nl",
            "live.com.mx",
            "live.se",
            "aol.com",
            "aim.com",
            "msn.com",
            "me.com",
            "mac.com",
            "icloud.com",
            "proton.me",
            "pm.me",
            "protonmail.ch",
            "hey.com",
            "web.de",
            "t-online.de",
            "online.de",
            "cox.net",
            "att.net",
            "comcast.net",
            "snowcrest.net",
            "finestplanet.com",
            "charter.net",
            "xtra.co.nz",
            "example.com",
            "example.org",
            "csuchico.edu",
            "mtshasta.org",
            "mail.example.com",
            "gm.com",
            "wahoo.fit",
            "ca.gov",
            "rediffmail.com",
            "fastmail.fm",
            "orange.fr",
            "free.fr",
            "eircom.net",
            "qq.com",
        ] {
            assert_eq!(suggestion(&format!("june@{domain}")), None, "{domain}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_suggested_has_no_better_suggestion(text in any_text(&["june", "@", "gmial", "gmail", "hotmial", ".", "com", "con", "co", " ", "é"])) {
            if let Some(better) = suggestion(&text) {
                prop_assert_eq!(suggestion(&better), None, "{} of {}", better, text);
            }
        }
    }
}
