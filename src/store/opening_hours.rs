//! The tables `opening_hours`, `opening_windows` and `first_booking_decides`:
//! the weekly hours as the therapist has changed them.

use chrono::{NaiveDate, Weekday, WeekdaySet};

use super::{
    columns::{date, window, written_date},
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    availability::timetable::Timetable, ids::OfficeSlug, practice::opening_hours::OpeningHours,
};

impl Reading {
    /// Puts the weekly hours that the therapist has set in place of the
    /// practice file's, office by office.
    pub(super) async fn read_opening_hours(&mut self, timetable: &mut Timetable) -> Result<(), StoreError> {
        let weeks: Vec<(String, String, Option<String>)> =
            sqlx::query_as("SELECT office, holds_from, until FROM opening_hours ORDER BY office, holds_from")
                .fetch_all(&mut *self.0)
                .await?;
        let windows: Vec<(String, String, u8, u32, u32)> =
            sqlx::query_as("SELECT office, holds_from, weekday, opens, closes FROM opening_windows")
                .fetch_all(&mut *self.0)
                .await?;
        for (office, ..) in &weeks {
            if let Some(office) = OfficeSlug::parse(office) {
                timetable.forget_weeks(&office);
            }
        }
        for (office, holds_from, until) in weeks {
            let mut hours = OpeningHours::default();
            for (_, _, weekday, opens, closes) in
                windows.iter().filter(|(at, from, ..)| *at == office && *from == holds_from)
            {
                let day = Weekday::try_from(*weekday).map_err(|_| StoreError::Unreadable("weekday"))?;
                hours.add(day, window(*opens, *closes)?);
            }
            let office = OfficeSlug::parse(&office).ok_or(StoreError::Unreadable("office"))?;
            let until = until.as_deref().map(date).transpose()?;
            let from = date(&holds_from)?;
            timetable.set_week_until(&office, (from, until), hours);
        }
        Ok(())
    }

    /// True when the therapist has set the hours of an office.
    pub async fn has_opening_hours(&mut self, office: &OfficeSlug) -> Result<bool, StoreError> {
        let (some,): (bool,) = sqlx::query_as("SELECT EXISTS (SELECT 1 FROM opening_hours WHERE office = ?)")
            .bind(office.as_str())
            .fetch_one(&mut *self.0)
            .await?;
        Ok(some)
    }

    /// The weekdays on which the first booking decides the office, if the therapist has ever said so.
    pub async fn first_booking_decides(&mut self) -> Result<Option<WeekdaySet>, StoreError> {
        let row: Option<(u8,)> =
            sqlx::query_as("SELECT weekdays FROM first_booking_decides").fetch_optional(&mut *self.0).await?;
        Ok(row.map(|(bits,)| ALL.into_iter().filter(|day| bits & bit(*day) != 0).collect()))
    }
}

impl Writing {
    /// Sets the weekly hours of an office from a date on, for good or until another date.
    pub async fn set_opening_hours(
        &mut self,
        office: &OfficeSlug,
        (holds_from, until): (NaiveDate, Option<NaiveDate>),
        hours: &OpeningHours,
    ) -> Result<(), StoreError> {
        self.remove_opening_hours(office, holds_from).await?;
        sqlx::query("INSERT INTO opening_hours (office, holds_from, until) VALUES (?, ?, ?)")
            .bind(office.as_str())
            .bind(written_date(holds_from))
            .bind(until.map(written_date))
            .execute(self.changes_plans())
            .await?;
        for (day, windows) in hours.days() {
            for window in windows {
                sqlx::query(
                    "INSERT INTO opening_windows (office, holds_from, weekday, opens, closes)
                     VALUES (?, ?, ?, ?, ?)",
                )
                .bind(office.as_str())
                .bind(written_date(holds_from))
                .bind(day.num_days_from_monday())
                .bind(window.from().minutes())
                .bind(window.to().minutes())
                .execute(self.changes_plans())
                .await?;
            }
        }
        Ok(())
    }

    /// Takes back the weekly hours of an office that hold from a date. False when there are none.
    pub async fn remove_opening_hours(
        &mut self,
        office: &OfficeSlug,
        holds_from: NaiveDate,
    ) -> Result<bool, StoreError> {
        let removed = sqlx::query("DELETE FROM opening_hours WHERE office = ? AND holds_from = ?")
            .bind(office.as_str())
            .bind(written_date(holds_from))
            .execute(self.changes_plans())
            .await?;
        Ok(removed.rows_affected() == 1)
    }

    pub async fn set_first_booking_decides(&mut self, weekdays: WeekdaySet) -> Result<(), StoreError> {
        let bits = ALL.into_iter().filter(|day| weekdays.contains(*day)).map(bit).sum::<u8>();
        sqlx::query("INSERT OR REPLACE INTO first_booking_decides (id, weekdays) VALUES (1, ?)")
            .bind(bits)
            .execute(self.changes_plans())
            .await?;
        Ok(())
    }
}

const ALL: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

fn bit(day: Weekday) -> u8 {
    1 << day.num_days_from_monday()
}
