//! Our way to the certificate authority: a connection for each request, each bounded as a whole.

use std::{fmt, io, path::Path, pin::Pin, time::Duration};

use http_body_util::{BodyExt, Full, Limited};
use hyper::{
    Request, Response, Uri,
    body::Bytes,
    client::conn::http1,
    header::{HOST, HeaderValue},
};
use hyper_util::rt::TokioIo;
use instant_acme::{BodyWrapper, BytesResponse, Error, HttpClient};
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::{TlsConnector, rustls::pki_types::ServerName};

use crate::tls::{self, Distrust};

const PATIENCE: Duration = Duration::from_secs(30);
/// Chains of certificates are the longest that is ever said, and have some kilobytes.
const LONGEST: usize = 512 * 1024;

pub struct Transport(TlsConnector);

/// Why the certificate authority can't be reached, in words that follow a colon.
#[derive(Debug)]
pub struct Unreached(pub String);

impl fmt::Display for Unreached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unreached {}

impl Transport {
    /// Trusts what this certificate has issued, or else what this machine trusts.
    pub fn new(root: Option<&Path>) -> io::Result<Self> {
        match root {
            Some(root) => tls::trusting_only(root).map(Self),
            None => tls::trusting_the_system().map(Self).map_err(io::Error::other),
        }
    }
}

impl HttpClient for Transport {
    fn request(
        &self,
        request: Request<BodyWrapper<Bytes>>,
    ) -> Pin<Box<dyn Future<Output = Result<BytesResponse, Error>> + Send>> {
        let tls = self.0.clone();
        Box::pin(async move {
            let why = match timeout(PATIENCE, send(tls, request)).await {
                Ok(Ok(response)) => return Ok(response.into()),
                Ok(Err(error)) => Distrust::of(&error).map_or_else(
                    || error.to_string(),
                    |why| format!("its certificate can't be trusted: {why}"),
                ),
                Err(_) => "no answer".to_owned(),
            };
            Err(Error::Other(Box::new(Unreached(why))))
        })
    }
}

async fn send(
    tls: TlsConnector,
    mut request: Request<BodyWrapper<Bytes>>,
) -> io::Result<Response<Full<Bytes>>> {
    let invalid = || io::Error::from(io::ErrorKind::InvalidInput);
    let authority = request.uri().authority().cloned().ok_or_else(invalid)?;
    // What is signed is no secret, but the answer must be the certificate authority's.
    if request.uri().scheme_str() != Some("https") {
        return Err(invalid());
    }
    let host = authority.host().trim_start_matches('[').trim_end_matches(']').to_owned();
    let stream = TcpStream::connect((host.as_str(), authority.port_u16().unwrap_or(443))).await?;
    let name = ServerName::try_from(host).map_err(io::Error::other)?;
    let stream = tls.connect(name, stream).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    *request.uri_mut() = path.parse::<Uri>().map_err(io::Error::other)?;
    let host = HeaderValue::from_str(authority.as_str()).map_err(io::Error::other)?;
    request.headers_mut().insert(HOST, host);
    // Ends with the answer, or with us.
    let answer = async {
        let (parts, body) = sender.send_request(request).await.map_err(io::Error::other)?.into_parts();
        let body = Limited::new(body, LONGEST).collect().await.map_err(io::Error::other)?;
        Ok(Response::from_parts(parts, Full::new(body.to_bytes())))
    };
    tokio::pin!(answer);
    tokio::select! {
        answer = &mut answer => answer,
        ended = connection => {
            ended.map_err(io::Error::other)?;
            // What it has read until its end is still to be taken.
            answer.await
        }
    }
}
