//! Every kind of email about an appointment, with what each has to tell: the
//! therapist looks at them, and the tests keep them.

use super::emails::{Moved, Occasion, OneOfSeveral, Opening};
use crate::domain::{
    appointment::{
        Appointment, Side, Status,
        reschedule_request::{Outcome, RescheduleRequest},
    },
    availability::late::Expected,
    ids::{OfferId, WaitlistEntryId},
    time::Instant,
};

/// What an email about an appointment can tell of, with what there is to tell.
pub struct Invented {
    /// As it is asked for.
    pub visit: Appointment,
    /// The same elsewhere, before it was moved: once confirmed, and as it was asked for.
    pub elsewhere: [Appointment; 2],
    pub reschedule_request: RescheduleRequest,
    /// When it is expected because somebody is late.
    pub expected: Expected,
    /// Visits that were booked as one.
    pub series: Vec<OneOfSeveral>,
    /// The same, moved to where they are now.
    pub moves: Vec<Moved>,
    /// The same once the therapist has canceled them, and once the client has.
    pub canceled: [Vec<Appointment>; 2],
    /// Until when another time can be chosen after the day was closed.
    pub rebook_until: Instant,
    /// Until when a time is held for somebody on the waitlist.
    pub offered_until: Instant,
}

/// A kind of email.
pub struct Sample<'a> {
    /// Names it in addresses.
    pub id: &'static str,
    /// What it tells, as one of a list.
    pub title: &'static str,
    /// How the appointment stands then.
    pub status: Status,
    pub occasion: Occasion<'a>,
}

impl Invented {
    /// Every kind of email about an appointment.
    pub fn samples(&self) -> Vec<Sample<'_>> {
        use Status::{Canceled, Confirmed, Declined, Expired, Requested};
        let sample = |id, title, status, occasion| Sample { id, title, status, occasion };
        let (request, [from, asked]) = (&self.reschedule_request, &self.elsewhere);
        let together = |of_each| Occasion::Together { of_each, visits: &self.series };
        let changed = |wanted_by| Occasion::Changed { from, wanted_by };
        let series_changed = |wanted_by| Occasion::SeriesChanged { moves: &self.moves, wanted_by };
        let until = self.rebook_until;
        let opening = Opening {
            entry: WaitlistEntryId(0),
            offer: OfferId(0),
            until: self.offered_until,
            is_held: true,
            instead: None,
            is_at_once: true,
        };
        let to_all = Opening { is_held: false, is_at_once: false, ..opening };
        let swap = Opening { instead: Some(from), ..opening };
        vec![
            sample("unproven", "Prove your email first", Requested, Occasion::Unproven { second: None }),
            sample("opening", "A time opened up", Requested, Occasion::Opening(opening)),
            sample(
                "opening-to-all",
                "A time opened up at short notice",
                Requested,
                Occasion::Opening(to_all),
            ),
            sample("opening-swap", "An earlier time opened up", Requested, Occasion::Opening(swap)),
            sample("received", "Request received", Requested, Occasion::Received),
            sample("arrived", "A request arrived", Requested, Occasion::Arrived),
            sample("waiting", "A request still waits", Requested, Occasion::Waiting(None)),
            sample(
                "waiting-reschedule",
                "A request to reschedule still waits",
                Confirmed,
                Occasion::Waiting(Some(request)),
            ),
            sample("confirmed", "Confirmed", Confirmed, Occasion::Confirmed),
            sample("series", "Several visits confirmed", Confirmed, together(&Occasion::Confirmed)),
            sample(
                "series-received",
                "Request for several visits received",
                Requested,
                together(&Occasion::Received),
            ),
            sample(
                "series-arrived",
                "A request for several visits arrived",
                Requested,
                together(&Occasion::Arrived),
            ),
            sample(
                "series-waiting",
                "A request for several visits still waits",
                Requested,
                together(&Occasion::Waiting(None)),
            ),
            sample(
                "series-declined",
                "Several visits declined",
                Declined,
                together(&Occasion::Declined { offers_times: true }),
            ),
            sample(
                "series-expired",
                "A request for several visits expired",
                Expired,
                together(&Occasion::Expired),
            ),
            sample("series-changed", "You moved a series", Confirmed, series_changed(Side::Therapist)),
            sample(
                "series-changed-as-asked",
                "A series moved as they asked",
                Confirmed,
                series_changed(Side::Client),
            ),
            sample(
                "series-changed-by-client",
                "A client moved a series",
                Confirmed,
                Occasion::SeriesChangedByClient(&self.moves),
            ),
            sample(
                "series-canceled",
                "A series canceled",
                Canceled,
                Occasion::SeriesCanceled(&self.canceled[0]),
            ),
            sample(
                "series-canceled-by-client",
                "A client canceled a series",
                Canceled,
                Occasion::SeriesCanceledByClient(&self.canceled[1]),
            ),
            sample(
                "declined",
                "Declined, with other times",
                Declined,
                Occasion::Declined { offers_times: true },
            ),
            sample("declined-only", "Declined", Declined, Occasion::Declined { offers_times: false }),
            sample("put-back", "Back on", Confirmed, Occasion::PutBack { was: Canceled }),
            sample("put-back-declined", "Possible after all", Confirmed, Occasion::PutBack { was: Declined }),
            sample("expired", "Expired", Expired, Occasion::Expired),
            sample("changed", "You rescheduled", Confirmed, changed(Side::Therapist)),
            sample("changed-as-asked", "Rescheduled as they asked", Confirmed, changed(Side::Client)),
            sample(
                "changed-by-client",
                "A client rescheduled",
                Confirmed,
                Occasion::ChangedByClient { from },
            ),
            sample(
                "request-changed",
                "A client moved a request",
                Requested,
                Occasion::ChangedByClient { from: asked },
            ),
            sample(
                "reschedule-received",
                "Request to reschedule received",
                Confirmed,
                Occasion::RescheduleRequestReceived(request),
            ),
            sample(
                "reschedule-arrived",
                "A request to reschedule arrived",
                Confirmed,
                Occasion::RescheduleRequestArrived(request),
            ),
            sample(
                "unchanged-declined",
                "New time declined",
                Confirmed,
                Occasion::Unchanged(request, Outcome::Declined),
            ),
            sample(
                "unchanged-expired",
                "New time not answered",
                Confirmed,
                Occasion::Unchanged(request, Outcome::Expired),
            ),
            sample(
                "unchanged-withdrawn",
                "New time dropped",
                Confirmed,
                Occasion::Unchanged(request, Outcome::Canceled),
            ),
            sample(
                "reschedule-withdrawn",
                "A client dropped the new time",
                Confirmed,
                Occasion::RescheduleRequestWithdrawn(request),
            ),
            sample("canceled", "Canceled", Canceled, Occasion::Canceled),
            sample("closed", "A day closed", Canceled, Occasion::Closed { was: Confirmed, until }),
            sample(
                "closed-request",
                "A day closed, before you answered",
                Declined,
                Occasion::Closed { was: Requested, until },
            ),
            sample("reopened", "A day open again", Canceled, Occasion::Reopened { was: Confirmed, until }),
            sample("canceled-by-client", "A client canceled", Canceled, Occasion::CanceledByClient),
            sample("reminder", "Reminder", Confirmed, Occasion::Reminder { hours: 48 }),
            sample(
                "therapist-late",
                "You're running late",
                Confirmed,
                Occasion::TherapistLate { expected: &self.expected },
            ),
            sample(
                "client-late",
                "A client is running late",
                Confirmed,
                Occasion::ClientLate { expected: &self.expected },
            ),
            sample("new-address", "New address", Confirmed, Occasion::NewAddress),
        ]
    }
}
