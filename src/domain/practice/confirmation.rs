//! Who turns a request into an appointment.

/// Who turns a request into an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// A request is held until the therapist answers.
    ByTherapist,
    /// A request is an appointment from the start.
    AtOnce,
}

impl Confirmation {
    /// As the practice file and the database spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ByTherapist => "by_therapist",
            Self::AtOnce => "at_once",
        }
    }

    /// Reads the word of [`Self::as_str`]; `None` for any other.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::ByTherapist, Self::AtOnce].into_iter().find(|one| one.as_str() == text)
    }
}
