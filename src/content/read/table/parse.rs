//! Reading TOML. Its texts are without comments of HTML and without characters
//! that cannot be shown.

use std::borrow::Cow;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::content::{
    markdown::comments,
    problem::{Problems, Source},
    read::forbidden,
};

/// Reads TOML. False when it is not whole: something in it is no TOML.
pub fn parse<'a>(source: Source<'a>, problems: &Problems) -> (Spanned<DeTable<'a>>, bool) {
    let (mut root, errors) = DeTable::parse_recoverable(source.text);
    for error in &errors {
        problems.add(source.problem(error.span().map_or(0, |span| span.start), error.message()));
    }
    for (_, value) in root.get_mut().iter_mut() {
        clean(source, value, problems);
    }
    (root, errors.is_empty())
}

fn clean(source: Source<'_>, value: &mut Spanned<DeValue<'_>>, problems: &Problems) {
    let offset = value.span().start;
    match value.get_mut() {
        DeValue::String(text) => {
            // Written `\u000B`; the file itself holds none any more.
            for c in text.chars().filter(|c| forbidden::is_forbidden(*c)) {
                forbidden::remark(source, offset, u32::from(c), problems);
            }
            if text.contains(forbidden::is_forbidden) || text.contains(comments::BEGIN) {
                *text = Cow::Owned(comments::without_in_value(&forbidden::without(text)));
            }
        }
        DeValue::Array(members) => members.iter_mut().for_each(|member| clean(source, member, problems)),
        DeValue::Table(table) => table.iter_mut().for_each(|(_, value)| clean(source, value, problems)),
        _ => {}
    }
}
