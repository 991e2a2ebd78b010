//! The address a request comes from, behind the proxies that we trust.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{Extensions, HeaderMap, request::Parts},
};
use ipnet::IpNet;

use crate::web::Web;

#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub IpAddr);

impl FromRequestParts<Arc<Web>> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Infallible> {
        Ok(Self(behind_proxies(peer(&parts.extensions), &parts.headers, &web.trusted_proxies)))
    }
}

/// Who holds the other end of the connection.
pub(super) fn peer(extensions: &Extensions) -> IpAddr {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>();
    peer.map_or(IpAddr::from([0, 0, 0, 0]), |ConnectInfo(address)| address.ip().to_canonical())
}

/// The rightmost hop of `X-Forwarded-For` that is not a proxy of ours. What
/// stands left of it anybody can have written.
pub(super) fn behind_proxies(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(&address));
    if !is_trusted(peer) {
        return peer;
    }
    let lines = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
    let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).collect();
    let mut client = peer;
    for hop in hops.iter().rev() {
        // A hop that is no address was not written by a proxy of ours.
        let Some(address) = hop_address(hop) else { break };
        client = address.to_canonical();
        if !is_trusted(client) {
            break;
        }
    }
    client
}

/// An address, with a port or without, as proxies write it: `[2001:db8::1]:443`,
/// and in quotation marks where they write it as for RFC 7239.
fn hop_address(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let hop = hop.strip_prefix('"').and_then(|hop| hop.strip_suffix('"')).unwrap_or(hop);
    let bracketed = || hop.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let with_port = || hop.parse::<SocketAddr>().ok().map(|address| address.ip());
    hop.parse().ok().or_else(with_port).or_else(bracketed)
}

/// The address of what stands in front as a proxy and is trusted by nobody, so
/// that all who come through it count as one. Only what comes from this machine
/// or its network can be one: a stranger may write the header.
pub(super) fn unnamed_proxy(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> Option<IpAddr> {
    let is_near = match peer {
        IpAddr::V4(peer) => {
            // Shared address space (RFC 6598), where some clouds have their balancers.
            let is_shared = peer.octets()[0] == 100 && peer.octets()[1] & 0xc0 == 64;
            peer.is_loopback() || peer.is_private() || peer.is_link_local() || is_shared
        }
        IpAddr::V6(peer) => peer.is_loopback() || peer.is_unique_local() || peer.is_unicast_link_local(),
    };
    let is_named = trusted.iter().any(|network| network.contains(&peer));
    (is_near && !is_named && headers.contains_key("x-forwarded-for")).then_some(peer)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::domain::example::any_text;

    fn client(peer: &str, forwarded: &[&str], trusted: &str) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().expect("a header"));
        }
        let trusted: Vec<IpNet> = trusted.split(',').filter_map(|network| network.parse().ok()).collect();
        behind_proxies(peer.parse().expect("an address"), &headers, &trusted).to_string()
    }

    #[test]
    fn without_a_trusted_proxy_the_header_means_nothing() {
        assert_eq!(client("203.0.113.9", &["198.51.100.1"], ""), "203.0.113.9");
        assert_eq!(client("203.0.113.9", &["198.51.100.1"], "10.0.0.0/8"), "203.0.113.9");
    }

    #[test]
    fn a_hop_may_have_a_port() {
        for (hop, address) in [
            ("198.51.100.1", "198.51.100.1"),
            ("198.51.100.1:4711", "198.51.100.1"),
            (" 198.51.100.1:1 ", "198.51.100.1"),
            ("2001:db8::1", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("[2001:db8::1]:443", "2001:db8::1"),
            ("\"[2001:db8::1]:443\"", "2001:db8::1"),
            ("\"198.51.100.1:80\"", "198.51.100.1"),
            ("::ffff:198.51.100.1", "198.51.100.1"),
            ("[::ffff:198.51.100.1]:80", "198.51.100.1"),
            ("1.1.1.1, 198.51.100.1:80, 10.0.0.3:9000", "198.51.100.1"),
            ("198.51.100.1:port", "127.0.0.1"),
            ("198.51.100.1:", "127.0.0.1"),
            ("unknown", "127.0.0.1"),
            ("_hidden:80", "127.0.0.1"),
            ("\"", "127.0.0.1"),
        ] {
            assert_eq!(client("127.0.0.1", &[hop], "127.0.0.1/32,10.0.0.0/8"), address, "{hop}");
        }
    }

    #[test]
    fn a_proxy_that_nobody_has_named_is_noticed() {
        let notices = |peer: &str, has_header: bool, trusted: &[&str]| {
            let mut headers = HeaderMap::new();
            if has_header {
                headers.append("x-forwarded-for", "198.51.100.1".parse().expect("a header"));
            }
            let trusted: Vec<IpNet> = trusted.iter().filter_map(|network| network.parse().ok()).collect();
            unnamed_proxy(peer.parse().expect("an address"), &headers, &trusted).is_some()
        };
        for near in ["127.0.0.1", "::1", "10.1.2.3", "172.17.0.1", "192.168.1.1", "100.64.0.7", "fd00::2"] {
            assert!(notices(near, true, &[]), "{near}");
            assert!(!notices(near, false, &[]), "{near}");
            assert!(notices(near, true, &["198.51.100.0/24"]), "another one is named: {near}");
        }
        assert!(!notices("127.0.0.1", true, &["127.0.0.0/8"]));
        for stranger in ["203.0.113.9", "100.128.0.1", "2001:db8::1"] {
            assert!(!notices(stranger, true, &[]), "{stranger}");
        }
    }

    #[test]
    fn behind_a_trusted_proxy_the_rightmost_untrusted_hop_is_the_client() {
        let trusted = "127.0.0.1/32,10.0.0.0/8";
        assert_eq!(client("127.0.0.1", &["198.51.100.1"], trusted), "198.51.100.1");
        assert_eq!(client("127.0.0.1", &["1.1.1.1, 198.51.100.1, 10.0.0.3"], trusted), "198.51.100.1");
        assert_eq!(client("127.0.0.1", &["1.1.1.1", "198.51.100.1"], trusted), "198.51.100.1");
        assert_eq!(client("127.0.0.1", &["nonsense"], trusted), "127.0.0.1");
        assert_eq!(client("127.0.0.1", &["198.51.100.1, nonsense"], trusted), "127.0.0.1");
        assert_eq!(client("127.0.0.1", &[], trusted), "127.0.0.1");
    }

    /// A hop as one proxy or another writes it.
    fn hop(address: IpAddr, form: u8) -> String {
        match (address, form) {
            (_, 0) => address.to_string(),
            (IpAddr::V4(_), _) => format!("{address}:4711"),
            (IpAddr::V6(_), 1) => format!("[{address}]"),
            (IpAddr::V6(_), _) => format!("\"[{address}]:4711\""),
        }
    }

    proptest! {
        #[test]
        fn the_client_is_the_last_whom_no_proxy_of_ours_is(
            hops in vec((any::<IpAddr>(), 0..3_u8, any::<bool>()), 0..6), lines in 1..3_usize,
        ) {
            let ours: Vec<IpNet> = hops.iter().filter(|hop| hop.2).map(|hop| IpNet::from(hop.0.to_canonical())).collect();
            let peer = IpAddr::from([127, 0, 0, 1]);
            let trusted: Vec<IpNet> = ours.into_iter().chain([IpNet::from(peer)]).collect();
            let is_trusted = |address: &IpAddr| trusted.iter().any(|one| one.contains(address));
            let mut headers = HeaderMap::new();
            for line in hops.chunks(hops.len().div_ceil(lines).max(1)) {
                let line = line.iter().map(|(address, form, _)| hop(*address, *form)).collect::<Vec<_>>().join(", ");
                headers.append("x-forwarded-for", line.parse().expect("a header"));
            }
            let came = hops.iter().map(|hop| hop.0.to_canonical());
            let expected = came.clone().rev().find(|address| !is_trusted(address)).or(came.clone().next()).unwrap_or(peer);
            prop_assert_eq!(behind_proxies(peer, &headers, &trusted), expected);
            prop_assert_eq!(behind_proxies(peer, &headers, &[]), peer);
        }

        #[test]
        fn whatever_is_written_there_is_an_address_or_none(lines in vec(prop_oneof![
            vec(any::<u8>(), 0..60),
            any_text(&["198.51.100.1", ":80", "[", "]", "::1", "\"", ",", " ", "unknown", "%", "fe80::1%eth0"]).prop_map(String::into_bytes),
        ], 0..4)) {
            let lines = lines.iter().filter_map(|line| HeaderValue::from_bytes(line).ok());
            let headers: HeaderMap = lines.map(|line| (HeaderName::from_static("x-forwarded-for"), line)).collect();
            let peer = IpAddr::from([203, 0, 113, 9]);
            prop_assert_eq!(behind_proxies(peer, &headers, &[]), peer);
            let _ = behind_proxies(peer, &headers, &[IpNet::from(peer)]);
            let _ = unnamed_proxy(peer, &headers, &[]);
        }
    }
}
