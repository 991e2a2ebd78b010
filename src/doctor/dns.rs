//! The records by which others tell that emails are ours: SPF, DKIM and DMARC of the sender's domain.

use std::time::Duration;

use hickory_resolver::{TokioResolver, proto::rr::RData};
use tokio::time::timeout;

use super::finding::{Finding, fix, look, ok};

const PATIENCE: Duration = Duration::from_secs(10);

/// Domains that are for examples alone (RFC 2606).
const EXAMPLES: [&str; 4] = ["example.com", "example.net", "example.org", "localhost"];

pub async fn examine(domain: &str, selector: Option<&str>) -> Vec<Finding> {
    if EXAMPLES.contains(&domain) || domain.ends_with(".example") {
        let says =
            format!("emails are from {domain}, an example; set MAIL_FROM, or [mail] from in practice.toml");
        return vec![fix("MAIL_FROM", says)];
    }
    let resolver = TokioResolver::builder_tokio().and_then(|mut builder| {
        builder.options_mut().timeout = PATIENCE / 4;
        builder.build()
    });
    let Ok(resolver) = resolver else { return vec![unknown("DNS", domain)] };
    let key = selector.map(|selector| format!("{selector}._domainkey.{domain}"));
    let of_key = async {
        match &key {
            Some(name) => found(texts(&resolver, name).await, "DKIM", name, |texts| dkim(name, texts)),
            None => look(
                "DKIM",
                "which key signs can't be told from here; `stillpoint doctor --selector NAME` looks it up by the name your provider gave it",
            ),
        }
    };
    // Side by side: where nobody answers, it's waited for once.
    let (of_senders, of_key, policy) =
        tokio::join!(texts(&resolver, domain), of_key, policy(&resolver, domain));
    vec![
        found(of_senders, "SPF", domain, |texts| spf(domain, texts)),
        of_key,
        found(policy, "DMARC", &format!("_dmarc.{domain}"), |texts| dmarc(domain, texts)),
    ]
}

/// The policy of a domain, or else of the one above it.
async fn policy(resolver: &TokioResolver, domain: &str) -> Option<Vec<String>> {
    let own = texts(resolver, &format!("_dmarc.{domain}")).await?;
    match domain.split_once('.') {
        Some((_, above)) if above.contains('.') && !own.iter().any(|text| is_a(text, "DMARC1")) => {
            texts(resolver, &format!("_dmarc.{above}")).await
        }
        _ => Some(own),
    }
}

/// The texts at a name, none where there are none; `None` where nobody knows.
async fn texts(resolver: &TokioResolver, name: &str) -> Option<Vec<String>> {
    // As the whole name that it is: no local ending is tried behind it.
    match timeout(PATIENCE, resolver.txt_lookup(format!("{name}."))).await.ok()? {
        Ok(found) => {
            let text = |data: &RData| match data {
                RData::TXT(text) => Some(text.to_string()),
                _ => None,
            };
            Some(found.answers().iter().filter_map(|record| text(&record.data)).collect())
        }
        Err(error) if error.is_nx_domain() || error.is_no_records_found() => Some(Vec::new()),
        Err(_) => None,
    }
}

fn found(
    texts: Option<Vec<String>>,
    about: &'static str,
    name: &str,
    read: impl FnOnce(&[String]) -> Finding,
) -> Finding {
    texts.map_or_else(|| unknown(about, name), |texts| read(&texts))
}

fn unknown(about: &'static str, name: &str) -> Finding {
    look(about, format!("no answer from DNS; elsewhere `dig +short TXT {name}` shows the record"))
}

/// Whether a text is a record of this kind.
fn is_a(text: &str, version: &str) -> bool {
    let first = text.split([';', ' ']).next().unwrap_or_default();
    let (name, is) = first.trim().split_once('=').unwrap_or_default();
    name.eq_ignore_ascii_case("v") && is.eq_ignore_ascii_case(version)
}

fn spf(domain: &str, texts: &[String]) -> Finding {
    let mut records = texts.iter().filter(|text| is_a(text, "spf1"));
    match (records.next(), records.next()) {
        (None, _) => fix(
            "SPF",
            format!(
                "{domain} has no record that says who may send for it; your mail provider has the value (v=spf1 …)"
            ),
        ),
        (Some(_), Some(_)) => {
            fix("SPF", format!("{domain} has more than one record, which counts as none; put them into one"))
        }
        (Some(record), None) => {
            let words: Vec<String> = record.split_whitespace().map(str::to_ascii_lowercase).collect();
            let has = |word: &str| words.iter().any(|one| one == word);
            if has("+all") || has("all") {
                fix("SPF", format!("{domain} lets everybody send for it ({record}); end it with -all"))
            } else if has("-all") || has("~all") || words.iter().any(|word| word.starts_with("redirect=")) {
                ok("SPF", format!("{domain}: {record}"))
            } else {
                look(
                    "SPF",
                    format!("{domain} doesn't say what to think of others ({record}); end it with -all"),
                )
            }
        }
    }
}

fn dkim(name: &str, texts: &[String]) -> Finding {
    // The version may be left out.
    let key = texts.iter().find_map(|text| {
        let mut parts = text.split(';').map(str::trim);
        parts.find_map(|part| Some(part.strip_prefix("p=")?.trim().to_owned()))
    });
    match key.as_deref() {
        None => fix("DKIM", format!("there's no key at {name}; your mail provider has the record")),
        Some("") => {
            fix("DKIM", format!("the key at {name} was taken back; publish the one your provider signs with"))
        }
        Some(_) => ok("DKIM", format!("there's a key at {name}")),
    }
}

fn dmarc(domain: &str, texts: &[String]) -> Finding {
    let Some(record) = texts.iter().find(|text| is_a(text, "DMARC1")) else {
        return fix("DMARC", format!("there's no record at _dmarc.{domain}; start with v=DMARC1; p=none"));
    };
    let mut tags = record.split(';').filter_map(|tag| tag.trim().split_once('='));
    let policy = tags
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("p"))
        .map(|(_, value)| value.trim().to_ascii_lowercase());
    match policy.as_deref() {
        Some("quarantine" | "reject") => ok("DMARC", record.clone()),
        Some("none") => look("DMARC", format!("{record}; once test emails pass, make it p=quarantine")),
        _ => fix("DMARC", format!("the record has no policy ({record}); start with v=DMARC1; p=none")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::finding::Verdict::{self, Fix, Look, Ok};

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn who_may_send_is_said_once_and_not_of_everybody() {
        let cases: [(&[&str], Verdict); 9] = [
            (&[], Fix),
            (&["google-site-verification=x"], Fix),
            (&["v=spf1 include:_spf.provider.example -all", "unrelated"], Ok),
            (&["V=SPF1 MX ~ALL"], Ok),
            (&["v=spf1 redirect=_spf.provider.example"], Ok),
            (&["v=spf1 mx ?all"], Look),
            (&["v=spf1 +all"], Fix),
            (&["v=spf1 a -all", "v=spf1 mx -all"], Fix),
            (&["v=spf10 -all"], Fix),
        ];
        for (records, verdict) in cases {
            assert_eq!(spf("practice.test", &texts(records)).verdict, verdict, "{records:?}");
        }
    }

    #[test]
    fn a_key_is_there_and_not_taken_back() {
        for (record, verdict) in [
            ("v=DKIM1; k=rsa; p=MIGf", Ok),
            ("k=ed25519;p=11qY", Ok),
            ("v=DKIM1; p=", Fix),
            ("v=DKIM1; k=rsa", Fix),
        ] {
            assert_eq!(dkim("s1._domainkey.practice.test", &texts(&[record])).verdict, verdict, "{record}");
        }
        assert_eq!(dkim("s1._domainkey.practice.test", &[]).verdict, Fix);
    }

    #[test]
    fn a_policy_is_there_and_means_something() {
        for (record, verdict) in [
            ("v=DMARC1; p=reject", Ok),
            ("v=DMARC1;p=quarantine; rua=mailto:x@practice.test", Ok),
            ("v=DMARC1; p=none", Look),
            ("v=DMARC1; sp=none", Fix),
            ("v=spf1 -all", Fix),
        ] {
            assert_eq!(dmarc("practice.test", &texts(&[record])).verdict, verdict, "{record}");
        }
    }
}
