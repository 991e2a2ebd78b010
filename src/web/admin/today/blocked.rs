//! What blocked clients have asked for, as today's page folds it away.

use crate::{
    app::App,
    store::BlockedRequest,
    urls,
    web::parts::{OfficeView, When},
    words,
};

pub struct BlockedView<'a> {
    pub name: String,
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
            name: words::appointment::whose(a),
            client: urls::client(a.client),
            when: When::new(app, a.span.start),
            office: OfficeView::of(app, a),
            answer: When::new(app, waiting.answer_at),
        }
    }
}
