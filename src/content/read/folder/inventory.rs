//! What lies in the content folder, and which of it is read.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::content::{
    pictures::{branding, images},
    read::practice_file,
    slug::slug_of,
};

/// All the folders that there can be.
pub const FOLDERS: [&str; 7] =
    ["articles", "cards", "images", "offices", "pages", "services", "testimonials"];

/// How the names end of files that programs keep beside those that they save.
const LEFT_BESIDE: [&str; 7] = ["~", ".bak", ".crdownload", ".orig", ".part", ".swp", ".tmp"];
/// The guide for whoever writes here. It is no part of the site.
const GUIDE: &str = "README.md";
/// What file managers leave in every folder that they show.
const LEFT_EVERYWHERE: [&str; 2] = ["Thumbs.db", "desktop.ini"];

/// False for hidden files, and for what editors and copying programs keep
/// beside a file while, or after, they save it.
pub fn is_content(name: &str) -> bool {
    // An editor tries with a file called 4913 whether it may write.
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
    // A picture may well be called `#1.jpg`.
    let is_of_an_editor = name.starts_with('#') && name.ends_with('#');
    !is_number
        && !is_of_an_editor
        && !name.starts_with(['.', '~'])
        && !LEFT_BESIDE.iter().any(|ending| name.ends_with(ending))
        && !LEFT_EVERYWHERE.contains(&name)
}

/// True for a name under which a file of this folder is read; the outermost is `""`.
pub fn is_read(folder: &str, name: &str) -> bool {
    let ends = |ending: &str| name.strip_suffix(ending).is_some_and(|stem| !stem.is_empty());
    match folder {
        "" => name == practice_file::FILE || branding::FILES.contains(&name),
        "articles" | "services" | "testimonials" => ends(".md"),
        "offices" => ends(".md") || images::media_type(name).is_some(),
        "pages" => ends(".md") || ["home.svg", "foot.svg"].contains(&name),
        "cards" => ends(".png"),
        "images" => images::media_type(name).is_some(),
        _ => false,
    }
}

/// Something that lies in the content folder or in one of its folders.
pub struct Entry {
    pub path: PathBuf,
    /// The folder that it lies in; the outermost is `""`.
    pub folder: String,
    /// What is no UTF-8 of the name is shown as a replacement character.
    pub name: String,
    pub is_folder: bool,
    /// A file that is read, or a folder that has a meaning by being there.
    pub is_read: bool,
}

impl Entry {
    /// True for what is read, and for the folders that there can be.
    pub fn has_a_place(&self) -> bool {
        let is_unknown_folder =
            self.is_folder && self.folder.is_empty() && !FOLDERS.contains(&self.name.as_str());
        self.is_read && !is_unknown_folder
    }

    /// The path below the content folder.
    pub fn path_below(&self) -> String {
        if self.folder.is_empty() { self.name.clone() } else { format!("{}/{}", self.folder, self.name) }
    }

    /// Why a file that is not read is not, and what it should be called.
    pub fn why_not_read(&self) -> String {
        let (folder, name) = (self.folder.as_str(), self.name.as_str());
        if self.path.to_str().is_none() {
            return "its name isn't UTF-8".to_owned();
        }
        if self.is_folder {
            return format!("{folder}/ can't have folders in it");
        }
        let small = |text: &str| text.to_ascii_lowercase();
        let with_small_ending =
            name.rsplit_once('.').map(|(stem, ending)| format!("{stem}.{}", small(ending)));
        // A page stands at its name.
        let as_address = name.rsplit_once('.').filter(|_| folder == "pages");
        let as_address = as_address.map(|(stem, ending)| format!("{}.{}", slug_of(stem), small(ending)));
        let mut names = as_address.into_iter().chain(with_small_ending).chain([small(name)]);
        if let Some(name) = names.find(|name| is_read(folder, name)) {
            return format!("rename it to `{name}`");
        }
        match folder {
            "" => {
                format!(
                    "only {}, {}, and folders belong here",
                    practice_file::FILE,
                    branding::FILES.join(", ")
                )
            }
            "articles" | "services" | "testimonials" => "file names here end in .md".to_owned(),
            "offices" => format!(
                "file names here end in .md, in .svg for an office's mark, or in {} for its picture",
                images::endings()
            ),
            "pages" => "file names here end in .md; the drawings are home.svg and foot.svg".to_owned(),
            "cards" => "card names end in .png".to_owned(),
            _ => format!("picture names end in {}", images::endings()),
        }
    }
}

/// Everything in the content folder and, where those are known, in the folders
/// within it, but for the guide and what is no content. What cannot be looked into is left
/// out; whoever reads it says so.
pub fn entries(root: &Path) -> Vec<Entry> {
    let outermost = entries_of(root, "");
    let known = outermost.iter().filter(|entry| FOLDERS.contains(&entry.name.as_str()));
    let within: Vec<Entry> = known.flat_map(|entry| entries_of(&entry.path, &entry.name)).collect();
    outermost.into_iter().chain(within).collect()
}

fn entries_of(path: &Path, folder: &str) -> Vec<Entry> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    let entries = entries.map(|entry| {
        let (path, name) = (entry.path(), entry.file_name());
        // A link may lead to a folder.
        let is_folder = match entry.file_type() {
            Ok(found) if !found.is_symlink() => found.is_dir(),
            _ => path.is_dir(),
        };
        let is_read = match name.to_str() {
            Some(name) if folder.is_empty() => is_folder || FOLDERS.contains(&name) || is_read(folder, name),
            Some(name) => is_read(folder, name),
            None => false,
        };
        let name = name.to_string_lossy().into_owned();
        Entry { path, folder: folder.to_owned(), name, is_folder, is_read }
    });
    let is_guide = |entry: &Entry| entry.path_below() == GUIDE;
    entries.filter(|entry| is_content(&entry.name) && !is_guide(entry)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_goes_by_its_folder_and_name() {
        for (folder, name) in [
            ("", "practice.toml"),
            ("", "icon.svg"),
            ("", "icon.png"),
            ("", "card.png"),
            ("articles", "one.md"),
            ("offices", "redding.svg"),
            ("pages", "home.svg"),
            ("images", "one.jpg"),
            ("cards", "one.png"),
        ] {
            assert!(is_content(name) && is_read(folder, name), "{folder}/{name}");
        }
        for (folder, name) in [
            ("", "Practice.toml"),
            ("", "sync.log"),
            ("", "card.jpg"),
            ("articles", "one.markdown"),
            ("articles", "one.MD"),
            ("articles", ".md"),
            ("pages", "about.svg"),
            ("images", "one.gif"),
            ("cards", "one.jpg"),
            ("drafts", "one.md"),
        ] {
            assert!(!is_read(folder, name), "{folder}/{name}");
        }
        assert!(is_content("#1.jpg"));
        for name in ["4913", ".one.md.swp", "#one.md#", "one.md~", "~one.md", "one.bak", "Thumbs.db"] {
            assert!(!is_content(name), "{name}");
        }
    }
}
