//! iCalendar (RFC 5545) and its invitations (RFC 5546). Its words are used
//! here and nowhere else. Instants are written in UTC, so no file needs a zone.

pub mod invitation;
