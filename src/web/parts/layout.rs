//! What stands around the middle of a page, each piece a template of its own: in the layouts it
//! would be compiled once more with every page.

use askama::Template;

use super::page::Frame;

#[derive(Template)]
#[template(path = "layouts/site_head.html")]
pub struct SiteHead<'a> {
    frame: &'a Frame<'a>,
}

#[derive(Template)]
#[template(path = "layouts/site_header.html")]
pub struct SiteHeader<'a> {
    frame: &'a Frame<'a>,
}

#[derive(Template)]
#[template(path = "layouts/site_footer.html")]
pub struct SiteFooter<'a> {
    frame: &'a Frame<'a>,
}

#[derive(Template)]
#[template(path = "layouts/admin_head.html")]
pub struct AdminHead<'a> {
    frame: &'a Frame<'a>,
}

#[derive(Template)]
#[template(path = "layouts/admin_nav.html")]
pub struct AdminNav<'a> {
    frame: &'a Frame<'a>,
}

impl Frame<'_> {
    pub fn site_head(&self) -> SiteHead<'_> {
        SiteHead { frame: self }
    }

    pub fn site_header(&self) -> SiteHeader<'_> {
        SiteHeader { frame: self }
    }

    pub fn site_footer(&self) -> SiteFooter<'_> {
        SiteFooter { frame: self }
    }

    pub fn admin_head(&self) -> AdminHead<'_> {
        AdminHead { frame: self }
    }

    /// The therapist's navigation.
    pub fn admin_nav(&self) -> AdminNav<'_> {
        AdminNav { frame: self }
    }
}
