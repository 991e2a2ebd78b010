//! The fields of forms and addresses have their names in one place,
//! `src/web/http/field.rs`: what templates write, what handlers read and what
//! addresses ask for goes by these, and there is none that nobody uses.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use crate::{files_below, sources};

/// Variant and name of each.
fn fields() -> Vec<(String, String)> {
    let list = sources().into_iter().find(|source| source.path.ends_with("web/http/field.rs"));
    let list = list.expect("the list of fields").text;
    let fields = list.lines().filter_map(|line| {
        let (variant, name) = line.trim().strip_suffix("\",")?.split_once(" = \"")?;
        Some((variant.to_owned(), name.to_owned()))
    });
    fields.collect()
}

fn templates() -> Vec<(PathBuf, String)> {
    let templates = files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"));
    let templates = templates.into_iter().filter(|path| path.extension().is_some_and(|e| e == "html"));
    templates.map(|path| (path.clone(), fs::read_to_string(&path).expect("a template"))).collect()
}

/// The names of fields that a template writes or asks a form for.
fn names(template: &str) -> Vec<&str> {
    // What stands before a name: an attribute, what a form is asked, a macro for a field.
    const BEFORE: [&str; 8] = [
        " name=\"",
        ".value(\"",
        ".error(\"",
        ".is_checked(\"",
        "hidden(\"",
        "complaint(\"",
        "field(form, \"",
        "lines(form, \"",
    ];
    let mut names = Vec::new();
    for before in BEFORE {
        for (at, _) in template.match_indices(before) {
            let tag = template[..at].rfind('<').map_or("", |tag| &template[tag..at]);
            let name = template[at + before.len()..].split('"').next().unwrap_or_default();
            // `<meta name="viewport">` is no field; `name="{{ name }}"` is one of a macro's caller.
            if !tag.starts_with("<meta") && !name.contains('{') {
                names.push(name);
            }
        }
    }
    names
}

/// What an address asks for after its `?`.
fn asked(text: &str) -> Vec<&str> {
    let asked = text.split(['?', '&', ';', '}']).skip(1).filter_map(|part| part.split_once('='));
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    asked.filter(|(name, value)| is_name(name) && value.starts_with('{')).map(|(name, _)| name).collect()
}

#[test]
fn what_templates_and_addresses_name_is_a_field() {
    let fields = fields();
    let known: BTreeSet<&str> = fields.iter().map(|(_, name)| name.as_str()).collect();
    assert!(known.len() > 50, "the list can be read");
    let mut seen = 0;
    for (path, text) in templates() {
        for name in names(&text) {
            assert!(known.contains(name), "{}: `{name}` is no field", path.display());
            seen += 1;
        }
    }
    assert!(seen > 100, "the templates can be read");
    let urls = sources().into_iter().filter(|source| source.room == "urls");
    let urls: Vec<String> = urls.map(|source| source.text).collect();
    let lines = urls.iter().flat_map(|text| text.lines()).filter(|line| line.contains("format!"));
    let names: Vec<&str> = lines.flat_map(asked).collect();
    assert!(names.contains(&"start"), "the addresses can be read");
    for name in names {
        assert!(known.contains(name), "an address asks for `{name}`, which is no field");
    }
}

#[test]
fn every_field_is_used() {
    let is_list = |path: &Path| path.ends_with("web/http/field.rs");
    let code: String =
        sources().into_iter().filter(|source| !is_list(&source.path)).map(|source| source.text).collect();
    for (variant, name) in fields() {
        let is_read = code
            .match_indices(&format!("Field::{variant}"))
            .any(|(at, found)| !code[at + found.len()..].starts_with(|c: char| c.is_alphanumeric()));
        assert!(is_read, "no handler reads the field `{name}`");
    }
}

#[test]
fn handlers_name_no_field_themselves() {
    let sources = sources();
    let web = sources.iter().filter(|source| source.room == "web");
    for (source, line) in web.flat_map(|source| source.text.lines().map(move |line| (source, line))) {
        for asked in [".value(\"", ".error(\"", ".is_checked(\"", "Deserialize"] {
            assert!(
                !line.contains(asked),
                "{}: forms and addresses are read by `Field`s: {}",
                source.path.display(),
                line.trim()
            );
        }
    }
}
