//! The site's icon and card, as pages name them: the therapist's own where the
//! content has them.

use crate::{
    content::{pictures::branding, site::Site},
    urls,
    web::http::assets,
};

/// The addresses of the icon, as far as it is there in that kind. It is the
/// therapist's or ours, never both: a browser would choose.
pub struct Icon {
    pub is_ours: bool,
    pub drawn: Option<String>,
    /// 32 pixels wide and high.
    pub small: Option<String>,
    /// For the home screens of phones.
    pub touch: Option<String>,
    large: Option<String>,
}

impl Icon {
    pub fn of(site: &Site) -> Self {
        let is_ours =
            [branding::ICON_SVG, branding::ICON_PNG].iter().all(|name| !site.branding.contains_key(*name));
        if is_ours {
            let ours = |name: &str| Some(assets::url(name).to_owned());
            Self {
                is_ours,
                drawn: ours("icon.svg"),
                small: ours("favicon.ico"),
                touch: ours("apple-touch-icon.png"),
                large: ours("icon-192.png"),
            }
        } else {
            let of = |width| of_width(site, width);
            Self { is_ours, drawn: drawn(site), small: of(32), touch: of(180), large: of(192) }
        }
    }

    /// What stands before the name of the practice; nothing for our own, which is drawn there.
    pub fn in_header(self) -> Option<String> {
        self.drawn.or(self.large).filter(|_| !self.is_ours)
    }
}

/// The therapist's icon as a drawing.
pub fn drawn(site: &Site) -> Option<String> {
    let image = site.branding.get(branding::ICON_SVG)?;
    Some(versioned(urls::ICON_SVG, &image.version))
}

/// The therapist's icon, so many pixels wide and high.
pub fn of_width(site: &Site, width: u32) -> Option<String> {
    let sizes = &site.branding.get(branding::ICON_PNG)?.sizes;
    let image = sizes.iter().find(|size| size.size == Some((width, width)))?;
    Some(versioned(urls::ICON_PNG, &image.version))
}

/// The therapist's card for the site.
pub fn card(site: &Site) -> Option<String> {
    let image = site.branding.get(branding::CARD)?;
    Some(versioned(urls::CARD, &image.version))
}

fn versioned(address: &str, version: &str) -> String {
    format!("{address}?v={version}")
}
