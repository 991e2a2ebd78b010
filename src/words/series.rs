//! What people read of a series.

/// `This and the later one`, `This and the 3 later ones`
pub fn and_later(count: usize) -> String {
    match count {
        1 => "This and the later one".to_owned(),
        count => format!("This and the {count} later ones"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_counted() {
        assert_eq!(and_later(1), "This and the later one");
        assert_eq!(and_later(3), "This and the 3 later ones");
    }
}
