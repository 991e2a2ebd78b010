//! `stillpoint check`: every problem of the content as `file:line: what is wrong`.

use std::{fs, path::PathBuf};

use crate::support::{
    content,
    program::{Ended, run, stillpoint},
};

/// The shipped content in a folder of its own, to be spoilt.
pub(super) struct Content {
    folder: tempfile::TempDir,
}

impl Content {
    pub(super) fn shipped() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        content::copy_shipped(&folder.path().join("content"));
        Self { folder }
    }

    pub(super) fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join("content").join(file)
    }

    fn text(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).expect("a text")
    }

    /// Writes a file anew. Returns itself, to be spoilt further.
    pub(super) fn with(self, file: &str, text: &str) -> Self {
        fs::write(self.path(file), text).expect("written");
        self
    }

    /// Puts one text in place of another, once.
    pub(super) fn changed(self, file: &str, from: &str, to: &str) -> Self {
        let before = self.text(file);
        assert!(before.contains(from), "{file} holds no {from}");
        let after = before.replacen(from, to, 1);
        self.with(file, &after)
    }

    /// The number of the last line that holds a text.
    pub(super) fn line(&self, file: &str, text: &str) -> usize {
        let text_of_file = self.text(file);
        let lines: Vec<&str> = text_of_file.lines().collect();
        1 + lines.iter().rposition(|line| line.contains(text)).expect("a line with it")
    }

    fn path_made(&self, folder: &str) -> PathBuf {
        let path = self.path(folder);
        fs::create_dir_all(&path).expect("a folder");
        path
    }

    /// Insists on a remark, on exit code 0, and on no other remark.
    #[track_caller]
    pub(super) fn has_one_remark(&self, place: &str, words: &str) {
        let ended = self.check();
        assert_eq!(ended.code, 0, "{ended:?}");
        let remarks: Vec<&str> = ended.err.lines().collect();
        let place = format!("content/{place}: ");
        assert!(
            remarks.len() == 1 && remarks[0].starts_with(&place) && remarks[0].contains(words),
            "{place}…{words}…: {remarks:#?}"
        );
    }

    #[track_caller]
    pub(super) fn is_all_well(&self) {
        let ended = self.check();
        assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{ended:?}");
    }

    pub(super) fn check(&self) -> Ended {
        run(stillpoint(self.folder.path(), &["check"]).env("CONTENT_DIR", "content"))
    }

    /// Insists on a problem in this line, and on exit code 1.
    #[track_caller]
    pub(super) fn has_a_problem(&self, file: &str, line: usize, words: &str) {
        let ended = self.check();
        assert_eq!(ended.code, 1, "{ended:?}");
        let place = format!("content/{file}:{line}: ");
        let found = ended.out.lines().any(|problem| problem.starts_with(&place) && problem.contains(words));
        assert!(found, "{place}…{words}…:\n{}", ended.out);
    }
}

/// An article that is good but for what a test puts into it.
fn article(front_matter: &str, body: &str) -> String {
    format!("+++\n{front_matter}\n+++\n\n{body}\n")
}

const GOOD: &str = "title = \"A\"\ndescription = \"B.\"\npublished = 2026-01-02";

#[test]
fn the_shipped_content_has_no_problems() {
    let ended = Content::shipped().check();
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(ended.out.contains("no problems"), "{ended:?}");
    assert_eq!(ended.err, "", "and nothing to remark upon");
}

#[test]
fn each_kind_of_fault_in_an_article_is_named_with_its_line() {
    for (front_matter, body, line, words) in [
        ("description = \"B.\"\npublished = 2026-01-02", "", 2, "title"),
        ("title = \"A\"\npublished = 2026-01-02", "", 2, "description"),
        ("title = \"A\"\ndescription = \"B.\"", "", 2, "published"),
        ("title = \"A\"\ndescription = \"B.\"\npublished = 2026-02-30", "", 4, "date"),
        ("title = \"A\"\ndescription = \"B.\"\npublished = \"soon\"", "", 4, "published"),
        (
            "title = \"A\"\ndescription = \"B.\"\npublished = 2026-01-02\nauthor = \"C\"",
            "",
            5,
            "unknown key `author`",
        ),
        ("title = \ndescription = \"B.\"\npublished = 2026-01-02", "", 2, ""),
        (GOOD, "Text.\n\n![](/images/shoulder-trigger-point.svg)", 9, "alt text"),
        (GOOD, "Text.\n\n![A shoulder](/images/none.svg)", 9, "/images/none.svg"),
        (GOOD, "See [this](/no/such/page).", 7, "`/no/such/page` leads nowhere"),
        (GOOD, "See [this](/faq#no-such-question).", 7, "leads nowhere"),
        (GOOD, "See [this](#nowhere).", 7, "leads nowhere"),
        (GOOD, "See\n[this](/services/astrology).", 8, "leads nowhere"),
        (&format!("{GOOD}\ntopics = [\"***\"]"), "", 5, "`topics`"),
        (
            &format!("{GOOD}\naliases = [\"/old\",\n\"/faq\"]"),
            "",
            6,
            "`/faq` is already an address on the site",
        ),
        (&format!("{GOOD}\naliases = [\"/articles/new/\"]"), "", 5, "is already an address on the site"),
        (&format!("{GOOD}\naliases = [\"/topics/headache\"]"), "", 5, "is already an address on the site"),
        (&format!("{GOOD}\naliases = [\"/admin/old\"]"), "", 5, "is already an address on the site"),
        (&format!("{GOOD}\naliases = [\"/sitemap.xml\"]"), "", 5, "is already an address on the site"),
        (
            &format!("{GOOD}\naliases = [\"/old\", \"/old/\"]"),
            "",
            5,
            "`/old` already leads to `/articles/new`",
        ),
        (&format!("{GOOD}\naliases = [\"old\"]"), "", 5, "`aliases` should hold"),
        (&format!("{GOOD}\naliases = [\"/old?page=1\"]"), "", 5, "`aliases` should hold"),
    ] {
        let content = Content::shipped().with("articles/new.md", &article(front_matter, body));
        content.has_a_problem("articles/new.md", line, words);
    }
}

#[test]
fn two_articles_of_one_slug_are_a_problem() {
    let taken = "slug = \"what-is-neuromuscular-massage\"";
    let content = Content::shipped().with("articles/zzz.md", &article(&format!("{GOOD}\n{taken}"), "Text."));
    content.has_a_problem("articles/zzz.md", 5, "what-is-neuromuscular-massage");
}

#[test]
fn each_kind_of_fault_in_the_practice_file_is_named_with_its_line() {
    for (from, to, words) in [
        ("slot_step_minutes = 30", "slot_step_minuets = 30", "unknown key `policy.slot_step_minuets`"),
        ("horizon_days = 60", "horizon_days = \"soon\"", "horizon_days"),
        ("minimum_notice_hours = 12", "minimum_notice_hours = -1", "minimum_notice_hours"),
        ("\"America/Los_Angeles\"", "\"California\"", "time_zone"),
        ("currency = \"USD\"", "currency = \"dollars\"", "currency"),
        ("\"by_therapist\"", "\"perhaps\"", "confirmation"),
        ("days = [\"saturday\"], from = \"10:00\"", "days = [\"saturday\"], from = \"25:00\"", "from"),
        ("days = [\"saturday\"]", "days = [\"caturday\"]", "days"),
        ("slug = \"craniosacral-60\"", "slug = \"Craniosacral 60\"", "slug"),
        (
            "slug = \"neuromuscular-90\"",
            "slug = \"neuromuscular-60\"",
            "another service already has the slug",
        ),
        ("minutes = 75", "minutes = \"long\"", "minutes"),
        ("\"(530) 555-0100\"", "\"call me\"", "`therapist.phone` should be a phone number"),
        ("between = [\"mt-shasta\", \"redding\"]", "between = [\"mt-shasta\", \"atlantis\"]", "atlantis"),
    ] {
        let content = Content::shipped().changed("practice.toml", from, to);
        let line = content.line("practice.toml", to);
        content.has_a_problem("practice.toml", line, words);
    }
}

#[test]
fn a_problem_says_what_was_probably_meant_or_what_is_right() {
    for (from, to, words) in [
        ("slot_step_minutes = 30", "slot_step_minuets = 30", "did you mean `slot_step_minutes`?"),
        ("horizon_days = 60", "horizon = 60", "did you mean `horizon_days`?"),
        ("credential = ", "licence = ", "choose from `phone`, `name`"),
        ("\"CAMTC #93004\"", "\"\"", "as in `credential = \"CAMTC #93004\"`"),
        ("\"CAMTC #93004\"", "93004", "`therapist.credential` should be text in quotes, not empty"),
        ("phone = ", "Phone = ", "did you mean `phone`?"),
        ("price = 130", "cost = 130", "unknown key `services.cost`; choose from `slug`"),
        ("price = 130", "", "missing key `services.price`, as in `price = 95`"),
        ("horizon_days = 60", "horizon_days = -1", "as in `horizon_days = 60`"),
        ("minutes = 90 ", "minutes = \"90\" ", "as in `minutes = 60`"),
        ("\"America/Los_Angeles\"", "\"PST\"", "a time zone, as in `time_zone = \"America/Los_Angeles\"`"),
        ("from = \"dustin@example.com\"", "from = \"dustin\"", "as in `from = \"you@example.com\"`"),
        ("latitude = 40.58", "latitude = \"north\"", "as in `latitude = 41.31`"),
        ("days = [\"tuesday\"", "days = [\"Tuesday\"", "as in `days = [\"monday\", \"wednesday\"]`"),
        (
            "[\"mt-shasta\", \"redding\"]\nminutes",
            "[\"mt-shasta\", \"reding\"]\nminutes",
            "did you mean `redding`?",
        ),
        (
            "[\"mt-shasta\", \"redding\"]\nminutes",
            "[\"mt-shasta\", \"weed\"]\nminutes",
            "choose from `mt-shasta`, `redding`",
        ),
    ] {
        let ended = Content::shipped().changed("practice.toml", from, to).check();
        assert!(ended.code == 1 && ended.out.contains(words), "{to}: {words}: {ended:#?}");
    }
}

#[test]
fn what_nobody_can_pay_or_keep_is_a_problem() {
    for (from, to, words) in [
        ("currency = \"USD\"", "currency = \"US$\"", "`currency` should be the code of a currency"),
        ("currency = \"USD\"", "currency = \"usd\"", "as in `currency = \"USD\"`"),
        ("currency = \"USD\"", "currency = \"XYZ\"", "`currency` should be"),
        ("currency = \"USD\"", "currency = \"DEM\"", "`currency` should be"),
        ("price = 130", "price = 130.005", "`services.price` can't have more than two decimals"),
        ("price = 130", "price = 99.999", "more than two decimals"),
        ("price = 130", "price = -1", "`services.price` should be a number from 0"),
        (
            "days = [\"friday\"], from",
            "days = [\"thursday\"], from",
            "Thursday already has 9:00 am – 5:00 pm, which overlaps 12:00 pm – 6:00 pm; make them one",
        ),
        (
            "days = [\"friday\"], from",
            "days = [\"friday\", \"friday\"], from",
            "Friday already has 12:00 pm – 6:00 pm",
        ),
    ] {
        let content = Content::shipped().changed("practice.toml", from, to);
        content.has_a_problem("practice.toml", content.line("practice.toml", to), words);
    }
    for (from, to) in [
        ("currency = \"USD\"", "currency = \"CHF\""),
        ("price = 130", "price = 129.5"),
        ("price = 130", "price = 129.95"),
        // Windows that touch are one after the other, and each office has its own.
        ("days = [\"friday\"], from = \"12:00\"", "days = [\"thursday\"], from = \"17:00\""),
        ("days = [\"friday\"], from = \"12:00\"", "days = [\"monday\"], from = \"09:00\""),
    ] {
        assert_eq!(Content::shipped().changed("practice.toml", from, to).check().code, 0, "{to}");
    }
}

#[test]
fn two_offices_without_travel_time_are_a_problem() {
    let content = Content::shipped().changed(
        "practice.toml",
        "[[travel]]\nbetween = [\"mt-shasta\", \"redding\"]\nminutes = 75",
        "",
    );
    let second = content.text("practice.toml");
    let line =
        1 + second.lines().enumerate().filter(|(_, line)| *line == "[[offices]]").nth(1).expect("two").0;
    content.has_a_problem("practice.toml", line, "no travel time between `mt-shasta` and `redding`");
}

#[test]
fn all_faults_are_told_at_once() {
    let content = Content::shipped()
        .with("articles/new.md", &article("title = \"A\"", "[x](/nowhere) ![](/images/none.svg)"))
        .changed("practice.toml", "horizon_days = 60", "horizon = 60")
        .with("pages/faq.md", "No front matter.\n");
    let ended = content.check();
    assert_eq!(ended.code, 1);
    let problems: Vec<&str> = ended.out.lines().collect();
    assert!(problems.len() >= 6, "{problems:#?}");
    for file in [
        "content/articles/new.md:2:",
        "content/articles/new.md:5:",
        "content/practice.toml:",
        "content/pages/faq.md:1:",
    ] {
        assert!(problems.iter().any(|problem| problem.starts_with(file)), "{file}: {problems:#?}");
    }
    assert_eq!(ended.err.trim_end().lines().count(), 1, "one sentence at the end: {}", ended.err);
}

#[test]
fn a_server_does_not_start_on_faults_and_names_them() {
    let content = Content::shipped().changed("practice.toml", "horizon_days = 60", "horizon = 60");
    let ended = run(stillpoint(content.folder.path(), &["serve"]).env("CONTENT_DIR", "content"));
    assert_eq!(ended.code, 1);
    assert!(
        ended.err.contains("content/practice.toml:") && ended.err.contains("policy.horizon"),
        "{ended:?}"
    );
    assert!(!content.folder.path().join("data/stillpoint.db").exists(), "nothing was made");
}

#[test]
fn a_folder_without_content_is_a_problem() {
    let empty = tempfile::tempdir().expect("a temporary folder");
    let ended = run(stillpoint(empty.path(), &["check"]).env("CONTENT_DIR", "nowhere"));
    assert_eq!(ended.code, 1);
    assert!(ended.out.contains("nowhere/practice.toml:1: "), "{ended:?}");
}

#[test]
fn what_a_bodyworker_should_not_say_is_remarked_upon_and_can_be_kept() {
    let content = Content::shipped()
        .with("articles/new.md", &article(GOOD, "Massage\ncures migraine and flushes\nout toxins."))
        .changed("practice.toml", "\"Certified Massage Therapist\"", "\"Licensed Massage Therapist\"")
        .changed("offices/redding.md", "This is", "Results are guaranteed. This is");
    let ended = content.check();
    assert_eq!(ended.code, 0, "remarks are no problems: {ended:?}");
    for (file, text, words) in [
        ("articles/new.md", "cures", "cures: Nobody can"),
        ("articles/new.md", "toxins", "toxins: "),
        ("practice.toml", "Licensed", "licensed: California certifies"),
        ("offices/redding.md", "guaranteed", "guaranteed: "),
    ] {
        let remark = format!("content/{file}:{}: {words}", content.line(file, text));
        assert!(ended.err.lines().any(|line| line.starts_with(&remark)), "{remark}…:\n{}", ended.err);
    }
    assert_eq!(ended.err.matches("(to keep it, say why: allow.").count(), 4, "{}", ended.err);

    let content = content
        .changed(
            "articles/new.md",
            GOOD,
            &format!("{GOOD}\nallow.cure = \"A quotation.\"\nallow.detox = \"So.\""),
        )
        .changed("practice.toml", "name = ", "allow.licensed = \"Nevada licenses.\"\nname = ")
        .changed("offices/redding.md", "Results are guaranteed.", "Results are never guaranteed.");
    let ended = content.check();
    assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{ended:?}");
}

#[test]
fn faults_take_no_remark_away() {
    let content = Content::shipped()
        .with("articles/new.md", &article(GOOD, "It cures. See [this](/nowhere)."))
        .changed("practice.toml", "horizon_days = 60", "horizon = 60");
    let ended = content.check();
    assert_eq!((ended.code, ended.out.lines().count()), (1, 2), "{ended:?}");
    assert!(ended.err.starts_with("content/articles/new.md:7: cures: "), "{ended:?}");
}

#[test]
fn what_the_fonts_cannot_draw_is_remarked_upon() {
    Content::shipped()
        .with("articles/new.md", &article(GOOD, "Straße, Łódź, „so“, € 95.\nTurn → right, then → left ☎."))
        .has_one_remark("articles/new.md:8", "“→” (U+2192), “☎” (U+260E) aren't in the site's fonts");
    Content::shipped()
        .changed("practice.toml", "\"Certified Massage Therapist\"", "\"Массажист\"")
        .has_one_remark("practice.toml:15", "“М” (U+041C), “а” (U+0430)");
    Content::shipped()
        .changed("images/a-session.svg", "</svg>", "<text>±5 ⇒ 6</text></svg>")
        .has_one_remark("images/a-session.svg:9", "“⇒” (U+21D2) isn't");
}

#[test]
fn a_file_that_is_not_read_is_remarked_upon() {
    for (file, words) in [
        ("articles/foo.markdown", "file names here end in .md"),
        ("articles/foo.MD", "rename it to `foo.md`"),
        ("images/Photo.PNG", "rename it to `Photo.png`"),
        ("images/a.gif", "end in .avif, .jpeg, .jpg, .png, .svg, .webp"),
        ("cards/what-is-neuromuscular-massage.jpg", "card names end in .png"),
        ("cards/none.png", "there's no article with this name"),
        ("pages/about.svg", "drawings are home.svg and foot.svg"),
        ("offices/atlantis.svg", "`atlantis` isn't in practice.toml"),
        ("Practice.toml", "rename it to `practice.toml`"),
        ("notes.txt", "only practice.toml, card.png, icon.png, icon.svg, and folders belong here"),
        ("Icon.PNG", "rename it to `icon.png`"),
        ("Guide.md", "only practice.toml, card.png, icon.png, icon.svg, and folders belong here"),
    ] {
        Content::shipped().with(file, "").has_one_remark(&format!("{file}:1"), words);
    }
    let content = Content::shipped();
    content.path_made("articles/sub");
    content.has_one_remark("articles/sub:1", "articles/ can't have folders in it");
    let content = Content::shipped();
    let name: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(b"caf\xe9.md");
    fs::write(content.path("articles").join(name), "").expect("a file");
    content.has_one_remark("articles/caf\u{fffd}.md:1", "its name isn't UTF-8");

    let ignored = Content::shipped();
    for file in
        ["README.md", "articles/.foo.md", "articles/foo.md~", "articles/4913", "images/Thumbs.db", "#notes#"]
    {
        fs::write(ignored.path(file), "").expect("a file");
    }
    assert_eq!(ignored.check().err, "");
}

#[test]
fn what_is_no_file_is_a_problem_and_keeps_nobody_waiting() {
    let content = Content::shipped();
    let made = std::process::Command::new("mkfifo").arg(content.path("images/x.png")).status();
    assert!(made.expect("mkfifo").success());
    content.has_a_problem("images/x.png", 1, "this isn't a file");
    let content = Content::shipped();
    content.path_made("articles/x.md");
    content.has_a_problem("articles/x.md", 1, "this isn't a file");
    for link in ["articles/x.md", "offices/redding.svg", "services"] {
        let content = Content::shipped();
        let path = content.path(link);
        match path.is_dir() {
            true => fs::remove_dir_all(&path).expect("gone"),
            false => drop(fs::remove_file(&path)),
        }
        std::os::unix::fs::symlink("nowhere", path).expect("a link");
        content.has_a_problem(link, 1, "can't be read");
    }
}

#[test]
fn a_date_to_come_is_remarked_upon() {
    let content = Content::shipped()
        .with("articles/new.md", &article(&GOOD.replace("2026-01-02", "2999-01-02"), "Text."));
    content
        .has_one_remark("articles/new.md:4", "`published` is in the future, but the text is already shown");
    let content = Content::shipped().changed("pages/about.md", "revised = 2026", "revised = 2999");
    content.has_one_remark("pages/about.md:5", "`revised` is in the future");
}

#[test]
fn a_service_that_nobody_can_ask_for_is_remarked_upon() {
    let [before, offices] =
        ["price = 130\noffices = [\"mt-shasta\", \"redding\"]", "price = 130\noffices = []"];
    let content = Content::shipped().changed("practice.toml", before, offices);
    let line = |content: &Content| content.line("practice.toml", "slug = \"first-visit\"") - 1;
    let place = format!("practice.toml:{}", line(&content));
    content.has_one_remark(&place, "`first-visit` is offered at no office");
    content.changed("practice.toml", offices, &format!("{offices}\nretired = true")).is_all_well();

    let before = "minutes = 90                             # minutes and prices: examples";
    let content = Content::shipped().changed("practice.toml", before, "minutes = 481");
    content.has_one_remark(&place, "`first-visit` is longer than its offices are ever open");
    content.changed("practice.toml", "minutes = 481", "minutes = 480").is_all_well();
}

#[test]
fn a_number_that_would_be_called_in_another_country_is_remarked_upon() {
    let content = Content::shipped().changed("practice.toml", "\"America/Los_Angeles\"", "\"Europe/Zurich\"");
    let place = format!("practice.toml:{}", content.line("practice.toml", "phone ="));
    content.has_one_remark(&place, "write it with its country code");
    content.changed("practice.toml", "(530) 555-0100", "+41 44 555 01 00").is_all_well();
}

#[test]
fn what_the_practice_file_allows_may_be_said_everywhere() {
    let content = Content::shipped()
        .changed("practice.toml", "name = ", "allow.licensed = \"Nevada licenses.\"\nname = ")
        .with("articles/new.md", &article(GOOD, "I am licensed."))
        .changed("images/a-session.svg", ">talk<", ">licensed<");
    content.is_all_well();
    let content = Content::shipped().changed(
        "practice.toml",
        "name = ",
        "allow.licensed = \"Nevada licenses.\"\nname = ",
    );
    let place = format!("practice.toml:{}", content.line("practice.toml", "allow."));
    content.has_one_remark(&place, "nothing in the content needs `allow.licensed`");
    let content = Content::shipped().changed("images/a-session.svg", ">talk<", ">cures<");
    let place = format!("images/a-session.svg:{}", content.line("images/a-session.svg", ">cures<"));
    content.has_one_remark(&place, "(to keep it, say why in practice.toml: allow.cure = ");
}

#[test]
fn names_in_other_emails_have_addresses_where_they_can() {
    let topics = format!("{GOOD}\ntopics = [\"Coração\"]");
    let body =
        "## 日本\n\nSee [this](/topics/coracao) and [that](#section-1).\n\n## Ångström\n\n[It](#angstrom).";
    Content::shipped()
        .with("articles/new.md", &article(&topics, body))
        .has_one_remark("articles/new.md:8", "“日” (U+65E5), “本” (U+672C) aren't in the site's fonts");
    let content =
        Content::shipped().with("articles/new.md", &article(&format!("{GOOD}\ntopics = [\"日本\"]"), ""));
    content.has_a_problem("articles/new.md", 5, "texts with a letter from a to z or a digit");
}

#[test]
fn front_matter_that_is_not_found_says_why() {
    for (text, words) in [
        ("+++\ntitle = \"A\"\n\nText.\n", "isn't closed"),
        ("\n+++\ntitle = \"A\"\n+++\n", "nothing can come before the first `+++`"),
        (" +++\ntitle = \"A\"\n+++\n", "nothing can come before the first `+++`"),
        ("Text.\n", "should start with its front matter"),
    ] {
        Content::shipped().with("articles/new.md", text).has_a_problem("articles/new.md", 1, words);
    }
}

#[test]
fn a_drive_that_is_written_wrong_is_one_problem() {
    for (from, to, words) in [
        ("minutes = 75\n", "", "missing key `travel.minutes`"),
        ("between = [\"mt-shasta\", \"redding\"]\n", "", "missing key `travel.between`"),
    ] {
        let content = Content::shipped().changed("practice.toml", from, to);
        let ended = content.check();
        assert!(ended.out.contains(words) && !ended.out.contains("no travel time"), "{ended:?}");
    }
}

#[test]
fn what_a_text_leaves_unseen_is_told_with_its_line() {
    let text = |words: &str| {
        format!("+++\ntitle = \"A\"\ndescription = \"B.\"\npublished = 2026-11-01\n+++\n\n{words}\n")
    };
    for (words, line) in [
        ("a\u{b}b", 7),
        ("a\n\nb\u{8}", 9),
        ("\u{ffff}a", 7),
        ("a &#11; b", 7),
        ("a\n\n<b>b</b>", 9),
        ("<div>\n\na\n\n</div>", 7),
    ] {
        let content = Content::shipped().with("articles/one.md", &text(words));
        let ended = content.check();
        let place = format!("content/articles/one.md:{line}: ");
        assert!(
            ended.code == 0 && ended.err.lines().any(|line| line.starts_with(&place)),
            "{words:?}: {ended:?}"
        );
    }
    let title = text("a").replacen("\"A\"", "\"A\\u000B\"", 1);
    Content::shipped().with("articles/one.md", &title).has_one_remark("articles/one.md:2", "U+000B");
    let content = Content::shipped().changed("practice.toml", "name = \"", "name = \"\u{ffff}");
    let line = content.line("practice.toml", "\u{ffff}");
    content.has_one_remark(&format!("practice.toml:{line}"), "U+FFFF");
    for (words, line, wrong) in [
        ("a[^x]", 7, "the footnote `x` is never defined"),
        ("a[^x]\n\n[^x]: b\n\n[^x]: c", 11, "the footnote `x` is already defined in line 9"),
        ("a\n\n<!-- b", 9, "the comment that begins here"),
    ] {
        Content::shipped().with("articles/one.md", &text(words)).has_a_problem(
            "articles/one.md",
            line,
            wrong,
        );
    }
    let fine = "<dustin@example.com> <!-- cures all -->\n\n## Prices {from $95}";
    Content::shipped().with("articles/one.md", &text(fine)).is_all_well();
}
