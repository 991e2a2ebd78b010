//! What an address asks for after its `?`.

use axum::{
    extract::{FromRequestParts, Query as Pairs},
    http::{StatusCode, request::Parts},
};

use super::{error::Error, field::Field};

/// Name and value of each field that an address names.
#[derive(Debug, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// A field as the address has it; `None` where it does not name it.
    pub fn get(&self, field: Field<'_>) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == field.name()).map(|(_, value)| value.as_str())
    }

    /// A field as the address has it; an empty text where it does not name it.
    pub fn value(&self, field: Field<'_>) -> &str {
        self.get(field).unwrap_or_default()
    }

    /// An address that names one of our fields twice asks for two things at once.
    /// Only where words are looked for, and pages turned, does the first one count.
    fn is_plain(&self) -> bool {
        let is_again = |(at, (name, _)): (usize, &(String, String))| {
            let field = Field::named(name).filter(|field| ![Field::Q, Field::Page].contains(field));
            field.is_some() && self.0[..at].iter().any(|(earlier, _)| earlier == name)
        };
        !self.0.iter().enumerate().any(is_again)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let unreadable = || Error::Status(StatusCode::BAD_REQUEST);
        let Pairs(fields) = Pairs::from_request_parts(parts, state).await.map_err(|_| unreadable())?;
        Some(Self(fields)).filter(Self::is_plain).ok_or_else(unreadable)
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Uri;

    use super::*;

    fn read(address: &str) -> Option<Query> {
        let Pairs(fields) = Pairs::try_from_uri(&address.parse::<Uri>().expect("an address")).ok()?;
        Some(Query(fields)).filter(Query::is_plain)
    }

    #[test]
    fn what_an_address_does_not_name_is_absent_and_what_it_names_twice_is_refused() {
        let query = read("/?start=x&from=&x=1&x=2").expect("a query");
        assert_eq!((query.get(Field::Start), query.get(Field::From)), (Some("x"), Some("")));
        assert_eq!((query.get(Field::Again), query.value(Field::Again)), (None, ""));
        assert!(read("/?start=x&office=y&start=x").is_none());
        let query = read("/?q=a&page=2&q=b&page=3").expect("a query");
        assert_eq!((query.value(Field::Q), query.value(Field::Page)), ("a", "2"));
        assert!(read("/").is_some_and(|query| query.get(Field::Q).is_none()));
    }
}
