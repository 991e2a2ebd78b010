//! A series: visits at the same time every few weeks. A [`rhythm`] gives its dates, and a
//! [`proposal`] says of each whether it can be had, and what lies near where it can't. What
//! is booked then are ordinary appointments: no rule is kept. What was asked for [`together`],
//! a series or two visits one after the other, is one request, with one answer. One of them can
//! still be canceled or moved together with what comes [`later`].

pub mod ending;
pub mod later;
pub mod proposal;
pub mod rhythm;
pub mod shift;
pub mod together;
