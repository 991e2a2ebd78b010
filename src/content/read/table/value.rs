//! Values of TOML as the content has them.

use toml::{Spanned, de::DeValue};

/// A value and where it stands, so that a later check can name its line.
#[derive(Clone, Debug)]
pub struct Found<T> {
    pub value: T,
    /// In bytes, from where the source begins.
    pub offset: usize,
}

/// Adds every text in a value.
pub(super) fn collect_texts<'a>(value: &'a Spanned<DeValue<'_>>, texts: &mut Vec<Found<&'a str>>) {
    match value.get_ref() {
        DeValue::String(text) => texts.push(Found { value: text, offset: value.span().start }),
        DeValue::Array(members) => members.iter().for_each(|member| collect_texts(member, texts)),
        DeValue::Table(table) => table.iter().for_each(|(_, value)| collect_texts(value, texts)),
        _ => {}
    }
}

/// A text that is not empty.
pub fn text(value: &DeValue<'_>) -> Option<String> {
    value.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A whole number from 0 on.
pub fn whole_number(value: &DeValue<'_>) -> Option<u32> {
    let integer = value.as_integer()?;
    u32::from_str_radix(integer.as_str(), integer.radix()).ok()
}

/// A number with a fraction or without.
pub(super) fn number(value: &DeValue<'_>) -> Option<f64> {
    match value.as_float() {
        Some(float) => float.as_str().parse().ok(),
        None => value.as_integer().filter(|integer| integer.radix() == 10)?.as_str().parse().ok(),
    }
}
