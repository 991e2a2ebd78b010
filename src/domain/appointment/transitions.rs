//! What may happen to an appointment. Every transition takes it and gives back
//! what it becomes, or refuses with the reason.

use chrono::TimeDelta;

use super::{
    cancellation::CancellationTerms,
    overriding::Override,
    record::Appointment,
    refusal::{Refusal, SlotRefusal},
    reschedule_request::RescheduleRequest,
    state::{Agreement, Cancellation, State},
    status::Side,
};
use crate::domain::{
    client::{Contact, Name, Note},
    ids::{ClientId, OfficeSlug},
    practice::policy::Policy,
    time::{Instant, Interval},
};

/// How long before the start somebody may arrive.
const EARLIEST_ARRIVAL: TimeDelta = TimeDelta::hours(1);

impl Appointment {
    /// The therapist says yes. An expired request may still get its yes; that
    /// its time is still free, or what was overridden, is for the calendar to say.
    pub fn confirm(
        self,
        policy: &Policy,
        sentence: Option<Note>,
        overridden: Override,
        now: Instant,
    ) -> Result<Self, Refusal> {
        match self.state {
            State::Requested { .. } | State::Expired { .. } => {
                Self { overridden, ..self.not_begun(now)? }.confirmed(policy, sentence, now)
            }
            state => Err(Refusal::Is(state.status())),
        }
    }

    /// The therapist says no.
    pub fn decline(self, sentence: Option<Note>, now: Instant) -> Result<Self, Refusal> {
        match self.state {
            State::Requested { .. } => Ok(self.stands(State::Declined { at: now }, sentence)),
            state => Err(Refusal::Is(state.status())),
        }
    }

    /// The client takes back a request or an appointment, until it begins.
    pub fn cancel_by_client(self, policy: &Policy, now: Instant) -> Result<Self, Refusal> {
        match self.state {
            State::Requested { .. } | State::Confirmed(_) => {
                let is_late = self.is_inside_notice(policy, now);
                Ok(self.not_begun(now)?.canceled(Side::Client, is_late, None, now))
            }
            state => Err(Refusal::Is(state.status())),
        }
    }

    /// The therapist calls off a confirmed appointment, until it begins.
    pub fn cancel_by_therapist(self, sentence: Option<Note>, now: Instant) -> Result<Self, Refusal> {
        match self.state {
            State::Confirmed(_) => Ok(self.not_begun(now)?.canceled(Side::Therapist, false, sentence, now)),
            state => Err(Refusal::Is(state.status())),
        }
    }

    /// The client has told the therapist that they will not come, which may be
    /// as late as during the session.
    pub fn cancel_for_client(self, policy: &Policy, now: Instant) -> Result<Self, Refusal> {
        match self.state {
            State::Confirmed(_) if now < self.span.end => {
                let is_late = self.is_inside_notice(policy, now);
                Ok(self.canceled(Side::Client, is_late, None, now))
            }
            State::Confirmed(_) => Err(Refusal::HasBegun),
            state => Err(Refusal::Is(state.status())),
        }
    }

    /// The therapist moves it, at once: what was asked for is confirmed by it.
    pub fn reschedule(
        self,
        policy: &Policy,
        office: OfficeSlug,
        span: Interval,
        sentence: Option<Note>,
        overridden: Override,
        now: Instant,
    ) -> Result<Self, Refusal> {
        self.can_be_moved(now)?;
        let moved = self.moved(office, span)?;
        Self { overridden, ..moved }.confirmed(policy, sentence, now)
    }

    /// Whether the therapist can still move it, wherever to.
    pub fn can_be_moved(&self, now: Instant) -> Result<(), Refusal> {
        match self.state {
            State::Requested { .. } | State::Expired { .. } | State::Confirmed(_) => self.has_not_begun(now),
            state => Err(Refusal::Is(state.status())),
        }
    }

    /// The therapist says yes to a reschedule request that the client has asked for, while
    /// neither time has come.
    pub fn confirm_reschedule_request(
        self,
        policy: &Policy,
        reschedule_request: &RescheduleRequest,
        sentence: Option<Note>,
        overridden: Override,
        now: Instant,
    ) -> Result<Self, Refusal> {
        match self.state {
            State::Confirmed(_) if reschedule_request.span.start <= now => Err(SlotRefusal::Past.into()),
            State::Confirmed(_) => self
                .reschedule(
                    policy,
                    reschedule_request.office.clone(),
                    reschedule_request.span,
                    sentence,
                    overridden,
                    now,
                )
                .map(Self::by_its_client),
            state => Err(Refusal::Is(state.status())),
        }
    }

    /// The client moves a request, which nobody has answered: it is the same
    /// request for another time, held anew.
    pub fn move_request(
        self,
        office: OfficeSlug,
        span: Interval,
        held_until: Instant,
        now: Instant,
    ) -> Result<Self, Refusal> {
        match self.state {
            State::Requested { .. } => {
                let moved = self.not_begun(now)?.moved(office, span)?;
                let state = State::Requested { held_until };
                Ok(Self { state, requested_at: now, revision: moved.revision + 1, ..moved.by_its_client() })
            }
            state => Err(Refusal::Is(state.status())),
        }
    }

    /// The client asks for another time; this one stays valid until the answer.
    pub fn ask_for_reschedule(self, policy: &Policy, now: Instant) -> Result<Self, Refusal> {
        match self.state {
            State::Confirmed(_) => {
                let standing = self.not_begun(now)?;
                if standing.is_inside_notice(policy, now) {
                    return Err(Refusal::InsideNotice);
                }
                standing.has_moves_left(policy)?;
                standing.unmoved()
            }
            state => Err(Refusal::Is(state.status())),
        }
    }

    /// The client moves it at once, where their service is confirmed at once.
    pub fn move_by_client(
        self,
        policy: &Policy,
        office: OfficeSlug,
        span: Interval,
        now: Instant,
    ) -> Result<Self, Refusal> {
        Ok(self.reschedule(policy, office, span, None, Override::none(), now)?.by_its_client())
    }

    fn by_its_client(self) -> Self {
        Self { moves: self.moves.saturating_add(1), ..self }
    }

    /// Whether its client may move it, or ask for another time, by themselves.
    pub fn may_be_moved_by_client(&self, policy: &Policy, now: Instant) -> Result<(), Refusal> {
        match self.state {
            State::Requested { .. } => {
                self.has_not_begun(now)?;
                self.has_moves_left(policy)
            }
            _ => self.clone().ask_for_reschedule(policy, now).map(drop),
        }
    }

    fn has_moves_left(&self, policy: &Policy) -> Result<(), Refusal> {
        if self.moves < policy.moves_per_appointment { Ok(()) } else { Err(Refusal::MovedOften(self.moves)) }
    }

    /// A reschedule request was declined, taken back or not answered: the appointment stands as it is.
    pub fn unmoved(self) -> Result<Self, Refusal> {
        match self.state {
            State::Confirmed(_) => Ok(Self { revision: self.revision + 1, ..self }),
            state => Err(Refusal::Is(state.status())),
        }
    }

    /// The client is there. Also how a no-show that was noted by mistake is corrected.
    pub fn arrive(self, now: Instant) -> Result<Self, Refusal> {
        match self.state {
            State::Confirmed(agreement) | State::NoShow(agreement) => {
                if now < self.span.start - EARLIEST_ARRIVAL {
                    return Err(Refusal::HasNotBegun);
                }
                Ok(Self { state: State::Arrived(agreement), revision: self.revision + 1, ..self })
            }
            state => Err(Refusal::Is(state.status())),
        }
    }

    /// The client has not come. Also how an arrival that was noted by mistake is corrected.
    pub fn miss(self, now: Instant) -> Result<Self, Refusal> {
        match self.state {
            State::Confirmed(agreement) | State::Arrived(agreement) => {
                if now < self.span.start {
                    return Err(Refusal::HasNotBegun);
                }
                Ok(Self { state: State::NoShow(agreement), revision: self.revision + 1, ..self })
            }
            state => Err(Refusal::Is(state.status())),
        }
    }

    /// Nobody answered in time.
    pub fn expire(self, now: Instant) -> Result<Self, Refusal> {
        match self.state {
            State::Requested { held_until } if held_until <= now => {
                Ok(Self { state: State::Expired { at: now }, revision: self.revision + 1, ..self })
            }
            state => Err(Refusal::Is(state.status())),
        }
    }

    /// The client corrects where we write to, until the first answer.
    pub fn correct_contact(self, client: ClientId, contact: Contact) -> Result<Self, Refusal> {
        match self.state {
            State::Requested { .. } => Ok(Self { client, contact, revision: self.revision + 1, ..self }),
            state => Err(Refusal::Is(state.status())),
        }
    }

    /// The therapist has corrected who comes, or how they are reached.
    pub fn with_details(self, name: Name, contact: Contact) -> Self {
        Self { name, contact, revision: self.revision + 1, ..self }
    }

    /// The office has moved to another address, and the client is told.
    pub fn told_of_new_address(self) -> Self {
        Self { revision: self.revision + 1, ..self }
    }

    /// The therapist gives the request more or less time, because of time off.
    pub fn held(self, held_until: Instant) -> Result<Self, Refusal> {
        match self.state {
            State::Requested { .. } => Ok(Self { state: State::Requested { held_until }, ..self }),
            state => Err(Refusal::Is(state.status())),
        }
    }

    /// The therapist puts back what is over, until its time has come; that it is still free, or
    /// what was overridden, is for the calendar to say.
    pub fn put_back(
        self,
        policy: &Policy,
        sentence: Option<Note>,
        overridden: Override,
        now: Instant,
    ) -> Result<Self, Refusal> {
        match self.state {
            State::Declined { .. } | State::Canceled(_) | State::Expired { .. } => {
                Self { overridden, ..self.not_begun(now)? }.confirmed(policy, sentence, now)
            }
            state => Err(Refusal::Is(state.status())),
        }
    }

    /// As it was before an act that is taken back: a new step, after the revision that it has now.
    pub fn restored(self, revision: u32) -> Self {
        Self { revision: revision + 1, ..self }
    }

    /// What the therapist has just booked is taken back: nobody has heard of it.
    pub fn unbooked(self, now: Instant) -> Self {
        self.canceled(Side::Therapist, false, None, now)
    }

    fn not_begun(self, now: Instant) -> Result<Self, Refusal> {
        self.has_not_begun(now)?;
        Ok(self)
    }

    /// Refuses what can only be done before its time.
    pub fn has_not_begun(&self, now: Instant) -> Result<(), Refusal> {
        if now < self.span.start { Ok(()) } else { Err(Refusal::HasBegun) }
    }

    fn moved(self, office: OfficeSlug, span: Interval) -> Result<Self, Refusal> {
        if self.office == office && self.span.start == span.start {
            return Err(Refusal::SameTime);
        }
        Ok(Self { office, span, ..self })
    }

    fn confirmed(self, policy: &Policy, sentence: Option<Note>, now: Instant) -> Result<Self, Refusal> {
        let terms = CancellationTerms::agreed(policy, self.price, self.span.start, now);
        Ok(self.stands(State::Confirmed(Agreement { at: now, terms: Some(terms) }), sentence))
    }

    fn canceled(self, by: Side, is_late: bool, sentence: Option<Note>, now: Instant) -> Self {
        let agreement = self.state.agreement().copied();
        self.stands(State::Canceled(Cancellation { at: now, by, is_late, agreement }), sentence)
    }

    fn stands(self, state: State, sentence: Option<Note>) -> Self {
        Self { state, sentence, revision: self.revision + 1, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        appointment::status::Status,
        client::Name,
        client::{EmailAddress, Phone},
        example::{at, office_slug, rules, service_slug, state},
        ids::{AppointmentId, RescheduleRequestId},
        practice::price::Price,
        time,
    };
    use Status::{Arrived, Canceled, Confirmed, Declined, Expired, NoShow, Requested};

    const SECOND: TimeDelta = TimeDelta::seconds(1);

    fn start() -> Instant {
        at("2026-12-08 14:30")
    }

    /// Two days before the start: nothing is late, no hold has ended.
    fn early() -> Instant {
        start() - time::hours(48)
    }

    fn policy() -> Policy {
        rules().policy
    }

    fn by_email(address: &str) -> Contact {
        Contact { email: Some(EmailAddress::parse(address).expect("an address")), phone: None }
    }

    fn by_phone(number: &str) -> Contact {
        Contact { email: None, phone: Some(Phone::stored(number.to_owned())) }
    }

    fn note(text: &str) -> Option<Note> {
        Note::parse(text).expect("a note")
    }

    fn appointment(status: Status) -> Appointment {
        Appointment {
            id: AppointmentId(1),
            client: ClientId(1),
            name: Name::parse("June Okafor").expect("a name"),
            series: None,
            guest: None,
            contact: by_email("june@example.com"),
            note: note("First visit."),
            office: office_slug("north"),
            service: service_slug("hour"),
            service_name: "An hour".to_owned(),
            span: Interval::new(start(), start() + time::minutes(60)),
            buffer: time::minutes(15),
            price: Price(9500),
            requested_at: early() - time::hours(24),
            // A hold lasts a day.
            state: state(status, early() - time::hours(24)),
            overridden: Override::none(),
            sentence: None,
            uid: "1@example.com".to_owned(),
            moves: 0,
            revision: 7,
        }
    }

    type Act = fn(Appointment, Instant) -> Result<Appointment, Refusal>;

    /// When something may happen.
    #[derive(PartialEq)]
    enum When {
        Ever,
        UntilTheStart,
        SinceTheStart,
    }
    use When::{Ever, SinceTheStart, UntilTheStart};

    impl When {
        fn good(&self) -> Instant {
            if *self == SinceTheStart { start() } else { early() }
        }
    }

    /// What may happen, when, and from which status it leads to which.
    struct Action {
        name: &'static str,
        when: When,
        act: Act,
        leads: &'static [(Status, Status)],
    }

    /// An hour later in the other office.
    fn elsewhere() -> (OfficeSlug, Interval) {
        let from = start() + time::minutes(60);
        (office_slug("south"), Interval::new(from, from + time::minutes(60)))
    }

    fn reschedule_request() -> RescheduleRequest {
        let (office, span) = elsewhere();
        RescheduleRequest {
            id: RescheduleRequestId(1),
            appointment: AppointmentId(1),
            office,
            span,
            requested_at: early(),
            held_until: early() + time::hours(24),
        }
    }

    /// Everything that somebody can do, or that time does.
    fn actions() -> [Action; 15] {
        let action = |name, when, act, leads| Action { name, when, act, leads };
        [
            action(
                "confirm",
                UntilTheStart,
                |a, now| a.confirm(&policy(), None, Override::none(), now),
                &[(Requested, Confirmed), (Expired, Confirmed)],
            ),
            action(
                "put back",
                UntilTheStart,
                |a, now| a.put_back(&policy(), None, Override::none(), now),
                &[(Declined, Confirmed), (Canceled, Confirmed), (Expired, Confirmed)],
            ),
            action("decline", Ever, |a, now| a.decline(None, now), &[(Requested, Declined)]),
            action(
                "cancel by client",
                UntilTheStart,
                |a, now| a.cancel_by_client(&policy(), now),
                &[(Requested, Canceled), (Confirmed, Canceled)],
            ),
            action(
                "cancel by therapist",
                UntilTheStart,
                |a, now| a.cancel_by_therapist(None, now),
                &[(Confirmed, Canceled)],
            ),
            action(
                "cancel for client",
                Ever,
                |a, now| a.cancel_for_client(&policy(), now),
                &[(Confirmed, Canceled)],
            ),
            action("expire", Ever, |a, now| a.expire(now), &[(Requested, Expired)]),
            action(
                "correct contact",
                Ever,
                |a, _| a.correct_contact(ClientId(2), by_email("jun@example.com")),
                &[(Requested, Requested)],
            ),
            action(
                "reschedule",
                UntilTheStart,
                |a, now| {
                    let (office, span) = elsewhere();
                    a.reschedule(&policy(), office, span, None, Override::none(), now)
                },
                &[(Requested, Confirmed), (Expired, Confirmed), (Confirmed, Confirmed)],
            ),
            action(
                "move a request",
                UntilTheStart,
                |a, now| {
                    let (office, span) = elsewhere();
                    a.move_request(office, span, now + time::hours(24), now)
                },
                &[(Requested, Requested)],
            ),
            action(
                "ask for a change",
                UntilTheStart,
                |a, now| a.ask_for_reschedule(&policy(), now),
                &[(Confirmed, Confirmed)],
            ),
            action(
                "confirm a change",
                UntilTheStart,
                |a, now| {
                    a.confirm_reschedule_request(
                        &policy(),
                        &reschedule_request(),
                        None,
                        Override::none(),
                        now,
                    )
                },
                &[(Confirmed, Confirmed)],
            ),
            action("decline or take back a change", Ever, |a, _| a.unmoved(), &[(Confirmed, Confirmed)]),
            action("arrive", SinceTheStart, Appointment::arrive, &[(Confirmed, Arrived), (NoShow, Arrived)]),
            action("miss", SinceTheStart, Appointment::miss, &[(Confirmed, NoShow), (Arrived, NoShow)]),
        ]
    }

    #[test]
    fn each_status_allows_its_own_actions_and_every_allowed_one_raises_the_revision_by_one() {
        for Action { name, when, act, leads } in actions() {
            for from in Status::ALL {
                let before = appointment(from);
                let outcome = act(before.clone(), when.good()).map(|after| (after.status(), after.revision));
                let expected = match leads.iter().find(|(lead, _)| *lead == from) {
                    Some((_, to)) => Ok((*to, before.revision + 1)),
                    None => Err(Refusal::Is(from)),
                };
                assert_eq!(outcome, expected, "{name} what is {}", from.as_str());
            }
        }
    }

    #[test]
    fn nothing_that_happens_touches_what_was_agreed_on_but_the_time_and_the_office() {
        for Action { name, when, act, leads } in actions() {
            for (from, _) in leads {
                let before = appointment(*from);
                let after = act(before.clone(), when.good()).expect("allowed");
                let agreed = |a: &Appointment| {
                    let service = (a.service.clone(), a.service_name.clone(), a.price, a.buffer);
                    (a.id, a.name.clone(), a.note.clone(), a.minutes(), a.uid.clone(), service)
                };
                assert_eq!(agreed(&after), agreed(&before), "{name} what is {}", from.as_str());
                assert!(!after.status().is_live() || after.state.ended_at().is_none(), "{name}");
                let is_moved = (&after.office, after.span) != (&before.office, before.span);
                let may_move = ["reschedule", "move a request", "confirm a change"].contains(&name);
                assert_eq!(is_moved, may_move, "{name} what is {}", from.as_str());
            }
        }
    }

    /// What a yes at an early moment says of canceling, with a notice of a day and no fee.
    fn agreed(span: Interval) -> Agreement {
        let terms = CancellationTerms { free_until: span.start - time::hours(24), fee: None };
        Agreement { at: early(), terms: Some(terms) }
    }

    #[test]
    fn the_therapist_moves_what_was_asked_for_and_so_confirms_it() {
        let (office, span) = elsewhere();
        for from in [Requested, Expired, Confirmed] {
            let before = appointment(from);
            let expected = Appointment {
                office: office.clone(),
                span,
                state: State::Confirmed(agreed(span)),
                sentence: note("I am in the south that day."),
                overridden: Override::parse("hours"),
                revision: 8,
                ..before.clone()
            };
            let sentence = note("I am in the south that day.");
            let moved = before.reschedule(
                &policy(),
                office.clone(),
                span,
                sentence,
                Override::parse("hours"),
                early(),
            );
            assert_eq!(moved, Ok(expected), "{}", from.as_str());
        }
    }

    #[test]
    fn a_moved_request_is_held_anew() {
        let (office, span) = elsewhere();
        let before = appointment(Requested);
        let until = early() + time::hours(20);
        let expected = Appointment {
            office: office.clone(),
            span,
            requested_at: early(),
            state: State::Requested { held_until: until },
            moves: 1,
            revision: 8,
            ..before.clone()
        };
        assert_eq!(before.move_request(office, span, until, early()), Ok(expected));
    }

    #[test]
    fn an_appointment_is_not_moved_to_where_it_is_but_to_the_other_office_at_the_same_time() {
        let here = appointment(Confirmed).span;
        for (what, office, span, expected) in [
            ("here and then", "north", here, Some(Refusal::SameTime)),
            ("the other office", "south", here, None),
            ("a minute later", "north", Interval::new(here.start + time::minutes(1), here.end), None),
        ] {
            let office = office_slug(office);
            let to = (office.clone(), span);
            let moved =
                appointment(Confirmed).reschedule(&policy(), to.0, to.1, None, Override::none(), early());
            assert_eq!(moved.err(), expected, "the therapist: {what}");
            let moved = appointment(Requested).move_request(office, span, early(), early());
            assert_eq!(moved.err(), expected, "the client: {what}");
        }
    }

    #[test]
    fn a_client_asks_for_another_time_until_the_notice_begins() {
        let notice = start() - time::hours(24);
        for (hours, now, expected) in [
            (24, notice - SECOND, None),
            (24, notice, Some(Refusal::InsideNotice)),
            (24, start() - SECOND, Some(Refusal::InsideNotice)),
            (0, start() - SECOND, None),
            (24, start(), Some(Refusal::HasBegun)),
            (0, start(), Some(Refusal::HasBegun)),
        ] {
            let policy = Policy { cancellation_notice_hours: hours, ..policy() };
            let asked = appointment(Confirmed).ask_for_reschedule(&policy, now);
            assert_eq!(asked.as_ref().err(), expected.as_ref(), "{hours} h of notice, at {now}");
            if let Ok(standing) = asked {
                assert_eq!(standing, Appointment { revision: 8, ..appointment(Confirmed) }, "it stands");
            }
        }
    }

    #[test]
    fn a_yes_to_a_change_comes_before_both_times() {
        let sooner = Interval::new(start() - time::hours(3), start() - time::hours(2));
        let later = elsewhere().1;
        for (what, span, now, expected) in [
            ("a later time", later, start() - SECOND, None),
            ("a later time, when the old one has come", later, start(), Some(Refusal::HasBegun)),
            ("a sooner time", sooner, sooner.start - SECOND, None),
            ("a sooner time that has come", sooner, sooner.start, Some(SlotRefusal::Past.into())),
            ("a sooner time that has passed", sooner, start() - SECOND, Some(SlotRefusal::Past.into())),
        ] {
            let reschedule_request = RescheduleRequest { span, ..reschedule_request() };
            let yes = appointment(Confirmed).confirm_reschedule_request(
                &policy(),
                &reschedule_request,
                None,
                Override::none(),
                now,
            );
            assert_eq!(yes.err(), expected, "{what}");
        }
    }

    #[test]
    fn a_client_can_call_off_until_the_session_is_over() {
        let end = start() + time::minutes(60);
        for (what, now, is_late) in [
            ("two days before", early(), Some(false)),
            ("an hour before", start() - time::hours(1), Some(true)),
            ("when it has begun", start() + time::minutes(10), Some(true)),
            ("in its last second", end - SECOND, Some(true)),
            ("when it is over", end, None),
        ] {
            let canceled = appointment(Confirmed).cancel_for_client(&policy(), now);
            let expected = is_late.ok_or(Refusal::HasBegun);
            assert_eq!(
                canceled.as_ref().map(Appointment::was_canceled_late),
                expected.as_ref().copied(),
                "{what}"
            );
            assert!(canceled.is_err() || canceled.is_ok_and(|a| a.canceled_by() == Some(Side::Client)));
        }
    }

    #[test]
    fn somebody_arrives_from_an_hour_before_and_is_missed_from_the_start_on() {
        let arrive: Act = Appointment::arrive;
        let miss: Act = Appointment::miss;
        for (name, act, status, from) in [
            ("arrives", arrive, Confirmed, start() - time::hours(1)),
            ("arrives after all", arrive, NoShow, start() - time::hours(1)),
            ("is missed", miss, Confirmed, start()),
            ("was not there after all", miss, Arrived, start()),
        ] {
            assert_eq!(act(appointment(status), from - SECOND), Err(Refusal::HasNotBegun), "{name}");
            for now in [from, start() + time::hours(24 * 30)] {
                assert!(act(appointment(status), now).is_ok(), "{name}, {now}");
            }
        }
    }

    #[test]
    fn a_visit_is_what_has_taken_place_as_far_as_anybody_knows() {
        let end = start() + time::minutes(60);
        for (status, now, expected) in [
            (Confirmed, end - SECOND, false),
            (Confirmed, end, true),
            (Arrived, start(), true),
            (Arrived, end, true),
            (NoShow, end, false),
            (Canceled, end, false),
            (Requested, end, false),
            (Declined, end, false),
            (Expired, end, false),
        ] {
            assert_eq!(appointment(status).was_a_visit(now), expected, "{}, {now}", status.as_str());
        }
    }

    #[test]
    fn word_of_a_new_address_and_more_time_to_answer_change_nothing_else() {
        let before = appointment(Confirmed);
        assert_eq!(before.clone().told_of_new_address(), Appointment { revision: 8, ..before });
        let before = appointment(Requested);
        let until = early() + time::hours(30);
        let state = State::Requested { held_until: until };
        assert_eq!(before.clone().held(until), Ok(Appointment { state, ..before }));
    }

    #[test]
    fn a_yes_keeps_everything_that_was_agreed() {
        for from in [Requested, Expired] {
            let before = appointment(from);
            let expected = Appointment {
                state: State::Confirmed(agreed(before.span)),
                sentence: note("See you then."),
                revision: 8,
                ..before.clone()
            };
            assert_eq!(
                before.confirm(&policy(), note("See you then."), Override::none(), early()),
                Ok(expected),
                "{}",
                from.as_str()
            );
        }
    }

    #[test]
    fn what_is_restored_is_as_it_was_but_for_the_revision() {
        let before = appointment(Requested);
        let declined = before.clone().decline(note("I am away."), early()).expect("declined");
        let restored = before.clone().restored(declined.revision);
        assert_eq!(restored, Appointment { revision: 9, ..before });
        let booked = appointment(Confirmed);
        for now in [early(), start() + time::minutes(10)] {
            let unbooked = booked.clone().unbooked(now);
            assert_eq!((unbooked.status(), unbooked.canceled_by()), (Canceled, Some(Side::Therapist)));
            assert!(!unbooked.was_canceled_late() && unbooked.revision == booked.revision + 1);
        }
    }

    #[test]
    fn what_is_put_back_is_agreed_anew() {
        for from in [Declined, Canceled, Expired] {
            let before = appointment(from);
            let put_back =
                before.clone().put_back(&policy(), note("Welcome back."), Override::none(), early());
            let expected = Appointment {
                state: State::Confirmed(agreed(before.span)),
                sentence: note("Welcome back."),
                revision: 8,
                ..before
            };
            assert_eq!(put_back, Ok(expected), "{}", from.as_str());
        }
    }

    #[test]
    fn a_no_is_an_answer_and_an_end() {
        let before = appointment(Requested);
        let expected = Appointment {
            state: State::Declined { at: early() },
            sentence: note("I am away."),
            revision: 8,
            ..before.clone()
        };
        assert_eq!(before.decline(note("I am away."), early()), Ok(expected));
    }

    #[test]
    fn a_cancellation_tells_who_canceled() {
        let before = appointment(Confirmed);
        let canceled = |by, sentence| Appointment {
            state: State::Canceled(Cancellation {
                at: early(),
                by,
                is_late: false,
                agreement: before.state.agreement().copied(),
            }),
            sentence,
            revision: 8,
            ..before.clone()
        };
        assert_eq!(
            before.clone().cancel_by_client(&policy(), early()),
            Ok(canceled(Side::Client, None)),
            "by the client"
        );
        assert_eq!(
            before.clone().cancel_by_therapist(note("I am ill."), early()),
            Ok(canceled(Side::Therapist, note("I am ill."))),
            "by the therapist"
        );
    }

    #[test]
    fn an_expired_request_has_ended_without_an_answer() {
        let before = appointment(Requested);
        let expected = Appointment { state: State::Expired { at: early() }, revision: 8, ..before.clone() };
        assert_eq!(before.expire(early()), Ok(expected));
    }

    #[test]
    fn a_corrected_contact_changes_where_we_write_to_and_nothing_else() {
        let before = appointment(Requested);
        let contact = by_phone("+15305550142");
        let expected =
            Appointment { client: ClientId(2), contact: contact.clone(), revision: 8, ..before.clone() };
        assert_eq!(before.correct_contact(ClientId(2), contact), Ok(expected));
    }

    #[test]
    fn a_request_expires_when_its_hold_ends_and_not_before() {
        let request = appointment(Requested);
        let held_until = request.state.held_until().expect("a hold");
        assert_eq!(request.clone().expire(held_until - SECOND), Err(Refusal::Is(Requested)));
        assert!(request.expire(held_until).is_ok());
    }

    #[test]
    fn once_the_session_has_begun_nobody_confirms_moves_or_cancels_it() {
        for Action { name, act, leads, .. } in actions().into_iter().filter(|one| one.when == UntilTheStart) {
            for (status, _) in leads {
                let what = format!("{name} what is {}", status.as_str());
                assert!(act(appointment(*status), start() - time::hours(25)).is_ok(), "{what}");
                for late in [start(), start() + time::minutes(30)] {
                    assert_eq!(act(appointment(*status), late), Err(Refusal::HasBegun), "{what}, {late}");
                }
            }
        }
    }

    #[test]
    fn up_to_the_last_second_before_the_session_a_yes_can_be_given_and_taken_back() {
        let actions: [(&str, Status, Act); 6] = [
            ("confirm a request", Requested, |a, now| a.confirm(&policy(), None, Override::none(), now)),
            ("confirm an expired request", Expired, |a, now| {
                a.confirm(&policy(), None, Override::none(), now)
            }),
            ("confirm a change", Confirmed, |a, now| {
                a.confirm_reschedule_request(&policy(), &reschedule_request(), None, Override::none(), now)
            }),
            ("take back a request", Requested, |a, now| a.cancel_by_client(&policy(), now)),
            ("cancel", Confirmed, |a, now| a.cancel_by_client(&policy(), now)),
            ("call off", Confirmed, |a, now| a.cancel_by_therapist(None, now)),
        ];
        for (name, status, act) in actions {
            assert!(act(appointment(status), start() - SECOND).is_ok(), "{name}");
        }
    }

    #[test]
    fn a_cancellation_is_late_from_the_notice_on_if_the_appointment_was_confirmed() {
        let day_before = start() - time::hours(24);
        for (status, notice_hours, now, is_late) in [
            (Confirmed, 24, day_before - SECOND, false),
            (Confirmed, 24, day_before, true),
            (Confirmed, 24, start() - SECOND, true),
            (Confirmed, 0, start() - SECOND, false),
            (Requested, 24, start() - SECOND, false),
        ] {
            let policy = Policy { cancellation_notice_hours: notice_hours, ..policy() };
            let what = format!("{} with {notice_hours} h notice at {now}", status.as_str());
            assert_eq!(appointment(status).is_inside_notice(&policy, now), is_late, "{what}");
            let canceled = appointment(status).cancel_by_client(&policy, now).expect("not begun");
            assert_eq!(canceled.was_canceled_late(), is_late, "{what}");
        }
    }
}
