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
    /// False where nobody is told the address before their visit there is confirmed.
    pub is_address_public: bool,
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

    /// The lines of the address for whoever comes by: none where it is not public.
    pub fn public_address(&self) -> &[String] {
        if self.is_address_public { &self.address } else { &[] }
    }

    /// Where it is on a map, for whoever comes by.
    pub fn public_place(&self) -> Option<Place> {
        self.place.filter(|_| self.is_address_public)
    }
}
