//! From when until when a certificate holds.

use chrono::DateTime;

use crate::domain::time::{Instant, Interval};

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
/// Stands before the rest where the certificate says of which version it is.
const VERSION: u8 = 0xa0;

/// Reads it out of a certificate in DER (RFC 5280, 4.1); the signature is somebody else's affair.
pub fn of(certificate: &[u8]) -> Option<Interval> {
    let mut rest = Elements(Elements(certificate).next(SEQUENCE)?);
    let mut signed = Elements(rest.next(SEQUENCE)?);
    let _version = signed.next(VERSION);
    for before in [INTEGER, SEQUENCE, SEQUENCE] {
        signed.next(before)?;
    }
    let mut validity = Elements(signed.next(SEQUENCE)?);
    Some(Interval::new(validity.time()?, validity.time()?))
}

/// Elements in DER that stand one behind the other.
struct Elements<'a>(&'a [u8]);

impl<'a> Elements<'a> {
    /// What the next one holds, if it is of this kind.
    fn next(&mut self, tag: u8) -> Option<&'a [u8]> {
        let (&first, rest) = self.0.split_first()?;
        let (&length, mut rest) = rest.split_first()?;
        let length = match length {
            0..=0x7f => usize::from(length),
            0x81..=0x84 => {
                let (digits, behind) = rest.split_at_checked(usize::from(length & 0x7f))?;
                rest = behind;
                digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit))
            }
            _ => return None,
        };
        let (held, rest) = rest.split_at_checked(length)?;
        (first == tag).then(|| {
            self.0 = rest;
            held
        })
    }

    /// `261128013252Z` until 2049, and `20500101000000Z` from then on.
    fn time(&mut self) -> Option<Instant> {
        let text = match self.next(UTC_TIME) {
            Some(short) => {
                let short = str::from_utf8(short).ok()?;
                let century = if *short.as_bytes().first()? < b'5' { "20" } else { "19" };
                format!("{century}{short}")
            }
            None => str::from_utf8(self.next(GENERALIZED_TIME)?).ok()?.to_owned(),
        };
        let text = format!("{}+0000", text.strip_suffix('Z')?);
        DateTime::parse_from_str(&text, "%Y%m%d%H%M%S%z").ok().map(|time| time.to_utc())
    }
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair, date_time_ymd};

    use super::*;

    fn certificate(years: (i32, i32)) -> Vec<u8> {
        let mut params = CertificateParams::new(["example.com".to_owned()]).expect("a name");
        params.not_before = date_time_ymd(years.0, 2, 3);
        params.not_after = date_time_ymd(years.1, 12, 31);
        let key = KeyPair::generate().expect("a key");
        params.self_signed(&key).expect("a certificate").der().to_vec()
    }

    #[test]
    fn the_span_is_read_in_both_ways_of_writing_it() {
        for years in [(1999, 2026), (2026, 2049), (2026, 2050), (2049, 3000)] {
            let span = of(&certificate(years)).expect("a span");
            let written = (span.start.to_rfc3339(), span.end.to_rfc3339());
            let expected =
                (format!("{}-02-03T00:00:00+00:00", years.0), format!("{}-12-31T00:00:00+00:00", years.1));
            assert_eq!(written, expected);
        }
    }

    #[test]
    fn what_is_cut_short_or_no_certificate_is_no_panic() {
        let whole = certificate((2026, 2027));
        for length in 0..whole.len().min(200) {
            let _ = of(&whole[..length]);
        }
        for bytes in
            [&b""[..], b"0", &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff], &[0x30, 0x80, 0, 0], b"-----BEGIN"]
        {
            assert_eq!(of(bytes), None);
        }
    }
}
