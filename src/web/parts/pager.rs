//! A list that grows for as long as somebody writes, a page of it at a time:
//! `?page=2`.

/// How many entries a page shows.
pub const MOST: usize = 40;

/// No list has more pages; what is passed over stays a number that the file can count.
const MOST_PAGES: usize = 1_000_000;

/// The page of a list that an address asks for, the first where it asks for none;
/// `None` where it cannot be one.
pub fn asked(page: Option<&str>) -> Option<usize> {
    match page {
        Some(page) => page.parse().ok().filter(|page| (1..=MOST_PAGES).contains(page)),
        None => Some(1),
    }
}

pub struct Pager {
    /// The address of this page of the list.
    pub address: String,
    /// The pages beside it, the newer one first.
    pub newer: Option<String>,
    pub older: Option<String>,
    page: usize,
}

impl Pager {
    /// The entries of the page that is asked for, and the way to the others.
    /// `None` for a page that there is not.
    pub fn new<'a, T>(all: &'a [T], path: &str, asked: Option<&str>) -> Option<(&'a [T], Self)> {
        let last = all.len().div_ceil(MOST).max(1);
        let page = match asked {
            Some(page) => page.parse().ok().filter(|page| (1..=last).contains(page))?,
            None => 1,
        };
        let first = (page - 1) * MOST;
        Some((&all[first..all.len().min(first + MOST)], Self::at(path, page, page < last)))
    }

    /// The way from a page to those beside it. The list's address may ask for something already.
    pub fn at(path: &str, page: usize, has_older: bool) -> Self {
        let sign = if path.contains('?') { '&' } else { '?' };
        let address =
            |page: usize| if page == 1 { path.to_owned() } else { format!("{path}{sign}page={page}") };
        Self {
            address: address(page),
            newer: (page > 1).then(|| address(page - 1)),
            older: has_older.then(|| address(page + 1)),
            page,
        }
    }

    /// The list's title, with the number of a page that is not the first.
    pub fn title(&self, list: &str) -> String {
        if self.page == 1 { list.to_owned() } else { format!("{list}, page {}", self.page) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_comes_a_page_at_a_time() {
        let all: Vec<usize> = (0..MOST * 2 + 1).collect();
        let shown = |page: &str| {
            let (shown, pager) = Pager::new(&all, "/list", Some(page))?;
            Some((shown.first().copied(), shown.len(), pager))
        };
        for (page, first, length) in [("1", 0, MOST), ("2", MOST, MOST), ("3", 2 * MOST, 1)] {
            let (begins, count, _) = shown(page).expect("a page");
            assert_eq!((begins, count), (Some(first), length), "{page}");
        }
        for page in ["0", "4", "99", "-1", "x", "1.5", "", " 2", "99999999999999999999999999"] {
            assert!(shown(page).is_none(), "{page}");
        }
        let (_, _, second) = shown("2").expect("a page");
        assert_eq!((second.newer.as_deref(), second.older.as_deref()), (Some("/list"), Some("/list?page=3")));
        assert_eq!(second.title("List"), "List, page 2");
        let third = Pager::at("/list?trouble=yes", 3, true);
        assert_eq!(third.newer.as_deref(), Some("/list?trouble=yes&page=2"));
        let (none, only) = Pager::new(&all[..0], "/list", None).expect("an empty page");
        assert!(none.is_empty() && only.newer.is_none() && only.older.is_none());
    }
}
