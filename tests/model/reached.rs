//! What the sequences have to reach, so that the model fails when it goes
//! hollow: every form's address of the URL map, and every file of the rooms in
//! which things happen to appointments.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use stillpoint::web::router::patterns;

use crate::support::practice::practice;

/// Forms' addresses that no step sends: signing in and the account are no part of
/// the model, what is typed into a client's record is told in `tests/http/clients.rs`, what
/// is done with one email in `tests/http/emails_desk.rs`, that everybody came in
/// `tests/http/todays_page.rs`, the year's sheet in `tests/http/mileage.rs`, exports in
/// `tests/http/exports.rs`, the waitlist has a model of its own (`waitlist.rs`), and what goes out after a restore in `tests/http/backup.rs`.
const NOT_SENT: &[&str] = &[
    "/admin/session",
    "/admin/session/code",
    "/admin/session/end",
    "/admin/session/forgotten",
    "/admin/welcome/{}",
    "/admin/account/password",
    "/admin/account/sessions/end",
    "/admin/account/sessions/{}/end",
    "/admin/account/second-step",
    "/admin/account/second-step/end",
    "/admin/clients",
    "/admin/clients/{}/note",
    "/admin/clients/{}/details",
    "/admin/settings/preview",
    "/admin/days/{}/arrivals",
    "/admin/emails/test",
    "/admin/emails/{}/again",
    "/admin/emails/{}/came-back",
    "/admin/emails/{}/came-back/end",
    "/admin/exports",
    "/admin/restored",
    "/admin/numbers/miles/{}",
    "/admin/numbers/miles/{}/end",
    "/admin/numbers/rates",
    "/admin/numbers/rates/{}/end",
    "/appointments/{}/waitlist",
    "/waitlist",
    "/waitlist/{}/confirmation",
    "/waitlist/{}/offer",
    "/waitlist/{}/offer/pass",
    "/waitlist/{}/end",
    "/admin/waitlist/{}/confirmation",
    "/admin/waitlist/{}/end",
    "/admin/waitlist/{}/offer",
    "/admin/waitlist/offers/{}/taking",
    "/admin/waitlist/offers/{}/pass",
    "/admin/waitlist/offers/{}/end",
    "/appointments/{}/series", // Its tests are over HTTP.
];

/// A file, and what there is to reach in it.
type Reaches = (&'static str, &'static [&'static str]);

/// The files of each room. Of what others share, or only look at, it is what
/// comes of it there.
const FILES: [(&str, &[Reaches]); 4] = [
    (
        "booking",
        &[
            (
                "address_told",
                &["/admin/offices/{}/new-address/emails", "/admin/offices/{}/new-address/known"],
            ),
            (
                "arrive",
                &["confirmed becomes arrived", "confirmed becomes no_show", "no_show becomes arrived"],
            ),
            ("asked_together", &[]), // A series has a model of its own: whole_series.rs.
            ("attend", &["/appointments/{}/attendance"]),
            ("blocked", &["asked in vain", "declined in vain"]),
            ("book", &["/admin/appointments", "booked for somebody known"]),
            ("call_done", &["/admin/calls/{}/done"]),
            ("call_instead", &["/admin/calls/{}/done"]),
            (
                "cancel",
                &[
                    "/appointments/{}/cancellation",
                    "/admin/appointments/{}/cancellation",
                    "/admin/appointments/{}/client-cancellation",
                ],
            ),
            ("cancel_later", &[]), // As asked_together.
            (
                "confirm",
                &["requested becomes confirmed", "expired becomes confirmed", "a change is confirmed"],
            ),
            ("come_back", &[]),  // No step says that an email came back.
            ("send_again", &[]), // What was said once is all that it says.
            (
                "closing",
                &[
                    "/admin/days/{}/closing",
                    "/admin/closings/{}/reopening",
                    "/appointments/{}/rebooking",
                    "/appointments/{}/seen",
                    "a closed visit is canceled",
                    "a closed visit is kept",
                    "a closing brings back whom it touches",
                    "a reopening brings back whom it invites",
                    "a closing is undone",
                    "a reopening is undone",
                    "told: closed, to the client",
                    "told: reopened, to the client",
                ],
            ),
            ("late", &["/appointments/{}/late", "/admin/late", "told: client_late", "told: therapist_late"]),
            ("hold_anew", &["/admin/time-off", "/admin/time-off/{}/end"]),
            ("conflicts", &["/admin/appointments/{}/keeping", "told: conflict"]),
            ("correct_address", &["/appointments/{}/address"]),
            ("decline", &["requested becomes declined", "a change is declined"]),
            ("decline_many", &["/admin/requests/declines"]),
            ("demo", &["among invented visits"]),
            ("emails", &["/admin/emails/retry", "/admin/emails/{}/settled"]),
            ("expire", &["requested becomes expired", "a change is expired"]),
            ("known", &[]), // Whether a series may be asked for: see "request_together".
            ("mod", &[]),
            (
                "pay",
                &[
                    "/admin/appointments/{}/payment",
                    "/admin/appointments/{}/payment/end",
                    "/admin/appointments/{}/fee-waiver",
                    "/admin/appointments/{}/fee-waiver/end",
                    "an act on what was paid for is undone",
                ],
            ),
            ("preview", &["/admin/appointments/{}/cancellation", "/admin/appointments/{}/reschedule"]),
            ("put_back", &["declined becomes confirmed", "cancelled becomes confirmed"]),
            ("prove", &["/appointments/{}/proof", "/admin/unproven-requests/{}/proof"]),
            ("quota", &["too many requests of one contact"]),
            ("remind", &["told: reminder", "told: waiting", "told: day_ahead"]),
            (
                "request",
                &[
                    "/appointments",
                    "asked for somebody else",
                    "booked again",
                    "booked right before or after",
                    "a forged form is refused",
                ],
            ),
            ("request_together", &[]), // The client's series has its tests over HTTP.
            (
                "reschedule",
                &["/appointments/{}/reschedule", "/appointments/{}/reschedule/end", "a change is replaced"],
            ),
            ("reschedule_later", &[]), // As asked_together.
            ("reschedule_later_by_client", &[]),
            ("series", &["/admin/appointments/{}/series", "a series is booked"]),
            ("superseded", &["told: changed, to the client"]),
            ("sent_form", &["the same form again", "as well as the first", "instead of the first"]),
            ("slots", &["/appointments"]),
            ("unheard", &["told: cancelled, to the client"]),
            ("two_sessions", &[]), // As asked_together.
            ("undo", &["an act is undone", "the client acts before they have heard"]),
            ("unproven", &["not requested yet", "/admin/unproven-requests/{}/end"]),
            ("test_email", &[]), // It is about no appointment.
            ("together", &["a series is booked"]),
            ("tell_of_several", &[]), // As cancel_later.
            ("tell", &["told: changed, to the client", "told: cancelled_by_client, to the therapist"]),
        ],
    ),
    (
        "planning",
        &[
            ("ask_proof", &["/admin/proof", "/admin/proof/end"]),
            ("change_hours", &["/admin/hours/{}", "/admin/hours/{}/{}/end", "/admin/hours/first-booking"]),
            ("change_policy", &["/admin/settings"]),
            ("pause", &["/admin/pause", "/admin/pause/end"]),
            ("mod", &[]),
            ("plan_day", &["/admin/days/{}", "a plan leaves visits standing"]),
            ("replaced", &["the program starts again"]),
            ("take_time_off", &["/admin/time-off", "/admin/time-off/{}/end"]),
            ("unheeded", &["content: other hours"]),
        ],
    ),
    (
        "site",
        &[
            ("ask", &["/articles/{}/question"]),
            ("mod", &[]),
            ("publish", &["content: shown", "content: a problem"]),
        ],
    ),
    (
        "jobs",
        &[
            ("backup", &[]),      // It copies the file as it is.
            ("certificate", &[]), // It writes nothing into the file.
            ("content_watch", &["content: shown"]),
            ("courier", &["an email is given up", "an email goes out at a later try"]),
            ("hints", &[]), // Only wakes the content watch sooner.
            ("housekeeping", &["requested becomes expired"]),
            ("mod", &[]),
            ("pictures", &[]),   // No appointment is touched by it.
            ("supervisor", &[]), // Whom it watches over is run by hand here.
            ("waitlist", &[]),   // It has a model of its own.
        ],
    ),
];

/// The address of a form with what is one visit's, day's or office's left out.
pub fn route_of(address: &str) -> String {
    let mut before = "";
    let segments = address.split('/').map(|segment| {
        let is_named = ["hours", "offices", "articles"].contains(&before) && segment != "first-booking";
        before = segment;
        if is_named || segment.contains(|c: char| c.is_ascii_digit()) { "{}" } else { segment }
    });
    segments.collect::<Vec<_>>().join("/")
}

/// The addresses of the URL map to which a form can be sent, as the router has them.
async fn sent_to() -> BTreeSet<String> {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let mut sent_to = BTreeSet::new();
    for pattern in patterns() {
        let segments = pattern.split('/').map(|one| if one.starts_with('{') { "{}" } else { one });
        let route = segments.collect::<Vec<_>>().join("/");
        if !NOT_SENT.contains(&route.as_str()) && therapist.may_post_to(&route.replace("{}", "1")).await {
            sent_to.insert(route);
        }
    }
    practice.close().await;
    sent_to
}

/// Insists that nothing is missing from what was reached, and how often in how many sequences.
pub async fn everything(reached: &BTreeMap<String, usize>) {
    let of_files = FILES.iter().flat_map(|(_, files)| files.iter().flat_map(|(_, marks)| marks.iter()));
    let of_files = of_files.map(|mark| (*mark).to_owned());
    let missing: BTreeSet<String> =
        sent_to().await.into_iter().chain(of_files).filter(|mark| !reached.contains_key(mark)).collect();
    assert!(missing.is_empty(), "the sequences never reach {missing:#?}; they reach {reached:#?}");
}

#[test]
fn every_file_in_which_things_happen_to_appointments_is_reached_by_a_step() {
    for (room, files) in FILES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room);
        let names = fs::read_dir(folder).expect("a room").map(|entry| {
            let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
            name.trim_end_matches(".rs").to_owned()
        });
        let known: BTreeSet<String> = files.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(names.collect::<BTreeSet<_>>(), known, "src/{room}, and what reaches it");
    }
}

#[tokio::test]
async fn the_addresses_of_forms_are_those_of_the_url_map() {
    let routes = sent_to().await;
    for route in ["/appointments", "/appointments/{}/reschedule", "/admin/hours/{}/{}/end", "/admin/settings"]
    {
        assert!(routes.contains(route), "{route} in {routes:#?}");
    }
    for (address, route) in [
        ("/admin/days/2026-11-24/closing", "/admin/days/{}/closing"),
        ("/admin/hours/mt-shasta", "/admin/hours/{}"),
        ("/admin/hours/first-booking", "/admin/hours/first-booking"),
        ("/appointments/0a1b2c/reschedule/end", "/appointments/{}/reschedule/end"),
    ] {
        assert_eq!(route_of(address), route);
    }
}
