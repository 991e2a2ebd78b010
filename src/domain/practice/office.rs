//! An office: a place where the therapist works on some days.

use crate::domain::ids::OfficeSlug;

/// One place where the therapist works.
#[derive(Clone, Debug, PartialEq)]
pub struct Office {
    /// How addresses and the file name it.
    pub slug: OfficeSlug,
    /// How people name it.
    pub name: String,
    /// The lines of the postal address.
    pub address: Vec<String>,
    /// Degrees north and east, where the practice file gives them.
    pub place: Option<Place>,
    /// Counts from 0 in the order of the practice file: pages show offices in
    /// this order, and each has a tone of its own by it.
    pub position: usize,
}

/// Where it is on a map, for machines that read the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// In degrees, north of the equator positive.
    pub latitude: f64,
    /// In degrees, east of Greenwich positive.
    pub longitude: f64,
}

impl Office {
    /// The address on one line.
    pub fn address_line(&self) -> String {
        self.address.join(", ")
    }
}
