//! What holds after each step, whatever has happened.

use super::{
    actors::{Actors, OwnPage},
    file::{File, Visit},
    money, post,
    steps::Step,
    told,
};

/// All of it. `before` is how it was before the step. Returns how it is now.
pub async fn hold(actors: &mut Actors, step: &Step, status: Option<u16>, before: &File) -> File {
    let after = actors.file().await;
    if let Some(status) = status {
        no_changes_nothing(before, &after, status);
    }
    for (id, visit) in &after.visits {
        if let Some(old) = before.visits.get(id) {
            becomes(old, visit, after.has_heard_of_its_yes(*id));
            if old.status != visit.status {
                actors.has(&format!("{} becomes {}", old.status, visit.status));
            }
        }
        let waits = after.waiting(*id);
        assert!(waits.is_none() || visit.is("confirmed"), "it waits to be moved: {visit:?}");
    }
    for reschedule_request in after.reschedule_requests.values() {
        if before
            .reschedule_requests
            .get(&reschedule_request.id)
            .is_none_or(|old| old.status != reschedule_request.status)
        {
            actors.has(&format!("a change is {}", reschedule_request.status));
        }
    }
    assert!(before.visits.keys().all(|id| after.visits.contains_key(id)), "a visit is forgotten");
    for (id, email) in &before.emails {
        // What was about no appointment goes with whoever asked for one in vain.
        let may_go = email.kind() == "unproven" && email.appointment.is_none();
        assert!(
            may_go || after.emails.contains_key(id) != after.is_of_erased(email),
            "lost, or left behind: {email:?}"
        );
    }
    let is_about_money = matches!(step, Step::SeesToMoney(_) | Step::Taps(..));
    money::holds(before, &after, is_about_money);
    nothing_is_held_in_vain(actors, before, &after, step);
    nobody_is_in_anybodys_way(actors, &after);
    is_proven(actors, before, &after);
    is_asked(actors, before, &after);
    let by = actors.by.take().unwrap_or(step.by());
    told::hold(actors, before, &after, by).await;
    actors.undone.clear();
    actors.invited.clear();
    if let Step::Passes(_) = step
        && !actors.is_refused
    {
        nothing_is_overdue(actors, &after);
    }
    let after = post::arrives(actors, &after).await;
    pages_say_how_it_is(actors, &after).await;
    after
}

/// What was refused has changed nothing but for holds that have run out; what
/// has failed, nothing at all.
fn no_changes_nothing(before: &File, after: &File, status: u16) {
    if status == 500 {
        assert!(before.acts.keys().eq(after.acts.keys()), "it failed, and has begun an act");
        // Of two posts of one step the first may have ended the minutes that have run out.
        let before = File { acts: after.acts.clone(), ..before.clone() };
        assert_eq!(&before, after, "it failed, and has changed something");
    }
    if status >= 400 {
        assert_eq!(before.visits.len(), after.visits.len(), "it was refused with {status}");
        for (id, visit) in &after.visits {
            let old = &before.visits[id];
            let is_same = old.status == visit.status && old.place() == visit.place();
            let has_ended = after.reschedule_requests.values().any(|reschedule_request| {
                let was = before
                    .reschedule_requests
                    .get(&reschedule_request.id)
                    .map(|reschedule_request| reschedule_request.status.as_str());
                reschedule_request.appointment == *id
                    && was == Some("requested")
                    && reschedule_request.status == "expired"
            });
            let is_unchanged = is_same && (old.revision == visit.revision || has_ended);
            assert!(is_unchanged || visit.is("expired"), "it was refused with {status}: {old:?}, {visit:?}");
        }
    }
}

fn becomes(old: &Visit, visit: &Visit, has_heard_of_its_yes: bool) {
    let agreed = |visit: &Visit| {
        (visit.ends_at - visit.starts_at, visit.buffer_minutes, visit.price, visit.service.clone())
    };
    assert_eq!(agreed(old), agreed(visit), "what was agreed on stays");
    assert!(old.revision <= visit.revision, "{old:?}, {visit:?}");
    let may: &[&str] = match old.status.as_str() {
        "requested" => &["confirmed", "declined", "cancelled", "expired"],
        // To whoever knows a request alone it is a request that is declined.
        "confirmed" if !has_heard_of_its_yes => &["cancelled", "declined", "arrived", "no_show"],
        "confirmed" => &["cancelled", "arrived", "no_show"],
        "declined" | "cancelled" | "expired" => &["confirmed"],
        "arrived" => &["no_show"],
        "no_show" => &["arrived"],
        _ => &[],
    };
    assert!(old.status == visit.status || may.contains(&visit.status.as_str()), "{old:?}, {visit:?}");
}

/// A time that somebody has, or waits for.
struct Taken<'a> {
    visit: &'a Visit,
    office: &'a str,
    starts_at: i64,
    ends_at: i64,
}

/// No two live sessions at one time, a reschedule request that waits included; and buffer
/// and drive between any two, but where the therapist has said yes against it.
fn nobody_is_in_anybodys_way(actors: &Actors, file: &File) {
    let app = actors.practice().running.app();
    let practice = app.practice();
    let drive = |from: &str, to: &str| {
        let office = |slug: &str| practice.offices.iter().find(|one| one.slug.as_str() == slug);
        let (from, to) = (office(from).expect("an office"), office(to).expect("an office"));
        if from.slug == to.slug { 0 } else { practice.travel.between(&from.slug, &to.slug).num_seconds() }
    };
    let mut taken = Vec::new();
    for visit in file.visits.values().filter(|visit| visit.is_live()) {
        let (starts_at, ends_at) = (visit.starts_at, visit.ends_at);
        taken.push(Taken { visit, office: &visit.office, starts_at, ends_at });
        if let Some(reschedule_request) = file.waiting(visit.id) {
            let (starts_at, ends_at) = (reschedule_request.starts_at, reschedule_request.ends_at);
            taken.push(Taken { visit, office: &reschedule_request.office, starts_at, ends_at });
        }
    }
    for (id, ends_at) in &file.late {
        let visit = &file.visits[id];
        // What was agreed with another is kept whatever the client is late.
        let next = file.visits.values().filter(|other| other.is_live() && other.id != *id);
        let overlaps = |other: &&Visit| visit.ends_at <= other.starts_at && other.starts_at < *ends_at;
        let in_the_way = next.filter(|_| visit.is_live()).find(overlaps);
        assert!(in_the_way.is_none(), "a late session reaches into another: {visit:?}, {in_the_way:?}");
    }
    taken.sort_by_key(|one| one.starts_at);
    for (nth, first) in taken.iter().enumerate() {
        for second in taken[nth + 1..].iter().filter(|second| second.visit.id != first.visit.id) {
            let (one, other) = (first.visit, second.visit);
            assert!(first.ends_at <= second.starts_at, "they overlap: {one:?}\n{other:?}");
            let knows = |rule: &str| {
                [one, other].iter().any(|visit| visit.overridden.split(' ').any(|it| it == rule))
            };
            let free = second.starts_at - first.ends_at - one.buffer_minutes * 60;
            let is_near = first.office == second.office;
            assert!(free >= 0 || knows("buffer") || !is_near, "no buffer: {one:?}\n{other:?}");
            let can_drive = free >= drive(first.office, second.office);
            assert!(is_near || can_drive || knows("travel"), "no drive: {one:?}\n{other:?}");
        }
    }
}

/// Whoever was led on from a form has a request, one alone.
fn is_asked(actors: &mut Actors, before: &File, after: &File) {
    let Some(address) = actors.led_to.take() else { return };
    let new: Vec<i64> = after.visits.keys().copied().filter(|id| !before.visits.contains_key(id)).collect();
    let in_vain = after.blocked_requests.keys().find(|id| !before.blocked_requests.contains_key(id));
    if let (true, Some(id)) = (new.is_empty(), in_vain) {
        actors.in_vain.push(OwnPage { address, visit: *id, is_of_email: false });
        actors.has("asked in vain");
        return;
    }
    let unproven = after.unproven_requests.keys().find(|id| !before.unproven_requests.contains_key(id));
    if let (true, Some(id)) = (new.is_empty(), unproven) {
        actors.unproven.push(OwnPage { address, visit: *id, is_of_email: false });
        actors.has("not requested yet");
        return;
    }
    if actors.in_vain.iter().chain(&actors.unproven).any(|page| page.address == address) {
        return;
    }
    if actors.pages.iter().any(|page| page.address == address) {
        assert!(new.is_empty(), "the same form is the same request: {new:?}");
    } else {
        assert_eq!(new.len(), 1, "one form is one request");
        actors.pages.push(OwnPage { address, visit: new[0], is_of_email: false });
    }
}

/// What waited for its proof and does not any more is a request, under the same links.
fn is_proven(actors: &mut Actors, before: &File, after: &File) {
    let gone = before.unproven_requests.values().filter(|it| !after.unproven_requests.contains_key(&it.id));
    for request in gone {
        let visit = after.visits.values().find(|visit| visit.uid == request.uid).map(|visit| visit.id);
        let in_vain = after.blocked_requests.values().find(|it| it.uid == request.uid).map(|it| it.id);
        let (own, others) =
            std::mem::take(&mut actors.unproven).into_iter().partition(|page| page.visit == request.id);
        actors.unproven = others;
        let own: Vec<OwnPage> = own;
        let to = |visit| own.iter().cloned().map(move |page| OwnPage { visit, ..page });
        match (visit, in_vain) {
            (Some(visit), _) => actors.pages.extend(to(visit)),
            (None, Some(in_vain)) => actors.in_vain.extend(to(in_vain)),
            // It was old, or its client is erased.
            (None, None) => {}
        }
    }
}

/// What a blocked client asks for is nobody's appointment, of which the therapist hears
/// nothing; and it is declined in its time.
fn nothing_is_held_in_vain(actors: &mut Actors, before: &File, after: &File, step: &Step) {
    let now = actors.now().timestamp();
    for (id, request) in &after.blocked_requests {
        let is_overdue = request.status == "requested" && request.answer_at <= now;
        let passes = matches!(step, Step::Passes(_) | Step::Nears);
        assert!(!is_overdue || actors.is_refused || !passes, "{request:?}");
        let was = before.blocked_requests.get(id).map(|request| request.status.as_str());
        if was == Some("requested") && request.status == "declined" && !request.is_erased() {
            actors.has("declined in vain");
        }
    }
    let mut about = after.emails.values().filter(|email| email.appointment.is_some_and(|id| id < 0));
    assert!(about.all(|email| email.side == told::CLIENT), "the therapist hears of it");
}

/// After the jobs have looked, nothing is held any more whose hold has run out.
fn nothing_is_overdue(actors: &Actors, file: &File) {
    let now = actors.now().timestamp();
    let requests = file.visits.values().filter(|visit| visit.is("requested"));
    let mut overdue = requests.filter(|visit| visit.held_until <= now);
    assert!(overdue.next().is_none(), "a hold that ran out: {:?}", overdue.next());
    let reschedule_requests = file
        .reschedule_requests
        .values()
        .filter(|reschedule_request| reschedule_request.status == "requested");
    assert!(
        reschedule_requests.clone().all(|reschedule_request| reschedule_request.held_until > now),
        "{:?}",
        reschedule_requests.collect::<Vec<_>>()
    );
}

/// The status word stands first on everybody's own page.
async fn pages_say_how_it_is(actors: &mut Actors, file: &File) {
    let visitor = actors.visitor();
    for page in actors.pages.iter().rev().take(2) {
        let shown = visitor.get(&page.address).await;
        let visit = &file.visits[&page.visit];
        if shown.status == 404 {
            let fourteen_days = 14 * 24 * 60 * 60;
            let is_over = visit.ends_at + fourteen_days <= actors.now().timestamp();
            assert!(page.is_of_email || is_over, "{}: {visit:?}", page.address);
            continue;
        }
        let title = shown.expect(200).title();
        assert!(title.starts_with(word_of(visit)), "{title}: {visit:?}");
    }
    if let Some(page) = actors.unproven.last() {
        let shown = visitor.get(&page.address).await.expect(200);
        assert!(shown.title().starts_with("Not requested yet"), "{}", shown.title());
        let has_button = !shown.forms("/proof").is_empty();
        assert!(page.is_of_email || !has_button, "it is proved by whoever has typed the address");
    }
    if let Some(page) = actors.in_vain.last() {
        let request = &file.blocked_requests[&page.visit];
        let shown = visitor.get(&page.address).await;
        let word = match request.status.as_str() {
            "requested" => "Requested",
            "declined" => "Declined",
            _ => "Canceled",
        };
        assert!(shown.status == 404 || shown.title().starts_with(word), "{request:?}: {}", shown.title());
    }
}

/// The word that stands first on the page of a visit.
pub fn word_of(visit: &Visit) -> &'static str {
    match visit.status.as_str() {
        "requested" => "Requested",
        "confirmed" => "Confirmed",
        "declined" => "Declined",
        "cancelled" => "Canceled",
        "expired" => "Expired",
        "arrived" => "Your visit",
        _ => "Missed visit",
    }
}
