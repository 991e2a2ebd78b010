//! The page of today, under whose address all the others lie.

use crate::domain::ids::UnprovenRequestId;

pub const ADMIN: &str = "/admin";
/// The switch that has everybody prove their email first.
pub const PROOF: &str = "/admin/proof";
pub const PROOF_END: &str = "/admin/proof/end";

/// Where the therapist makes a request of what waits for its proof.
pub fn unproven_request_proof(id: UnprovenRequestId) -> String {
    format!("{ADMIN}/unproven-requests/{id}/proof")
}

/// Where they take it off their list.
pub fn unproven_request_end(id: UnprovenRequestId) -> String {
    format!("{ADMIN}/unproven-requests/{id}/end")
}
