//! `GET, POST /admin/settings`: the policy, each value with an example of
//! these days. `POST /admin/settings/preview` shows what other values would do
//! to the coming week's openings; nothing is saved by it.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};

use super::{
    effects::{self, Examples, OpeningsEffect},
    values::{self, CHOICES, SETTINGS, Setting},
};
use crate::{
    app::App,
    domain::practice::{policy::Policy, service::Service},
    planning::change_policy,
    urls,
    web::{
        Web,
        admin::parts::unheeded::{self, UnheededView},
        http::{answer, error::Error, submission::Submission},
        parts::{self, FieldView, page::Frame},
    },
};

#[derive(Template)]
#[template(path = "admin/settings.html")]
struct SettingsPage<'a> {
    frame: Frame<'a>,
    /// By what they are about.
    groups: Vec<(&'static str, Vec<Row>)>,
    /// What was changed in the practice file in vain.
    unheeded: Vec<UnheededView>,
    wrong: Vec<(String, String, String)>,
    preview: Option<Preview<'a>>,
    /// The services of which the practice file says how they are confirmed.
    exceptions: Vec<String>,
    zone: String,
}

struct Row {
    field: FieldView,
    example: String,
    is_number: bool,
    /// What can be chosen, with words and whether it is; nothing where it is typed.
    choices: Vec<(&'static str, &'static str, bool)>,
}

/// What the values that were typed would do.
struct Preview<'a> {
    changes: Vec<Change<'a>>,
    together: Option<Vec<OpeningsEffect<'a>>>,
    days: String,
    /// The fields again, for the button that saves.
    form: Submission,
}

struct Change<'a> {
    label: &'static str,
    before: String,
    after: String,
    example: String,
    openings: Vec<OpeningsEffect<'a>>,
}

pub async fn show(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    let app = &*web.app();
    let policy = app.rules().await?.policy;
    render(app, &policy, offering(&policy), None, StatusCode::OK).await
}

pub async fn preview(State(web): State<Arc<Web>>, mut form: Submission) -> Result<Response, Error> {
    let app = &*web.app();
    let policy = app.rules().await?.policy;
    match read(&policy, &mut form) {
        Some(wanted) => {
            let preview = previewed(app, &policy, &wanted).await?;
            render(app, &wanted, offering(&wanted), Some(preview), StatusCode::OK).await
        }
        None => render(app, &policy, form, None, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

pub async fn save(State(web): State<Arc<Web>>, mut form: Submission) -> Result<Response, Error> {
    let app = &*web.app();
    let policy = app.rules().await?.policy;
    let Some(wanted) = read(&policy, &mut form) else {
        return render(app, &policy, form, None, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    // What is as it was leaves the practice file in force.
    if wanted != policy {
        change_policy::change_policy(&web.current, &wanted).await?;
    }
    Ok(answer::see_other(urls::SETTINGS))
}

/// The form with a policy in it.
fn offering(policy: &Policy) -> Submission {
    Submission::offering(SETTINGS.iter().map(|setting| (setting.field, setting.value(policy))))
}

/// The policy as it was typed; the form keeps what is wrong with it.
fn read(policy: &Policy, form: &mut Submission) -> Option<Policy> {
    let mut wanted = policy.clone();
    for setting in &SETTINGS {
        form.read(setting.field, |typed| setting.read(typed, &mut wanted));
    }
    (!form.is_wrong()).then_some(wanted)
}

async fn previewed<'a>(app: &'a App, policy: &Policy, wanted: &Policy) -> Result<Preview<'a>, Error> {
    let week = effects::Week::read(app).await?;
    let examples = Examples::new(app);
    let differ = SETTINGS.iter().filter(|setting| setting.value(policy) != setting.value(wanted));
    let changes: Vec<Change<'_>> = differ
        .map(|setting| {
            let mut alone = policy.clone();
            setting.take(&mut alone, wanted);
            Change {
                label: setting.label,
                before: setting.words(policy),
                after: setting.words(wanted),
                example: examples.of(setting.field, wanted),
                openings: week.under(&alone),
            }
        })
        .collect();
    Ok(Preview {
        together: (changes.len() > 1).then(|| week.under(wanted)),
        changes,
        days: week.words(),
        form: offering(wanted),
    })
}

async fn render(
    app: &App,
    policy: &Policy,
    form: Submission,
    preview: Option<Preview<'_>>,
    status: StatusCode,
) -> Result<Response, Error> {
    let unheeded = unheeded::of_page(app, urls::SETTINGS).await?;
    let examples = Examples::new(app);
    let row = |setting: &Setting| {
        let field = FieldView::new(&form, setting.field, setting.label);
        let choices = CHOICES.iter().filter(|_| setting.is_chosen());
        let choices = choices.map(|(known, words)| (*known, *words, *known == field.value)).collect();
        Row { field, example: examples.of(setting.field, policy), is_number: setting.is_number(), choices }
    };
    let groups = SETTINGS.chunk_by(|one, other| one.group == other.group);
    let groups = groups.map(|settings| {
        (settings.first().map_or("", |first| first.group), settings.iter().map(row).collect())
    });
    let groups: Vec<(_, Vec<Row>)> = groups.collect();
    let exception = |service: &Service| {
        let words = values::choice_words(service.confirmation?.as_str());
        Some(format!("{} is confirmed {words}", service.name))
    };
    let settings_page = SettingsPage {
        frame: Frame::admin(
            app,
            if preview.is_some() { "Settings: what would change" } else { "Settings" },
            urls::SETTINGS,
        ),
        unheeded,
        wrong: parts::wrong(groups.iter().flat_map(|(_, rows)| rows).map(|row| &row.field)),
        groups,
        preview,
        exceptions: app.practice().services_offered().filter_map(exception).collect(),
        zone: examples.zone(),
    };
    answer::html(status, &settings_page)
}
