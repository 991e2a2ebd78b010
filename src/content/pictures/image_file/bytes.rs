//! Reading numbers at a place in a file.

/// Reading numbers at a place; beyond the end there are none.
#[derive(Clone, Copy)]
pub struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    pub fn part(self, at: usize, length: usize) -> Option<&'a [u8]> {
        self.0.get(at..at.checked_add(length)?)
    }

    pub fn is(self, at: usize, wanted: &[u8]) -> bool {
        self.part(at, wanted.len()) == Some(wanted)
    }

    /// A number of up to four bytes, the greatest first.
    pub fn big(self, at: usize, length: usize) -> Option<u32> {
        Some(self.part(at, length)?.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
    }

    /// A number of up to four bytes, the smallest first.
    pub fn little(self, at: usize, length: usize) -> Option<u32> {
        Some(self.part(at, length)?.iter().rev().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
    }
}
