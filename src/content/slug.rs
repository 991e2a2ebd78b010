//! What a name becomes in an address.

use unicode_normalization::UnicodeNormalization;

/// `What is it?` → `what-is-it`, `Coração` → `coracao`. Empty for a name
/// without a letter that an address may have.
pub fn slug_of(text: &str) -> String {
    // What an apostrophe divides is one word; an accent may be a character of its own, behind its letter.
    let text: String = text.nfc().filter(|c| !matches!(c, '’' | '\'')).map(latin).collect();
    ::slug::slugify(text).chars().take(80).collect::<String>().trim_end_matches('-').to_owned()
}

/// A letter of a Latin alphabet; what is none divides words. `slug` spells other
/// alphabets as well, but Japanese as if it were Chinese: an address that nobody
/// would recognize, and another than such a heading has had.
fn latin(c: char) -> char {
    let is_latin = c.is_ascii() || (c.is_alphabetic() && matches!(c, 'À'..='ɏ' | 'Ḁ'..='ỿ'));
    if is_latin { c } else { ' ' }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_an_address() {
        for (name, slug) in [
            ("What is it?", "what-is-it"),
            ("The body’s own", "the-bodys-own"),
            ("Coração", "coracao"),
            ("Ångström", "angstrom"),
            ("Zoe\u{308}'s Straße", "zoes-strasse"),
            ("日本", ""),
            ("60 minutes — 日本", "60-minutes"),
            ("Việt Nam", "viet-nam"),
        ] {
            assert_eq!(slug_of(name), slug, "{name}");
        }
    }
}
