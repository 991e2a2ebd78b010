//! Links within the site, looked up when everything has been read: each has to
//! lead somewhere, to the right part of the page where it names one.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use percent_encoding::percent_decode_str;

use super::rendered::Rendered;
use crate::{
    content::{
        pictures::images,
        problem::{Problem, Problems},
    },
    urls,
};

/// Whether a link leads to another place of the site. An error says why it cannot be a link.
pub fn is_within_site(to: &str) -> Result<bool, String> {
    let is_elsewhere = ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| to.starts_with(scheme));
    if to.starts_with('/') || to.starts_with('#') {
        Ok(true)
    } else if is_elsewhere {
        Ok(false)
    } else {
        Err(format!("the link `{to}` should start with https:// or, within the site, with /"))
    }
}

/// The addresses of the site, each with the ids that its text has.
pub struct Addresses(BTreeMap<String, BTreeSet<String>>);

impl Addresses {
    pub fn new(addresses: impl IntoIterator<Item = String>) -> Self {
        Self(addresses.into_iter().map(|address| (address, BTreeSet::new())).collect())
    }

    pub fn has(&self, address: &str) -> bool {
        self.0.contains_key(address)
    }

    /// Adds the text that stands at an address.
    pub fn add(&mut self, address: &str, body: &Rendered) {
        self.0.entry(address.to_owned()).or_default().extend(body.ids.iter().cloned());
    }

    /// Notes every link of a text that leads nowhere.
    pub fn look_up(&self, file: &str, body: &Rendered, problems: &Problems) {
        for link in body.links.iter().filter(|link| !self.leads_somewhere(&link.to, body)) {
            let wrong = format!("the link `{}` leads nowhere", link.to);
            problems.add(Problem { file: file.to_owned(), line: link.line, wrong });
        }
    }

    fn leads_somewhere(&self, to: &str, from: &Rendered) -> bool {
        let (path, id) = to.split_once('#').map_or((to, None), |(path, id)| (path, Some(id)));
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        let path = address(path);
        let ids = if path.is_empty() { Some(&from.ids) } else { self.0.get(&*path) };
        ids.is_some_and(|ids| id.is_none_or(|id| ids.contains(id)))
    }
}

/// A path as addresses are written; that of a picture may be written as its file is called.
fn address(path: &str) -> Cow<'_, str> {
    let name = path.strip_prefix(urls::IMAGES).and_then(|rest| rest.strip_prefix('/'));
    match name.map(|name| percent_decode_str(name).decode_utf8_lossy()) {
        Some(name) => urls::image(&images::known_as(&name)).into(),
        None => path.into(),
    }
}
