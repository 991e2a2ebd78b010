//! One-time codes: the secret that they are made of, the code of a moment, and
//! the recovery codes for whoever has lost their phone.

use std::fmt;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};
use totp_rs::{Builder, Secret, Totp};

use crate::domain::time::Instant;

/// How many recovery codes there are.
const RECOVERY_CODES: usize = 10;

/// Digits and letters that nobody takes for another.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// How many of them a recovery code has: 80 bits, which nobody guesses from its hash either.
const LENGTH: usize = 16;
/// How many digits a one-time code has.
const DIGITS: usize = 6;

/// 160 bits that the therapist's app and we share. It never shows itself in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeSecret([u8; 20]);

impl CodeSecret {
    pub fn fresh() -> Self {
        Self(rand::random())
    }

    /// Reads the letters by which an app takes it up.
    pub fn parse(text: &str) -> Option<Self> {
        Self::of(Secret::try_from_base32(text).ok()?.as_bytes())
    }

    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The letters by which an app takes it up.
    pub fn letters(&self) -> String {
        Secret::new_stack(self.0).to_base32()
    }

    /// The address that an app reads out of a picture. `account` says whose it is, and `issuer` where.
    pub fn address(&self, issuer: &str, account: &str) -> String {
        // A colon divides the two, and may stand in neither.
        let [issuer, account] = [issuer, account]
            .map(|text| utf8_percent_encode(&text.replace(':', " "), NON_ALPHANUMERIC).to_string());
        format!("otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}", self.letters())
    }

    /// Of which thirty seconds a code is, counted since 1970; those just before
    /// and just after now count too. `None` when it is of none.
    pub(super) fn step_of(&self, code: &str, now: Instant) -> Option<i64> {
        let now = u64::try_from(now.timestamp()).ok()?;
        self.totp()?.check(code, now).and_then(|step| i64::try_from(step).ok())
    }

    fn totp(&self) -> Option<Totp> {
        Builder::new().with_secret(Secret::new_stack(self.0)).build().ok()
    }
}

impl fmt::Debug for CodeSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeSecret(…)")
    }
}

/// A code as somebody types it, by its shape.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Typed {
    OneTime(String),
    /// By its hash.
    Recovery(Vec<u8>),
}

impl Typed {
    /// `None` for what is no code of either kind.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let letters =
            text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_lowercase());
        // No code is as long; the rest is not looked at.
        let letters: String = letters.take(LENGTH + 1).collect();
        if letters.len() == DIGITS && letters.bytes().all(|b| b.is_ascii_digit()) {
            return Some(Self::OneTime(letters));
        }
        let letters = letters.replace('o', "0").replace(['i', 'l'], "1");
        let is_one = letters.len() == LENGTH && letters.bytes().all(|b| LETTERS.contains(&b));
        is_one.then(|| Self::Recovery(recovery_hash(&letters)))
    }
}

/// Fresh recovery codes, as they are shown.
pub(super) fn recovery_codes() -> Vec<String> {
    let code = || {
        let letters = rand::random::<[u8; LENGTH]>().map(|byte| LETTERS[usize::from(byte % 32)]);
        let parts = letters.chunks(4).map(|part| String::from_utf8_lossy(part).into_owned());
        parts.collect::<Vec<_>>().join("-")
    };
    (0..RECOVERY_CODES).map(|_| code()).collect()
}

/// What the file keeps of a recovery code, from its letters without what stands between.
fn recovery_hash(letters: &str) -> Vec<u8> {
    Sha256::digest(letters.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_code_is_good_in_its_thirty_seconds_and_those_beside_them() {
        // RFC 6238, appendix B, of whose eight digits these are the last six.
        let secret = CodeSecret::of(b"12345678901234567890").expect("20 bytes");
        let at = |seconds| Instant::from_timestamp(seconds, 0).expect("in range");
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            let step = seconds / 30;
            assert_eq!(secret.step_of(code, at(seconds)), Some(step), "{code}");
            for beside in [-30, 30] {
                let then = at(seconds) + TimeDelta::seconds(beside);
                assert_eq!(secret.step_of(code, then), Some(step), "{code} {beside}");
            }
            assert_eq!(secret.step_of(code, at(seconds + 90)), None);
        }
        for wrong in ["", "000000", "28708", "2870820", "+87082", "२८७०८२"] {
            assert_eq!(secret.step_of(wrong, at(59)), None, "{wrong}");
        }
    }

    #[test]
    fn a_secret_is_told_to_an_app_and_read_again() {
        let secret = CodeSecret::of(b"12345678901234567890").expect("20 bytes");
        assert_eq!(secret.letters(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(CodeSecret::parse(&secret.letters()), Some(secret.clone()));
        for wrong in ["", "GEZDGNBV", "1", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBV", "ä"] {
            assert_eq!(CodeSecret::parse(wrong), None, "{wrong}");
        }
        assert_eq!(
            secret.address("Dustin: Massage & more", "d@example.com"),
            "otpauth://totp/Dustin%20%20Massage%20%26%20more:d%40example%2Ecom\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Dustin%20%20Massage%20%26%20more"
        );
        assert_eq!(format!("{secret:?}"), "CodeSecret(…)");
    }

    #[test]
    fn a_recovery_code_is_known_however_it_is_typed() {
        let codes = recovery_codes();
        assert_eq!(codes.len(), 10);
        for code in &codes {
            let typed = Typed::parse(code).expect("a code");
            assert_eq!(Typed::parse(&code.replace('-', " ").to_uppercase()), Some(typed));
            assert_eq!(codes.iter().filter(|other| *other == code).count(), 1);
        }
        assert_eq!(Typed::parse("O1il-0000-0000-0000"), Typed::parse("0111-0000-0000-0000"));
        assert_eq!(Typed::parse("123 456"), Some(Typed::OneTime("123456".to_owned())));
        for neither in ["", "12345", "1234567", "uuuu-uuuu-uuuu-uuuu", &"a".repeat(17), &"ä".repeat(16)] {
            assert_eq!(Typed::parse(neither), None, "{neither}");
        }
    }
}
