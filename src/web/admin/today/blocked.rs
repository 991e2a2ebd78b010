//! What blocked clients have asked for, as today's page folds it away.

use crate::{
    app::App,
    domain::client::Name,
    store::BlockedRequest,
    urls,
    web::parts::{OfficeView, When},
};

pub struct BlockedView<'a> {
    pub name: &'a Name,
    /// Their page.
    pub client: String,
    pub when: When,
    pub office: OfficeView<'a>,
    /// When it is declined.
    pub answer: When,
}

impl<'a> BlockedView<'a> {
    pub fn new(app: &'a App, waiting: &'a BlockedRequest) -> Self {
        let a = &waiting.request;
        Self {
            name: &a.name,
            client: urls::client(a.client),
            when: When::new(app, a.span.start),
            office: OfficeView::of(app, a),
            answer: When::new(app, waiting.answer_at),
        }
    }
}
