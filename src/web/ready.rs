//! Answers that are ready: what everybody was answered at an address is answered
//! again before anything is routed or asked, with the same headers, for as long
//! as it is true (see [`moment`](super::moment)).

use std::{
    convert::Infallible,
    future::{self, Ready},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Instant,
};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header},
    response::Response,
};
use futures_util::future::Either;
use http_body_util::{Either as EitherBody, Full};
use tower::Service;

use super::{
    Web,
    encoded::{Choice, Encoded},
    moment::{Moment, OfTheMoment},
    page::OfEverybody,
    seen::{self, Route},
};

/// Longer addresses are not worth remembering, in bytes.
const LONGEST_ADDRESS: usize = 200;

/// An answer but for its encoding, whose place among the headers is held.
#[derive(PartialEq)]
pub struct Answer {
    head: HeaderMap,
    body: Arc<Encoded>,
    route: Route,
}

pub type Answers = OfTheMoment<Answer>;

impl Answer {
    /// What of a response can be answered to anybody else.
    fn of(response: &Response) -> Option<Self> {
        let OfEverybody(body) = response.extensions().get()?;
        let mut head = response.headers().clone();
        head.remove(header::CONTENT_LENGTH);
        head.insert(header::CONTENT_ENCODING, HeaderValue::from_static("identity"));
        let route = Route::that_made(response.extensions());
        (response.status() == StatusCode::OK).then(|| Self { head, body: body.clone(), route })
    }

    fn response(&self, asked: &HeaderMap) -> Response<Full<Bytes>> {
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

/// The site, behind what is ready.
#[derive(Clone)]
pub struct ReadyFirst<S> {
    web: Arc<Web>,
    site: S,
}

impl<S> ReadyFirst<S> {
    pub fn new(web: Arc<Web>, site: S) -> Self {
        Self { web, site }
    }
}

/// What is ready needs no box, neither as a body nor as a future: at this pace
/// two of them would cost a fiftieth.
type ReadyBody = EitherBody<Full<Bytes>, Body>;
type ReadyFuture<T> = Either<Ready<T>, Pin<Box<dyn Future<Output = T> + Send>>>;

impl<S, B> Service<Request<B>> for ReadyFirst<S>
where
    S: Service<Request<B>, Response = Response, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = Response<ReadyBody>;
    type Error = Infallible;
    type Future = ReadyFuture<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let begun = Instant::now();
        let address = request.uri().path_and_query().map_or("", |address| address.as_str());
        if request.method() != Method::GET || address.len() > LONGEST_ADDRESS {
            let routed = self.site.call(request);
            return Either::Right(Box::pin(async { Ok(routed.await?.map(EitherBody::Right)) }));
        }
        let moment = Moment::of(&self.web.app());
        if let Some(answer) = self.web.ready.find(moment, address) {
            let response = answer.response(request.headers());
            seen::answered(request.method(), &answer.route, response.status(), begun);
            return Either::Left(future::ready(Ok(response.map(EitherBody::Left))));
        }
        let (web, address) = (self.web.clone(), address.to_owned());
        let routed = self.site.call(request);
        Either::Right(Box::pin(async move {
            let response = routed.await?;
            if let Some(answer) = Answer::of(&response) {
                web.ready.keep(moment, &address, Arc::new(answer));
            }
            Ok(response.map(EitherBody::Right))
        }))
    }
}
