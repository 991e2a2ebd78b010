//! The answers, each under its address.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use askama::Template;
use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use http_body_util::Full;

use super::policy::{CachePolicy, Stamp};
use crate::web::http::{
    encoded::{Choice, Encoded},
    error::Error,
    route::Route,
};

/// When this many are kept all are forgotten, so that memory stays bounded
/// whatever is asked for.
const CEILING: usize = 200;

/// Marks a response that is the same for everybody who asks, and says how long.
#[derive(Clone)]
struct OfEverybody {
    body: Arc<Encoded>,
    policy: CachePolicy,
}

/// An answer but for its encoding, whose place among the headers is held.
pub struct Answer {
    head: HeaderMap,
    body: Arc<Encoded>,
    pub route: Route,
    policy: CachePolicy,
}

struct Entry {
    answer: Arc<Answer>,
    made: Stamp,
    /// Held while it is made again: those who ask meanwhile wait for it.
    making: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default)]
pub struct Cache(Mutex<HashMap<String, Entry>>);

impl Answer {
    /// What of a response can be answered to anybody else.
    pub fn of(response: &Response) -> Option<Self> {
        let OfEverybody { body, policy } = response.extensions().get()?;
        let mut head = response.headers().clone();
        head.remove(header::CONTENT_LENGTH);
        head.insert(header::CONTENT_ENCODING, HeaderValue::from_static("identity"));
        let route = Route::that_made(response.extensions());
        // Who has it already gets no body, and the same headers.
        let is_whole = matches!(response.status(), StatusCode::OK | StatusCode::NOT_MODIFIED);
        is_whole.then(|| Self { head, body: body.clone(), route, policy: *policy })
    }

    pub fn response(&self, asked: &HeaderMap) -> Response<Full<Bytes>> {
        let Choice { status, encoding, bytes } = self.body.choice(asked);
        let mut response = Response::new(Full::new(bytes));
        let mut head = self.head.clone();
        match encoding {
            Some(encoding) => head.insert(header::CONTENT_ENCODING, encoding),
            None => head.remove(header::CONTENT_ENCODING),
        };
        *response.headers_mut() = head;
        *response.status_mut() = status;
        response
    }
}

/// What is found at an address.
pub enum Found {
    /// It is true.
    Good(Arc<Answer>),
    /// It was; whoever makes it again holds this meanwhile.
    Past(Arc<tokio::sync::Mutex<()>>),
    Nothing,
}

impl Cache {
    /// Answers with a page that is the same for everybody; it is kept once it has
    /// all its headers.
    pub fn answer(
        &self,
        policy: CachePolicy,
        media_type: &'static str,
        asked: &HeaderMap,
        page: &impl Template,
    ) -> Result<Response, Error> {
        let body = self.body(page.render()?.into());
        let mut response = body.response(asked);
        response.extensions_mut().insert(OfEverybody { body, policy });
        let head = response.headers_mut();
        head.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        head.insert(header::CACHE_CONTROL, policy.cache_control());
        Ok(response)
    }

    pub fn find(&self, address: &str, now: Stamp) -> Found {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.get(address) {
            Some(entry) if entry.made.is_good(entry.answer.policy, now) => Found::Good(entry.answer.clone()),
            Some(entry) => Found::Past(entry.making.clone()),
            None => Found::Nothing,
        }
    }

    /// Keeps an answer that was made at a stamp.
    pub fn keep(&self, address: &str, made: Stamp, answer: Answer) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = Arc::new(answer);
        if let Some(entry) = kept.get_mut(address) {
            (entry.answer, entry.made) = (answer, made);
            return;
        }
        if kept.len() >= CEILING {
            kept.clear();
        }
        kept.insert(address.to_owned(), Entry { answer, made, making: Arc::default() });
    }

    /// A body to be sent. One that says what another does that is kept, at
    /// whatever address and however old, is that one, with its compressed forms.
    fn body(&self, plain: Bytes) -> Arc<Encoded> {
        let body = Encoded::new(plain);
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = kept.values().find(|entry| *entry.answer.body == body);
        same.map_or_else(|| Arc::new(body), |entry| entry.answer.body.clone())
    }
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;

    use super::*;
    use crate::{
        domain::{client::Note, time::Instant},
        store::Store,
    };

    fn answer(cache: &Cache, text: &'static str, policy: CachePolicy) -> Answer {
        let mut response = ().into_response();
        let body = cache.body(Bytes::from_static(text.as_bytes()));
        response.extensions_mut().insert(OfEverybody { body, policy });
        Answer::of(&response).expect("an answer to anybody")
    }

    fn is_good(cache: &Cache, address: &str, now: Stamp) -> bool {
        matches!(cache.find(address, now), Found::Good(_))
    }

    async fn stamps() -> (tempfile::TempDir, Store, impl Fn(i64, u64) -> Stamp) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("stillpoint.db"), &folder.path().join("key"))
            .await
            .expect("a file");
        let state = store.state();
        let stamp = move |second, edition| Stamp {
            second: Instant::from_timestamp(second, 0).expect("in range"),
            file: state,
            edition,
        };
        (folder, store, stamp)
    }

    #[tokio::test]
    async fn each_kind_of_page_is_true_until_what_ends_it() {
        let (_folder, store, stamp) = stamps().await;
        let cache = Cache::default();
        for (address, policy) in [
            ("/content", CachePolicy::UntilContent),
            ("/calendar", CachePolicy::UntilWrite),
            ("/mine", CachePolicy::Never),
        ] {
            cache.keep(address, stamp(0, 0), answer(&cache, address, policy));
        }
        let good = |second, edition| {
            ["/content", "/calendar", "/mine"].map(|address| is_good(&cache, address, stamp(second, edition)))
        };
        assert_eq!(good(0, 0), [true, true, false]);
        assert_eq!(good(1, 0), [true, false, false], "a second later");
        assert_eq!(good(0, 1), [false, false, false], "with other content");
        let mut tx = store.write().await.expect("the lock");
        tx.begin_pause(&Note::stored("Back in May.".to_owned()), Instant::UNIX_EPOCH).await.expect("written");
        tx.commit().await.expect("written");
        let written = Stamp { file: store.state(), ..stamp(0, 0) };
        assert!(is_good(&cache, "/content", written) && !is_good(&cache, "/calendar", written));
        store.close().await;
    }

    #[tokio::test]
    async fn a_full_memory_forgets_for_what_is_new_and_not_for_what_it_has() {
        let (_folder, store, stamp) = stamps().await;
        let cache = Cache::default();
        let keep = |address: usize| {
            cache.keep(&address.to_string(), stamp(0, 0), answer(&cache, "", CachePolicy::UntilContent));
        };
        let is_kept = |address: usize| is_good(&cache, &address.to_string(), stamp(0, 0));
        (0..CEILING).for_each(keep);
        keep(0);
        assert!((0..CEILING).all(is_kept));
        keep(CEILING);
        assert!(is_kept(CEILING) && !(0..CEILING).any(is_kept));
        store.close().await;
    }

    #[tokio::test]
    async fn a_page_that_says_the_same_again_is_not_compressed_again() {
        let (_folder, store, stamp) = stamps().await;
        let cache = Cache::default();
        cache.keep("/", stamp(0, 0), answer(&cache, "the same", CachePolicy::UntilWrite));
        let again = [
            answer(&cache, "the same", CachePolicy::UntilWrite),
            answer(&cache, "other", CachePolicy::UntilWrite),
        ];
        let Found::Good(first) = cache.find("/", stamp(0, 0)) else { panic!("nothing is kept") };
        assert_eq!(again.map(|again| Arc::ptr_eq(&again.body, &first.body)), [true, false]);
        store.close().await;
    }
}
