//! What the therapist plans: weekly hours, single days, time off, the policy, and
//! whether clients may ask at all, and prove their email first. Each is one file,
//! with what it leaves standing outside the hours looked at before it is written.
//! Beside them stands what the practice file says in vain (`replaced`, `unheeded`).

pub mod ask_proof;
pub mod change_hours;
pub mod change_policy;
pub mod pause;
pub mod plan_day;
pub mod replaced;
pub mod take_time_off;
pub mod unheeded;
