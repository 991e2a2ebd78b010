//! One variable of the environment, read.

use std::env::VarError;

#[derive(Debug, thiserror::Error)]
#[error("{name} should be {wanted}")]
pub struct WrongVariable {
    pub(super) name: &'static str,
    pub(super) wanted: &'static str,
}

/// Reads one variable; an empty one counts as unset. The sentence about a
/// wrong value does not repeat it, since it may hold a password.
pub(super) fn read<T>(
    lookup: impl Fn(&'static str) -> Result<String, VarError>,
    name: &'static str,
    wanted: &'static str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, WrongVariable> {
    let wrong = || WrongVariable { name, wanted };
    match lookup(name) {
        Ok(value) if value.trim().is_empty() => Ok(None),
        Ok(value) => parse(value.trim()).map(Some).ok_or_else(wrong),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(wrong()),
    }
}
