//! The pictures of the content folder, each read once, and the cards and icons
//! among them.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use super::{look_over, reading::Reading};
use crate::content::{
    pictures::{
        branding,
        images::{self, Image},
        sizes,
    },
    problem::{Problems, Source},
    read::{
        article::Article,
        folder::{Files, Folder, made},
        forbidden,
    },
};

/// The pictures of `images/`, and those that show offices.
pub fn files(reading: &Reading<'_>, rooms: &[String]) -> Files<Image> {
    let sizes = reading.sizes;
    let read = |folder: &Folder<'_>, path: &str| {
        let problems = folder.problems();
        let name = file_name(path);
        let mut image = image(folder, path)?;
        problems_of(&image, path, problems);
        // It takes long, so that it is tried for whoever only checks; else before it is shown.
        image.lies |= sizes.is_none() && !image.can_be_turned();
        if let Some(remarkable) = image.remarkable(name) {
            problems.remark(Source::new(path, "").problem(0, remarkable));
        }
        look_at_the_words(&image, path, problems);
        Some(match sizes {
            Some(sizes) => sizes::found(sizes, image),
            None => image,
        })
    };
    let are_made =
        |image: Option<&Image>| sizes.zip(image).is_some_and(|(sizes, image)| sizes::are_made(sizes, image));
    let mut paths = reading.folder.paths("images");
    paths.extend_from_slice(rooms);
    reading.folder.each(paths, &reading.before.images, are_made, read)
}

pub fn branding_files(reading: &Reading<'_>) -> Files<Image> {
    let mut paths = branding::FILES.map(str::to_owned).to_vec();
    paths.retain(|path| reading.folder.has(path));
    let read = |folder: &Folder<'_>, path: &str| {
        let image = image(folder, path)?;
        look_at_the_words(&image, path, folder.problems());
        Some(branding::look_over(path, image, folder.problems()))
    };
    let is_drawn_alone = paths.iter().any(|path| path == branding::ICON_SVG)
        && !paths.iter().any(|path| path == branding::ICON_PNG);
    if is_drawn_alone {
        reading.remark(branding::ICON_SVG, "phones and some browsers need a PNG: add icon.png next to it");
    }
    reading.folder.each(paths, &reading.before.branding, |_| false, read)
}

pub fn card_files(reading: &Reading<'_>) -> Files<Image> {
    reading.folder.each(
        reading.folder.paths("cards"),
        &reading.before.cards,
        |_| false,
        |folder, path| {
            let card = image(folder, path)?.turned();
            if card.lies {
                folder.problems().remark(Source::new(path, "").problem(0, images::LIES));
            }
            Some(card)
        },
    )
}

pub fn cards(
    reading: &Reading<'_>,
    files: &Files<Image>,
    articles: &[Arc<Article>],
) -> BTreeMap<String, Image> {
    let titles: HashMap<&str, &str> =
        articles.iter().map(|article| (article.slug.value.as_str(), article.title.as_str())).collect();
    let mut cards = BTreeMap::new();
    for (file, card) in made(files) {
        let (slug, path) = (file.name(), file.path.as_str());
        let Some(title) = titles.get(slug) else {
            reading.remark(path, "there's no article with this name, so this card isn't shown");
            continue;
        };
        if let Some(shown) = card.title.as_deref().filter(|shown| shown != title) {
            let wrong =
                format!("this card shows the title “{shown}”, but the article is now called “{title}”");
            reading.remark(path, &wrong);
        }
        problems_of(card, path, reading.problems);
        cards.insert(slug.to_owned(), card.clone());
    }
    cards
}

/// The last part of a path.
fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Why a picture cannot be shown.
fn problems_of(image: &Image, path: &str, problems: &Problems) {
    image.wrong.iter().for_each(|wrong| problems.add(Source::new(path, "").problem(0, wrong.clone())));
}

/// The words in a drawing are read as well.
fn look_at_the_words(image: &Image, path: &str, problems: &Problems) {
    if let ("image/svg+xml", Ok(text)) = (image.media_type, std::str::from_utf8(&image.bytes)) {
        look_over::drawing(Source::new(path, text), problems);
    }
}

/// Reads a picture; a drawing without the characters that no drawing may hold.
fn image(folder: &Folder<'_>, path: &str) -> Option<Image> {
    let length = folder.length(path);
    if length > images::LARGEST_FILE {
        let wrong = format!("this picture is {} MB; save it smaller", length / 1_000_000);
        folder.problems().add(Source::new(path, "").problem(0, wrong));
        return None;
    }
    let bytes = folder.bytes(path)?;
    let bytes = match std::str::from_utf8(&bytes) {
        Ok(text) if path.ends_with(".svg") => {
            forbidden::left_out(Source::new(path, text), folder.problems()).into_bytes()
        }
        _ => bytes,
    };
    Image::new(file_name(path), bytes)
}
