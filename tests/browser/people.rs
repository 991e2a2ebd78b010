//! What several stories have people do.

use crate::{
    browser::Browser,
    support::{
        people::{PASSWORD, Person, THERAPIST},
        practice::TestPractice,
    },
};

impl Browser {
    /// Fills in the form of an opening.
    pub async fn fills_in_as(&self, person: &Person) {
        self.types("Your name", person.name).await;
        self.types("Email", person.email).await;
        self.types("Phone", person.phone).await;
        self.types("A note", person.note).await;
        self.field("I've read").await.click().await.expect("a box to tick");
    }

    pub async fn asks_as(&self, person: &Person) {
        self.fills_in_as(person).await;
        self.press("Request this time").await;
    }

    /// Sets the therapist's password over the link that the start has printed.
    pub async fn signs_in(&self, practice: &TestPractice) {
        self.goto(practice.running.welcome.as_ref().expect("no password is set yet")).await;
        self.types("New password", PASSWORD).await;
        self.press("Set password").await;
        self.says("The coming days").await;
    }

    /// Signs in with the password that was set before.
    pub async fn signs_in_with_password(&self, practice: &TestPractice) {
        self.goto(&practice.url("/admin")).await;
        self.types("Email", THERAPIST).await;
        self.types("Password", PASSWORD).await;
        self.press("Sign in").await;
        self.says("The coming days").await;
    }
}
