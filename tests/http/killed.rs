//! The program is killed while visitors ask and cancel, and the therapist answers, takes
//! back and closes days. Whoever sees no answer presses again, as people do. What anybody
//! was answered stays so, nobody is in anybody's way, and every email comes.
//!
//! `KILLS` says how often, and `SEED` what everybody does; when it is killed is chance.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use stillpoint::{
    clock::{Clock, SystemClock},
    config::SmtpUrl,
    domain::time,
    serve::folder,
    store::snapshot,
};
use tempfile::tempdir;
use tokio::task::{JoinSet, block_in_place};

use super::crowds::{Dice, nobody_is_in_anybodys_way};
use crate::support::{
    content,
    mailbox::{Email, Mailbox},
    page::{Form, Page},
    people::{PASSWORD, SESSION, THERAPIST, path_of},
    practice::practice_as_shipped,
    program::{Server, run, stillpoint, with_socket},
    visitor::Visitor,
};

/// Every other person is on another date in three: on these the therapist closes days.
const CLOSED_DATES: i32 = 3;
/// Who asks at the same time.
const ASKERS: usize = 3;

/// What an appointment is, by the first word of its page and of the email about it.
type State = &'static str;

/// What somebody was told that stands.
#[derive(Debug)]
struct Visit {
    email: String,
    /// The client's own page.
    page: String,
    /// The therapist's, from the email that told of the request.
    desk: String,
    state: State,
}

/// What everybody knows.
#[derive(Default)]
struct Told {
    visits: BTreeMap<String, Visit>,
    /// The dates that are closed.
    closed: BTreeSet<NaiveDate>,
    /// Everything that came, each with which life of the program it came in.
    emails: Vec<(usize, Email)>,
    log: Vec<String>,
}

/// What they have in common.
struct Shared {
    url: String,
    told: Mutex<Told>,
    is_over: AtomicBool,
    life: AtomicUsize,
    /// How often somebody had to press again.
    again: AtomicUsize,
}

impl Shared {
    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn says(&self, line: String) {
        let life = self.life.load(Ordering::SeqCst);
        self.told().log.push(format!("{life}: {line}"));
    }

    fn is_over(&self) -> bool {
        self.is_over.load(Ordering::SeqCst)
    }

    fn becomes(&self, name: &str, state: State) {
        self.says(format!("{name} is {state}"));
        self.told().visits.get_mut(name).expect("they have asked").state = state;
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let told = self.told();
            eprintln!("{}\n{:#?}", told.log.join("\n"), told.visits);
        }
    }
}

/// Somebody who presses again until there is an answer.
struct Stubborn {
    visitor: Visitor,
    shared: Arc<Shared>,
    dice: Dice,
}

impl Stubborn {
    fn new(shared: &Arc<Shared>, nth: usize, seed: u64) -> Self {
        let visitor = Visitor::new(shared.url.clone(), shared.url.clone());
        let visitor = visitor.forwarded_for(&format!("203.0.113.{nth}"));
        Self { visitor, shared: shared.clone(), dice: Dice(seed.wrapping_mul(1000) + nth as u64) }
    }

    async fn gets(&self, address: &str) -> Page {
        loop {
            if let Some(page) = self.visitor.tries_to_get(address).await {
                return page;
            }
            self.is_unanswered().await;
        }
    }

    async fn presses(&self, form: &Form) -> Page {
        loop {
            if let Some(page) = self.visitor.tries_to_press(form).await {
                assert!(page.status < 500, "{}: {}\n{}", page.asked, page.status, page.text());
                return page;
            }
            self.shared.says(format!("{} was not answered", form.action.split('?').next().unwrap_or("")));
            self.is_unanswered().await;
        }
    }

    async fn is_unanswered(&self) {
        self.shared.again.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(10)).await;
    }

    /// What is offered on a date, or near it.
    async fn openings(&self, from: NaiveDate) -> Vec<(NaiveDate, String)> {
        let page = self.gets(&format!("/appointments/new?service={SESSION}&from={from}")).await.expect(200);
        let dated = |href: String| Some((date_of(&href)?, href));
        page.hrefs("main a[href*='start=']").into_iter().filter_map(dated).collect()
    }

    async fn offered_on(&self, date: NaiveDate) -> Vec<String> {
        let openings = self.openings(date).await.into_iter();
        openings.filter(|(on, _)| *on == date).map(|(_, opening)| opening).collect()
    }

    /// Asks for an opening. False when somebody else was sooner.
    async fn asks(&self, name: &str, opening: &str) -> bool {
        let page = self.gets(opening).await;
        if page.status == 409 {
            return false;
        }
        let email = format!("{}@example.com", name.to_lowercase().replace(' ', ""));
        let form = page.expect(200).form("/appointments").with("name", name).with("email", &email);
        let answer = self.presses(&form.ticked("agreed")).await;
        if answer.status == 409 {
            return false;
        }
        let page = answer.leads_to().split('?').next().expect("a path").to_owned();
        self.shared.says(format!("{name} is Requested: {}", form_start(opening)));
        let visit = Visit { email, page, desk: String::new(), state: "Requested" };
        self.shared.told().visits.insert(name.to_owned(), visit);
        true
    }

    /// Asks for what they like and cancels some of it, and looks at what they were told before.
    async fn asks_and_cancels(mut self, nth: usize, first: NaiveDate, span: usize) {
        for count in 0.. {
            if self.shared.is_over() {
                return;
            }
            let date = first + Days::new(self.dice.up_to(span) as u64);
            let mut openings = self.openings(date).await;
            openings.retain(|(date, _)| date.num_days_from_ce() % CLOSED_DATES != 0);
            if openings.is_empty() {
                continue;
            }
            let (_, opening) = openings.swap_remove(self.dice.up_to(openings.len()));
            let is_own = self.dice.up_to(3) == 0;
            let name = format!("{} {nth}n{count}", if is_own { "Own" } else { "Client" });
            if self.asks(&name, &opening).await && is_own && self.dice.up_to(2) == 0 {
                let own = self.shared.told().visits[&name].page.clone();
                let cancellation = self.gets(&format!("{own}/cancellation")).await.form("/cancellation");
                let answer = self.presses(&cancellation).await;
                assert!([303, 409].contains(&answer.status), "{}", answer.text());
                self.shared.becomes(&name, "Canceled");
            }
            self.looks_back(&format!("Own {nth}n")).await;
        }
    }

    /// What clients have done by themselves is so at once, and after each restart.
    async fn looks_back(&mut self, names: &str) {
        let own: Vec<_> = {
            let told = self.shared.told();
            let own = told.visits.iter().filter(|(name, _)| name.starts_with(names));
            own.map(|(name, visit)| (name.clone(), visit.page.clone(), visit.state)).collect()
        };
        if let [_, ..] = *own {
            let (name, page, state) = &own[self.dice.up_to(own.len())];
            let title = self.gets(page).await.expect(200).title();
            assert!(title.starts_with(state), "{name} was told {state}, and reads {title}");
        }
    }

    async fn signs_in(&self) {
        let form = self.gets("/admin/session").await.form("/admin/session");
        self.presses(&form.with("email", THERAPIST).with("password", PASSWORD)).await.expect(303);
    }

    /// Answers what came by email, and takes some of it back.
    async fn answers(mut self) {
        self.signs_in().await;
        let mut answered: Vec<String> = Vec::new();
        while !self.shared.is_over() {
            let Some((name, desk)) = self.asked_by_email() else {
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            };
            let page = self.gets(&desk).await.expect(200).says(&format!("Requested: {name}"));
            let is_yes = self.dice.up_to(2) == 0;
            let (form, state) = if is_yes {
                (page.form("/confirmation"), "Confirmed")
            } else {
                (self.gets(&page.link("Decline")).await.form("/decline"), "Declined")
            };
            let answer = self.presses(&form).await;
            assert!([303, 409].contains(&answer.status), "{}", answer.text());
            self.shared.becomes(&name, state);
            let page = self.gets(&desk).await.expect(200).says(&format!("{state}: {name}"));
            if self.dice.up_to(2) == 0 {
                self.undoes(&page).await;
                self.shared.becomes(&name, "Requested");
                self.gets(&desk).await.says(&format!("Requested: {name}"));
            }
            answered.push(name);
            let earlier = answered[self.dice.up_to(answered.len())].clone();
            let (desk, state) = {
                let visit = &self.shared.told().visits[&earlier];
                (visit.desk.clone(), visit.state)
            };
            self.gets(&desk).await.says(&format!("{state}: {earlier}"));
        }
    }

    async fn undoes(&self, page: &Page) {
        let form = page.forms("").into_iter().find(|form| form.action.starts_with("/admin/undo/"));
        let form = form.unwrap_or_else(|| panic!("nothing to undo:\n{}", page.text()));
        let answer = self.presses(&form).await;
        assert!([303, 409].contains(&answer.status), "{}", answer.text());
    }

    /// Somebody whose request is to be answered, with where the email leads.
    fn asked_by_email(&mut self) -> Option<(String, String)> {
        let mut told = self.shared.told();
        let Told { visits, emails, .. } = &mut *told;
        let mut waiting = Vec::new();
        for (_, email) in emails.iter().filter(|(_, email)| tells_of_request(email)) {
            let name = name_in(&email.text).unwrap_or_default();
            if let Some(visit) = visits.get_mut(&name) {
                visit.desk = path_of(email.page()).to_owned();
                if name.starts_with("Client") && visit.state == "Requested" {
                    waiting.push((name, visit.desk.clone()));
                }
            }
        }
        let count = waiting.len();
        (count > 0).then(|| waiting.swap_remove(self.dice.up_to(count)))
    }

    /// Closes one day after the other on which somebody has asked for a time, and opens some again.
    async fn closes(mut self, first: NaiveDate) {
        self.signs_in().await;
        let dates = first.iter_days().skip(2).filter(|date| date.num_days_from_ce() % CLOSED_DATES == 0);
        for date in dates {
            if self.shared.is_over() {
                return;
            }
            let openings = self.offered_on(date).await;
            let (Some(early), Some(late)) = (openings.first(), openings.last()) else { continue };
            let mut names = Vec::new();
            for (nth, opening) in [early, late].into_iter().enumerate() {
                let name = format!("Day {}n{nth}", date.ordinal());
                if self.asks(&name, opening).await {
                    names.push(name);
                }
            }
            let day = format!("/admin/days/{date}");
            let closing = self.gets(&format!("{day}/closing")).await.expect(200).form("/closing");
            let answer = self.presses(&closing.with("sentence", "The road is icy.")).await;
            assert!([303, 409].contains(&answer.status), "{}", answer.text());
            let closed = self.gets(&day).await.expect(200).says("Closed, all day");
            names.iter().for_each(|name| self.shared.becomes(name, "Declined"));
            if self.dice.up_to(2) == 0 {
                self.undoes(&closed).await;
                names.iter().for_each(|name| self.shared.becomes(name, "Requested"));
                self.gets(&day).await.expect(200).never_says("Closed, all day");
            } else {
                self.shared.told().closed.insert(date);
                assert_eq!(self.offered_on(date).await, Vec::<String>::new(), "{date} is closed");
            }
        }
    }
}

/// The date of an opening, by the address of its form.
fn date_of(href: &str) -> Option<NaiveDate> {
    // No office is open around midnight, and the zone is eight hours behind, or seven.
    let start = time::parse_instant(form_start(href))?;
    Some((start - TimeDelta::hours(8)).date_naive())
}

fn form_start(href: &str) -> &str {
    href.split("start=").nth(1).unwrap_or_default().split('&').next().unwrap_or_default()
}

fn tells_of_request(email: &Email) -> bool {
    email.to == THERAPIST && email.subject.starts_with("Requested")
}

/// Whom an email to the therapist is about.
fn name_in(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let name = words.windows(2).find(|pair| ["Own", "Client", "Day"].contains(&pair[0]))?;
    Some(format!("{} {}", name[0], name[1].trim_matches(|letter: char| !letter.is_alphanumeric())))
}

fn number(variable: &str, usual: u64) -> u64 {
    env::var(variable).map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{variable}: a number")))
}

/// The program, with a socket that outlives it, as a service manager starts it.
fn program(folder: &Path, socket: &TcpListener, mailbox: &Mailbox, url: &str) -> Command {
    let mut program = stillpoint(folder, &[]);
    program.env("SMTP_URL", mailbox.url()).env("TRUSTED_PROXIES", "127.0.0.1").env("BASE_URL", url);
    program.env("CONTENT_DIR", folder.join("content"));
    with_socket(&program, socket)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_it_is_killed_over_everybody_has_what_they_were_told() {
    let (kills, seed) = (number("KILLS", 12), number("SEED", 2026));
    let folder = tempdir().expect("a folder");
    content::copy_shipped(&folder.path().join("content"));
    let file = include_str!("../support/practice.toml").replace("horizon_days = 60", "horizon_days = 300");
    fs::write(folder.path().join("content/practice.toml"), file).expect("a practice file");
    let mailbox = Mailbox::open().await;
    let socket = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", socket.local_addr().expect("an address"));
    let program = || program(folder.path(), &socket, &mailbox, &url);
    let database = folder::database(&folder.path().join("data"));
    let shared = Arc::new(Shared {
        url: url.clone(),
        told: Mutex::default(),
        is_over: AtomicBool::new(false),
        life: AtomicUsize::new(0),
        again: AtomicUsize::new(0),
    });

    let mut server = block_in_place(|| Server::start(&mut program()));
    let openings = server.therapist().await.openings().await;
    let first = openings.first().and_then(|href| date_of(href)).expect("an opening");

    let mut people = JoinSet::new();
    for nth in 0..ASKERS {
        people.spawn(Stubborn::new(&shared, nth, seed).asks_and_cancels(nth, first, 280));
    }
    people.spawn(Stubborn::new(&shared, ASKERS, seed).answers());
    people.spawn(Stubborn::new(&shared, ASKERS + 1, seed).closes(first));

    let begun = Instant::now();
    for kill in 1..=kills {
        tokio::time::sleep(Duration::from_millis(rand::random_range(50..600))).await;
        block_in_place(|| server.kill());
        let emails = mailbox.take();
        let life = shared.life.load(Ordering::SeqCst);
        shared.told().emails.extend(emails.into_iter().map(|email| (life, email)));
        let asked = shared.told().visits.len() as i64;
        let life = shared.life.fetch_add(1, Ordering::SeqCst) + 1;
        shared.says(format!("killed {kill} of {kills} times"));
        if kill % 5 == 0 {
            // While it starts.
            let mut starting = program().stderr(Stdio::null()).spawn().expect("it starts");
            tokio::time::sleep(Duration::from_millis(rand::random_range(0..300))).await;
            block_in_place(|| starting.kill().and_then(|()| starting.wait())).expect("it is killed");
        }
        server = block_in_place(|| Server::start(&mut program()));
        let found = snapshot::look_at(&database).await.expect("the file is whole");
        assert!(found.appointments >= asked, "life {life}: {asked} were told, {}", found.appointments);
        if let Some(ended) = people.try_join_next() {
            ended.expect("nobody is let down");
        }
    }
    shared.is_over.store(true, Ordering::SeqCst);
    while let Some(ended) = people.join_next().await {
        ended.expect("nobody is let down");
    }
    let took = begun.elapsed();
    block_in_place(|| assert_eq!(server.terminate(), 0));
    let last = shared.life.load(Ordering::SeqCst);
    shared.told().emails.extend(mailbox.take().into_iter().map(|email| (last, email)));
    let backup = folder.path().join("backup.db");
    assert_eq!(run(&mut stillpoint(folder.path(), &["backup", backup.to_str().expect("a path")])).code, 0);

    // Two hours later, when every minute is over and everything that waits is tried again.
    let later = time::write_instant(SystemClock::default().now() + TimeDelta::hours(2));
    let data_dir = folder.path().join("data");
    let practice = practice_as_shipped()
        .at(&later)
        .with_practice_file(|_| {
            fs::read_to_string(folder.path().join("content/practice.toml")).expect("a file")
        })
        .with_config(|config| {
            config.data_dir = data_dir;
            config.smtp_url = SmtpUrl::parse(mailbox.url());
        })
        .open()
        .await;
    practice.deliver().await;
    shared.told().emails.extend(mailbox.take().into_iter().map(|email| (last + 1, email)));
    let live = nobody_is_in_anybodys_way(&practice).await;
    let pages: Vec<_> = shared.told().visits.values().map(|visit| visit.page.clone()).collect();
    let (visitor, mut titles) = (practice.visitor(), BTreeMap::new());
    for page in pages {
        let title = visitor.open(&page).await.title();
        titles.insert(page, title);
    }
    practice.close().await;
    let told = shared.told();
    let mut counts = BTreeMap::<State, usize>::new();
    for (name, visit) in &told.visits {
        *counts.entry(visit.state).or_default() += 1;
        let title = &titles[&visit.page];
        assert!(title.starts_with(visit.state), "{name} was told {}, and reads {title}", visit.state);
        everybody_is_written_to(name, visit, &told.emails);
    }
    let of = |state: State| counts.get(state).copied().unwrap_or(0);
    assert_eq!(live, of("Requested") + of("Confirmed"), "of so many nobody was told anything else");
    let again = came_again(&told.emails);
    println!(
        "{kills} kills in {took:?}, SEED={seed}: {counts:?}, {} days closed, {} emails, {again} of them again; \
         {} times no answer",
        told.closed.len(),
        told.emails.len(),
        shared.again.load(Ordering::SeqCst)
    );
}

/// The client hears of the request and of what became of it, of nothing else, and never
/// the same in two emails; the therapist hears of whatever waits.
fn everybody_is_written_to(name: &str, visit: &Visit, emails: &[(usize, Email)]) {
    let mut ids = BTreeMap::<&str, BTreeSet<&str>>::new();
    for (_, email) in emails.iter().filter(|(_, email)| email.to == visit.email) {
        let word = email.subject.split(':').next().unwrap_or_default();
        ids.entry(word).or_default().insert(&email.message_id);
    }
    // Who cancels before we have written a word hears nothing of either.
    let is_unwritten = visit.state == "Canceled" && ids.is_empty();
    assert!(is_unwritten || ids.contains_key(visit.state), "{name} never heard of {}: {ids:?}", visit.state);
    for (word, ids) in &ids {
        let is_reminder = visit.state == "Confirmed" && ["Reminder", "Today"].contains(word);
        assert!(
            is_reminder || [visit.state, "Requested"].contains(word),
            "{name} is {}, and heard {word}",
            visit.state
        );
        if is_reminder {
            continue;
        }
        assert_eq!(ids.len(), 1, "{name}: two emails that say {word}");
    }
    if visit.state == "Requested" {
        let is_it = |email: &Email| tells_of_request(email) && name_in(&email.text).as_deref() == Some(name);
        assert!(emails.iter().any(|(_, email)| is_it(email)), "the therapist never heard of {name}");
    }
}

/// How many emails came more than once: each in another life, when the one before
/// ended between the mail server's yes and the note of it.
fn came_again(emails: &[(usize, Email)]) -> usize {
    let mut lives = BTreeMap::<&str, Vec<usize>>::new();
    for (life, email) in emails {
        lives.entry(&email.message_id).or_default().push(*life);
    }
    for (id, lives) in &lives {
        let different: BTreeSet<_> = lives.iter().collect();
        assert_eq!(different.len(), lives.len(), "{id} came twice in one life: {lives:?}");
    }
    emails.len() - lives.len()
}
