//! What a name becomes in an address.

/// Letters of Europe's Latin alphabets and the plain ones in their place. Other
/// alphabets have none here.
const PLAIN: [(&str, &str); 24] = [
    ("àáâãäåāăą", "a"),
    ("æ", "ae"),
    ("çćĉċč", "c"),
    ("ďđð", "d"),
    ("èéêëēĕėęě", "e"),
    ("ĝğġģ", "g"),
    ("ĥħ", "h"),
    ("ìíîïĩīĭįı", "i"),
    ("ĳ", "ij"),
    ("ĵ", "j"),
    ("ķĸ", "k"),
    ("ĺļľŀł", "l"),
    ("ñńņňŋ", "n"),
    ("òóôõöøōŏő", "o"),
    ("œ", "oe"),
    ("ŕŗř", "r"),
    ("śŝşšș", "s"),
    ("ß", "ss"),
    ("ţťŧț", "t"),
    ("þ", "th"),
    ("ùúûüũūŭůűų", "u"),
    ("ŵ", "w"),
    ("ýÿŷ", "y"),
    ("źżž", "z"),
];

/// `What is it?` → `what-is-it`, `Coração` → `coracao`. Empty for a name
/// without a letter that an address may have.
pub fn slug_of(text: &str) -> String {
    let mut simple = String::new();
    for c in text.to_lowercase().chars() {
        match c {
            // An accent may be a character of its own, behind its letter.
            '’' | '\'' | '\u{300}'..='\u{36f}' => {}
            c => match PLAIN.iter().find(|(letters, _)| letters.contains(c)) {
                Some((_, plain)) => simple.push_str(plain),
                None => simple.push(c),
            },
        }
    }
    let words = simple.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").chars().take(80).collect::<String>().trim_end_matches('-').to_owned()
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
        ] {
            assert_eq!(slug_of(name), slug, "{name}");
        }
    }
}
