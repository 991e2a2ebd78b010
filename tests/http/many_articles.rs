//! Somebody has written for years: lists, feed and search stay as long as they
//! were, and a change to one file reads that file.

use std::{collections::BTreeSet, fs, mem::MaybeUninit, os::fd::OwnedFd, path::Path};

use rustix::fs::inotify::{self, CreateFlags, ReadFlags, WatchFlags};
use tempfile::tempdir;

use crate::support::{
    content,
    practice::{Opening, TestPractice, practice},
    program::{Server, stillpoint},
};

/// Articles beside the shipped ones, all of them newer; the last is the newest.
fn with_articles(count: usize) -> Opening {
    (1..=count).fold(practice(), |practice, nth| {
        let text = format!(
            "+++\ntitle = \"Email {nth}\"\ndescription = \"The email numbered {nth}.\"\npublished = {}\n\
             topics = [\"emails\"]\n+++\n\nA word about number {nth}.\n",
            chrono::NaiveDate::from_ymd_opt(2026, 11, 15).expect("a date")
                + chrono::TimeDelta::hours(nth as i64)
        );
        practice.with_file(&format!("articles/email-{nth}.md"), &text)
    })
}

/// The articles of a list from its first page to its last, a page each.
async fn pages_of(practice: &TestPractice, list: &str) -> Vec<Vec<String>> {
    let (visitor, mut pages, mut next) = (practice.visitor(), Vec::new(), Some(list.to_owned()));
    let mut before: Option<String> = None;
    while let Some(address) = next {
        let page = visitor.open(&address).await;
        assert_eq!(page.hrefs("nav.pager a[rel=prev]"), Vec::from_iter(before), "{address}");
        assert_eq!(page.hrefs("link[rel=canonical]"), [practice.url(&address)]);
        pages.push(page.hrefs("ul.list h2 a"));
        next = page.hrefs("nav.pager a[rel=next]").pop();
        before = Some(address);
    }
    pages
}

#[tokio::test]
async fn a_long_list_comes_a_page_at_a_time_and_leaves_nothing_out() {
    let practice = with_articles(85).open().await;
    for (list, others) in
        [("/articles", practice.running.app().site.articles.len() - 85), ("/topics/emails", 0)]
    {
        let pages = pages_of(&practice, list).await;
        assert!(pages.iter().all(|page| page.len() <= 40), "{list}");
        assert_eq!(pages.len(), 3, "{list}");
        let all: BTreeSet<&String> = pages.iter().flatten().collect();
        assert_eq!(
            (all.len(), pages.concat().len()),
            (85 + others, 85 + others),
            "each of them once: {list}"
        );
        let visitor = practice.visitor();
        let second = visitor.open(&format!("{list}?page=2")).await;
        assert!(second.title().contains(", page 2"), "{}", second.title());
        assert_eq!(visitor.open(&format!("{list}?page=1")).await.hrefs("ul.list h2 a"), pages[0]);
        for page in ["0", "4", "99999999999999999999999", "abc", "-1", "1.5", "%20", ""] {
            visitor.get(&format!("{list}?page={page}")).await.expect(404).has_a_way_out();
        }
    }
    practice.close().await;
}

#[tokio::test]
async fn a_short_list_is_one_page() {
    let practice = practice().open().await;
    assert_eq!(pages_of(&practice, "/articles").await.len(), 1);
    practice.visitor().get("/articles?page=2").await.expect(404);
    practice.close().await;
}

#[tokio::test]
async fn the_feed_holds_the_twenty_newest_and_the_sitemap_all() {
    let practice = with_articles(30).open().await;
    let visitor = practice.visitor();
    let titles = async || {
        let feed = visitor.open("/articles/feed.xml").await.body();
        let entries: Vec<String> = feed.split("<entry>").skip(1).map(str::to_owned).collect();
        let title = |entry: &String| {
            entry.split(['<', '>']).skip_while(|tag| !tag.starts_with("title")).nth(1).map(str::to_owned)
        };
        entries.iter().filter_map(title).collect::<Vec<_>>()
    };
    let newest: BTreeSet<String> =
        visitor.open("/articles").await.texts("ul.list h2 a").into_iter().take(20).collect();
    assert_eq!(BTreeSet::from_iter(titles().await), newest);
    assert_eq!(titles().await.len(), 20);
    let article =
        "+++\ntitle = \"The latest\"\ndescription = \"New.\"\npublished = 2026-11-23\n+++\n\nNew.\n";
    practice.writes("articles/latest.md", article).await;
    assert_eq!((titles().await.len(), titles().await.first().map(String::as_str)), (20, Some("The latest")));
    let sitemap = visitor.open("/sitemap.xml").await.body();
    assert!((1..=30).all(|nth| sitemap.contains(&format!("/articles/email-{nth}<"))));
    practice.close().await;
}

#[tokio::test]
async fn a_search_of_fifty_mistyped_words_is_answered_and_puts_right_the_first_few() {
    let practice = with_articles(50).open().await;
    let visitor = practice.visitor();
    let mistyped = "massge headake shuolder muscel sessoin theripist";
    let page = visitor.open(&format!("/search?q={}", mistyped.replace(' ', "+"))).await;
    page.says("Did you mean massage headache shoulder muscle sessoin theripist?");
    for words in [[mistyped; 9].join(" "), "muscel ".repeat(5000), "x".repeat(60_000)] {
        // Longer addresses are refused before they are read.
        let address = format!("/search?q={}", words.replace(' ', "+"));
        let address = &address[..address.len().min(8000)];
        visitor.open(address).await;
    }
    visitor.get(&format!("/{}", "massge-headake-shuolder-".repeat(50))).await.expect(404).has_a_way_out();
    practice.close().await;
}

/// Notes which files of a folder are opened.
struct Opened(OwnedFd);

impl Opened {
    fn watch(folder: &Path) -> Self {
        let opened = inotify::init(CreateFlags::NONBLOCK).expect("a watch");
        let below = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
        for folder in below.filter(|path| path.is_dir()).chain([folder.to_owned()]) {
            inotify::add_watch(&opened, folder, WatchFlags::OPEN).expect("a watch");
        }
        Self(opened)
    }

    /// The names of the files that were opened since it was asked last.
    fn files(&self) -> BTreeSet<String> {
        let mut buffer = [MaybeUninit::uninit(); 16 * 1024];
        let mut events = inotify::Reader::new(&self.0, &mut buffer);
        let mut files = BTreeSet::new();
        while let Ok(event) = events.next() {
            assert!(!event.events().contains(ReadFlags::QUEUE_OVERFLOW));
            if let Some(name) = event.file_name().filter(|_| !event.events().contains(ReadFlags::ISDIR)) {
                files.insert(name.to_str().expect("UTF-8").to_owned());
            }
        }
        files
    }
}

#[tokio::test]
async fn a_change_to_one_file_reads_that_file_alone() {
    let folder = tempdir().expect("a folder");
    let content_dir = folder.path().join("content");
    content::copy_shipped(&content_dir);
    let write = |words: &str| {
        let text = format!(
            "+++\ntitle = \"An email\"\ndescription = \"An email.\"\npublished = 2026-11-01\n+++\n\n{words}\n"
        );
        fs::write(content_dir.join("articles/email.md"), text).expect("an article");
    };
    let server = Server::start(stillpoint(folder.path(), &[]).env("CONTENT_DIR", &content_dir));
    let opened = Opened::watch(&content_dir);
    // What had only just been written when it was read is read once more, since another change of that moment
    // would not have shown: for two seconds, in which there is no room for so many changes.
    let version = |nth: usize| format!("The version numbered {nth}.");
    let is_read_alone = |nth: &usize| {
        write(&version(*nth));
        opened.files();
        server.says("the content changed");
        Vec::from_iter(opened.files()) == ["email.md"]
    };
    let nth = (0..20).find(is_read_alone).expect("only what has changed is read in the end");
    assert!(nth > 0, "what had only just been written is read once more");
    server.visitor().open("/articles/email").await.says(&version(nth));

    // The practice file is read when it changes, and nothing that does not depend on it.
    let practice_file = content_dir.join("practice.toml");
    let changed = fs::read_to_string(&practice_file).expect("a file").replace("555-0100", "555-0101");
    fs::write(&practice_file, changed).expect("a file");
    opened.files();
    server.says("the content changed");
    let read = opened.files();
    assert!(read.contains("practice.toml") && !read.contains("home.md") && read.len() <= 2, "{read:?}");
    server.visitor().open("/about").await.says("(530) 555-0101");
    assert_eq!(server.terminate(), 0);
}
