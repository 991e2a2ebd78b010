//! What stands before a path where an address has to be whole, as in emails.

/// What the addresses in emails begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Reads `http://host` or `https://host`, with a port or without; nothing behind it.
    pub fn parse(text: &str) -> Option<Self> {
        let base = text.strip_suffix('/').unwrap_or(text);
        let host = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://"))?;
        let good =
            !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
        good.then(|| Self(base.to_owned()))
    }

    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, with its port if it has one.
    pub fn host(&self) -> &str {
        self.0.split_once("://").map_or(&self.0, |(_, host)| host)
    }

    /// The host alone: a name, or an address without its brackets.
    pub fn name(&self) -> &str {
        let name = self.split_host().0;
        name.trim_start_matches('[').trim_end_matches(']')
    }

    pub fn port(&self) -> Option<u16> {
        self.split_host().1?.parse().ok()
    }

    fn split_host(&self) -> (&str, Option<&str>) {
        let host = self.host();
        // An IPv6 address has colons of its own.
        match host.rsplit_once(':').filter(|_| !host.ends_with(']')) {
            Some((name, port)) => (name, Some(port)),
            None => (host, None),
        }
    }

    /// The whole address of a path.
    pub fn to(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::example::any_text;

    #[test]
    fn a_base_url_is_a_scheme_and_a_host() {
        assert_eq!(
            BaseUrl::parse("https://example.com/").map(|base| base.to("/faq")),
            Some("https://example.com/faq".to_owned())
        );
        assert!(BaseUrl::parse("http://127.0.0.1:8080").is_some());
        assert!(BaseUrl::parse("http://[::1]:8080").is_some());
        for text in
            ["", "example.com", "ftp://example.com", "https://", "https://example.com/site", "https://a b"]
        {
            assert_eq!(BaseUrl::parse(text), None, "{text}");
        }
    }

    #[test]
    fn name_and_port_are_told_apart() {
        for (base, name, port) in [
            ("https://example.com", "example.com", None),
            ("https://example.com:8443", "example.com", Some(8443)),
            ("http://[::1]", "::1", None),
            ("http://[2001:db8::1]:80", "2001:db8::1", Some(80)),
        ] {
            let base = BaseUrl::parse(base).expect("a base");
            assert_eq!((base.name(), base.port()), (name, port));
        }
    }

    proptest! {
        #[test]
        fn a_base_is_read_as_it_is_kept(text in any_text(&["http://", "https://", "/", "example.com", ":8080", "[::1]", "@", "?", "#", " ", "é"])) {
            if let Some(base) = BaseUrl::parse(&text) {
                prop_assert_eq!(BaseUrl::parse(base.as_str()), Some(base.clone()));
                prop_assert!(text.contains(base.host()));
            }
        }
    }
}
