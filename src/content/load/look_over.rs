//! What is harmless to the site, but not to be said, or not to be drawn: looked
//! for beside the reading, which knows nothing of it.

use crate::content::{
    claims,
    problem::{Problems, Source},
    read::{glyphs, table::Table},
};

/// Remarks on what is claimed in a file, and on what the fonts cannot draw.
pub fn file(keys: &Table<'_>, body: Option<Source<'_>>, problems: &Problems) {
    claims::look_over(keys, body, problems);
    glyphs::look_over(keys, body, problems);
}

/// The words in a drawing are read as well.
pub fn drawing(drawing: Source<'_>, problems: &Problems) {
    claims::look_over_drawing(drawing, problems);
    glyphs::look_over_drawing(drawing, problems);
}
