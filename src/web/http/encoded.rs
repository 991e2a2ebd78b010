//! Bodies in the encodings that a browser takes, and what it has already.

use std::{io::Write, sync::OnceLock};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

/// A body that is compressed once, at first asking, and served many times.
pub struct Encoded {
    plain: Bytes,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
    hash: String,
    tag: Option<HeaderValue>,
}

/// A body in one of its encodings, or nothing for whoever has it already.
pub struct Choice {
    pub status: StatusCode,
    pub encoding: Option<HeaderValue>,
    pub bytes: Bytes,
}

/// By what they hold; what it was compressed to follows from that.
impl PartialEq for Encoded {
    fn eq(&self, other: &Self) -> bool {
        self.plain == other.plain
    }
}

impl Encoded {
    pub fn new(plain: Bytes) -> Self {
        let hash: String = Sha256::digest(&plain).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        // Weak: the same page in another encoding has the same tag (RFC 9110, section 8.8.3).
        let tag = HeaderValue::from_str(&format!("W/\"{hash}\"")).ok();
        Self { plain, brotli: OnceLock::new(), gzip: OnceLock::new(), hash, tag }
    }

    /// Sixteen digits that tell one content from another.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The body in the best encoding that the client takes; 304 when it has it already.
    pub fn response(&self, asked: &HeaderMap) -> Response {
        let Choice { status, encoding, bytes } = self.choice(asked);
        let mut response = (status, Body::from(bytes)).into_response();
        let head = response.headers_mut();
        if let Some(encoding) = encoding {
            head.insert(header::CONTENT_ENCODING, encoding);
        }
        head.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        self.tagged(response)
    }

    /// What of the body is sent to whoever asks so.
    pub fn choice(&self, asked: &HeaderMap) -> Choice {
        let (encoding, bytes) = if self.is_known_to(asked) {
            return Choice { status: StatusCode::NOT_MODIFIED, encoding: None, bytes: Bytes::new() };
        } else if accepts(asked, "br") {
            (Some(HeaderValue::from_static("br")), self.brotli.get_or_init(|| brotli(&self.plain)))
        } else if accepts(asked, "gzip") {
            (Some(HeaderValue::from_static("gzip")), self.gzip.get_or_init(|| gzip(&self.plain)))
        } else {
            (None, &self.plain)
        };
        Choice { status: StatusCode::OK, encoding, bytes: bytes.clone() }
    }

    /// The body without any encoding, for what is compressed in itself.
    pub fn as_it_is(&self, asked: &HeaderMap) -> Response {
        let response = if self.is_known_to(asked) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Body::from(self.plain.clone()).into_response()
        };
        self.tagged(response)
    }

    fn tagged(&self, mut response: Response) -> Response {
        if let Some(tag) = &self.tag {
            response.headers_mut().insert(header::ETAG, tag.clone());
        }
        response
    }

    fn is_known_to(&self, asked: &HeaderMap) -> bool {
        is_known(asked, &self.hash)
    }
}

/// Whether whoever asks has what carries this tag, or has anything at all and
/// says so with a star (RFC 9110, section 13.1.2).
pub fn is_known(asked: &HeaderMap, tag: &str) -> bool {
    members(asked, header::IF_NONE_MATCH)
        .any(|known| known == "*" || known.trim_start_matches("W/").trim_matches('"') == tag)
}

/// What a header lists, on however many lines.
fn members(asked: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    let lines = asked.get_all(name).into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(str::trim)
}

/// Whether whoever asks takes an encoding, which they name or mean with a star
/// (RFC 9110, section 12.5.3).
fn accepts(asked: &HeaderMap, encoding: &str) -> bool {
    let takes = |wanted: &str| {
        let members = members(asked, header::ACCEPT_ENCODING);
        let mut members = members.map(|member| member.split_once(';').unwrap_or((member, "")));
        let (_, weight) = members.find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted))?;
        let weight = weight.trim().strip_prefix(['q', 'Q']).and_then(|weight| weight.strip_prefix('='));
        Some(weight.and_then(|q| q.trim().parse::<f32>().ok()) != Some(0.0))
    };
    takes(encoding).or_else(|| takes("*")).unwrap_or(false)
}

/// Compresses hard: this is done once. A small window keeps the memory small.
fn brotli(plain: &[u8]) -> Bytes {
    let mut small = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut small, 4096, 10, 18);
    // Writing into a Vec cannot fail.
    let _ = writer.write_all(plain);
    drop(writer);
    small.into()
}

fn gzip(plain: &[u8]) -> Bytes {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let _ = writer.write_all(plain);
    writer.finish().unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::domain::example::any_text;

    fn asked(name: HeaderName, lines: &[&'static str]) -> HeaderMap {
        lines.iter().map(|line| (name.clone(), HeaderValue::from_static(line))).collect()
    }

    #[test]
    fn an_encoding_is_used_only_when_it_is_accepted() {
        let accepts =
            |lines: &[&'static str], encoding| accepts(&asked(header::ACCEPT_ENCODING, lines), encoding);
        for (lines, encoding) in [
            (&["gzip, deflate, br"][..], "br"),
            (&["gzip;q=0.5, br;q=1.0"], "gzip"),
            (&["gzip", "br"], "br"),
            (&["*"], "br"),
            (&["gzip, *;q=0.5"], "br"),
            (&["*;q=0, br"], "br"),
        ] {
            assert!(accepts(lines, encoding), "{lines:?}");
        }
        for (lines, encoding) in [
            (&["gzip, br;q=0"][..], "br"),
            (&["br;Q=0"], "br"),
            (&[""], "gzip"),
            (&[], "gzip"),
            (&["brotli"], "br"),
            (&["*;q=0"], "br"),
            (&["br;q=0, *"], "br"),
        ] {
            assert!(!accepts(lines, encoding), "{lines:?}");
        }
    }

    #[test]
    fn what_somebody_has_they_say_by_its_tag_or_by_a_star() {
        let knows = |lines: &[&'static str]| is_known(&asked(header::IF_NONE_MATCH, lines), "abc");
        assert!(knows(&["\"abc\""]) && knows(&["W/\"abc\""]) && knows(&["*"]));
        assert!(knows(&["\"x\", W/\"abc\""]) && knows(&["\"x\"", "\"abc\""]));
        assert!(!knows(&["\"x\""]) && !knows(&[]) && !knows(&["\"abcd\""]));
    }

    #[test]
    fn what_is_compressed_comes_out_again() {
        let plain = "Stillpoint ".repeat(500);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut brotli(plain.as_bytes()).as_ref(), &mut back).expect("brotli");
        assert_eq!(back, plain.as_bytes());
    }

    fn asked_in(name: HeaderName, lines: &[Vec<u8>]) -> HeaderMap {
        let lines = lines.iter().filter_map(|line| HeaderValue::from_bytes(line).ok());
        lines.map(|line| (name.clone(), line)).collect()
    }

    const PIECES: &[&str] =
        &["br", "gzip", "*", ";", "q", "=", "0", "0.", "1", "nan", "inf", "-1", ",", " ", "W/", "\"", "abc"];

    fn lines() -> impl Strategy<Value = Vec<Vec<u8>>> {
        vec(prop_oneof![vec(any::<u8>(), 0..40), any_text(PIECES).prop_map(String::into_bytes)], 0..4)
    }

    proptest! {
        #[test]
        fn whatever_is_asked_for_is_answered(lines in lines()) {
            let _ = accepts(&asked_in(header::ACCEPT_ENCODING, &lines), "br");
            let _ = is_known(&asked_in(header::IF_NONE_MATCH, &lines), "abc");
        }

        #[test]
        fn an_encoding_of_any_weight_but_none_is_taken(
            thousandths in 0..=1000_u32, others in vec("(deflate|zstd|identity)(;q=0\\.[0-9]{1,3})?", 0..4), at in any::<prop::sample::Index>(),
        ) {
            let mut members = others;
            let weight = f64::from(thousandths) / 1000.0;
            members.insert(at.index(members.len() + 1), format!("br;q={weight}"));
            let asked = asked_in(header::ACCEPT_ENCODING, &[members.join(", ").into_bytes()]);
            prop_assert_eq!(accepts(&asked, "br"), thousandths > 0, "{:?}", members);
        }

        #[test]
        fn what_somebody_has_is_known_among_whatever_else_they_have(
            others in vec("(W/)?\"[0-9a-f]{0,15}\"", 0..5), is_weak: bool, at in any::<prop::sample::Index>(),
        ) {
            let own = "0123456789abcdef";
            let known = |members: &[String]| is_known(&asked_in(header::IF_NONE_MATCH, &[members.join(",").into_bytes()]), own);
            let mut members = others;
            prop_assert!(!known(&members));
            members.insert(at.index(members.len() + 1), format!("{}\"{own}\"", if is_weak { "W/" } else { "" }));
            prop_assert!(known(&members), "{:?}", members);
        }
    }
}
