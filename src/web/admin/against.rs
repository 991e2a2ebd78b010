//! What stands against a time that the therapist has chosen: each rule in
//! words, with what is behind it, and the yes that overrules them.

use chrono::TimeDelta;

use crate::{
    app::App,
    domain::{
        appointment::{Appointment, Status},
        availability::Calendar,
        busy::Occupied,
        ids::{AppointmentId, OfficeSlug},
        interval::Interval,
        refusal::{Overruled, Rule, SlotRefusal},
        stretch, time,
    },
    store::StoreError,
    urls,
    web::fields::Fields,
};

/// The yes that a form carries. The drive wants one of its own: that the first
/// one names it too only brings the second question.
#[derive(Default)]
pub struct Yes {
    rules: Overruled,
    drive: bool,
}

impl Yes {
    /// Reads `overrule`, the words of the rules that the page has shown, and `overrule_travel`.
    pub fn read(fields: &Fields) -> Self {
        Self {
            rules: Overruled::parse(fields.get("overrule")),
            drive: !fields.get("overrule_travel").is_empty(),
        }
    }

    pub fn overruled(&self) -> Overruled {
        let first = self.rules.iter().filter(|rule| *rule != Rule::Travel);
        first.chain(self.drive.then_some(Rule::Travel)).collect()
    }
}

/// The session that the therapist would have.
pub struct Wanted<'a> {
    pub office: &'a OfficeSlug,
    pub session: Interval,
    pub buffer: TimeDelta,
}

pub struct Against {
    pub reasons: Vec<Reason>,
    /// The rules that can be overruled, as a form carries them.
    pub rules: String,
    /// Something is among them that nobody can overrule.
    pub is_final: bool,
    /// The first yes has been said against all of these rules.
    pub is_overruled: bool,
    /// So that the drive is asked about alone.
    pub asks_for_the_drive: bool,
    pub drive_is_overruled: bool,
}

pub struct Reason {
    pub words: String,
    /// The page of what is behind it, and what that is.
    pub behind: Option<(String, String)>,
}

impl Against {
    pub fn is_nothing(&self) -> bool {
        self.reasons.is_empty()
    }

    pub fn can_be_overruled(&self) -> bool {
        !self.is_nothing() && !self.is_final
    }

    /// Puts refusals into words, and looks at what a form has said yes to.
    pub async fn new(
        app: &App,
        calendar: &Calendar<'_>,
        wanted: &Wanted<'_>,
        refusals: &[SlotRefusal],
        yes: &Yes,
    ) -> Result<Self, StoreError> {
        // What refuses clients only is nothing to the therapist.
        let refusals = Overruled::none().standing(refusals);
        let mut reasons = Vec::new();
        let mut tx = app.store.read().await?;
        for refusal in &refusals {
            let neighbour = match behind(refusal) {
                Some(id) => tx.appointment(id).await?,
                None => None,
            };
            let neighbour = neighbour.as_ref().and_then(|a| Neighbour::new(a, calendar, wanted));
            reasons.push(reason(app, calendar, wanted, refusal, neighbour.as_ref()));
        }
        let rules = Overruled::needed_for(&refusals);
        let is_overruled = !rules.is_empty() && rules.iter().all(|rule| yes.rules.contains(rule));
        Ok(Self {
            reasons,
            is_final: refusals.iter().any(|refusal| refusal.rule().is_none()),
            is_overruled,
            asks_for_the_drive: is_overruled && rules.contains(Rule::Travel),
            drive_is_overruled: yes.drive,
            rules: rules.to_string(),
        })
    }
}

/// The appointment behind a refusal.
fn behind(refusal: &SlotRefusal) -> Option<AppointmentId> {
    match refusal {
        SlotRefusal::SlotTaken { by } => *by,
        SlotRefusal::DecidedFor { by, .. } => Some(*by),
        SlotRefusal::WithinBuffer { of } => Some(*of),
        SlotRefusal::OnTheRoad { from_or_to, .. } => Some(*from_or_to),
        _ => None,
    }
}

/// An appointment that is in the way, and the time at which it is: its own, or
/// the one that its client has asked for instead.
struct Neighbour<'a> {
    a: &'a Appointment,
    at: &'a Occupied,
}

impl<'a> Neighbour<'a> {
    fn new(a: &'a Appointment, calendar: &'a Calendar<'_>, wanted: &Wanted<'_>) -> Option<Self> {
        let its = calendar.busy.all().iter().filter(|o| o.appointment == a.id);
        let at = its.min_by_key(|o| (o.session.start - wanted.session.start).abs())?;
        Some(Self { a, at })
    }

    /// `June Okafor’s visit`
    fn whose(&self) -> String {
        let what = match self.a.status {
            _ if self.at.session != self.a.session || self.at.office != self.a.office => {
                "wish for another time"
            }
            Status::Requested => "request",
            _ => "visit",
        };
        format!("{}’s {what}", self.a.name)
    }
}

fn reason(
    app: &App,
    calendar: &Calendar<'_>,
    wanted: &Wanted<'_>,
    refusal: &SlotRefusal,
    neighbour: Option<&Neighbour<'_>>,
) -> Reason {
    let zone = app.practice().zone;
    let clock = |at| time::time_words(zone, at);
    let office = app.practice().office_name(wanted.office);
    let policy = &calendar.rules.policy;
    let date = time::date(zone, wanted.session.start);
    let mut place = neighbour.map(|neighbour| {
        let o = neighbour.at;
        let (from, to) = (clock(o.session.start), clock(o.session.end));
        let words =
            format!("{}, {from} to {to}, {}", neighbour.a.name, app.practice().office_name(&o.office));
        (urls::admin_appointment(neighbour.a.id), words)
    });
    let words = match (refusal, neighbour) {
        (SlotRefusal::Closed, _) => {
            place = Some((urls::day(date), format!("The plan of {}", time::date_words(date))));
            let hours = match calendar.rules.timetable.stretches(wanted.office, date).as_slice() {
                [] => "none on that day".to_owned(),
                open => stretch::words(open),
            };
            format!("Outside the opening hours of {office} ({hours}).")
        }
        (SlotRefusal::OffStep, _) => {
            format!("Between the steps of the opening hours, {} minutes each.", policy.slot_step_minutes)
        }
        (SlotRefusal::TimeOff { .. }, _) => {
            place = Some((urls::TIME_OFF.to_owned(), "Your time off".to_owned()));
            "In your time off.".to_owned()
        }
        (SlotRefusal::DecidedFor { office: decided, .. }, _) => {
            format!("The first booking of the day has decided for {}.", app.practice().office_name(decided))
        }
        (SlotRefusal::TooSoon, _) => {
            format!("Inside the {} notice.", hours_of(policy.minimum_notice_hours))
        }
        (SlotRefusal::BeyondHorizon, _) => {
            format!("Beyond the horizon of {}.", time::days_words(policy.horizon_days))
        }
        (SlotRefusal::SlotTaken { .. }, Some(neighbour)) => {
            let session = neighbour.at.session;
            let (from, to) = (clock(session.start), clock(session.end));
            format!("It overlaps {}, {from} to {to}. Two sessions never overlap.", neighbour.whose())
        }
        (SlotRefusal::WithinBuffer { .. }, Some(neighbour)) => {
            let (o, whose) = (neighbour.at, neighbour.whose());
            if o.session.start < wanted.session.start {
                format!("Within the buffer of {whose} until {}.", clock(o.session.end + o.buffer))
            } else {
                let (buffer, begins) = (wanted.buffer.num_minutes(), clock(o.session.start));
                format!("{whose} begins at {begins}, within the {buffer} min of buffer after this session.")
            }
        }
        (SlotRefusal::OnTheRoad { .. }, Some(neighbour)) => {
            let (o, whose) = (neighbour.at, neighbour.whose());
            let drive = app.practice().travel.between(wanted.office, &o.office).num_minutes();
            let elsewhere = app.practice().office_name(&o.office);
            let (way, there_are) = if o.session.start < wanted.session.start {
                (format!("from {elsewhere} after {whose}"), wanted.session.start - o.session.end - o.buffer)
            } else {
                (
                    format!("to {elsewhere} before {whose}"),
                    o.session.start - wanted.session.end - wanted.buffer,
                )
            };
            format!("The drive {way} takes {drive} min, there are {}.", there_are.num_minutes().max(0))
        }
        (SlotRefusal::Past, _) => "The time has passed.".to_owned(),
        (SlotRefusal::NotGivenThere, _) => format!("This service is not given at {office}."),
        (SlotRefusal::Retired, _) => "This service is no longer given.".to_owned(),
        (other, _) => format!("No: {other}."),
    };
    Reason { words, behind: place }
}

/// `12 hours’`
fn hours_of(hours: u32) -> String {
    let words = time::hours_words(hours);
    if words.ends_with('s') { format!("{words}’") } else { format!("{words}’s") }
}
