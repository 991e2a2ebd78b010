//! Answers that are ready: what everybody was answered at an address is answered
//! again before anything is routed or asked, with the same headers, for as long
//! as it is true (see [`moment`](super::moment)).

use std::{
    convert::Infallible,
    future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    BoxError, Router,
    body::{Body, Bytes, HttpBody},
    http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header},
    response::Response,
};
use tower::Service;

use super::{
    Web,
    moment::{Moment, OfTheMoment},
    page::{Choice, Encoded, OfEverybody},
};

/// Longer addresses are not worth remembering, in bytes.
const LONGEST_ADDRESS: usize = 200;

/// An answer but for its encoding, whose place among the headers is held.
#[derive(PartialEq)]
pub struct Answer {
    head: HeaderMap,
    body: Arc<Encoded>,
}

pub type Answers = OfTheMoment<Answer>;

impl Answer {
    /// What of a response can be answered to anybody else.
    fn of(response: &Response) -> Option<Self> {
        let OfEverybody(body) = response.extensions().get()?;
        let mut head = response.headers().clone();
        head.remove(header::CONTENT_LENGTH);
        head.insert(header::CONTENT_ENCODING, HeaderValue::from_static("identity"));
        (response.status() == StatusCode::OK).then(|| Self { head, body: body.clone() })
    }

    fn response(&self, asked: &HeaderMap) -> Response {
        let Choice { status, encoding, bytes } = self.body.choice(asked);
        let mut response = Response::new(Body::from(bytes));
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

/// The router, behind what is ready.
#[derive(Clone)]
pub struct ReadyFirst {
    web: Arc<Web>,
    router: Router,
}

impl ReadyFirst {
    pub fn new(web: Arc<Web>, router: Router) -> Self {
        Self { web, router }
    }
}

impl<B> Service<Request<B>> for ReadyFirst
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let address = request.uri().path_and_query().map_or("", |address| address.as_str());
        if request.method() != Method::GET || address.len() > LONGEST_ADDRESS {
            return Box::pin(self.router.call(request));
        }
        let moment = Moment::of(&self.web.app());
        if let Some(answer) = self.web.ready.find(moment, address) {
            return Box::pin(future::ready(Ok(answer.response(request.headers()))));
        }
        let (web, address) = (self.web.clone(), address.to_owned());
        let routed = self.router.call(request);
        Box::pin(async move {
            let response = routed.await?;
            if let Some(answer) = Answer::of(&response) {
                web.ready.keep(moment, &address, Arc::new(answer));
            }
            Ok(response)
        })
    }
}
