//! What people read of a series.

/// `This and the later one`, `This and the 3 later ones`
pub fn and_later(count: usize) -> String {
    match count {
        1 => "This and the later one".to_owned(),
        count => format!("This and the {count} later ones"),
    }
}

/// `This and the one after it`, `This and the 3 after it`
pub fn and_after(count: usize) -> String {
    match count {
        1 => "This and the one after it".to_owned(),
        count => format!("This and the {count} after it"),
    }
}

/// `the later visit`, `the 3 later visits`
pub fn later(count: usize) -> String {
    match count {
        1 => "the later visit".to_owned(),
        count => format!("the {count} later visits"),
    }
}

/// `one other visit`, `2 other visits`; nothing where there is none.
pub fn others(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("one other visit".to_owned()),
        count => Some(format!("{count} other visits")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_counted() {
        assert_eq!(and_later(1), "This and the later one");
        assert_eq!(and_later(3), "This and the 3 later ones");
        assert_eq!(
            (and_after(1), and_after(3)),
            ("This and the one after it".to_owned(), "This and the 3 after it".to_owned())
        );
        assert_eq!((later(1), later(3)), ("the later visit".to_owned(), "the 3 later visits".to_owned()));
    }
}
