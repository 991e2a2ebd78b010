//! The colours of offices in emails. Mail programs read no stylesheet of ours,
//! so what stands in `static/site.css` stands here as well.

use crate::domain::practice::office::Office;

/// An office's colours: text and ground, by day and by night.
pub(super) struct Tone {
    /// Tells it from the others in one email.
    pub number: usize,
    pub text: &'static str,
    pub ground: &'static str,
    pub night_text: &'static str,
    pub night_ground: &'static str,
    /// Stands for the office's drawn mark, which mail cannot show.
    pub mark: &'static str,
}

const TONES: [Tone; 4] = [
    Tone {
        number: 0,
        text: "#115a8b",
        ground: "#e6f3fb",
        night_text: "#8ecaee",
        night_ground: "#162b3b",
        mark: "▲",
    },
    Tone {
        number: 1,
        text: "#86481e",
        ground: "#fbeee0",
        night_text: "#e9ba88",
        night_ground: "#392719",
        mark: "▬",
    },
    Tone {
        number: 2,
        text: "#71115b",
        ground: "#fbebf5",
        night_text: "#fcd1fd",
        night_ground: "#352033",
        mark: "◆",
    },
    Tone {
        number: 3,
        text: "#3c3c00",
        ground: "#f3f3d5",
        night_text: "#cdee77",
        night_ground: "#292c14",
        mark: "●",
    },
];

/// The tone of an office. One that has left the practice file has the first.
pub(super) fn of(office: Option<&Office>) -> &'static Tone {
    &TONES[office.map_or(0, |office| office.position % TONES.len())]
}
