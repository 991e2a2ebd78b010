//! What stands against a time that the therapist has chosen: each rule in
//! words, with what is behind it, and the yes that overrides them.

use chrono::TimeDelta;

use crate::{
    app::App,
    booking::slots,
    domain::{
        appointment::{
            Appointment, Status,
            overriding::{Override, Rule},
            refusal::SlotRefusal,
            reschedule_request::RescheduleRequest,
        },
        availability::{Calendar, busy::Occupied, stretch},
        ids::{AppointmentId, Holder, OfficeSlug},
        time::{self, Interval},
    },
    store::StoreError,
    urls,
    web::http::{field::Field, submission::Submission},
    words,
};

/// The yes that a form carries. The drive wants one of its own: that the first
/// one names it too only brings the second question.
#[derive(Default)]
pub struct Yes {
    rules: Override,
    drive: bool,
}

impl Yes {
    /// Reads `override`, the words of the rules that the page has shown, and `override_travel`.
    pub fn read(form: &Submission) -> Self {
        Self {
            rules: Override::parse(form.value(Field::Override)),
            drive: form.is_checked(Field::OverrideTravel),
        }
    }

    pub fn overridden(&self) -> Override {
        let first = self.rules.iter().filter(|rule| *rule != Rule::Travel);
        first.chain(self.drive.then_some(Rule::Travel)).collect()
    }
}

/// The session that the therapist would have.
pub struct Wanted<'a> {
    pub office: &'a OfficeSlug,
    pub span: Interval,
    pub buffer: TimeDelta,
}

pub struct Reasons {
    pub reasons: Vec<Reason>,
    /// The rules that can be overridden, as a form carries them.
    pub rules: String,
    /// Something is among them that nobody can override.
    pub is_final: bool,
    /// The first yes has been said against all of these rules.
    pub is_overridden: bool,
    /// So that the drive is asked about alone.
    pub asks_for_the_drive: bool,
    pub drive_is_overridden: bool,
}

pub struct Reason {
    pub words: String,
    /// The page of what is behind it, and what that is.
    pub behind: Option<(String, String)>,
}

/// What stands against the time of an appointment as it is, or is to be.
async fn of_appointment(app: &App, a: &Appointment, yes: &Yes) -> Result<Reasons, StoreError> {
    let date = time::date(app.practice().zone, a.span.start);
    let snapshot = slots::snapshot_of(app, date).await?.without(a.id);
    let calendar = snapshot.calendar();
    let reasons = calendar.reasons(&a.office, a.span, a.buffer);
    let wanted = Wanted { office: &a.office, span: a.span, buffer: a.buffer };
    Reasons::new(app, &calendar, &wanted, &reasons, yes).await
}

/// The same of several that have one answer: of each that something stands against, what and when.
pub async fn of_all(app: &App, all: &[Appointment], yes: &Yes) -> Result<Reasons, StoreError> {
    let mut found = Vec::new();
    for a in all {
        let mut its = of_appointment(app, a, yes).await?;
        if all.len() > 1 {
            let when = time::phrase(app.practice().zone, a.span.start);
            its.reasons.iter_mut().for_each(|reason| reason.words = format!("{when}: {}", reason.words));
        }
        found.push(its);
    }
    found.retain(|its| !its.is_nothing());
    let is_overridden = !found.is_empty() && found.iter().all(|its| its.is_overridden);
    let rules: Vec<&str> = found.iter().map(|its| its.rules.as_str()).collect();
    let rules = Override::parse(&rules.join(" "));
    Ok(Reasons {
        rules: rules.to_string(),
        is_final: found.iter().any(|its| its.is_final),
        is_overridden,
        asks_for_the_drive: is_overridden && rules.contains(Rule::Travel),
        drive_is_overridden: yes.drive,
        reasons: found.into_iter().flat_map(|its| its.reasons).collect(),
    })
}

/// Whether something stands against the time of an appointment that nobody can override.
pub async fn is_taken(app: &App, a: &Appointment) -> Result<bool, StoreError> {
    Ok(of_appointment(app, a, &Yes::default()).await?.is_final)
}

impl Reasons {
    pub fn is_nothing(&self) -> bool {
        self.reasons.is_empty()
    }

    pub fn can_be_overridden(&self) -> bool {
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
        let refusals = Override::none().standing(refusals);
        let mut reasons = Vec::new();
        let mut tx = app.store.read().await?;
        for refusal in &refusals {
            let neighbour = match behind(refusal) {
                Some(id) => tx.appointment(id).await?,
                None => None,
            };
            let asked = match &neighbour {
                Some(a) => tx.reschedule_request_of(a.id).await?,
                None => None,
            };
            let neighbour = neighbour.as_ref().and_then(|a| Neighbour::new(a, asked, calendar, wanted));
            reasons.push(reason(app, calendar, wanted, refusal, neighbour.as_ref()));
        }
        let rules = Override::needed_for(&refusals);
        let is_overridden = !rules.is_empty() && rules.iter().all(|rule| yes.rules.contains(rule));
        Ok(Self {
            reasons,
            is_final: refusals.iter().any(|refusal| refusal.rule().is_none()),
            is_overridden,
            asks_for_the_drive: is_overridden && rules.contains(Rule::Travel),
            drive_is_overridden: yes.drive,
            rules: rules.to_string(),
        })
    }
}

/// The appointment behind a refusal.
fn behind(refusal: &SlotRefusal) -> Option<AppointmentId> {
    refusal.holder().and_then(Holder::appointment)
}

/// An appointment that is in the way, and the time at which it is: its own, or
/// the one that its client has asked for instead.
struct Neighbour<'a> {
    a: &'a Appointment,
    at: &'a Occupied,
    asked: Option<RescheduleRequest>,
}

impl<'a> Neighbour<'a> {
    fn new(
        a: &'a Appointment,
        asked: Option<RescheduleRequest>,
        calendar: &'a Calendar<'_>,
        wanted: &Wanted<'_>,
    ) -> Option<Self> {
        let its = calendar.busy.all().iter().filter(|o| o.holder == Holder::Appointment(a.id));
        let at = its.min_by_key(|o| (o.span.start - wanted.span.start).abs())?;
        Some(Self { a, at, asked })
    }

    /// `June Okafor's visit`
    fn whose(&self) -> String {
        let is_at = |office: &OfficeSlug, span| self.at.office == *office && self.at.span == span;
        let what = match self.a.status() {
            Status::Requested if is_at(&self.a.office, self.a.span) => "request",
            Status::Confirmed | Status::Arrived if is_at(&self.a.office, self.a.span) => "visit",
            _ if self.asked.as_ref().is_some_and(|asked| is_at(&asked.office, asked.span)) => {
                "request to reschedule"
            }
            // It keeps its time for as long as it could come back.
            _ => "visit that you can still undo",
        };
        format!("{}'s {what}", self.a.visitor())
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
    let date = time::date(zone, wanted.span.start);
    let mut place = neighbour.map(|neighbour| {
        let o = neighbour.at;
        let (from, to) = (clock(o.span.start), clock(o.span.end));
        let words = format!(
            "{}, {from} to {to}, {}",
            words::appointment::whose(neighbour.a),
            app.practice().office_name(&o.office)
        );
        (urls::admin_appointment(neighbour.a.id), words)
    });
    let words = match (refusal, neighbour) {
        (refusal, _) if refusal.rule() == Some(Rule::Offer) => {
            place = Some((urls::WAITLIST_DESK.to_owned(), "Your waitlist".to_owned()));
            "It's being offered to somebody on the waitlist. If you book it, that offer ends.".to_owned()
        }
        (SlotRefusal::Closed, _) => {
            place = Some((urls::day(date), format!("See {}", time::date_words(date))));
            let hours = match calendar.rules.timetable.stretches(wanted.office, date).as_slice() {
                [] => "closed that day".to_owned(),
                open => stretch::words(open),
            };
            format!("Outside opening hours in {office} ({hours}).")
        }
        (SlotRefusal::OffStep, _) => {
            format!("Sessions start every {} minutes, and this is in between.", policy.slot_step_minutes)
        }
        (SlotRefusal::TimeOff { .. }, _) => {
            place = Some((urls::TIME_OFF.to_owned(), "Your time off".to_owned()));
            "You're off then.".to_owned()
        }
        (SlotRefusal::DecidedFor { office: decided, .. }, _) => {
            format!("The first booking that day is in {}.", app.practice().office_name(decided))
        }
        (SlotRefusal::TooSoon, _) => {
            format!("Less than {} ahead.", time::hours_words(policy.minimum_notice_hours))
        }
        (SlotRefusal::BeyondHorizon, _) => {
            format!("More than {} ahead.", time::days_words(policy.horizon_days))
        }
        (SlotRefusal::SlotTaken { .. }, Some(neighbour)) => {
            let span = neighbour.at.span;
            let (from, to) = (clock(span.start), clock(span.end));
            format!("It overlaps {}, {from} to {to}. Sessions can't overlap.", neighbour.whose())
        }
        (SlotRefusal::WithinBuffer { .. }, Some(neighbour)) => {
            let (o, whose) = (neighbour.at, neighbour.whose());
            if o.span.start < wanted.span.start {
                format!("Too close: the buffer after {whose} lasts until {}.", clock(o.span.end + o.buffer))
            } else {
                let (buffer, begins) = (wanted.buffer.num_minutes(), clock(o.span.start));
                format!(
                    "Too close: {whose} starts at {begins}, and this session needs a {buffer} min buffer after it."
                )
            }
        }
        (SlotRefusal::OnTheRoad { .. }, Some(neighbour)) => {
            let (o, whose) = (neighbour.at, neighbour.whose());
            let drive = app.practice().travel.between(wanted.office, &o.office).num_minutes();
            let elsewhere = app.practice().office_name(&o.office);
            let (way, there_are) = if o.span.start < wanted.span.start {
                (format!("from {elsewhere} after {whose}"), wanted.span.start - o.span.end - o.buffer)
            } else {
                (format!("to {elsewhere} before {whose}"), o.span.start - wanted.span.end - wanted.buffer)
            };
            format!(
                "The drive {way} takes {drive} min, and there are only {}.",
                there_are.num_minutes().max(0)
            )
        }
        (SlotRefusal::Past, _) => "That time is past.".to_owned(),
        (SlotRefusal::NotGivenThere, _) => format!("This session isn't offered in {office}."),
        (SlotRefusal::Retired, _) => "This session is no longer offered.".to_owned(),
        (other, _) => format!("No: {other}."),
    };
    Reason { words, behind: place }
}
