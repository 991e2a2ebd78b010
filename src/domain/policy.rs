//! The numbers by which the practice takes requests.

/// Who turns a request into an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// A request is held until the therapist answers.
    ByTherapist,
    /// A request is an appointment from the start.
    AtOnce,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Minutes of civil time between two starts in one window.
    pub slot_step_minutes: u32,
    /// Hours of real time that must lie between asking and the start.
    pub minimum_notice_hours: u32,
    /// Days after today whose openings are shown.
    pub horizon_days: u32,
    /// Hours for which a request holds its time.
    pub hold_hours: u32,
    /// Hours before the start at which a hold ends in any case.
    pub answer_before_hours: u32,
    /// Hours before the start until which cancelling is not late.
    pub cancellation_notice_hours: u32,
    /// How many unanswered requests one email address or telephone number may have.
    pub open_requests_per_contact: u32,
    pub confirmation: Confirmation,
    /// Hours before the start at which a reminder goes out.
    pub reminder_hours: Vec<u32>,
}

impl Policy {
    pub fn confirms_at_once(&self) -> bool {
        self.confirmation == Confirmation::AtOnce
    }
}
