//! The ids of a page, so that none stands there twice. A heading's id is a slug.
//! What else the program gives an id to within a text has an underscore in it,
//! which no slug has; and the ids that the templates use beside a text are
//! reserved here.

use std::collections::BTreeSet;

use crate::{content::slug::slug_of, domain::ids::is_slug};

/// The ids in the templates of pages that show a text of the therapist's.
const RESERVED: [&str; 9] =
    ["change", "contents", "email", "invitation", "main", "next", "q", "website", "written"];
/// What a field's id is followed by, for what is said about it.
const ABOUT_A_FIELD: [&str; 2] = ["-error", "-hint"];

/// The ids of a text's headings.
pub struct Ids {
    /// Stands before each of them.
    pub prefix: String,
    pub taken: BTreeSet<String>,
}

impl Ids {
    pub fn new(prefix: String) -> Self {
        Self { prefix, taken: BTreeSet::new() }
    }

    /// The id of a heading: the one that it gives itself, or one made of its words.
    pub fn of_heading(&mut self, given: Option<&str>, text: &str, problem: impl Fn(String)) -> String {
        let id = match given {
            Some(id) => id.to_owned(),
            None => Some(slug_of(text)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| {
                // Nothing of the heading can stand in an address.
                format!("section-{}", self.taken.len() + 1)
            }),
        };
        if !is_slug(&id) {
            problem(format!(
                "the heading's id `{id}` should be lowercase letters, digits, and single hyphens"
            ));
        }
        let mut id = format!("{}{id}", self.prefix);
        if given.is_none() {
            let taken = |id: &String| self.taken.contains(id) || is_reserved(id);
            let free = (2..).map(|n| format!("{id}-{n}")).find(|id| !taken(id)).filter(|_| taken(&id));
            id = free.unwrap_or(id);
        }
        if is_reserved(&id) {
            problem(format!("the id `{id}` is already used by the page itself"));
        } else if !self.taken.insert(id.clone()) {
            problem(format!("another heading already has the id `{id}`"));
        }
        id
    }
}

/// True for an id that a heading may not have.
fn is_reserved(id: &str) -> bool {
    let field = ABOUT_A_FIELD.iter().find_map(|about| id.strip_suffix(about));
    RESERVED.contains(&field.unwrap_or(id))
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    /// The ids that a template writes, those of its fields among them.
    fn ids(template: &str) -> impl Iterator<Item = &str> {
        let fields = template.split("parts::field(").skip(1);
        let fields = fields.filter_map(|rest| rest.split_once('"')).map(|(_, rest)| rest);
        let ids = template.split(" id=\"").skip(1).chain(fields);
        ids.filter_map(|rest| rest.split('"').next()).filter(|id| !id.is_empty())
    }

    #[test]
    fn every_id_of_a_template_beside_a_text_is_reserved_or_no_slug() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let mut looked_at = 0;
        for folder in ["layouts", "parts", "site", "appointments"] {
            for entry in fs::read_dir(root.join(folder)).expect("templates") {
                let path = entry.expect("a template").path();
                let text = fs::read_to_string(&path).expect("a template");
                let is_around = folder == "parts" || path.ends_with("layouts/site.html");
                if !is_around && !text.contains("|safe") {
                    continue;
                }
                looked_at += 1;
                for id in ids(&text).filter(|id| !id.starts_with("{{")) {
                    let is_slug = crate::domain::ids::is_slug(id);
                    assert!(
                        is_reserved(id) || !is_slug,
                        "`{id}` of {} in src/content/markdown/ids.rs",
                        path.display()
                    );
                }
            }
        }
        assert!(looked_at > 5, "{looked_at}");
    }

    #[test]
    fn a_field_reserves_what_is_said_about_it() {
        assert!(is_reserved("email-error") && is_reserved("main") && !is_reserved("next-step"));
    }
}
