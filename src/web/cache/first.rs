//! The service in front: what is kept is given at once, and what is made for
//! everybody is kept.

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
    http::{HeaderMap, Method, Request},
    response::Response,
};
use futures_util::future::Either;
use http_body_util::{Either as EitherBody, Full};
use tower::Service;

use super::{
    answers::{Answer, Found},
    policy::Stamp,
};
use crate::web::Web;

/// Longer addresses are not worth remembering, in bytes.
const LONGEST_ADDRESS: usize = 200;

/// The site, behind what is kept.
#[derive(Clone)]
pub struct CacheFirst<S> {
    web: Arc<Web>,
    site: S,
}

impl<S> CacheFirst<S> {
    pub fn new(web: Arc<Web>, site: S) -> Self {
        Self { web, site }
    }
}

/// What is ready needs no box, neither as a body nor as a future: at this pace
/// two of them would cost a fiftieth.
type ReadyBody = EitherBody<Full<Bytes>, Body>;
type ReadyFuture<T> = Either<Ready<T>, Pin<Box<dyn Future<Output = T> + Send>>>;

impl<S, B> Service<Request<B>> for CacheFirst<S>
where
    S: Service<Request<B>, Response = Response, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
    B: Send + 'static,
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
        let now = Stamp::of(&self.web.app());
        let found = self.web.cache.find(address, now);
        if let Found::Good(answer) = &found {
            let response = given(answer, request.method(), request.headers(), begun);
            return Either::Left(future::ready(Ok(response.map(EitherBody::Left))));
        }
        let (web, mut site, address) = (self.web.clone(), self.site.clone(), address.to_owned());
        Either::Right(Box::pin(async move {
            let _making = match found {
                Found::Past(making) => Some(making.lock_owned().await),
                _ => None,
            };
            // Somebody else may have made it meanwhile.
            let now = Stamp::of(&web.app());
            if let Found::Good(answer) = web.cache.find(&address, now) {
                let response = given(&answer, request.method(), request.headers(), begun);
                return Ok(response.map(EitherBody::Left));
            }
            let response = site.call(request).await?;
            if let Some(answer) = Answer::of(&response) {
                web.cache.keep(&address, now, answer);
            }
            Ok(response.map(EitherBody::Right))
        }))
    }
}

fn given(answer: &Answer, method: &Method, asked: &HeaderMap, begun: Instant) -> Response<Full<Bytes>> {
    let response = answer.response(asked);
    answer.route.answered(method, response.status(), begun);
    response
}
