//! What people read in the place of words that can't be read, because the key that they are
//! sealed with isn't there.

use crate::domain::client::Note;

/// In the place of a note or a sentence, for the therapist.
pub const NOTE: &str = "This note can't be read: the key is missing.";

/// In the place of what an email says.
pub const EMAIL: &str = "This email can't be read: the key is missing.";

/// In the place of what the therapist wrote to a client, on the client's own page.
const TO_CLIENT: &str = "I wrote you a note here, but it can't be shown right now. Call me if you need it.";

/// What a client reads of a sentence of the therapist's.
pub fn to_client(sentence: &Note) -> String {
    if sentence.is_readable() { sentence.to_string() } else { TO_CLIENT.to_owned() }
}
