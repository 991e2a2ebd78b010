//! What the therapist and an office look like, ready to be written out.

use crate::{
    app::App,
    content::markdown::figure::{Picture, Place},
    domain::practice::office::Office,
};

/// How wide the portrait stands: beside the words, or across a phone.
const PORTRAIT: &str = "(min-width: 56em) 19rem, (min-width: 30em) 15rem, 92vw";
const ROOM: &str = "(min-width: 56em) 38rem, 92vw";

/// The therapist, where the practice file names a picture; seen first where a page opens with it.
pub fn of_therapist(app: &App, is_first: bool) -> Option<String> {
    let name = app.site.portrait.as_deref()?;
    standing(app, name, &app.practice().therapist.name, "portrait_", Place { sizes: PORTRAIT, is_first })
}

/// An office, where there is a picture of it.
pub fn of_office(app: &App, office: &Office) -> Option<String> {
    let name = app.site.rooms.get(&office.slug)?;
    let alt = format!("The {} office", office.name);
    let prefix = format!("room_{}_", office.position);
    standing(app, name, &alt, &prefix, Place { sizes: ROOM, is_first: false })
}

/// A drawing says what it shows in its title.
fn standing(app: &App, name: &str, alt: &str, prefix: &str, place: Place) -> Option<String> {
    let image = app.site.images.get(name)?;
    let title = image.drawing.as_ref().and_then(|drawing| drawing.title());
    let picture = Picture { name, image, alt: title.unwrap_or(alt), caption: "" };
    Some(picture.standing(&app.site.images, prefix, place))
}
