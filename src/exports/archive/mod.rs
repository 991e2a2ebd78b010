//! Everything as one archive, with pages that any browser opens without
//! Stillpoint and without a network: nothing in them runs or loads.

mod file;
mod pages;

use chrono::Datelike;

use self::{
    file::Archive,
    pages::{
        AppointmentView, AppointmentsPage, ClientPage, ClientsPage, EmailView, EmailsOnAPage, EmailsPage,
        HoursPage, IndexPage, Style, Top,
    },
};
use super::{
    appointments, clients, emails,
    error::Error,
    hours,
    people::{People, also_known_as},
    rows::Rows,
    sink::Sink,
};
use crate::{
    app::App,
    domain::{
        appointment::{Appointment, payment::Due},
        client::Person,
        time::{self, Instant},
        waitlist::entry::Entry,
    },
    store::{AppointmentWithPayment, WrittenEmail},
    words,
};

/// How many emails stand on one page.
const EMAILS_ON_A_PAGE: usize = 200;

/// What the pages share.
#[derive(Clone, Copy)]
struct Shared<'a> {
    app: &'a App,
    people: &'a People,
    as_of: &'a str,
}

pub async fn write(app: &App, people: &People, sink: &Sink) -> Result<(), Error> {
    let (zone, now) = (app.practice().zone, app.now());
    let mut archive = Archive::new(sink, time::civil(zone, now));
    let as_of = time::full_phrase(zone, now);
    let shared = Shared { app, people, as_of: &as_of };
    archive.page("style.css", &Style).await?;
    let emails = shared.emails(&mut archive).await?;
    let years = shared.appointments(&mut archive).await?;
    shared.clients(&mut archive, &emails).await?;
    shared.hours(&mut archive).await?;
    let rows = Rows::Appointments(appointments::Rows::default());
    archive.table("appointments.csv", app, people, rows).await?;
    archive.table("clients.csv", app, people, Rows::Clients(clients::Rows::default())).await?;
    archive.table("emails.csv", app, people, Rows::Emails(emails::Rows::default())).await?;
    let index = IndexPage {
        top: shared.top("", app.practice().name.clone()),
        therapist: app.practice().therapist.as_certified(),
        people: people.all().len(),
        years: &years,
        emails: &emails,
        zone: zone.name(),
    };
    archive.page("index.html", &index).await?;
    archive.end().await
}

impl<'a> Shared<'a> {
    fn top(self, up: &'static str, title: String) -> Top<'a> {
        Top { practice: &self.app.practice().name, title, up, as_of: self.as_of }
    }

    /// Pages of emails, the oldest first.
    async fn emails(self, archive: &mut Archive<'_>) -> Result<Vec<EmailsOnAPage>, Error> {
        let mut pages: Vec<EmailsOnAPage> = Vec::new();
        let mut rows = emails::Rows::default();
        loop {
            let found = rows.read(self.app).await?;
            if found.is_empty() {
                return Ok(pages);
            }
            for emails in found.chunks(EMAILS_ON_A_PAGE) {
                let (Some(first), Some(last)) = (emails.first(), emails.last()) else { continue };
                let number = pages.len() + 1;
                let day = |at| time::long_date_words(time::date(self.app.practice().zone, at));
                let page = EmailsOnAPage {
                    href: format!("emails/{number}.html"),
                    last: last.id,
                    from: day(first.written_at),
                    to: day(last.written_at),
                    count: emails.len(),
                };
                let views = emails.iter().map(|email| self.email(email)).collect();
                let emails_page =
                    EmailsPage { top: self.top("../", format!("Emails {number}")), emails: views };
                archive.page(&page.href, &emails_page).await?;
                pages.push(page);
            }
        }
    }

    fn email<'e>(self, email: &'e WrittenEmail) -> EmailView<'e> {
        EmailView {
            id: email.id,
            subject: &email.subject,
            to: emails::reader(email.side),
            recipient: &email.recipient,
            written: time::full_phrase(self.app.practice().zone, email.written_at),
            state: emails::state(email.outcome),
            text: &email.text,
        }
    }

    /// A page of appointments for each year that has any.
    async fn appointments(self, archive: &mut Archive<'_>) -> Result<Vec<(i32, usize)>, Error> {
        let mut years = Vec::new();
        let mut rows = appointments::Rows::default();
        let mut year: Vec<AppointmentWithPayment> = Vec::new();
        let year_of = |one: &AppointmentWithPayment| {
            time::date(self.app.practice().zone, one.appointment.span.start).year()
        };
        loop {
            let found = rows.read(self.app).await?;
            let is_over = found.is_empty();
            for one in found {
                if year.first().is_some_and(|first| year_of(first) != year_of(&one)) {
                    years.push(self.year(archive, year_of(&year[0]), &year).await?);
                    year.clear();
                }
                year.push(one);
            }
            if is_over {
                if let Some(first) = year.first() {
                    years.push(self.year(archive, year_of(first), &year).await?);
                }
                return Ok(years);
            }
        }
    }

    async fn year(
        self,
        archive: &mut Archive<'_>,
        year: i32,
        found: &[AppointmentWithPayment],
    ) -> Result<(i32, usize), Error> {
        let page = AppointmentsPage {
            top: self.top("../", format!("Appointments {year}")),
            appointments: found.iter().map(|one| self.appointment(&one.appointment, Some(one))).collect(),
        };
        archive.page(&format!("appointments/{year}.html"), &page).await?;
        Ok((year, found.len()))
    }

    fn appointment<'v>(
        self,
        a: &'v Appointment,
        money: Option<&AppointmentWithPayment>,
    ) -> AppointmentView<'v>
    where
        'a: 'v,
    {
        let practice = self.app.practice();
        let person = self.people.of(a.client);
        let payment = money.and_then(|one| one.payment.as_ref());
        AppointmentView {
            when: time::full_phrase(practice.zone, a.span.start),
            status: words::appointment::status(a.status()),
            is_blocked: a.id.is_blocked_request(),
            office: practice.office_name(&a.office),
            service: &a.service_name,
            minutes: a.minutes(),
            price: practice.price_words(a.price),
            paid: payment.map(|payment| words::payment::paid(*payment, practice)),
            fee: a.due().and_then(Due::fee).map(|fee| {
                let is_waived = money.is_some_and(|one| one.is_waived);
                format!("{}{}", practice.price_words(fee.amount), if is_waived { ", waived" } else { "" })
            }),
            client: person.map(|person| (format!("../clients/{}.html", person.id()), person.name())),
            name: &a.name,
            guest: a.guest.as_ref(),
            note: a.note.as_ref(),
            sentence: a.sentence.as_ref(),
        }
    }

    /// A list of everybody, and a page for each.
    async fn clients(self, archive: &mut Archive<'_>, emails: &[EmailsOnAPage]) -> Result<(), Error> {
        let line =
            |person: &'a Person| (format!("clients/{}.html", person.id()), person, also_known_as(person));
        let list = ClientsPage {
            top: self.top("", "Clients".to_owned()),
            people: self.people.all().iter().map(line).collect(),
        };
        archive.page("clients.html", &list).await?;
        for person in self.people.all() {
            self.client(archive, person, emails).await?;
        }
        Ok(())
    }

    async fn client(
        self,
        archive: &mut Archive<'_>,
        person: &'a Person,
        pages: &[EmailsOnAPage],
    ) -> Result<(), Error> {
        let zone = self.app.practice().zone;
        let mut tx = self.app.store.read().await?;
        let history = tx.history(person.id(), self.app.now()).await?;
        let appointments = tx.appointments_of_with_payments(person.id()).await?;
        let blocked = tx.blocked_requests_of(person.id()).await?;
        let emails = tx.emails_of(person.id()).await?;
        let all: Vec<_> = appointments.iter().map(|one| one.appointment.clone()).collect();
        let waits = tx.waitlist_entries_of_person(person, &all).await?;
        drop(tx);
        let wait = |entry: &Entry| {
            let practice = self.app.practice();
            (words::waitlist::wishes(practice, &entry.wishes), words::waitlist::state(zone, entry))
        };
        // What was written since its page was made is on none.
        let place = |email: &WrittenEmail| {
            let page = pages.get(pages.partition_point(|page| page.last < email.id))?;
            Some(format!("../{}#e{}", page.href, email.id))
        };
        let email = |email: &'_ WrittenEmail| (place(email), time::full_phrase(zone, email.written_at));
        let placed: Vec<_> = emails.iter().map(email).collect();
        let contact = person.contact();
        let page = ClientPage {
            top: self.top("../", person.name().to_string()),
            goes_by: person.goes_by(),
            email: contact.email.as_ref(),
            phone: contact.phone.as_ref().map(ToString::to_string),
            also: also_known_as(person),
            notes: clients::notes(person),
            history: words::client::history(history),
            appointments: appointments
                .iter()
                .map(|one| self.appointment(&one.appointment, Some(one)))
                .collect(),
            waits: waits.iter().map(wait).collect(),
            blocked: blocked.iter().map(|a| self.appointment(a, None)).collect(),
            emails: emails
                .iter()
                .zip(placed)
                .filter_map(|(email, (href, written))| Some((href?, email.subject.as_str(), written)))
                .collect(),
        };
        archive.page(&format!("clients/{}.html", person.id()), &page).await
    }

    async fn hours(self, archive: &mut Archive<'_>) -> Result<(), Error> {
        let mut tx = self.app.store.read().await?;
        let rules = tx.rules(&self.app.site.first_rules, Instant::UNIX_EPOCH + hours::A_MONTH).await?;
        let time_off = tx.all_time_off().await?;
        drop(tx);
        let practice = self.app.practice();
        let page = HoursPage {
            top: self.top("", "Hours".to_owned()),
            offices: hours::offices(practice, &rules.timetable),
            days: hours::days(practice, &rules.timetable),
            time_off: time_off.iter().map(|off| hours::time_off(practice, off)).collect(),
        };
        archive.page("hours.html", &page).await
    }
}
