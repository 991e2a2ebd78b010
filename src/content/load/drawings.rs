//! The drawings that become part of pages: one on the home page, one at the foot
//! of every page, and a mark for each office.

use std::collections::BTreeMap;

use super::{look_over, portraits, reading::Reading};
use crate::{
    content::{
        pictures::drawing::{self, Drawing},
        problem::Source,
        read::folder::{Files, Folder, made},
    },
    domain::{ids::OfficeSlug, practice::Practice},
};

pub const HOME: &str = "pages/home.svg";
pub const FOOT: &str = "pages/foot.svg";
/// The viewBox of an office's mark.
const MARK: &str = "0 0 28 14";

pub fn files(reading: &Reading<'_>, practice: Option<&Practice>) -> Files<Drawing> {
    let marks = practice.into_iter().flat_map(|practice| &practice.offices).map(|office| mark(&office.slug));
    let mut paths: Vec<String> = [HOME, FOOT].map(str::to_owned).into_iter().chain(marks).collect();
    paths.retain(|path| reading.folder.has(path));
    reading.folder.each(paths, &reading.before.drawings, |_| false, read)
}

/// Reads a drawing that becomes part of pages; `None` when it is more than a drawing, which is a problem.
fn read(folder: &Folder<'_>, path: &str) -> Option<Drawing> {
    let (text, problems) = (folder.text(path)?, folder.problems());
    look_over::drawing(Source::new(path, &text), problems);
    let drawing = drawing::parse(&text);
    if drawing.is_none() {
        let wrong = "should be one <svg> with a viewBox, with plain shapes and no styles, links, or scripts";
        problems.add(Source::new(path, "").problem(0, wrong));
    }
    drawing
}

/// The inside of each office's mark.
pub fn marks(
    reading: &Reading<'_>,
    practice: &Practice,
    drawings: &Files<Drawing>,
) -> BTreeMap<OfficeSlug, String> {
    let mut marks = BTreeMap::new();
    for path in reading
        .folder
        .paths("offices")
        .iter()
        .filter(|path| path.ends_with(".svg") && !portraits::is_drawing(path))
    {
        let name = path.trim_start_matches("offices/").trim_end_matches(".svg");
        if !practice.offices.iter().any(|office| office.slug.as_str() == name) {
            reading.remark(path, &format!("`{name}` isn't in practice.toml, so this isn't shown"));
        }
    }
    for office in &practice.offices {
        let path = &mark(&office.slug);
        let Some(drawing) = of(drawings, path) else { continue };
        if drawing.view_box != MARK {
            let wrong = format!(
                "an office's mark needs viewBox=\"{MARK}\"; a drawing of the room goes in {}-room.svg",
                office.slug
            );
            reading.problem(path, wrong);
        }
        if drawing.inside.contains(" id=\"") {
            let wrong = "an office's mark can be on a page more than once, so nothing in it can have an id";
            reading.problem(path, wrong);
        }
        marks.insert(office.slug.clone(), drawing.inside.clone());
    }
    marks
}

/// The file of an office's mark.
fn mark(office: &OfficeSlug) -> String {
    format!("offices/{office}.svg")
}

/// The drawing of a file, if there is one.
pub fn of<'a>(drawings: &'a Files<Drawing>, path: &str) -> Option<&'a Drawing> {
    made(drawings).find(|(file, _)| file.path == path).map(|(_, drawing)| drawing)
}
