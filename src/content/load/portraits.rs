//! What the therapist and each office look like: the portrait that the practice
//! file names, and the pictures that lie beside the texts of the offices. They
//! are served with the other pictures, under their path.

use std::collections::BTreeMap;

use crate::{
    content::{
        pictures::images::{self, Images},
        problem::{Problem, Problems, Source},
        read::{
            folder::Folder,
            practice_file::{FILE, Portrait},
            table::nearest,
        },
    },
    domain::{ids::OfficeSlug, practice::Practice},
};

const OFFICES: &str = "offices";
/// How the name of an office's drawing ends: `redding.svg` is its mark.
const DRAWN: &str = "-room.svg";
/// Photographs stand before drawings, and what every browser shows before the rest.
const ENDINGS: [&str; 6] = [".jpg", ".jpeg", ".png", ".webp", ".avif", DRAWN];

/// The name of the portrait among the pictures. One that isn't there is a problem of the practice file.
pub fn portrait(portrait: Option<&Portrait>, images: &Images, problems: &Problems) -> Option<String> {
    let Portrait { file, line } = portrait?;
    let inside = file.strip_prefix("/images/").or_else(|| file.strip_prefix("images/")).unwrap_or(file);
    let found = images::find(images, inside).filter(|(name, _)| !name.contains('/'));
    if found.is_none() {
        let known: Vec<&str> = images.keys().map(String::as_str).filter(|name| !name.contains('/')).collect();
        let help = nearest::mistyped(inside, &known).map(|known| format!("; did you mean `{known}`?"));
        let wrong = format!(
            "`therapist.portrait`: there's no picture `{file}` in images/{}",
            help.unwrap_or_default()
        );
        problems.add(Problem { file: FILE.to_owned(), line: *line, wrong });
    }
    found.map(|(name, _)| name.to_owned())
}

/// The files that show offices, in order of name.
pub fn files(folder: &Folder<'_>, practice: Option<&Practice>) -> Vec<String> {
    let is_mark = |path: &str| {
        practice.into_iter().flat_map(|practice| &practice.offices).any(|office| {
            path.strip_prefix("offices/").and_then(|name| name.strip_suffix(".svg"))
                == Some(office.slug.as_str())
        })
    };
    let mut files = folder.paths(OFFICES);
    files.retain(|path| ENDINGS.iter().any(|ending| path.ends_with(ending)) && !is_mark(path));
    files
}

/// True for a file that shows an office, whatever practice it is of.
pub fn is_drawing(path: &str) -> bool {
    path.ends_with(DRAWN)
}

/// The picture of each office, by its name among all pictures. A photograph takes the place of a drawing.
pub fn of_offices(
    practice: &Practice,
    files: &[String],
    problems: &Problems,
) -> BTreeMap<OfficeSlug, String> {
    let mut shown = BTreeMap::new();
    for office in &practice.offices {
        let mut paths = ENDINGS.iter().map(|ending| format!("{OFFICES}/{}{ending}", office.slug));
        if let Some(path) = paths.find(|path| files.contains(path)) {
            shown.insert(office.slug.clone(), path);
        }
    }
    for path in files.iter().filter(|path| !shown.values().any(|name| name == *path)) {
        let stem = ENDINGS.iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or_default();
        let slug = stem.trim_start_matches("offices/");
        let instead = OfficeSlug::parse(slug).and_then(|slug| shown.get(&slug));
        let why = match instead {
            Some(instead) => format!("this isn't shown, because `{instead}` is there"),
            None => format!("`{slug}` isn't in practice.toml, so this isn't shown"),
        };
        problems.remark(Source::new(path, "").problem(0, why));
    }
    shown
}
