//! What people type and paste, made clean: characters that show nothing are
//! dropped, never refused, and text that runs from right to left is kept from
//! reordering the words around it.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// The text on one line, without what cannot be seen, each run of spaces as one.
pub fn line(text: &str) -> String {
    let seen = text.chars().filter(|c| c.is_whitespace() || !is_unseen(*c));
    let text: String = seen.nfc().collect();
    let words: Vec<&str> = text.split_whitespace().filter(|word| !word.chars().all(is_joiner)).collect();
    words.join(" ")
}

/// The text with its lines kept; empty where nothing in it can be seen.
pub fn lines(text: &str) -> String {
    let text =
        text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let text: String = text.chars().filter(|c| matches!(c, '\n' | '\t') || !is_unseen(*c)).collect();
    let text = text.trim();
    if text.chars().all(|c| c.is_whitespace() || is_joiner(c)) { String::new() } else { text.to_owned() }
}

/// The text with an isolate around each line that holds something written from
/// right to left (U+2068 to U+2069), so that it may stand in any sentence,
/// subject or title. Markup is no help there. Marks of direction of its own,
/// which rows from long ago may hold, are left out: one would end the isolate.
pub fn isolated(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_direction) {
        let plain: String = text.chars().filter(|c| !is_direction(*c)).collect();
        return Cow::Owned(isolated(&plain).into_owned());
    }
    if !text.chars().any(runs_right_to_left) {
        return Cow::Borrowed(text);
    }
    let isolate = |line: &str| match line.chars().any(runs_right_to_left) {
        true => format!("\u{2068}{line}\u{2069}"),
        false => line.to_owned(),
    };
    Cow::Owned(text.split('\n').map(isolate).collect::<Vec<_>>().join("\n"))
}

/// Text as somebody sent it, unread, for a sentence of ours: on one line and isolated.
pub fn repeated(text: &str) -> String {
    isolated(&line(text)).into_owned()
}

/// Digits of every script as 0 to 9, wide and small forms as the plain ones.
pub fn plain(text: &str) -> String {
    const ZEROS: [char; 12] = [
        '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}',
        '\u{e50}', '\u{ed0}', '\u{1040}',
    ];
    let as_digit = |c: char| {
        let value = ZEROS
            .iter()
            .find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10));
        value.and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
    };
    text.nfkc().map(as_digit).collect()
}

/// Letters that hold two others apart or together, and show nothing alone.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

/// Control characters, marks of direction, fillers, and what is no character at
/// all. Joiners are not among them: Persian and emoji are written with them.
fn is_unseen(c: char) -> bool {
    let is_no_character = u32::from(c) & 0xfffe == 0xfffe || matches!(c, '\u{fdd0}'..='\u{fdef}');
    c.is_control()
        || is_tag(c)
        || is_no_character
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
                | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        )
}

/// Marks that turn the text around them, or end such a turn.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Tags and their neighbors, which can hide a whole message.
pub fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0000}'..='\u{e0fff}')
}

/// Hebrew, Arabic, Syriac, Thaana, N'Ko and the other scripts of that direction.
fn runs_right_to_left(c: char) -> bool {
    matches!(
        c,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shows_nothing_is_dropped_and_never_a_reason_to_refuse() {
        for (typed, kept) in [
            ("a\r\nb", "a\nb"),
            ("a\rb\u{2028}c\u{b}d", "a\nb\nc\nd"),
            ("a\u{0}b\u{7f}", "ab"),
            ("\u{feff}pasted\u{200b} text", "pasted text"),
            ("\u{202e}turned\u{202c}", "turned"),
            ("\u{2067}mine\u{2069}", "mine"),
            ("tab\tkept", "tab\tkept"),
            ("soft\u{ad}hyphen", "softhyphen"),
            ("\u{e0041}\u{e0042}tags", "tags"),
            ("می\u{200c}روم", "می\u{200c}روم"),
            ("👩\u{200d}🌾", "👩\u{200d}🌾"),
            ("\u{ffff}x\u{fdd0}", "x"),
            ("\u{3164} \u{2800}", ""),
            (" \n ", ""),
        ] {
            assert_eq!(lines(typed), kept, "{typed:?}");
        }
    }

    #[test]
    fn a_line_is_one_line_in_one_spelling() {
        for (typed, kept) in [
            ("  June \u{a0} Okafor ", "June Okafor"),
            ("June\r\nOkafor", "June Okafor"),
            ("June\u{2029}Okafor", "June Okafor"),
            ("Jose\u{301}", "José"),
            ("\u{202b}مريم\u{202c}", "مريم"),
            ("a \u{200d} b", "a b"),
            ("\u{3164}", ""),
            ("\u{115f}\u{1160}", ""),
            ("\u{2800}", ""),
            ("x\u{0}y", "xy"),
        ] {
            assert_eq!(line(typed), kept, "{typed:?}");
        }
    }

    #[test]
    fn what_runs_from_right_to_left_is_isolated_and_nothing_else_is() {
        for text in ["", "Ann Lee", "李小龙", "Łukasz", "Zoë 🌲", "two\nlines"] {
            assert_eq!(isolated(text), text);
        }
        for text in ["مريم العلي", "דוד", "Ann (מרים)", "ܝܘܚܢܢ"] {
            assert_eq!(isolated(text), format!("\u{2068}{text}\u{2069}"));
        }
        assert_eq!(isolated("one\nדוד"), "one\n\u{2068}דוד\u{2069}");
        for (stored, shown) in [
            ("\u{202e}Ann Lee", "Ann Lee"),
            ("\u{202d}Ann\u{202c} Lee", "Ann Lee"),
            ("\u{2069}דוד", "\u{2068}דוד\u{2069}"),
            ("\u{2067}דוד\n\u{200f}Ann", "\u{2068}דוד\u{2069}\nAnn"),
        ] {
            assert_eq!(isolated(stored), shown, "{stored:?}");
        }
    }

    #[test]
    fn digits_of_other_scripts_and_wide_letters_are_plain() {
        for (typed, read) in
            [("٥٣٠", "530"), ("۵۳۰", "530"), ("５３０", "530"), ("ｅｖｉｌ．ｃｏｍ", "evil.com"), ("५", "5")]
        {
            assert_eq!(plain(typed), read);
        }
    }
}
