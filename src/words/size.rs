//! How large a file is.

/// `912 bytes`, `38 kB`, `1.4 MB`, in thousands as disks are sold.
pub fn bytes(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    for (unit, name) in UNITS {
        if bytes >= unit {
            let tenths = bytes * 10 / unit;
            return match tenths {
                100.. => format!("{} {name}", tenths / 10),
                _ => format!("{}.{} {name}", tenths / 10, tenths % 10),
            };
        }
    }
    format!("{bytes} bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_read_at_a_glance() {
        for (size, words) in [
            (912, "912 bytes"),
            (1_400, "1.4 kB"),
            (38_912, "38 kB"),
            (1_468_006, "1.4 MB"),
            (2_100_000_000, "2.1 GB"),
        ] {
            assert_eq!(bytes(size), words);
        }
    }
}
