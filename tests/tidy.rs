//! The house is kept tidy: what `src/lib.rs` says about its rooms holds.

#[path = "tidy/fields.rs"]
mod fields;
#[path = "tidy/modules.rs"]
mod modules;
#[path = "tidy/sentences.rs"]
mod sentences;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use modules::{House, words};

/// The rooms from the top down. A room imports from rooms below its own line only.
const LAYERS: [&[&str]; 16] = [
    &["main"],
    &["doctor"],
    &["serve"],
    &["web", "jobs"],
    &["site"],
    &["backup", "certificate"],
    &["planning", "clients", "exports", "mileage", "waitlist"],
    &["booking"],
    &["account"],
    &["operation"],
    &["app", "config"],
    &["store"],
    &["mail", "content", "sealing"],
    &["calendar", "clock", "files", "health", "log", "tls", "urls"],
    &["words"],
    &["domain"],
];

/// What a room does without.
const ABSENT: [(&str, &[&str], &str); 3] = [
    (
        "domain",
        &[
            "async fn", "sqlx", "axum", "askama", "lettre", "serde", "std::fs", "std::net", "tokio",
            "rand::", "Utc::now",
        ],
        "domain/ is pure: no network, no disk, no clock, no chance",
    ),
    ("web", &["store.write()", "Operation::"], "no handler opens a write transaction; the operations do"),
    ("mail", &["sqlx", "crate::store"], "mail/ knows no database"),
];

struct Source {
    path: PathBuf,
    room: String,
    /// Without its tests.
    text: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    files_below(&root)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .map(|path| {
            let below = path.strip_prefix(&root).expect("below src");
            let first = below.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
            let whole = fs::read_to_string(&path).expect("a source");
            // Not at `mod tests;`, which stands among the rooms, at the top.
            let text = whole.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
            Source { room: first.trim_end_matches(".rs").to_owned(), path, text }
        })
        .collect()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a readable folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

fn layer(room: &str) -> usize {
    let found = LAYERS.iter().position(|rooms| rooms.contains(&room));
    found.unwrap_or_else(|| panic!("the room `{room}` has no place in the picture of src/lib.rs"))
}

/// The rooms that a source names after `crate::`.
fn imports(text: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for rest in text.split("crate::").skip(1) {
        let inside = match rest.strip_prefix('{') {
            // A list of imports: the names at its outermost level.
            Some(list) => outermost(list),
            None => vec![rest],
        };
        let name = |text: &str| {
            text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
        };
        rooms.extend(inside.into_iter().map(name).filter(|name| !name.is_empty()));
    }
    rooms
}

fn outermost(list: &str) -> Vec<&str> {
    let (mut depth, mut begin, mut parts) = (0, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(&list[begin..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&list[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    parts
}

#[test]
fn rooms_import_downwards_only() {
    let known: Vec<&str> = LAYERS.concat();
    for source in sources().iter().filter(|source| source.room != "lib") {
        for import in imports(&source.text).iter().filter(|import| known.contains(&import.as_str())) {
            let is_allowed = *import == source.room || layer(&source.room) < layer(import);
            assert!(
                is_allowed,
                "{}: rooms import downwards only, and `{import}` is not below `{}`",
                source.path.display(),
                source.room
            );
        }
    }
}

#[test]
fn rooms_do_without_what_is_not_theirs() {
    for source in sources() {
        for (room, words, rule) in ABSENT {
            for word in words.iter().filter(|_| source.room == room) {
                let line = source
                    .text
                    .lines()
                    .position(|line| !line.trim_start().starts_with("//") && line.contains(word));
                assert!(
                    line.is_none(),
                    "{}:{}: `{word}`: {rule}",
                    source.path.display(),
                    line.unwrap_or_default() + 1
                );
            }
        }
    }
}

#[test]
fn sql_is_in_the_store_and_smtp_in_the_mail() {
    for source in sources() {
        let code = || source.text.lines().filter(|line| !line.trim_start().starts_with("//"));
        if source.room != "store" {
            assert!(
                !code().any(|line| line.contains("sqlx::")),
                "{}: SQL is in store/ alone",
                source.path.display()
            );
        }
        if source.room != "mail" {
            assert!(
                !code().any(|line| line.contains("transport::smtp")),
                "{}: SMTP is in mail/ alone",
                source.path.display()
            );
        }
        if !["web", "serve"].contains(&source.room.as_str()) {
            assert!(
                !code().any(|line| line.contains("axum")),
                "{}: HTTP is in web/ alone",
                source.path.display()
            );
        }
    }
}

/// The sources of the program, without what only its tests are made of.
fn house() -> House {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let is_for_tests = |path: &Path| {
        path.components().any(|part| part.as_os_str() == "tests")
            || path.file_name().is_some_and(|name| name == "tests.rs" || name == "example.rs")
    };
    let files = files_below(&root);
    let is_source = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "rs");
    let files: Vec<PathBuf> =
        files.iter().filter(is_source).filter(|path| !is_for_tests(path)).cloned().collect();
    House::read(&root, &files)
}

#[test]
fn the_rules_have_no_words_for_people() {
    let house = house();
    let mut said = Vec::new();
    for module in &house.0 {
        let is_rule = module.path.iter().any(|part| part == "domain");
        // A date is said there as a price or a number is: the value itself, written down.
        if !is_rule || module.path.ends_with("domain/time/words.rs") {
            continue;
        }
        let source = fs::read_to_string(&module.path).expect("a source");
        let texts = sentences::sentences(&source).into_iter();
        said.extend(texts.map(|text| format!("{}: “{text}”", module.path.display())));
    }
    assert!(
        said.is_empty(),
        "domain/ answers with values, and words/ or a template says them:\n{}",
        said.join("\n")
    );
}

#[test]
fn no_file_knows_another_that_knows_it() {
    let house = house();
    let known = house.0.iter().map(|module| house.known_to(module).len()).sum::<usize>();
    assert!(known > house.0.len(), "the imports can be read");
    if let Some(circle) = house.circle() {
        let names: Vec<String> = circle.iter().map(|at| house.0[*at].path.display().to_string()).collect();
        panic!("these files know each other in a circle: {}", names.join(" → "));
    }
}

#[test]
fn what_is_shown_is_used_elsewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let house = house();
    let others = ["tests", "templates"].into_iter().flat_map(|folder| files_below(&root.join(folder)));
    let others: BTreeSet<String> =
        others.filter_map(|path| fs::read_to_string(path).ok()).flat_map(|text| words(&text)).collect();
    let mut alone = Vec::new();
    for module in &house.0 {
        let is_used = |name: &String| {
            let elsewhere = house.0.iter().filter(|other| other.path != module.path);
            others.contains(name)
                || elsewhere.into_iter().any(|other| other.words.contains(name))
                // What something else shows has to be seen with it.
                || module.shown.iter().any(|other| other.name != *name && other.signature.contains(name))
        };
        let unused = module.shown.iter().filter(|shown| !shown.name.is_empty() && !is_used(&shown.name));
        alone.extend(unused.map(|shown| format!("{}: {}", module.path.display(), shown.name)));
    }
    assert!(
        alone.is_empty(),
        "nobody outside uses what these show, so they need not show it:\n{}",
        alone.join("\n")
    );
}

#[test]
fn every_module_says_what_lives_there() {
    for source in sources() {
        assert!(
            source.text.starts_with("//! "),
            "{}: a module opens with a `//!` line",
            source.path.display()
        );
    }
}

#[test]
fn every_template_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let templates = files_below(&root);
    let texts: Vec<String> =
        templates.iter().map(|path| fs::read_to_string(path).expect("a template")).collect();
    let sources: Vec<String> = sources().into_iter().map(|source| source.text).collect();
    for path in &templates {
        let name = format!("\"{}\"", path.strip_prefix(&root).expect("below templates").display());
        let is_used = texts.iter().chain(&sources).any(|text| text.contains(&name));
        assert!(is_used, "{name}: no source and no template uses this one");
    }
}

/// Style and drawings as browsers read them, without comments.
fn styles() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["static", "content", "templates"];
    let files = folders.iter().flat_map(|folder| files_below(&root.join(folder)));
    let is_style = |path: &PathBuf| {
        path.extension().is_some_and(|ending| ["css", "svg", "html"].contains(&&*ending.to_string_lossy()))
    };
    let styles: Vec<_> = files
        .filter(is_style)
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a text");
            let code = text.split("/*").map(|part| part.split_once("*/").map_or(part, |(_, code)| code));
            (path, code.collect())
        })
        .collect();
    assert!(styles.iter().any(|(path, _)| path.ends_with("static/site.css")), "the stylesheet is looked at");
    styles
}

#[test]
fn every_color_is_one_that_old_browsers_know() {
    // Safari 15 and Firefox 102 are older than all of these. A custom property has no fallback: it takes any value.
    let younger =
        ["oklch(", "oklab(", "lch(", "lab(", "color(", "color-mix(", "light-dark(", "hwb(", "(from "];
    for (path, style) in styles() {
        for function in younger {
            assert!(!style.contains(function), "{}: `{function}…)`: colors are hex", path.display());
        }
    }
}

#[test]
fn what_old_browsers_do_not_know_costs_them_nothing_else() {
    for (path, style) in styles().iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "css")) {
        let path = path.display();
        for block in style.split('{') {
            let (declarations, selector) = block.rsplit_once('}').unwrap_or(("", block));
            // A list with one selector that is not known is dropped whole.
            let is_list = outermost_commas(selector) > 0 && !selector.trim_start().starts_with('@');
            assert!(!(is_list && selector.contains(":has(")), "{path}: `:has` stands alone: {selector}");
            let clips = declarations.contains("overflow: clip");
            assert!(!clips || declarations.contains("overflow: hidden"), "{path}: `clip` after `hidden`");
        }
    }
}

fn outermost_commas(selector: &str) -> usize {
    let mut depth = 0;
    let outside = |c: &char| {
        depth += i32::from(*c == '(') - i32::from(*c == ')');
        depth == 0 && *c == ','
    };
    selector.chars().filter(outside).count()
}

/// What nobody would say across a desk, and what stands for it.
const NOBODY_SAYS: [(&str, &str); 13] = [
    ("letter", "email"),
    ("letters", "emails"),
    ("mended", "fixed"),
    ("cancelled", "canceled"),
    ("cancelling", "canceling"),
    ("on line", "online"),
    ("at present", "right now"),
    ("unwanted ones", "spam folder"),
    ("cannot be had", "isn't available"),
    ("no medical advice", "not medical advice"),
    ("overrule", "override"),
    ("hardly meant", "probably a mistake"),
    ("left standing", "still booked"),
];

/// What a template says, without its tags and those of HTML.
fn said(template: &str) -> String {
    let mut said = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['<', '{']) {
        said.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = match () {
            () if rest.starts_with("{{") => "}}",
            () if rest.starts_with("{%") => "%}",
            () if rest.starts_with("{#") => "#}",
            () if rest.starts_with('<') => ">",
            () => "{",
        };
        rest = rest[1..].split_once(end).map_or("", |(_, rest)| rest);
    }
    said + rest
}

#[test]
fn nobody_reads_what_nobody_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: PathBuf| (fs::read_to_string(&path).ok(), path);
    let templates = files_below(&root.join("templates")).into_iter().map(read);
    let templates = templates.filter_map(|(text, path)| Some((said(&text?), path)));
    let content = files_below(&root.join("content")).into_iter();
    let content =
        content.filter(|path| path.extension().is_some_and(|ending| ending == "md" || ending == "toml"));
    let content = content.filter(|path| !path.ends_with("content/README.md"));
    let content = content.map(read).filter_map(|(text, path)| Some((text?, path)));
    for (text, path) in templates.chain(content) {
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
        let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        let text = format!(" {} ", words.join(" "));
        for (word, better) in NOBODY_SAYS {
            assert!(!text.contains(&format!(" {word} ")), "{}: say “{better}” for “{word}”", path.display());
        }
    }
}
