//! One-time codes as a second step of signing in.

use std::fs;

use chrono::TimeDelta;
use stillpoint::domain::ids::Token;
use totp_rs::{Builder, Secret};

use crate::support::{
    page::{Form, Page},
    people::{PASSWORD, THERAPIST, Therapist, path_of},
    practice::{TestPractice, practice},
    visitor::Visitor,
};

const SECOND_STEP: &str = "/admin/account/second-step";

/// The app on the therapist's phone.
pub struct Phone(String);

impl Phone {
    /// The code that it shows now.
    pub fn code(&self, practice: &TestPractice) -> String {
        let secret = Secret::try_from_base32(&self.0).expect("a secret");
        let now = practice.running.app().now().timestamp();
        let app = Builder::new().with_secret(secret).build().expect("an app");
        app.generate(now.try_into().expect("after 1970")).to_string()
    }

    /// A code that is none.
    fn wrong(&self, practice: &TestPractice) -> String {
        let around = [-30, 0, 30].map(|seconds| {
            practice.clock.advance(TimeDelta::seconds(seconds));
            let code = self.code(practice);
            practice.clock.advance(TimeDelta::seconds(-seconds));
            code
        });
        let codes = (0..).map(|number| format!("{number:06}"));
        codes.into_iter().find(|code| !around.contains(code)).expect("a code")
    }
}

/// Turns one-time codes on. Returns the phone and the recovery codes.
pub async fn turns_on(practice: &TestPractice, therapist: &Therapist) -> (Phone, Vec<String>) {
    let form = therapist.open(SECOND_STEP).await.form(SECOND_STEP);
    let phone = Phone(form.value("secret").to_owned());
    let form = form.with("code", &phone.code(practice)).with("password", PASSWORD);
    let codes = therapist.press(&form).await.expect(200).says("One-time codes are on").texts("li code");
    // The code that was typed is used up.
    practice.clock.advance(TimeDelta::seconds(60));
    (phone, codes)
}

/// The form that asks for the code, after the right password.
async fn asked_for_code(practice: &TestPractice, visitor: &Visitor) -> Form {
    let page = with_password(practice, visitor, PASSWORD).await.expect(200);
    page.says("You're not signed in yet.").form("/admin/session/code")
}

async fn with_password(_: &TestPractice, visitor: &Visitor, password: &str) -> Page {
    let form = visitor.open("/admin/session").await.form("/admin/session");
    visitor.press(&form.with("email", THERAPIST).with("password", password)).await
}

async fn is_out(visitor: &Visitor) -> bool {
    visitor.get("/admin").await.status == 303
}

#[tokio::test]
async fn a_right_code_and_the_password_turn_them_on_and_nothing_else_does() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let page = therapist.open("/admin/account").await.link("Set up one-time codes");
    let page = therapist.open(&page).await;
    assert_eq!(page.texts("svg.qr").len(), 1);
    let form = page.form(SECOND_STEP);
    let phone = Phone(form.value("secret").to_owned());
    let (right, wrong) = (phone.code(&practice), phone.wrong(&practice));
    assert!(page.link("Open your app").starts_with("otpauth://totp/"), "a phone opens its app");
    assert!(page.link("Open your app").contains(&format!("secret={}", phone.0)));
    let spaced: String = page.texts("code").concat().split(' ').collect();
    assert_eq!(spaced, phone.0, "the same to be typed");
    for (code, password, field) in [
        (&*wrong, PASSWORD, "code"),
        ("", PASSWORD, "code"),
        ("abc", PASSWORD, "code"),
        (&right, "not the one", "password"),
        (&right, "", "password"),
    ] {
        let back = therapist.press(&form.clone().with("code", code).with("password", password)).await;
        let back = back.expect(422);
        assert_eq!(back.texts(&format!("#{field}-error")).len(), 1, "{code} {password}");
        assert_eq!(back.form(SECOND_STEP).value("secret"), phone.0, "the phone has it already");
        assert_eq!(back.form(SECOND_STEP).value("password"), "");
    }
    let visitor = practice.visitor();
    with_password(&practice, &visitor, PASSWORD).await.expect(303);

    let on = therapist.press(&form.clone().with("code", &right).with("password", PASSWORD)).await;
    let codes = on.expect(200).says("They're shown only now.").texts("li code");
    assert_eq!(codes.len(), 10);
    let account = therapist.open("/admin/account").await.says("10 recovery codes are left.");
    account.never_says(&codes[0]).never_says(&phone.0);
    therapist.open(SECOND_STEP).await.never_says(&codes[0]).never_says(&phone.0);
    // The page that is still open.
    let again = therapist.press(&form.with("code", &right).with("password", PASSWORD)).await;
    again.expect(409).says("One-time codes are already on.").has_a_way_out();
    practice.close().await;
}

#[tokio::test]
async fn a_form_that_none_of_our_pages_has_made_turns_nothing_on() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for secret in ["", "no secret", "GEZDGNBV"] {
        let fields = [("secret", secret), ("code", "123456"), ("password", PASSWORD)];
        let page = therapist.sends(SECOND_STEP, &fields).await.expect(422);
        page.says("Please set up your app with the code below.").says("Not on yet.");
    }
    practice.close().await;
}

#[tokio::test]
async fn signing_in_takes_the_password_and_a_code_and_no_code_twice() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let (phone, _) = turns_on(&practice, &therapist).await;
    let (visitor, thief) = (practice.visitor(), practice.visitor());
    with_password(&practice, &visitor, "not the one").await.expect(422).never_says("one-time code");
    let form = asked_for_code(&practice, &visitor).await;
    let stolen = asked_for_code(&practice, &thief).await;
    assert!(is_out(&visitor).await, "the password alone opens nothing");
    let wrong = visitor.press(&form.clone().with("code", &phone.wrong(&practice))).await.expect(422);
    let form = wrong.says("That code isn't right, or it's been used.").form("/admin/session/code");
    assert_eq!(form.value("code"), "");
    let code = phone.code(&practice);
    let spaced = format!(" {} {} ", &code[..3], &code[3..]);
    visitor.press_on(&form.with("code", &spaced)).await.says("No requests to answer");
    let again = thief.press(&stolen.clone().with("code", &code)).await.expect(422);
    again.says("That code isn't right, or it's been used.");
    // Nor the one before it, which was never typed.
    practice.clock.advance(TimeDelta::seconds(-30));
    let before = phone.code(&practice);
    practice.clock.advance(TimeDelta::seconds(30));
    thief.press(&stolen.with("code", &before)).await.expect(422);
    assert!(is_out(&thief).await);
    practice.close().await;
}

#[tokio::test]
async fn the_code_leads_on_to_where_the_password_would_have() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let (phone, _) = turns_on(&practice, &therapist).await;
    let visitor = practice.visitor();
    let door = visitor.get("/admin/days/2026-12-08").await;
    let form = visitor.follow(&door).await.form("/admin/session");
    let form = form.with("email", THERAPIST).with("password", PASSWORD);
    let form = visitor.press(&form).await.form("/admin/session/code");
    let inside = visitor.press(&form.with("code", &phone.code(&practice))).await;
    assert_eq!(inside.leads_to(), "/admin/days/2026-12-08");
    practice.close().await;
}

#[tokio::test]
async fn a_recovery_code_works_once_however_it_is_typed() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let (_, codes) = turns_on(&practice, &therapist).await;
    let visitor = practice.visitor();
    let form = asked_for_code(&practice, &visitor).await;
    let typed = codes[3].replace('-', " ").to_uppercase();
    visitor.press_on(&form.with("code", &typed)).await;
    therapist.open("/admin/account").await.says("9 recovery codes are left.");
    let other = practice.visitor();
    let form = asked_for_code(&practice, &other).await;
    other.press(&form.clone().with("code", &codes[3])).await.expect(422);
    other.press_on(&form.with("code", &codes[4])).await;
    practice.close().await;
}

#[tokio::test]
async fn five_wrong_codes_end_a_sign_in_and_ten_minutes_do_too() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let (phone, _) = turns_on(&practice, &therapist).await;
    let visitor = practice.visitor();
    let form = asked_for_code(&practice, &visitor).await;
    for _ in 0..5 {
        visitor.press(&form.clone().with("code", &phone.wrong(&practice))).await.expect(422);
    }
    let over = visitor.press(&form.with("code", &phone.code(&practice))).await.expect(422);
    over.says("Please sign in again.").form("/admin/session");
    assert!(is_out(&visitor).await);

    let form = asked_for_code(&practice, &visitor).await;
    practice.clock.advance(TimeDelta::minutes(10));
    let over = visitor.press(&form.with("code", &phone.code(&practice))).await.expect(422);
    over.says("That took too long").form("/admin/session");
    for sign_in in ["", "0123456789abcdef0123456789abcdef", "none"] {
        let page = visitor.sends("/admin/session/code", &[("sign_in", sign_in), ("code", "123456")]).await;
        assert!([303, 422].contains(&page.status), "{sign_in}: {}", page.status);
    }
    assert_eq!(visitor.get("/admin/session/code").await.leads_to(), "/admin/session");
    practice.close().await;
}

#[tokio::test]
async fn ten_wrong_codes_in_a_row_wait_out_the_hour_and_strangers_cannot_type_any() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let (phone, _) = turns_on(&practice, &therapist).await;
    let (stranger, thief) = (practice.visitor(), practice.visitor());
    for _ in 0..12 {
        with_password(&practice, &stranger, "not the one").await.expect(422);
    }
    for _ in 0..2 {
        let form = asked_for_code(&practice, &thief).await;
        for _ in 0..5 {
            thief.press(&form.clone().with("code", &phone.wrong(&practice))).await.expect(422);
        }
    }
    let form = asked_for_code(&practice, &thief).await;
    let right = thief.press(&form.with("code", &phone.code(&practice))).await.expect(422);
    right.says("There were too many wrong codes. Try again after 9:01 am.");
    practice.clock.advance(TimeDelta::hours(1));
    let form = asked_for_code(&practice, &thief).await;
    thief.press_on(&form.with("code", &phone.code(&practice))).await;
    practice.close().await;
}

#[tokio::test]
async fn they_are_turned_off_by_the_password_and_a_code() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let (phone, codes) = turns_on(&practice, &therapist).await;
    let form = therapist.open(SECOND_STEP).await.form("/second-step/end");
    for (code, password) in [
        (phone.code(&practice), "not the one"),
        (phone.wrong(&practice), PASSWORD),
        (String::new(), PASSWORD),
        (phone.code(&practice), ""),
    ] {
        let form = form.clone().with("code", &code).with("password", password);
        therapist.press(&form).await.expect(422).says("On. To turn them off");
    }
    let off = form.clone().with("code", &phone.code(&practice)).with("password", PASSWORD);
    therapist.press_on(&off).await.says("Set up one-time codes");
    therapist.press(&off).await.expect(409).says("One-time codes are already off.");
    let visitor = practice.visitor();
    with_password(&practice, &visitor, PASSWORD).await.expect(303);

    // Turned on again, they are others.
    practice.clock.advance(TimeDelta::seconds(60));
    let (again, fresh) = turns_on(&practice, &therapist).await;
    assert!(again.0 != phone.0 && fresh[0] != codes[0]);
    let other = practice.visitor();
    let form = asked_for_code(&practice, &other).await;
    other.press(&form.with("code", &codes[0])).await.expect(422);
    practice.close().await;
}

#[tokio::test]
async fn the_secret_cannot_be_read_in_the_database_and_the_key_lies_beside_it() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let (phone, codes) = turns_on(&practice, &therapist).await;
    let secret = Secret::try_from_base32(&phone.0).expect("a secret");
    for file in ["stillpoint.db", "stillpoint.db-wal"] {
        let bytes = fs::read(practice.data_dir().join(file)).unwrap_or_default();
        for text in [secret.as_bytes(), phone.0.as_bytes(), codes[0].as_bytes()] {
            assert!(!bytes.windows(text.len()).any(|part| part == text), "{file}");
        }
    }
    practice.close().await;
}

#[tokio::test]
async fn without_the_key_file_the_sign_in_says_what_to_do_and_a_link_from_the_server_resets_both() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let (phone, codes) = turns_on(&practice, &therapist).await;
    let practice =
        practice.while_closed(|folder| fs::remove_file(folder.join("data/key")).expect("a key file")).await;
    let visitor = practice.visitor();
    let form = asked_for_code(&practice, &visitor).await;
    let page = visitor.press(&form.with("code", &phone.code(&practice))).await.expect(422);
    let form = page.says("stillpoint therapist link").says("A recovery code still works.");
    visitor.press_on(&form.form("/admin/session/code").with("code", &codes[0])).await;

    let app = practice.running.app();
    let token: Token = app.fresh_token();
    stillpoint::account::welcome::link(&app.store, &token, app.now()).await.expect("a link");
    let link = stillpoint::urls::welcome(&token);
    let new = practice.visitor();
    let form = new.open(&link).await.says("This turns one-time codes off.").form(&link);
    new.press_on(&form.with("password", PASSWORD)).await.says("No requests to answer");
    assert!(is_out(&visitor).await);
    with_password(&practice, &practice.visitor(), PASSWORD).await.expect(303);
    new.open("/admin/account").await.says("Set up one-time codes");
    practice.close().await;
}

#[tokio::test]
async fn a_key_file_that_holds_no_key_is_named_and_left_as_it_is_and_codes_work() {
    let practice = practice().open().await;
    let practice = practice
        .while_closed(|folder| fs::write(folder.join("data/key"), "not a key").expect("a file"))
        .await;
    let therapist = practice.therapist().await;
    therapist.open("/admin").await.says("The key file can't be used (KEY_FILE)");
    turns_on(&practice, &therapist).await;
    assert_eq!(fs::read_to_string(practice.data_dir().join("key")).expect("a file"), "not a key");
    practice.close().await;
}

#[tokio::test]
async fn a_link_from_an_email_skips_no_code() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let (phone, _) = turns_on(&practice, &therapist).await;
    let visitor = practice.visitor();
    let half = asked_for_code(&practice, &visitor).await;
    let form = visitor.open("/admin/session/forgotten").await.form("/admin/session/forgotten");
    visitor.press(&form.with("email", THERAPIST)).await.expect(200);
    let link = path_of(practice.email_to(THERAPIST).await.page()).to_owned();
    let form = visitor.open(&link).await.says("You'll still be asked for a one-time code.").form(&link);
    visitor.press_on(&form.with("password", "five other quiet words")).await.says("Sign in");
    assert!(is_out(&visitor).await && is_out(&therapist).await);
    let over = visitor.press(&half.with("code", &phone.code(&practice))).await.expect(422);
    over.says("Please sign in again.");
    let page = with_password(&practice, &visitor, "five other quiet words").await.expect(200);
    let form = page.form("/admin/session/code").with("code", &phone.code(&practice));
    visitor.press_on(&form).await.says("No requests to answer");
    practice.close().await;
}
