//! What emails say of several visits whose moves have one answer.

use super::*;
use crate::domain::appointment::reschedule_request::Outcome;

#[test]
fn a_reschedule_request_for_several_visits_names_the_later_ones_and_how_many_in_both_parts() {
    let (first, request) = (visit(Status::Confirmed), reschedule_request());
    let later = [1, 2].map(|weeks| {
        let on = |span: Interval| {
            Interval::new(span.start + TimeDelta::weeks(weeks), span.end + TimeDelta::weeks(weeks))
        };
        let to = RescheduleRequest { span: on(request.span), ..request.clone() };
        (Appointment { span: on(first.span), ..first.clone() }, to)
    });
    for (of_each, subject, says, is_way) in [
        (
            Occasion::RescheduleRequestReceived(&request),
            "Confirmed: 3 visits from Tuesday, December 8, 2:30 pm, south (reschedule requested)",
            "and the 2 later visits with it. I'm holding those times",
            true,
        ),
        (
            Occasion::RescheduleRequestArrived(&request),
            "Confirmed: June Okafor wants to reschedule 3 visits from Tuesday, December 8, 2:30 pm, south",
            "and the 2 later visits with it: one request, with one answer from you.",
            true,
        ),
        (
            Occasion::Waiting(Some(&request)),
            "Confirmed: June Okafor wants to reschedule 3 visits from Tuesday, December 8, 2:30 pm, south (1 day left)",
            "and the 2 later visits with it. 1 day left: the times are held",
            true,
        ),
        (
            Occasion::Unchanged(&request, Outcome::Declined),
            "Confirmed: 3 visits from Tuesday, December 8, 2:30 pm, south, as before",
            "or the 2 later visits with it. All of them stay as they were.",
            false,
        ),
        (
            Occasion::Unchanged(&request, Outcome::Expired),
            "Confirmed: 3 visits from Tuesday, December 8, 2:30 pm, south, as before",
            "Your appointments stay as they were.",
            false,
        ),
        (
            Occasion::Unchanged(&request, Outcome::Canceled),
            "Confirmed: 3 visits from Tuesday, December 8, 2:30 pm, south, as before",
            "I've dropped your request for Saturday, December 12, 9:00 am, north, and the 2 later visits",
            false,
        ),
        (
            Occasion::RescheduleRequestWithdrawn(&request),
            "Confirmed: June Okafor, 3 visits from Tuesday, December 8, 2:30 pm, south, as before",
            "or the 2 later visits with it. Nothing to answer: the appointments stay as they were.",
            false,
        ),
    ] {
        let email = email(Status::Confirmed, Occasion::AndLater { of_each: &of_each, later: &later });
        let alone = written(&first, of_each, "2026-12-06 12:00");
        assert_eq!(email.subject, subject);
        assert_eq!(email.key.split('/').next(), alone.key.split('/').next());
        for part in [squeezed(&email.text), words(&email.html)] {
            assert!(part.contains(says), "{part}");
            for (was, is) in [("15", "19"), ("22", "26")] {
                let was = format!("Tuesday, December {was}, 2:30 pm, ");
                let line = match is_way {
                    true => format!("{was}to Saturday, December {is}, 9:00 am, north"),
                    false => format!("{was}south"),
                };
                assert!(part.contains(&line), "{line}: {part}");
            }
        }
        assert!(!email.text.contains("\n\n\n"), "an empty line too many:\n{}", email.text);
        assert!(!alone.text.contains("later visits"), "{}", alone.text);
    }
}
