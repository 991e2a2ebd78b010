//! Where a page or an article once stood: `aliases = ["/old/path"]` in its
//! front matter. Whoever comes there is led to where it stands now.

use std::collections::BTreeMap;

use super::table::Table;
use crate::{
    content::{
        markdown::links::Addresses,
        problem::{Problem, Problems},
    },
    urls,
};

/// A former address and the line where it is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    pub path: String,
    pub line: usize,
}

/// From a former address to the one of today.
pub type Aliases = BTreeMap<String, String>;

/// Below these the program itself answers.
const RESERVED: [&str; 6] =
    [urls::ADMIN, urls::APPOINTMENTS, urls::ASSETS, urls::IMAGES, urls::CARDS, urls::SEARCH];

/// Reads `aliases`.
pub fn read(keys: &Table<'_>) -> Vec<Alias> {
    let wanted = "addresses within the site as a browser shows them, like \"/old/page.html\"";
    let read = keys.optional_list("aliases", wanted, |value| {
        value.as_str().filter(|path| is_path(path)).map(without_last_slash)
    });
    let aliases = read.unwrap_or_default().into_iter();
    aliases.map(|found| Alias { path: found.value.to_owned(), line: keys.line(found.offset) }).collect()
}

/// `/old/` and `/old` are the same place.
pub fn without_last_slash(path: &str) -> &str {
    match path.trim_end_matches('/') {
        "" => "/",
        path => path,
    }
}

fn is_path(text: &str) -> bool {
    text.starts_with('/')
        && !text.starts_with("//")
        && text.bytes().all(|b| b.is_ascii_graphic() && !b"?#\"<>\\^`{|}".contains(&b))
}

/// Gathers the aliases of all files, each given with its file and the address
/// that it leads to. One that is an address already, or another's alias, is a problem.
pub fn gather<'a>(
    files: impl IntoIterator<Item = (&'a str, String, &'a [Alias])>,
    addresses: &Addresses,
    problems: &Problems,
) -> Aliases {
    let mut aliases = Aliases::new();
    for (file, address, named) in files {
        for alias in named {
            let path = &alias.path;
            let is_reserved = RESERVED.iter().any(|room| urls::is_within(path, room));
            let wrong = if is_reserved || addresses.has(path) || urls::FIXED.contains(&path.as_str()) {
                format!("the alias `{path}` is already an address on the site")
            } else if let Some(other) = aliases.get(path) {
                format!("the alias `{path}` already leads to `{other}`")
            } else {
                aliases.insert(path.clone(), address.clone());
                continue;
            };
            problems.add(Problem { file: file.to_owned(), line: alias.line, wrong });
        }
    }
    aliases
}
