//! From a rendered template to a response: the frame that every page has, its
//! encodings, its ETag.

use std::{
    io::Write,
    sync::{Arc, OnceLock},
};

use askama::Template;
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{
    cards::{self, Card},
    error::Error,
    parts::OfficeView,
    structured,
};
use crate::{app::App, content::site::Site, domain::practice::Practice, urls};

/// What stands around every page: head, header, footer.
pub struct Frame<'a> {
    pub site: &'a Site,
    pub practice: &'a Practice,
    pub title: String,
    /// The same without the practice's name.
    pub heading: String,
    pub description: Option<String>,
    /// The whole address by which the page wants to be known.
    pub canonical: Option<String>,
    /// The entry of the main navigation to which the page belongs.
    pub section: &'static str,
    /// The picture that goes with the page where it is shared.
    pub card: Card,
    /// When the page was published and last changed, for an article.
    pub dates: Option<(String, String)>,
    /// What machines read about the page.
    pub graph: Vec<Value>,
    pub offices: Vec<OfficeView<'a>>,
    /// Only the lettering of signs on this page, so that the reading font is not fetched.
    pub signs: bool,
    /// The hour of the practice's day, which colours the drawing on the home page.
    pub light: Option<&'static str>,
}

impl<'a> Frame<'a> {
    /// A page about nobody in particular. `title` stands in front of the practice's name.
    pub fn public(app: &'a App, path: &str, title: &str, description: impl Into<Option<String>>) -> Self {
        Self {
            description: description.into(),
            canonical: Some(app.base.to(path)),
            section: section_of(path),
            graph: breadcrumbs(app, path, title).into_iter().collect(),
            ..Self::private(app, title)
        }
    }

    /// A page about a person, or one that only one person sees.
    pub fn private(app: &'a App, title: &str) -> Self {
        let practice = app.practice();
        Self {
            site: &app.site,
            practice,
            title: format!("{title} · {}", practice.name),
            heading: title.to_owned(),
            description: None,
            canonical: None,
            section: "",
            card: cards::of_site(app),
            dates: None,
            graph: Vec::new(),
            offices: practice.offices.iter().map(|office| OfficeView::new(app, office)).collect(),
            signs: false,
            light: None,
        }
    }

    /// One of the therapist's pages, under an entry of their navigation.
    pub fn admin(app: &'a App, title: &str, section: &'static str) -> Self {
        Self { section, ..Self::private(app, title) }
    }

    pub fn with_signs(mut self) -> Self {
        self.signs = true;
        self
    }

    /// Tells machines what the page is about.
    pub fn about(mut self, things: impl IntoIterator<Item = Value>) -> Self {
        self.graph.splice(0..0, things);
        self
    }

    /// The inside of the page's JSON-LD.
    pub fn json_ld(&self) -> String {
        structured::script(&self.graph)
    }

    /// Width and height of the card.
    pub fn card_size(&self) -> (u32, u32) {
        cards::SIZE
    }

    /// True when the therapist has written this page.
    pub fn has_page(&self, name: &str) -> bool {
        self.site.pages.contains_key(name)
    }

    /// How many columns of offices the stylesheet is to draw.
    pub fn offices_shown(&self) -> usize {
        self.offices.len().min(4)
    }

    pub fn asset(&self, name: &str) -> &'static str {
        super::assets::url(name)
    }
}

/// The way to a page: over the list that it stands in, if it does.
fn breadcrumbs(app: &App, path: &str, title: &str) -> Option<Value> {
    let lists = [(urls::ARTICLES, "Articles"), (urls::SERVICES, "Services"), (urls::OFFICES, "Offices")];
    let list = lists.into_iter().find(|(list, _)| path.starts_with(&format!("{list}/")));
    let mut steps: Vec<(&str, &str)> = list.map(|(path, name)| (name, path)).into_iter().collect();
    steps.push((title, path));
    (path != urls::HOME).then(|| structured::breadcrumbs(app, &steps))
}

fn section_of(path: &str) -> &'static str {
    let sections = [urls::ARTICLES, urls::SERVICES, urls::OFFICES, urls::ABOUT];
    sections.into_iter().find(|section| path.starts_with(section)).unwrap_or("")
}

/// Renders a page that is made for one request.
pub fn html(status: StatusCode, page: &impl Template) -> Result<Response, Error> {
    let html = page.render()?;
    Ok((status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response())
}

/// Marks a response whose body is the same for everybody who asks at this moment.
#[derive(Clone)]
pub struct OfEverybody(pub Arc<Encoded>);

/// A body that is the same for everybody, to be asked for again each time.
pub fn of_everybody(body: Arc<Encoded>, media_type: &'static str, asked: &HeaderMap) -> Response {
    let mut response = body.response(asked);
    response.extensions_mut().insert(OfEverybody(body));
    let head = response.headers_mut();
    head.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// A 303 to an address of our own.
pub fn see_other(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}

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
    use super::*;

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
}
