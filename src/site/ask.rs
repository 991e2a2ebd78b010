//! A reader asks something about an article.

use chrono::TimeDelta;

use crate::{
    app::Current,
    booking::sent_form::digest,
    content::read::article::Article,
    domain::{appointment::refusal::Refusal, client, question::Question, time},
    mail::question,
    operation::{Error, Operation},
    urls,
};

/// So many within an hour, from all addresses together: each is an email to the therapist.
const MOST_AN_HOUR: u32 = 30;

/// Writes to the therapist. The very same question again on one day is the same question.
pub async fn ask(current: &Current, article: &Article, question: &Question) -> Result<(), Error> {
    let mut op = Operation::begin(current).await?;
    let app = op.app.clone();
    if op.tx.questions_since(op.now - TimeDelta::hours(1)).await? >= MOST_AN_HOUR {
        return Err(Refusal::TooManyQuestions.into());
    }
    let today = time::date(app.practice().zone, op.now);
    let (name, email, text) = (question.name.as_str(), question.email.as_str(), question.text.as_str());
    let digest = digest(&["question", &article.slug.value, &today.to_string(), name, email, text]);
    let facts = question::Facts {
        practice: app.practice(),
        article: &article.title,
        article_page: app.base.to(&urls::article(&article.slug.value)),
        question,
        page: client::mailto(question.email.as_str()),
    };
    let email = question::write(&facts, &digest, format!("<{}>", app.fresh_world_id()))?;
    op.tx.enqueue(&email, op.now).await?;
    op.commit().await
}
