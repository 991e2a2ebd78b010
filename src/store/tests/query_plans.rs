//! Every statement of this room, whichever they are: none reads the whole of a
//! table that grows. The statements are found in the sources, so that a new one
//! is looked at as soon as it is written.

use std::{fs, path::Path};

use sqlx::AssertSqlSafe;

use super::{super::busy::BUSY, *};

/// Tables with a handful of rows, whatever happens, or such that the therapist
/// alone makes and the hour removes; and whom they have blocked, with what these ask
/// for. Every other one may grow.
const SMALL: [&str; 25] = [
    "acted_on",
    "acts",
    "addresses",
    "agreed_in",
    "backup",
    "blocked_clients",
    "blocked_requests",
    "client_aliases",
    "conflicts",
    "first_booking_decides",
    "half_sign_ins",
    "identity_keys",
    "opening_hours",
    "opening_windows",
    "policy",
    "pause",
    "proof_of_everybody",
    "recovery_codes",
    "sealing_keys",
    "second_step",
    "served",
    "sessions",
    "sqlite_schema",
    "therapist",
    "welcome_links",
];

/// The records of one person, and what a caller has found.
const FOUND: [&str; 3] = ["above", "family", "json_each"];

/// Indexes that hold only what is open: what they hold is answered, sent or done before long.
const OPEN: [&str; 8] = [
    "appointments_held",
    "reschedule_requests_by_start",
    "emails_waiting",
    "emails_unsettled",
    "one_open_call_per_appointment_and_matter",
    "one_open_reschedule_request_per_appointment",
    "waitlist_entries_open",
    "offers_open",
];

/// Whose statements run in no operation and on no page of the practice: the
/// search has an index of its own, in memory, and `identity_keys.rs` makes keys
/// anew where a new version opens the file, as `reseal.rs` seals; a backup is of the whole, and so is what
/// becomes of one that is put back; what has been kept long enough is looked for once a day.
const ELSEWHERE: [&str; 9] = [
    "search.rs",
    "search",
    "identity_keys.rs",
    "reseal.rs",
    "backup.rs",
    "outlived.rs",
    "file/snapshot.rs",
    "tests.rs",
    "tests",
];

/// The sources of this room and of the rooms in it, each with its path from here.
fn sources() -> Vec<(String, String)> {
    let room = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut sources = Vec::new();
    let mut folders = vec![room.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a room") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(&room).expect("it is in the room").to_string_lossy().into_owned();
            if ELSEWHERE.contains(&name.as_str()) {
                continue;
            } else if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".rs") {
                sources.push((name, fs::read_to_string(path).expect("a source")));
            }
        }
    }
    sources.sort();
    sources
}

/// What looks for a client by any part of their name reads everybody, and nothing else does.
const READS_EVERYBODY: &str = "SELECT * FROM clients WHERE erased_at IS NULL ORDER BY id";

/// The statements of this room, each with its file.
fn statements() -> Vec<(String, String)> {
    let statements = sources().into_iter().flat_map(|(name, source)| {
        let found = literals(&source).into_iter().filter(|text| is_a_statement(text));
        found.map(move |sql| (name.clone(), sql)).collect::<Vec<_>>()
    });
    statements.collect()
}

fn is_a_statement(text: &str) -> bool {
    let verb = text.trim_start().split(char::is_whitespace).next().unwrap_or_default();
    ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "REPLACE"].contains(&verb)
}

/// The texts in a source, as they stand between their quotes.
fn literals(source: &str) -> Vec<String> {
    let mut literals = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(['"', '/', '\'']) {
        let found = &rest[at..];
        if found.starts_with("//") {
            rest = found.split_once('\n').map_or("", |(_, rest)| rest);
        } else if let Some(behind) = found.strip_prefix("'\"'") {
            rest = behind;
        } else if let Some(text) = found.strip_prefix('"') {
            let mut is_escaped = false;
            let end = text.find(|c| {
                let is_end = c == '"' && !is_escaped;
                is_escaped = c == '\\' && !is_escaped;
                is_end
            });
            let end = end.expect("a text ends");
            literals.push(text[..end].replace("\\\n", "").replace("\\\"", "\""));
            rest = &text[end + 1..];
        } else {
            rest = &found[1..];
        }
    }
    literals
}

/// How SQLite goes about a statement.
async fn steps(tx: &mut Writing, sql: &str) -> Vec<String> {
    let explained = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
    let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(explained)
        .fetch_all(&mut *tx.0.0)
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    plan.into_iter().map(|(.., step)| step).collect()
}

/// A step that reads the whole of something that grows.
fn reads_all(step: &str) -> bool {
    if step.contains("AUTOMATIC") || step.starts_with("MATERIALIZE") {
        return true;
    }
    let Some(scanned) = step.strip_prefix("SCAN ") else { return false };
    let table = scanned.split(' ').next().unwrap_or_default();
    let index = scanned.split("INDEX ").nth(1).and_then(|rest| rest.split(' ').next());
    // What a subquery, a recursion or the caller has found is read as a whole; how it was
    // found stands in steps of its own.
    !(FOUND.contains(&table)
        || scanned.starts_with("CONSTANT ROW")
        || table.starts_with("(subquery")
        || SMALL.contains(&table)
        || index.is_some_and(|index| OPEN.contains(&index)))
}

/// Many rows in whatever grows, most clients without a phone, and what SQLite
/// finds out about them by itself.
async fn filled() -> TestStore {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    for sql in [
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 50000)
         INSERT INTO clients (id, name, email, phone, phone_key, name_key, email_key, created_at)
         SELECT n, 'Ann', 'ann' || n || '@example.com', iif(n % 50 = 0, '+1530555' || n, NULL),
             iif(n % 50 = 0, '1530555' || n, NULL), 'ann ' || (n % 900),
             'ann' || n || '@example.com', 0 FROM n",
        "INSERT INTO appointments (id, client, office, service, service_name, starts_at, ends_at,
             buffer_minutes, price, status, name, email, email_key, requested_at, held_until, uid)
         SELECT id, id % 4000 + 1, 'north', 'hour', 'An hour', id * 7200, id * 7200 + 3600, 15, 9500,
             CASE id % 5 WHEN 0 THEN 'confirmed' WHEN 1 THEN 'cancelled' ELSE 'arrived' END,
             'Ann', email, email_key, 0, 0, 'uid-' || id FROM clients WHERE id <= 20000",
        "INSERT INTO emails (key, appointment, side, recipient, subject, text_body, html_body, message_id,
             written_at, next_attempt_at, outcome, outcome_at)
         SELECT 'confirmed/' || id || '/1/client', id, 'client', email, '', '', '', uid, 0, 0, 'sent', 0 FROM appointments",
        "INSERT INTO links (token_hash, appointment, given_in, expires_at)
         SELECT CAST(uid AS BLOB), id, 'email', ends_at FROM appointments",
        "INSERT INTO calls (appointment, about, made_at, done_at) SELECT id, 'confirmed', 0, 0 FROM appointments",
        "INSERT INTO reschedule_requests (appointment, office, starts_at, ends_at, requested_at, held_until, status, ended_at)
         SELECT id, office, starts_at, ends_at, 0, 0, 'declined', 0 FROM appointments",
        "INSERT INTO plans (date) SELECT date(id * 86400, 'unixepoch') FROM clients WHERE id <= 20000",
        "INSERT INTO plan_windows (date, office, opens, closes) SELECT date, 'north', 540, 1020 FROM plans",
        "INSERT INTO time_off (starts_at, ends_at) SELECT id * 86400, id * 86400 + 3600 FROM clients WHERE id <= 2000",
        "ANALYZE",
    ] {
        sqlx::query(sql).execute(&mut *tx.0.0).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
    tx.commit().await.expect("written");
    store
}

#[tokio::test]
async fn no_statement_reads_the_whole_of_what_grows() {
    let mut statements = statements();
    for (file, source) in sources() {
        let asks = source.contains("sqlx::query_as(") || source.contains("INSERT INTO ");
        let is_read = statements.iter().any(|(name, _)| *name == file);
        assert!(is_read || !asks, "the statements of {file} are not found");
    }
    statements.retain(|(_, sql)| sql != READS_EVERYBODY);
    for store in [open().await, filled().await] {
        let mut tx = store.write().await.expect("the write lock");
        let mut wrong = Vec::new();
        for (file, sql) in &statements {
            let steps = steps(&mut tx, sql).await;
            if steps.iter().any(|step| reads_all(step)) {
                wrong.push(format!("{file}: {sql}\n{steps:#?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    }
}

#[tokio::test]
async fn one_of_very_many_clients_is_found_by_email_and_by_phone() {
    let store = filled().await;
    let mut tx = store.write().await.expect("the write lock");
    let of_a_phone = |(file, sql): &(String, String)| file == "clients.rs" && sql.contains("phone_key IN ");
    let finds: Vec<_> = statements().into_iter().filter(of_a_phone).collect();
    assert!(!finds.is_empty(), "a client is found by the phone");
    for (_, sql) in finds {
        let steps = steps(&mut tx, &sql).await;
        for index in ["clients_by_email", "clients_by_phone_key"] {
            let uses =
                |step: &String| step.starts_with("SEARCH") && step.contains(&format!("INDEX {index} "));
            assert!(steps.iter().any(uses), "{index}: {sql}\n{steps:#?}");
        }
    }
}

#[tokio::test]
async fn plans_of_dates_long_past_are_not_read() {
    let store = filled().await;
    let mut tx = store.read().await.expect("a reading");
    let file = crate::domain::example::rules();
    let on = |days: i64| Instant::UNIX_EPOCH + TimeDelta::days(days);
    let rules = tx.rules(&file, on(19_990)).await.expect("rules");
    let planned: Vec<_> = rules.timetable.plans().map(|(date, _)| date).collect();
    assert!((11..=21).contains(&planned.len()), "{planned:?}");
    assert!(planned.contains(&on(19_983).date_naive()), "hours may go on since then");
}

/// What each guard in the file looks for before it says that a time is taken.
async fn guards(tx: &mut Writing) -> Vec<String> {
    let triggers: Vec<(String,)> =
        sqlx::query_as("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%slot_taken%'")
            .fetch_all(&mut *tx.0.0)
            .await
            .expect("the file's own rules");
    let looks_for = triggers.iter().map(|(trigger,)| {
        let (_, body) = trigger.split_once("'slot_taken') WHERE").expect("a guard says when it refuses");
        let (condition, _) = body.rsplit_once("END").expect("the end of a trigger");
        let condition = condition.trim_end().trim_end_matches(';');
        let columns =
            ["starts_at", "ends_at", "id", "appointment", "entry", "is_held"].into_iter().enumerate();
        let condition = columns.fold(condition.to_owned(), |condition, (at, column)| {
            condition.replace(&format!("NEW.{column}"), &format!("?{}", at + 1))
        });
        format!("SELECT 1 WHERE {condition}")
    });
    looks_for.collect()
}

#[tokio::test]
async fn the_guards_and_the_calendar_find_what_is_near_by_an_index() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    let mut queries = guards(&mut tx).await;
    assert_eq!(queries.len(), 9, "before each insert and each update: {queries:#?}");
    let of_offers = |query: &String| query.contains("FROM offers");
    for query in queries.extract_if(.., |query| of_offers(query)) {
        let steps = steps(&mut tx, &query).await;
        assert!(
            steps.iter().any(|step| step.starts_with("SEARCH offers") && step.contains("INDEX offers_open")),
            "{query}: {steps:#?}"
        );
    }
    queries.push(BUSY.to_owned());
    for query in queries {
        let steps = steps(&mut tx, &query).await;
        let has = |words: &str| steps.iter().any(|step| step.starts_with(words));
        assert!(has("SEARCH appointments USING INDEX"), "{query}: {steps:#?}");
        assert!(
            has("SEARCH reschedule_requests USING INDEX") || has("SEARCH c USING INDEX"),
            "{query}: {steps:#?}"
        );
        let reads_all =
            ["SCAN appointments", "SCAN reschedule_requests", "SCAN c", "MATERIALIZE"].into_iter().any(has);
        assert!(!reads_all, "{query}: {steps:#?}");
    }
}
