//! A little practice that lives through random events, and looks after each
//! of them whether anybody is in anybody's way.

use std::iter;

use proptest::{collection::vec, prelude::*, sample::Index};

use super::{
    cases::{a_date, a_practice},
    *,
};
use crate::domain::{
    appointment::overriding::{Override, Rule},
    availability::time_off::TimeOff,
    ids::TimeOffId,
};

/// What may happen. An [`Index`] picks among whatever there is at the moment.
#[derive(Clone, Debug)]
enum Event {
    /// A client books an opening of a service.
    Book(bool, Index),
    /// The therapist books a service at any minute, and says yes against whatever can be overridden.
    BookKnowingly(bool, usize, u32),
    /// Somebody cancels.
    Cancel(Index),
    /// A client asks for another time, instead of any that they have asked for before.
    Ask(Index, Index),
    /// The therapist confirms a reschedule request, if need be knowingly.
    Confirm(Index),
    /// A reschedule request is declined, expires or is taken back.
    Decline(Index),
    /// The therapist moves an appointment to any minute, knowingly.
    Move(Index, usize, u32),
    /// The therapist takes time off at an office or at all.
    TakeTimeOff(Option<usize>, u32, u32),
    /// The therapist changes what a service's minutes and buffer are from now on.
    ChangeService(bool, u32, u32),
}

fn an_event() -> impl Strategy<Value = Event> {
    let (index, minute) = (any::<Index>, || 0..2880u32);
    prop_oneof![
        6 => (any::<bool>(), index()).prop_map(|(long, pick)| Event::Book(long, pick)),
        2 => (any::<bool>(), 0..3usize, minute()).prop_map(|(long, at, from)| Event::BookKnowingly(long, at, from)),
        2 => index().prop_map(Event::Cancel),
        4 => (index(), index()).prop_map(|(who, pick)| Event::Ask(who, pick)),
        2 => index().prop_map(Event::Confirm),
        1 => index().prop_map(Event::Decline),
        1 => (index(), 0..3usize, minute()).prop_map(|(who, at, from)| Event::Move(who, at, from)),
        1 => (proptest::option::of(0..3usize), minute(), 1..600u32)
            .prop_map(|(at, from, minutes)| Event::TakeTimeOff(at, from, minutes)),
        1 => (any::<bool>(), 5..=120u32, 0..=60u32)
            .prop_map(|(long, minutes, buffer)| Event::ChangeService(long, minutes, buffer)),
    ]
}

/// A time that was agreed, or is held: where, when, and what was overridden for it.
#[derive(Clone, Debug)]
struct Agreed {
    /// Counts up: what was agreed later knew of what was agreed before.
    turn: usize,
    occupied: Occupied,
    overridden: Override,
}

#[derive(Clone, Debug)]
struct Visit {
    service: Service,
    stands: Agreed,
    asked_for: Option<Agreed>,
}

impl Visit {
    fn id(&self) -> Holder {
        self.stands.occupied.holder
    }
}

struct Practising {
    scene: Scene,
    date: NaiveDate,
    visits: Vec<Visit>,
    time_off: Vec<TimeOff>,
    turn: usize,
}

impl Practising {
    fn new(scene: Scene, date: NaiveDate) -> Self {
        Self { scene, date, visits: Vec::new(), time_off: Vec::new(), turn: 0 }
    }

    /// Everything that has the therapist's time.
    fn agreed(&self) -> impl Iterator<Item = &Agreed> {
        self.visits.iter().flat_map(|visit| iter::once(&visit.stands).chain(&visit.asked_for))
    }

    /// The scene as everybody sees it, or one appointment that is not in its own way.
    fn seen_by(&self, own: Option<Holder>) -> Scene {
        let occupied = self.agreed().map(|agreed| agreed.occupied.clone()).collect();
        let busy = Busy::new(occupied).with_time_off(self.time_off.clone());
        let busy = if let Some(id) = own { busy.free_of(id) } else { busy };
        Scene { busy, ..self.scene.clone() }
    }

    fn instant(&self, minute: u32) -> Instant {
        time::start_of_day(self.scene.practice.zone, self.date) + time::minutes(minute)
    }

    fn office(&self, n: usize) -> Office {
        self.scene.practice.offices[n % self.scene.practice.offices.len()].clone()
    }

    fn service(&self, is_long: bool) -> Service {
        self.scene.service(if is_long { "long" } else { "hour" }).clone()
    }

    /// What a service is offered at on two dates.
    fn openings(scene: &Scene, service: &Service, date: NaiveDate) -> Vec<Slot> {
        let calendar = scene.calendar();
        let at = |office| {
            [date, date + Days::new(1)]
                .into_iter()
                .flat_map(move |date| calendar.openings(service, office, date))
        };
        scene.practice.offices.iter().flat_map(at).collect()
    }

    fn agree(&mut self, id: Holder, slot: &Slot, buffer: TimeDelta, overridden: Override) -> Agreed {
        self.turn += 1;
        let occupied = Occupied { holder: id, office: slot.office.clone(), span: slot.span(), buffer };
        Agreed { turn: self.turn, occupied, overridden }
    }

    /// A slot that the therapist chooses, and the rules that they say yes
    /// against; `None` where there is one that nobody can override.
    fn knowingly(
        scene: &Scene,
        service: &Service,
        office: &Office,
        start: Instant,
    ) -> Option<(Slot, Override)> {
        let refusals = scene.calendar().refusals(service, office, start);
        let overridden = Override::needed_for(&refusals);
        overridden.standing(&refusals).is_empty().then(|| (slot(service, office, start), overridden))
    }

    fn happens(&mut self, event: Event) -> Result<(), TestCaseError> {
        match event {
            Event::Book(is_long, pick) => {
                let (scene, service) = (self.seen_by(None), self.service(is_long));
                let openings = Self::openings(&scene, &service, self.date);
                if openings.is_empty() {
                    return Ok(());
                }
                let slot = pick.get(&openings);
                let office = scene.office(slot.office.as_str());
                prop_assert_eq!(scene.calendar().find_slot(&service, office, slot.start), Ok(slot.clone()));
                self.books(service, slot, Override::none());
            }
            Event::BookKnowingly(is_long, at, minute) => {
                let (service, office) = (self.service(is_long), self.office(at));
                let start = self.instant(minute);
                if let Some((slot, overridden)) =
                    Self::knowingly(&self.seen_by(None), &service, &office, start)
                {
                    self.books(service, &slot, overridden);
                }
            }
            Event::Cancel(who) if !self.visits.is_empty() => {
                self.visits.remove(who.index(self.visits.len()));
            }
            Event::Ask(who, pick) if !self.visits.is_empty() => {
                let nth = who.index(self.visits.len());
                let (id, service) = (self.visits[nth].id(), self.visits[nth].service.clone());
                let openings = Self::openings(&self.seen_by(Some(id)), &service, self.date);
                if !openings.is_empty() {
                    let slot = pick.get(&openings);
                    let request = self.agree(id, slot, service.buffer(), Override::none());
                    self.visits[nth].asked_for = Some(request);
                }
            }
            Event::Confirm(who) if !self.visits.is_empty() => {
                let nth = who.index(self.visits.len());
                if let Some(request) = self.visits[nth].asked_for.take() {
                    let Occupied { holder, office, span, buffer } = &request.occupied;
                    let scene = self.seen_by(Some(*holder));
                    let collisions = scene.calendar().collisions(office, *span, *buffer);
                    let overridden = Override::needed_for(&collisions);
                    prop_assert_eq!(overridden.standing(&collisions), [], "what was held is free");
                    self.turn += 1;
                    self.visits[nth].stands = Agreed { turn: self.turn, overridden, ..request };
                }
            }
            Event::Decline(who) if !self.visits.is_empty() => {
                let nth = who.index(self.visits.len());
                self.visits[nth].asked_for = None;
            }
            Event::Move(who, at, minute) if !self.visits.is_empty() => {
                let nth = who.index(self.visits.len());
                let (id, service) = (self.visits[nth].id(), self.visits[nth].service.clone());
                let (scene, office) = (self.seen_by(Some(id)), self.office(at));
                if let Some((slot, overridden)) =
                    Self::knowingly(&scene, &service, &office, self.instant(minute))
                {
                    let stands = self.agree(id, &slot, service.buffer(), overridden);
                    self.visits[nth] = Visit { service, stands, asked_for: None };
                }
            }
            Event::TakeTimeOff(at, minute, minutes) => {
                let start = self.instant(minute);
                self.time_off.push(TimeOff {
                    id: TimeOffId(self.time_off.len() as i64),
                    office: at.map(|at| self.office(at).slug),
                    span: Interval::new(start, start + time::minutes(minutes)),
                    note: None,
                    sentence: None,
                });
            }
            Event::ChangeService(is_long, minutes, buffer_minutes) => {
                let service = &mut self.scene.practice.services[usize::from(is_long)];
                (service.minutes, service.buffer_minutes) = (minutes, buffer_minutes);
            }
            _ => {}
        }
        Ok(())
    }

    fn books(&mut self, service: Service, slot: &Slot, overridden: Override) {
        let id = Holder::Appointment(AppointmentId(self.turn as i64));
        let stands = self.agree(id, slot, service.buffer(), overridden);
        self.visits.push(Visit { service, stands, asked_for: None });
    }

    /// No two at one time, ever; and no two nearer than buffer and drive, but
    /// where the one that was agreed later knew of it and says so.
    fn nobody_is_in_anybodys_way(&self) -> Result<(), TestCaseError> {
        for one in self.agreed() {
            for other in self.agreed().filter(|o| o.occupied.holder > one.occupied.holder) {
                let mut pair = [one, other];
                pair.sort_by_key(|agreed| agreed.occupied.span);
                let [first, second] = pair.map(|agreed| &agreed.occupied);
                let later = if one.turn > other.turn { one } else { other };
                prop_assert!(!first.span.overlaps(second.span), "{pair:?}");

                let free = second.span.start - first.span.end;
                let is_near = free < first.buffer;
                prop_assert!(!is_near || later.overridden.contains(Rule::Buffer), "{pair:?}");
                let drive = self.scene.practice.travel.between(&first.office, &second.office);
                let is_late = first.office != second.office && free < first.buffer + drive;
                prop_assert!(!is_late || later.overridden.contains(Rule::Travel), "{pair:?}");
            }
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn whatever_happens_nobody_is_in_anybodys_way_but_knowingly(
        (date, (mut scene, _)) in a_date().prop_flat_map(|date| (Just(date), a_practice(date))),
        (minutes, buffer) in (5..=120u32, 0..=60u32),
        events in vec(an_event(), 1..30),
    ) {
        (scene.practice.services[1].minutes, scene.practice.services[1].buffer_minutes) = (minutes, buffer);
        scene.now = time::start_of_day(scene.practice.zone, date) - time::hours(48);
        scene.rules.policy.horizon_days = 10;
        let mut practising = Practising::new(scene, date);
        for event in events {
            let what = format!("{event:?}");
            practising.happens(event)?;
            practising.nobody_is_in_anybodys_way().map_err(|problem| {
                TestCaseError::fail(format!("after {what}: {problem}"))
            })?;
        }
    }

    #[test]
    fn what_clients_do_by_themselves_never_breaks_a_rule_nor_keeps_a_yes_from_being_given(
        (date, (mut scene, _)) in a_date().prop_flat_map(|date| (Just(date), a_practice(date))),
        events in vec(an_event(), 1..40),
    ) {
        scene.now = time::start_of_day(scene.practice.zone, date) - time::hours(48);
        scene.rules.policy.horizon_days = 10;
        let mut practising = Practising::new(scene, date);
        let by_clients = events.into_iter().filter(|event| {
            matches!(event, Event::Book(..) | Event::Cancel(_) | Event::Ask(..) | Event::Confirm(_) | Event::Decline(_))
        });
        for event in by_clients {
            practising.happens(event)?;
            practising.nobody_is_in_anybodys_way()?;
            prop_assert!(practising.agreed().all(|agreed| agreed.overridden.is_empty()));
        }
    }
}
