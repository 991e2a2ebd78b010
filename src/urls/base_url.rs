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
