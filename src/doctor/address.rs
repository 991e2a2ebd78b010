//! Where the website is reached: by the proxy, by everybody, and whether these fit together.

use std::{net::IpAddr, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::rustls::pki_types::ServerName;

use super::finding::{Finding, fix, look, ok};
use crate::{
    certificate::validity,
    config::{Config, https::Https},
    domain::time::{Instant, Interval},
    health,
    serve::listening,
    tls::{self, Distrust},
    urls::{self, BaseUrl},
    words,
};

const PATIENCE: Duration = Duration::from_secs(10);
/// More than `/healthz` and the head before it ever say.
const LONGEST: u64 = 64 * 1024;

pub async fn examine(config: &Config, now: Instant) -> Vec<Finding> {
    let mut findings = vec![match &config.https {
        Some(https) => served_over_tls(config, https).await,
        None => served(config).await,
    }];
    findings.extend(fits(config));
    if let Some(base) = &config.base_url
        && base.is_https()
    {
        findings.extend(from_outside(base, now).await);
    }
    findings
}

/// Whether a server that speaks HTTPS by itself has the port on this machine. What it shows there
/// is looked at from outside.
async fn served_over_tls(config: &Config, https: &Https) -> Finding {
    let address = listening::reachable(config.listen);
    match timeout(PATIENCE, TcpStream::connect(address)).await {
        Ok(Ok(_)) => ok(
            "server",
            format!(
                "takes connections at {address}, and gets the certificate for {} itself",
                https.names.join(", ")
            ),
        ),
        Ok(Err(_)) => look("server", format!("nothing answers at {address}; if it should, see the log")),
        Err(_) => {
            fix("server", format!("{address} doesn't take the connection; restart it, and see the log"))
        }
    }
}

/// Whether a server answers on this machine.
async fn served(config: &Config) -> Finding {
    let address = listening::reachable(config.listen);
    let asking = async { ask(TcpStream::connect(address).await?, &address.to_string()).await };
    let answer = timeout(PATIENCE, asking).await;
    match answer {
        Ok(Ok(answer)) => match (answer.status, answer.body.trim()) {
            (200, "ok") => ok("server", format!("answers at {address}, and all is well")),
            (503, why) => fix("server", format!("answers at {address}, and nobody can book: {why}")),
            _ => look(
                "server",
                format!("what answers at {address} isn't Stillpoint; another program has the port"),
            ),
        },
        Ok(Err(_)) => look("server", format!("nothing answers at {address}; if it should, see the log")),
        Err(_) => fix(
            "server",
            format!("{address} takes the connection and doesn't answer; restart it, and see the log"),
        ),
    }
}

/// Whether what links begin with, where we listen and who stands in front belong together.
fn fits(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    let is_open = !config.listen.ip().to_canonical().is_loopback();
    let is_everybody = |network: &ipnet::IpNet| network.prefix_len() == 0;
    match &config.base_url {
        None => findings.push(look(
            "BASE_URL",
            "isn't set, so links in emails only work on this machine; set it to the address that people type",
        )),
        Some(base) if !base.is_https() && !is_of_this_machine(base) => findings.push(fix(
            "BASE_URL",
            "is http, so names and passwords can be read on their way; put HTTPS in front, and begin it with https://",
        )),
        Some(base) => findings.push(ok("BASE_URL", format!("links begin with {}", base.as_str()))),
    }
    let trusts_everybody = config.trusted_proxies.iter().any(is_everybody);
    if trusts_everybody {
        findings.push(fix(
            "TRUSTED_PROXIES",
            "trusts everybody, so anybody can pretend to be anybody; name the proxy alone",
        ));
    }
    if let Some(https) = &config.https {
        findings.extend(by_itself(config, https));
        return findings;
    }
    let is_https = config.base_url.as_ref().is_some_and(BaseUrl::is_https);
    if is_https && config.trusted_proxies.is_empty() {
        let says = "no proxy is named, so all visitors count as one, and a few busy ones lock everyone out; set it to the proxy's address, 127.0.0.1,::1 for one on this machine";
        findings.push(fix("TRUSTED_PROXIES", says));
    } else if is_https && !trusts_everybody {
        findings.push(ok("TRUSTED_PROXIES", "the proxy is named"));
    }
    if is_https && is_open {
        let says = format!(
            "{} can be reached without the proxy, over plain http; listen on 127.0.0.1, or close the port to others",
            config.listen
        );
        findings.push(look("LISTEN", says));
    }
    findings
}

/// Whether the variables around HTTPS_DOMAIN fit it.
fn by_itself(config: &Config, https: &Https) -> Vec<Finding> {
    let mut findings = Vec::new();
    let name = config.base_url.as_ref().map_or("", BaseUrl::name);
    if !https.names.iter().any(|ours| ours.eq_ignore_ascii_case(name)) {
        let says = format!(
            "names {name}, and the certificate will be for {}; add it to HTTPS_DOMAIN, unless something else stands in front",
            https.names.join(", ")
        );
        findings.push(look("BASE_URL", says));
    }
    let names_some = config.trusted_proxies.iter().any(|network| network.prefix_len() > 0);
    if names_some {
        let says = "names a proxy, and with HTTPS_DOMAIN visitors come straight here; leave it out unless something stands in front";
        findings.push(look("TRUSTED_PROXIES", says));
    }
    if config.listen.ip().to_canonical().is_loopback() {
        let says = format!(
            "{} can only be reached from this machine, so nobody can see that the name is yours; leave LISTEN out",
            config.listen
        );
        findings.push(look("LISTEN", says));
    }
    findings
}

/// Whether the address that people type leads here, over a connection that browsers trust.
async fn from_outside(base: &BaseUrl, now: Instant) -> Vec<Finding> {
    let (about, name, port) = ("https", base.name(), base.port().unwrap_or(443));
    let (Ok(tls), Ok(server)) = (tls::trusting_the_system(), ServerName::try_from(name.to_owned())) else {
        return vec![look(about, format!("can't try {}", base.as_str()))];
    };
    let cant = |why: &str| {
        let says = format!(
            "can't reach {} from here ({why}); try it on your phone, and check the domain's records and the firewall",
            base.as_str()
        );
        vec![look(about, says)]
    };
    let stream = match timeout(PATIENCE, TcpStream::connect((name, port))).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return cant(&error.to_string()),
        Err(_) => return cant("no answer"),
    };
    let stream = match timeout(PATIENCE, tls.connect(server, stream)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => {
            let why = Distrust::of(&error).map_or_else(|| error.to_string(), |why| why.to_string());
            return vec![fix(about, format!("browsers won't trust the certificate of {name}: {why}"))];
        }
        Err(_) => return cant("no answer"),
    };
    let shown = stream.get_ref().1.peer_certificates().and_then(<[_]>::first);
    let shown = shown.and_then(|certificate| validity::of(certificate));
    match timeout(PATIENCE, ask(stream, base.host())).await {
        Ok(Ok(answer)) => {
            let ends = shown.map(|shown| holds(name, shown, now));
            [told(base, &answer)].into_iter().chain(ends).collect()
        }
        Ok(Err(error)) => cant(&error.to_string()),
        Err(_) => cant("no answer"),
    }
}

/// How long the certificate holds that everybody is shown.
fn holds(name: &str, holds: Interval, now: Instant) -> Finding {
    let says = format!("the one for {name} ends in {}", words::certificate::days(holds.end - now));
    if health::is_late(holds, now) {
        let why = "see why it isn't renewed: Today and the log say so, or the proxy's log";
        return fix("certificate", format!("{says}; {why}"));
    }
    ok("certificate", says)
}

/// What it means that the address answered so.
fn told(base: &BaseUrl, answer: &Answer) -> Finding {
    let (about, address) = ("https", base.as_str());
    let says = |header: &str| answer.head.to_ascii_lowercase().contains(&format!("\n{header}:"));
    match (answer.status, answer.body.trim()) {
        (200, "ok") if !says("strict-transport-security") || !says("content-security-policy") => fix(
            about,
            format!(
                "{address} answers, but the proxy drops headers that protect visitors; have it pass all of them on"
            ),
        ),
        (200, "ok") => ok(about, format!("{address} leads here, and its certificate is trusted")),
        (503, why) if !why.starts_with('<') => {
            fix(about, format!("{address} leads here, and nobody can book: {why}"))
        }
        (502..=504, _) => fix(
            about,
            format!("the proxy at {address} can't reach Stillpoint; see that both name the same address"),
        ),
        _ => fix(
            about,
            format!("something else than Stillpoint answers at {address}; see the proxy's settings"),
        ),
    }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

/// Asks for `/healthz`.
async fn ask(mut stream: impl AsyncRead + AsyncWrite + Unpin, host: &str) -> std::io::Result<Answer> {
    let asked = format!("GET {} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", urls::HEALTH);
    stream.write_all(asked.as_bytes()).await?;
    stream.flush().await?;
    let mut text = Vec::new();
    let read = stream.take(LONGEST).read_to_end(&mut text).await;
    // Some end a connection without saying so over TLS; what has come has come.
    if text.is_empty() {
        read?;
    }
    let text = String::from_utf8_lossy(&text).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Ok(Answer { status, head: head.to_owned(), body: body.to_owned() })
}

fn is_of_this_machine(base: &BaseUrl) -> bool {
    let name = base.name();
    name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::finding::Verdict;

    #[test]
    fn what_answers_at_the_address_tells_who_it_is() {
        let base = BaseUrl::parse("https://example.com").expect("a base");
        let head = "HTTP/1.1 200 OK\r\nstrict-transport-security: x\r\nContent-Security-Policy: y";
        let verdict = |status, head: &str, body: &str| {
            told(&base, &Answer { status, head: head.to_owned(), body: body.to_owned() }).verdict
        };
        assert_eq!(verdict(200, head, "ok\n"), Verdict::Ok);
        assert_eq!(verdict(200, "HTTP/1.1 200 OK", "ok\n"), Verdict::Fix);
        assert_eq!(verdict(200, head, "<html>Welcome to nginx"), Verdict::Fix);
        for status in [301, 404, 502, 503] {
            assert_eq!(verdict(status, head, "<html>"), Verdict::Fix);
        }
        assert!(
            told(&base, &Answer { status: 503, head: String::new(), body: "booking fails".to_owned() })
                .says
                .ends_with("nobody can book: booking fails")
        );
    }
}
