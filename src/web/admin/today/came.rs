//! Whether those came whose visits are over, day by day, and what they paid.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::{
    app::App,
    domain::{
        appointment::{Appointment, Status},
        ids::AppointmentId,
        practice::policy::Policy,
        time::{self, Instant},
    },
    store::{Reading, StoreError},
    urls,
    web::admin::parts::{
        payment::{Money, PaymentView},
        visit::{self, Tap, VisitView},
    },
};

/// How many visits are asked about at once.
const UNMARKED_SHOWN: u32 = 60;
/// How many days stand in sight; what is older can be unfolded.
const IN_SIGHT: usize = 3;

/// The visits that are over, as they were read: those that nobody has marked, those of
/// today, and those that were marked within the last minute.
pub struct Over {
    /// From the earliest on.
    visits: Vec<Appointment>,
    money: BTreeMap<AppointmentId, Money>,
    /// There are more than those that are shown.
    is_cut: bool,
}

pub struct CameView<'a> {
    pub days: Vec<CameDay<'a>>,
    /// Earlier days.
    pub folded: Vec<CameDay<'a>>,
}

impl CameView<'_> {
    /// True while there is somebody of whom nobody has said whether they came.
    pub fn is_open(&self) -> bool {
        let days = self.days.iter().chain(&self.folded);
        days.flat_map(|day| &day.visits).any(|one| !one.taps.is_empty())
    }
}

/// A day of those of which something can be said.
pub struct CameDay<'a> {
    pub date: String,
    pub href: String,
    pub is_today: bool,
    pub visits: Vec<CameVisit<'a>>,
    /// Where it is said that everybody came, and whom that is about, where there are several.
    pub everyone: Option<(String, String)>,
}

pub struct CameVisit<'a> {
    pub visit: VisitView<'a>,
    pub taps: Vec<Tap>,
    pub payment: Option<PaymentView>,
}

/// `visits` are those of today and later, in order of time.
pub async fn read(tx: &mut Reading, visits: &[Appointment], now: Instant) -> Result<Over, StoreError> {
    let mut over = tx.unmarked_visits(now, UNMARKED_SHOWN).await?;
    let is_cut = over.len() == UNMARKED_SHOWN as usize;
    let mut known: BTreeSet<AppointmentId> = over.iter().map(|a| a.id).collect();
    over.extend(visits.iter().filter(|a| a.span.end <= now && known.insert(a.id)).cloned());
    for id in tx.acted_on_lately(now).await? {
        let Some(a) = tx.appointment(id).await? else { continue };
        let is_marked = matches!(a.status(), Status::Arrived | Status::NoShow);
        if is_marked && a.span.end <= now && known.insert(id) {
            over.push(a);
        }
    }
    over.sort_by_key(|a| (a.span.start, a.id));
    let money = Money::of_all(tx, &over).await?;
    Ok(Over { visits: over, money, is_cut })
}

impl Over {
    /// From the latest day on; nothing where nobody is to be marked and nobody came today.
    pub fn view<'a>(&'a self, app: &'a App, policy: &Policy, now: Instant) -> CameView<'a> {
        let zone = app.practice().zone;
        let mut of_days: BTreeMap<NaiveDate, Vec<&Appointment>> = BTreeMap::new();
        for a in &self.visits {
            of_days.entry(time::date(zone, a.span.start)).or_default().push(a);
        }
        let first = of_days.keys().next().copied().filter(|_| self.is_cut);
        let today = time::date(zone, now);
        let day = |(date, visits): (NaiveDate, Vec<&'a Appointment>)| {
            let open: Vec<String> =
                visits.iter().filter(|a| a.status() == Status::Confirmed).map(|a| a.id.to_string()).collect();
            // Of the earliest day perhaps not all are shown, and nothing is said of whom nobody sees.
            let is_whole = open.len() > 1 && first != Some(date);
            CameDay {
                date: time::date_words_from(today, date),
                href: urls::day(date),
                is_today: date == today,
                visits: visits.into_iter().map(|a| self.visit(app, a, policy, now)).collect(),
                everyone: is_whole.then(|| (urls::day_arrivals(date), open.join(" "))),
            }
        };
        let mut days: Vec<_> = of_days.into_iter().rev().map(day).collect();
        let folded = days.split_off(days.len().min(IN_SIGHT));
        CameView { days, folded }
    }

    fn visit<'a>(&self, app: &'a App, a: &'a Appointment, policy: &Policy, now: Instant) -> CameVisit<'a> {
        CameVisit {
            visit: VisitView::new(app, a),
            taps: if a.status() == Status::Confirmed { visit::taps(a, policy, now) } else { Vec::new() },
            payment: self.money.get(&a.id).map(|money| PaymentView::new(app, a, money, Some(urls::ADMIN))),
        }
    }
}
