//! What a new password has to be, wherever one is set.

use crate::account::password::{LONGEST, SHORTEST};

/// Reads a new password as it was typed.
pub fn new_password(typed: &str) -> Result<String, String> {
    match typed.chars().count() {
        ..SHORTEST => {
            Err(format!("Please use at least {SHORTEST} characters. A few words are easy to remember."))
        }
        SHORTEST..=LONGEST => Ok(typed.to_owned()),
        _ => Err(format!("Please use at most {LONGEST} characters.")),
    }
}

/// Reads the present one. A longer one is not looked at: nobody has it.
pub fn present_password(typed: &str) -> Result<String, &'static str> {
    match typed.chars().count() {
        0 => Err("Please enter the password you sign in with now."),
        1..=LONGEST => Ok(typed.to_owned()),
        _ => Err(NOT_THE_ONE),
    }
}

pub const NOT_THE_ONE: &str = "That's not your password.";
