//! The page of today, under whose address all the others lie.

use crate::domain::ids::UnprovenRequestId;

pub const ADMIN: &str = "/admin";
/// Where the therapist says that they're running late.
pub const LATE: &str = "/admin/late";
/// The switch that has everybody prove their email first.
pub const PROOF: &str = "/admin/proof";
pub const PROOF_END: &str = "/admin/proof/end";

/// Whom that keeps waiting who is so many minutes late.
pub fn running_late_by(minutes: u32) -> String {
    format!("{LATE}?minutes={minutes}")
}

/// Where the therapist makes a request of what waits for its proof.
pub fn unproven_request_proof(id: UnprovenRequestId) -> String {
    format!("{ADMIN}/unproven-requests/{id}/proof")
}

/// Where they take it off their list.
pub fn unproven_request_end(id: UnprovenRequestId) -> String {
    format!("{ADMIN}/unproven-requests/{id}/end")
}
