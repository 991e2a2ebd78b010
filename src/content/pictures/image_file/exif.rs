//! What a camera wrote beside a picture: when, where, with what. All that is
//! read of it is how the picture is turned; nothing of it is served.

use super::bytes::Bytes;

/// How a picture is turned, as cameras number it: 1 is upright, from 5 on it lies on its side.
pub fn orientation(exif: Bytes<'_>) -> Option<u8> {
    let number = |at, length| if exif.is(0, b"II") { exif.little(at, length) } else { exif.big(at, length) };
    let list = number(4, 4)? as usize;
    let entries = number(list, 2)? as usize;
    let entry = |nth: usize| list.saturating_add(2 + nth * 12);
    let found = (0..entries).map(entry).find(|at| number(*at, 2) == Some(0x0112))?;
    u8::try_from(number(found.saturating_add(8), 2)?).ok().filter(|turned| (1..=8).contains(turned))
}

/// The same as a camera writes it.
#[cfg(test)]
pub fn of_orientation(turned: u8) -> [u8; 26] {
    let mut exif = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    exif[19] = turned;
    exif
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_a_picture_is_turned_is_read_as_it_is_written() {
        for turned in 1..=8 {
            assert_eq!(orientation(Bytes(&of_orientation(turned))), Some(turned));
        }
        for none in [0, 9] {
            assert_eq!(orientation(Bytes(&of_orientation(none))), None);
        }
        let little = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
        assert_eq!(orientation(Bytes(little)), Some(6));
        assert_eq!(orientation(Bytes(b"II*\0\xff\xff\xff\xff")), None);
    }
}
