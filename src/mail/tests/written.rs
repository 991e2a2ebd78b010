//! Every email as a whole, as it is read: compared with the files in
//! `snapshots/`. After a change that is meant, write them anew, and look at the
//! difference before you keep it:
//!
//! ```sh
//! INSTA_UPDATE=always cargo test --lib mail::tests::written
//! ```

use std::collections::BTreeMap;

use scraper::{Html, Node};

use super::*;
use crate::{
    domain::{
        availability::conflict::{Conflict, Notice},
        client::{EmailAddress, Name},
        ids::Token,
        question::{Question, QuestionText},
    },
    mail::{password_link, question},
};

/// Insists that a text is the one in a file of `snapshots/`.
fn is_as_kept(name: &str, text: &str) {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, text);
    });
}

/// The subject, the text, and what stands where in the HTML part.
fn whole(email: &Email) -> String {
    let Email { subject, text, html, side, .. } = email;
    format!("To the {}: {subject}\n\n{text}\n{}", side.as_str(), outline(html))
}

/// The elements of a page, each with where it leads or what it is called, and
/// the words in it. How they look is nothing of this.
fn outline(html: &str) -> String {
    let page = Html::parse_document(html);
    let mut outline = String::new();
    for node in page.tree.root().descendants() {
        let line = match node.value() {
            Node::Element(element) => {
                let named = ["href", "lang", "dir", "role"]
                    .into_iter()
                    .filter_map(|name| element.attr(name).map(|value| format!(" {name}={value}")));
                format!("<{}{}>", element.name(), named.collect::<String>())
            }
            Node::Text(text) => squeezed(text),
            _ => continue,
        };
        let is_style = node.parent().is_some_and(|parent| {
            parent.value().as_element().is_some_and(|element| element.name() == "style")
        });
        if !line.is_empty() && !is_style {
            outline += &format!("{}{line}\n", " ".repeat(node.ancestors().count() - 1));
        }
    }
    outline
}

#[test]
fn every_email_about_an_appointment_is_as_it_was() {
    all(|emails| {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for email in emails {
            let kind = email.key.split('/').next().expect("a kind").to_owned();
            let nth = seen.entry(kind.clone()).or_default();
            *nth += 1;
            is_as_kept(&format!("{kind}-{nth}"), &whole(&email));
        }
    });
}

#[test]
fn an_email_about_a_visit_for_somebody_else_says_whose_it_is() {
    use Status::{Confirmed, Declined, Requested};
    let ben = Name::parse("Ben Ray").ok();
    for (name, status, occasion) in [
        ("guest-received", Requested, Occasion::Received),
        ("guest-arrived", Requested, Occasion::Arrived),
        ("guest-confirmed", Confirmed, Occasion::Confirmed),
        ("guest-declined", Declined, Occasion::Declined { offers_times: false }),
        ("guest-reminder", Confirmed, Occasion::Reminder { hours: 48 }),
    ] {
        let a = Appointment { guest: ben.clone(), ..visit(status) };
        let email = written(&a, occasion, "2026-12-06 12:00");
        is_as_kept(name, &whole(&email));
        if let Some(part) = email.calendar {
            is_as_kept(&format!("{name}-invitation"), &part.file.replace("\r\n", "\n"));
        }
    }
    let visits = [Appointment { guest: ben, ..visit(Confirmed) }];
    let facts = day_ahead::Facts {
        practice: &practice(),
        date: date("2026-12-08"),
        conflicts: &visits,
        visits: &visits,
        page: "https://example.com/admin/days/2026-12-08".to_owned(),
        now: at("2026-12-07 18:00"),
    };
    let email = day_ahead::write(&facts, "<1@example.com>".to_owned()).expect("an email");
    is_as_kept("guest-day-ahead", &whole(&email));
}

#[test]
fn the_email_about_a_conflict_is_as_it_was() {
    let conflict = Conflict::parse("closed");
    let occasion =
        Occasion::Conflict { notice: Notice::AtOnce, found_at: at("2026-12-06 12:00"), conflict: &conflict };
    is_as_kept("conflict", &whole(&email(Status::Confirmed, occasion)));
}

#[test]
fn the_email_about_the_day_ahead_is_as_it_was() {
    let visits = [appointment(Status::Confirmed, "north", at("2026-12-08 09:00")), visit(Status::Confirmed)];
    let facts = day_ahead::Facts {
        practice: &practice(),
        date: date("2026-12-08"),
        conflicts: &[],
        visits: &visits,
        page: "https://example.com/admin/days/2026-12-08".to_owned(),
        now: at("2026-12-07 18:00"),
    };
    let email = day_ahead::write(&facts, "<1@example.com>".to_owned()).expect("an email");
    is_as_kept("day-ahead", &whole(&email));
}

#[test]
fn the_email_with_a_readers_question_is_as_it_was() {
    let question = Question {
        name: Name::parse("June Okafor").expect("a name"),
        email: EmailAddress::parse("june@example.com").expect("an address"),
        text: QuestionText::parse("Does it hurt?\nAnd how long is it?").expect("a question"),
    };
    let facts = question::Facts {
        practice: &practice(),
        article: "What is neuromuscular massage?",
        article_page: "https://example.com/articles/what-is-it".to_owned(),
        question: &question,
        page: "mailto:june@example.com".to_owned(),
    };
    let email = question::write(&facts, &[7; 32], "<1@example.com>".to_owned()).expect("an email");
    is_as_kept("question", &whole(&email));
}

#[test]
fn the_email_with_the_link_that_sets_a_password_is_as_it_was() {
    let facts = password_link::Facts {
        practice: &practice(),
        page: "https://example.com/admin/welcome/0123456789abcdef0123456789abcdef".to_owned(),
        good_until: at("2026-12-07 18:00"),
    };
    let email = password_link::write(&facts, &Token::new([7; 16]), "<1@example.com>".to_owned());
    is_as_kept("password-link", &whole(&email.expect("an email")));
}

#[test]
fn invitations_and_what_takes_them_back_are_as_they_were() {
    for (name, status, occasion) in [
        ("invitation", Status::Confirmed, Occasion::Confirmed),
        ("invitation-canceled", Status::Canceled, Occasion::Canceled),
    ] {
        let part = email(status, occasion).calendar.expect("a calendar's part");
        is_as_kept(name, &part.file.replace("\r\n", "\n"));
    }
}
