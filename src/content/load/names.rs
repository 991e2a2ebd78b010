//! Names in the content folder: of files that are not read, of pages that look
//! like another, of articles that share an address.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

use super::reading::{Made, Reading};
use crate::content::{
    problem::Problem,
    read::{article::Article, folder::inventory::FOLDERS, page::Page, page_name},
    site::page_address,
};

/// What has been given another name by mistake would be missed by nobody else.
pub fn look_for_the_unread(reading: &Reading<'_>) {
    for entry in reading.folder.entries().iter().filter(|entry| !entry.has_a_place()) {
        let path = entry.path_below();
        if entry.folder.is_empty() && entry.is_folder {
            let wrong = format!(
                "this folder isn't used; the folders are {}, and names that start with a dot are ignored",
                FOLDERS.join(", ")
            );
            reading.problem(&path, wrong);
        } else {
            reading.remark(&path, &format!("this isn't used: {}", entry.why_not_read()));
        }
    }
}

pub fn look_at_the_names(reading: &Reading<'_>, pages: &[Made<'_, Page>]) {
    let all = pages.iter().map(|(file, _)| file.name()).collect();
    for (file, page) in pages {
        if let Some(wrong) = page_name::wrong(file.name(), &all) {
            reading.problem(&file.path, wrong);
        } else if let Some(suggestion) =
            page_name::suggestion(file.name(), &all).filter(|_| page.menu.is_none())
        {
            let address = page_address(file.name());
            let wrong = format!("this makes a page of its own at {address}; did you mean `{suggestion}.md`?");
            reading.remark(&file.path, &wrong);
        }
    }
}

pub fn look_for_double_slugs(reading: &Reading<'_>, articles: &[Made<'_, Arc<Article>>]) {
    let mut known: HashMap<&str, &str> = HashMap::new();
    for (file, article) in articles {
        let slug = &article.slug;
        match known.entry(&slug.value) {
            Entry::Vacant(free) => drop(free.insert(&file.path)),
            Entry::Occupied(first) => {
                let wrong = format!("the article in {} already has the slug `{}`", first.get(), slug.value);
                reading.problems.add(Problem { file: file.path.clone(), line: slug.line, wrong });
            }
        }
    }
}
