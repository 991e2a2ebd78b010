//! What a file of `content/pages/` may be called. The site has a place for some
//! names, keeps others for itself, and any other that can be an address is one.

use std::collections::BTreeSet;

use super::{page, table::nearest};
use crate::{content::slug::slug_of, urls};

/// Why no page can have this name. `all` are the names of all pages.
pub fn wrong(name: &str, all: &BTreeSet<&str>) -> Option<String> {
    if page::has_its_place(name) {
        return None;
    }
    if urls::OWN.contains(&name) {
        return Some(format!("the site already uses /{name}; give the page another name"));
    }
    let slug = slug_of(name);
    if slug == name {
        return None;
    }
    let is_free = !slug.is_empty() && !urls::OWN.contains(&slug.as_str()) && !all.contains(slug.as_str());
    let better = if is_free {
        format!("`{slug}.md`")
    } else {
        "something like `for-doctors.md`, in lowercase letters, digits, and single hyphens".to_owned()
    };
    Some(format!("this file name doesn't work as an address; call it {better}"))
}

/// The page that was probably meant by one that is in no menu.
pub fn suggestion(name: &str, all: &BTreeSet<&str>) -> Option<&'static str> {
    if page::has_its_place(name) {
        return None;
    }
    let suggestion =
        nearest::mistyped(name, &page::NAMES).or_else(|| nearest::mistyped(name, &[page::TESTIMONIALS]));
    suggestion.filter(|suggestion| !all.contains(suggestion))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_an_address_or_the_one_that_it_should_be_is_named() {
        let all = BTreeSet::from(["about", "for-doctors", "two"]);
        for name in
            ["impressum", "for-doctors", "about", "home", "faq", "testimonials", "2026", "a1-b2", "feeds"]
        {
            assert_eq!(wrong(name, &all), None, "{name}");
        }
        for (name, better) in [
            ("Impressum", "call it `impressum.md`"),
            ("for parents", "call it `for-parents.md`"),
            ("for doctors", "call it something like"),
            ("Über uns", "call it `uber-uns.md`"),
            ("U\u{308}ber-uns", "call it `uber-uns.md`"),
            ("my_page", "call it `my-page.md`"),
            ("a--b", "call it `a-b.md`"),
            ("-a", "call it `a.md`"),
            ("a-", "call it `a.md`"),
            ("robots.txt", "call it `robots-txt.md`"),
            ("About-Me!", "call it `about-me.md`"),
            ("FAQ", "call it `faq.md`"),
            ("日本", "call it something like"),
            ("About", "call it something like"),
            ("Two", "call it something like"),
            ("Admin", "call it something like"),
        ] {
            let said = wrong(name, &all).unwrap_or_default();
            assert!(said.contains(better), "{name}: {said}");
        }
    }

    #[test]
    fn a_page_that_is_written_almost_like_one_of_the_site_was_probably_meant_to_be_it() {
        let all = BTreeSet::from(["about", "polices", "abuot"]);
        for (name, page) in [
            ("polices", Some("policies")),
            ("privcy", Some("privacy")),
            ("testimonial", Some("testimonials")),
            ("offices", None),
            // That page is there, so this is another one.
            ("abuot", None),
            ("impressum", None),
            ("for-doctors", None),
            ("privacy-policy", None),
        ] {
            assert_eq!(suggestion(name, &all), page, "{name}");
        }
    }
}
