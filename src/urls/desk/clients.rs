//! The addresses of the clients.

use crate::domain::ids::ClientId;

pub const CLIENTS: &str = "/admin/clients";
/// The same, to book for whoever is found.
pub const CLIENTS_FOR_BOOKING: &str = "/admin/clients?for=booking";

/// Everything on file about a client.
pub fn client(id: ClientId) -> String {
    format!("{CLIENTS}/{id}")
}

/// An address of a booking, for a client who is known.
pub fn for_client(address: &str, client: ClientId) -> String {
    format!("{address}{}client={client}", if address.contains('?') { '&' } else { '?' })
}

/// Where somebody is found to be merged into a client.
pub fn clients_to_merge(into: ClientId) -> String {
    format!("{CLIENTS}?with={into}")
}

pub fn client_merge(id: ClientId) -> String {
    format!("{}/merge", client(id))
}

/// What merging somebody into a client would come to.
pub fn client_merge_with(id: ClientId, other: ClientId) -> String {
    format!("{}?with={other}", client_merge(id))
}

pub fn client_unmerge(id: ClientId) -> String {
    format!("{}/unmerge", client(id))
}

pub fn client_note(id: ClientId) -> String {
    format!("{}/note", client(id))
}

pub fn client_details(id: ClientId) -> String {
    format!("{}/details", client(id))
}

pub fn client_block(id: ClientId) -> String {
    format!("{}/block", client(id))
}

pub fn client_unblock(id: ClientId) -> String {
    format!("{}/unblock", client(id))
}

pub fn client_erasure(id: ClientId) -> String {
    format!("{}/erasure", client(id))
}

/// Everything on file about a client, as one file for them.
pub fn client_record(id: ClientId) -> String {
    format!("{}/record.json", client(id))
}
