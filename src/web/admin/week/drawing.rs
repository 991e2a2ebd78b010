//! A day as a drawing: a level per office, the therapist's line along them with
//! the drives as slopes, the visits on it. Places across are in hundredths of the
//! width, so that letters keep their size; down they are in pixels.

use chrono::{NaiveDate, Timelike};
use chrono_tz::Tz;

use super::days::{Day, Days, off_words};
use crate::{
    app::App,
    domain::{
        appointment::{Appointment, Status},
        availability::whereabouts::Stay,
        ids::OfficeSlug,
        time::{self, Instant, Interval},
    },
    urls,
    web::parts::OfficeView,
    words,
};

const MINUTES_OF_A_DAY: i64 = 24 * 60;
/// The least that a week's drawing shows, in hours.
const LEAST: i64 = 8;
/// More hours than this are named every second time.
const NAMED_EACH: i64 = 12;
/// How high a level is, and what stands on it.
const LEVEL: i64 = 36;
const BOX: i64 = 28;

/// The hours that a week's drawing shows, and its levels.
pub struct Sheet<'a> {
    /// In minutes of the clock on the wall, whole hours.
    from: i64,
    to: i64,
    levels: Vec<&'a OfficeSlug>,
    zone: Tz,
}

/// A word with its place across.
pub struct Label {
    pub x: String,
    pub words: String,
}

pub struct Drawing {
    pub height: i64,
    pub box_height: i64,
    /// For the lines of the hours and the therapist's own, in minutes.
    pub minutes: i64,
    pub hours: String,
    pub line: String,
    /// The line says where the therapist could be, not where they are.
    pub is_undecided: bool,
    pub off: Vec<Band>,
    pub visits: Vec<Mark>,
    /// Where the therapist is now.
    pub now: Option<(String, i64)>,
}

pub struct Band {
    pub x: String,
    pub width: String,
    pub y: i64,
    pub height: i64,
    pub words: String,
}

pub struct Mark {
    pub x: String,
    pub width: String,
    pub y: i64,
    pub href: String,
    pub class: String,
    pub words: String,
    pub name: String,
}

impl<'a> Sheet<'a> {
    /// Large enough for all that the days have.
    pub fn new(app: &'a App, days: &[Day<'a>]) -> Self {
        let zone = app.practice().zone;
        let mut levels: Vec<&OfficeSlug> = app.practice().offices.iter().map(|office| &office.slug).collect();
        let (mut from, mut to) = (MINUTES_OF_A_DAY, 0);
        for day in days {
            let visits = day.since_yesterday.iter().chain(&day.visits);
            for (office, span) in visits
                .map(|a| (&a.office, a.span))
                .chain(day.way.stays.iter().map(|stay| (stay.office, stay.span)))
            {
                // An office that the practice has left is still where its visits were.
                if !levels.contains(&office) {
                    levels.push(office);
                }
                let (begins, ends) = minutes(zone, day.date, span);
                (from, to) = (from.min(begins), to.max(ends));
            }
        }
        if to <= from {
            (from, to) = (9 * 60, 17 * 60);
        }
        let (mut from, mut to) = (from.div_euclid(60), (to + 59).div_euclid(60));
        to = to.max(from + LEAST).min(24);
        from = from.min(to - LEAST);
        Self { from: from * 60, to: to * 60, levels, zone }
    }

    /// The hours along the top.
    pub fn hours(&self) -> Vec<Label> {
        let (from, to) = (self.from / 60, self.to / 60);
        let each = if to - from > NAMED_EACH { 2 } else { 1 };
        let named = (from..to).filter(|hour| (hour - from) % each == 0);
        named
            .map(|hour| Label {
                x: self.x(hour * 60),
                words: time::hour_words(u32::try_from(hour).unwrap_or_default()),
            })
            .collect()
    }

    pub fn draw(&self, app: &'a App, days: &Days, day: &Day<'a>) -> Drawing {
        let visits = day.since_yesterday.iter().chain(&day.visits);
        Drawing {
            height: self.height(),
            box_height: BOX,
            minutes: self.to - self.from,
            hours: (self.from / 60..=self.to / 60)
                .map(|hour| format!("M{} 0V{}", hour * 60 - self.from, self.height()))
                .collect(),
            line: self.line(app, day),
            is_undecided: day.way.is_undecided,
            off: day
                .time_off
                .iter()
                .filter_map(|off| {
                    let (begins, ends) = self.clipped(day.date, off.span)?;
                    let level = off.office.as_ref().and_then(|office| self.level(office));
                    Some(Band {
                        x: self.x(begins),
                        width: self.width(begins, ends),
                        y: level.map_or(0, |level| level * LEVEL),
                        height: level.map_or(self.height(), |_| LEVEL),
                        words: off_words(app, off, day.span),
                    })
                })
                .collect(),
            visits: visits.filter_map(|a| self.mark(app, days, day.date, a)).collect(),
            now: self.now(app, days.now, day),
        }
    }

    fn mark(&self, app: &'a App, days: &Days, date: NaiveDate, a: &Appointment) -> Option<Mark> {
        let (begins, ends) = self.clipped(date, a.span)?;
        let mut class = OfficeView::of(app, a).class;
        let standing = days.plans.standing(app.practice(), &days.rules, a);
        for (is_so, word) in [
            (a.status() == Status::Requested, " ask"),
            (a.status() == Status::NoShow, " missed"),
            (standing.is_some_and(|standing| !standing.is_kept), " bad"),
        ] {
            if is_so {
                class.push_str(word);
            }
        }
        let question = if a.status() == Status::Requested { "?" } else { "" };
        Some(Mark {
            x: self.x(begins),
            width: self.width(begins, ends),
            y: self.level(&a.office)? * LEVEL + (LEVEL - BOX) / 2,
            href: urls::admin_appointment(a.id),
            class,
            words: format!("{}{question}", a.visitor()),
            name: words::appointment::whose(a),
        })
    }

    /// The therapist's way as a path: level at an office, sloping between two.
    fn line(&self, app: &App, day: &Day<'_>) -> String {
        let mut path = String::new();
        let drives = day.way.drives(&app.practice().travel);
        let mut drives = drives.iter();
        let mut before: Option<&OfficeSlug> = None;
        for Stay { office, span } in &day.way.stays {
            let (begins, ends) = minutes(self.zone, day.date, *span);
            let (x, end, y) = (begins - self.from, ends - self.from, self.y(office));
            match before.filter(|_| !day.way.is_undecided) {
                Some(from) if from != *office => {
                    let leaves = drives.next().map_or(begins, |d| minutes(self.zone, day.date, d.span).0);
                    path.push_str(&format!("H{}L{x} {y}H{end}", leaves - self.from));
                }
                _ => path.push_str(&format!("M{x} {y}H{end}")),
            }
            before = Some(office);
        }
        path
    }

    /// Where the therapist's line is at this moment.
    fn now(&self, app: &App, now: Instant, day: &Day<'_>) -> Option<(String, i64)> {
        let (at, _) = self.clipped(day.date, Interval::new(now, now + time::minutes(1)))?;
        let is_in = |span: Interval| span.start <= now && now < span.end;
        let stays = &day.way.stays;
        let here = stays.iter().find(|stay| is_in(stay.span)).map(|stay| self.y(stay.office));
        let road = || {
            let drives = day.way.drives(&app.practice().travel);
            let drive = drives.into_iter().find(|drive| is_in(drive.span))?;
            let (from, to) = (self.y(drive.from), self.y(drive.to));
            let whole = drive.span.length().num_seconds().max(1);
            Some(from + (to - from) * (now - drive.span.start).num_seconds() / whole)
        };
        let before = || stays.iter().rev().find(|stay| stay.span.end <= now).or(stays.first());
        let y = here.or_else(road).or_else(|| before().map(|stay| self.y(stay.office)));
        Some((self.x(at), y.unwrap_or(self.height() / 2)))
    }

    /// A span as it lies on the sheet; `None` beside it.
    fn clipped(&self, date: NaiveDate, span: Interval) -> Option<(i64, i64)> {
        if !span.overlaps(time::day(self.zone, date)) {
            return None;
        }
        let (begins, ends) = minutes(self.zone, date, span);
        let (begins, ends) = (begins.max(self.from), ends.min(self.to));
        (begins < ends).then_some((begins, ends))
    }

    fn x(&self, minute: i64) -> String {
        self.hundredths(minute - self.from)
    }

    fn width(&self, begins: i64, ends: i64) -> String {
        self.hundredths(ends - begins)
    }

    fn hundredths(&self, minutes: i64) -> String {
        let of_ten_thousand = minutes * 10_000 / (self.to - self.from);
        format!("{}.{:02}%", of_ten_thousand / 100, of_ten_thousand % 100)
    }

    fn height(&self) -> i64 {
        self.levels.iter().map(|_| LEVEL).sum::<i64>().max(LEVEL)
    }

    fn level(&self, office: &OfficeSlug) -> Option<i64> {
        self.levels.iter().zip(0..).find(|(level, _)| **level == office).map(|(_, at)| at)
    }

    fn y(&self, office: &OfficeSlug) -> i64 {
        self.level(office).unwrap_or_default() * LEVEL + LEVEL / 2
    }
}

/// A span in minutes of a date, as the clock on the wall shows them: what lies
/// outside the date is cut off. Where the clock is set back, a span is no shorter for it.
fn minutes(zone: Tz, date: NaiveDate, span: Interval) -> (i64, i64) {
    let on_the_wall = |at: Instant| {
        let civil = time::civil(zone, at);
        let of_the_day = i64::from(civil.hour() * 60 + civil.minute());
        (civil.date() - date).num_days() * MINUTES_OF_A_DAY + of_the_day
    };
    let begins = on_the_wall(span.start);
    let ends = on_the_wall(span.end).max(begins + span.length().num_minutes());
    let is_over = time::day(zone, date).end < span.end;
    let ends = if is_over { MINUTES_OF_A_DAY } else { ends };
    (begins.clamp(0, MINUTES_OF_A_DAY), ends.clamp(0, MINUTES_OF_A_DAY))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::example::{at, date};

    #[test]
    fn a_span_lies_where_the_clock_on_the_wall_has_it() {
        let zone = chrono_tz::America::Los_Angeles;
        let hour = |from: Instant| Interval::new(from, from + time::hours(1));
        let lies = |on: &str, span| minutes(zone, date(on), span);
        let nine = 9 * 60;
        for on in ["2027-03-13", "2027-03-14", "2027-11-06", "2027-11-07"] {
            assert_eq!(lies(on, hour(at(&format!("{on} 09:00")))), (nine, nine + 60), "{on}");
            assert_eq!(lies(on, time::day(zone, date(on))), (0, MINUTES_OF_A_DAY), "{on}");
        }
        assert_eq!(lies("2027-03-14", hour(at("2027-03-14 01:30"))), (90, 210), "over the hour that isn't");
        assert_eq!(
            lies("2027-11-07", hour(at("2027-11-07 01:30"))),
            (90, 150),
            "in the hour that comes twice"
        );
        let night = hour(at("2026-12-11 23:30"));
        assert_eq!(lies("2026-12-11", night), (1410, 1440));
        assert_eq!(lies("2026-12-12", night), (0, 30));
    }
}
