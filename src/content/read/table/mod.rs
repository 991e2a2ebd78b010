//! Reading a TOML table key by key. A key that nobody asked for, one that is
//! missing and one of the wrong kind are each a problem, and reading goes on.

mod examples;
pub mod nearest;
mod parse;
mod value;

use std::{cell::RefCell, ops::RangeInclusive};

use chrono::NaiveDate;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use self::value::{collect_texts, number};
pub use self::{
    parse::parse,
    value::{Found, text, whole_number},
};
use crate::content::problem::{Problems, Source};

pub struct Table<'a> {
    source: Source<'a>,
    problems: &'a Problems,
    table: &'a DeTable<'a>,
    /// How the table is called in a problem, and where it begins.
    name: String,
    offset: usize,
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> Table<'a> {
    pub fn new(source: Source<'a>, table: &'a Spanned<DeTable<'a>>, problems: &'a Problems) -> Self {
        Self {
            source,
            problems,
            table: table.get_ref(),
            name: String::new(),
            offset: 0,
            asked: RefCell::default(),
        }
    }

    pub fn problem(&self, offset: usize, wrong: impl Into<String>) {
        self.problems.add(self.source.problem(offset, wrong));
    }

    pub fn remark(&self, offset: usize, wrong: impl Into<String>) {
        self.problems.remark(self.source.problem(offset, wrong));
    }

    pub fn source(&self) -> Source<'a> {
        self.source
    }

    /// The line of a key or value.
    pub fn line(&self, offset: usize) -> usize {
        self.source.line(offset)
    }

    /// Where the table begins.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Ends the reading of a table: every key that was not asked for is a problem.
    pub fn unknown_keys(&self) {
        let asked = self.asked.borrow();
        for key in self.table.keys().filter(|key| !asked.contains(&key.get_ref().as_ref())) {
            let (path, help) = (self.path(key.get_ref()), nearest::help(key.get_ref(), &asked));
            self.problem(key.span().start, format!("unknown key `{path}`; {help}"));
        }
    }

    fn path(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    fn get(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    pub fn missing(&self, key: &str) {
        self.problem(self.offset, format!("missing key `{}`{}", self.path(key), self.as_in(key)));
    }

    fn as_in(&self, key: &str) -> String {
        examples::as_in(&self.name, key)
    }

    /// A key's value as `read` takes it; what `read` refuses is a problem that says what was wanted.
    fn read<T>(
        &self,
        key: &'static str,
        wanted: &str,
        read: impl FnOnce(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<Found<T>> {
        let found = self.get(key)?;
        let value = read(found.get_ref());
        if value.is_none() {
            self.problem(
                found.span().start,
                format!("`{}` should be {wanted}{}", self.path(key), self.as_in(key)),
            );
        }
        value.map(|value| Found { value, offset: found.span().start })
    }

    fn required<T>(&self, key: &'static str, found: Option<Found<T>>) -> Option<Found<T>> {
        if !self.table.contains_key(key) {
            self.missing(key);
        }
        found
    }

    /// A text that may be missing but not empty.
    pub fn optional_text(&self, key: &'static str) -> Option<Found<String>> {
        self.read(key, "text in quotes, not empty", text)
    }

    pub fn text(&self, key: &'static str) -> Option<Found<String>> {
        self.required(key, self.optional_text(key))
    }

    /// A text of a certain form, as `parse` reads it.
    pub fn parsed<T>(
        &self,
        key: &'static str,
        wanted: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<Found<T>> {
        self.required(key, self.optional_parsed(key, wanted, parse))
    }

    pub fn optional_parsed<T>(
        &self,
        key: &'static str,
        wanted: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<Found<T>> {
        self.read(key, wanted, |value| parse(value.as_str()?))
    }

    pub fn optional_whole_number(&self, key: &'static str, range: RangeInclusive<u32>) -> Option<Found<u32>> {
        let wanted = format!("a whole number from {} to {}", range.start(), range.end());
        self.read(key, &wanted, |value| whole_number(value).filter(|number| range.contains(number)))
    }

    pub fn whole_number(&self, key: &'static str, range: RangeInclusive<u32>) -> Option<Found<u32>> {
        self.required(key, self.optional_whole_number(key, range))
    }

    /// A number with a fraction or without.
    pub fn number(&self, key: &'static str, range: RangeInclusive<f64>) -> Option<Found<f64>> {
        let wanted = format!("a number from {} to {}", range.start(), range.end());
        self.read(key, &wanted, |value| number(value).filter(|number| range.contains(number)))
    }

    pub fn required_number(&self, key: &'static str, range: RangeInclusive<f64>) -> Option<Found<f64>> {
        self.required(key, self.number(key, range))
    }

    pub fn yes_or_no(&self, key: &'static str) -> Option<Found<bool>> {
        self.read(key, "true or false", DeValue::as_bool)
    }

    /// A date that something was written on: one to come is remarked upon.
    pub fn optional_date(&self, key: &'static str) -> Option<Found<NaiveDate>> {
        let found = self.read(key, "a date like 2026-11-14, without quotes", |value| {
            let moment =
                value.as_datetime().filter(|moment| moment.time.is_none() && moment.offset.is_none())?;
            let date = moment.date?;
            NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
        })?;
        let wrong = format!("`{}` is in the future, but the text is already shown", self.path(key));
        self.problems.remark_until(found.value, self.source.problem(found.offset, wrong));
        Some(found)
    }

    pub fn date(&self, key: &'static str) -> Option<Found<NaiveDate>> {
        self.required(key, self.optional_date(key))
    }

    /// A list, each of its members as `parse` reads it; the good ones are kept.
    pub fn optional_list<T>(
        &self,
        key: &'static str,
        wanted: &str,
        parse: impl Fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<Vec<Found<T>>> {
        let members = self.read(key, "a list", DeValue::as_array)?.value;
        let mut list = Vec::new();
        for member in members.iter() {
            match parse(member.get_ref()) {
                Some(value) => list.push(Found { value, offset: member.span().start }),
                None => {
                    let wrong = format!("`{}` should hold {wanted}{}", self.path(key), self.as_in(key));
                    self.problem(member.span().start, wrong);
                }
            }
        }
        Some(list)
    }

    fn optional_texts(&self, key: &'static str) -> Option<Vec<Found<String>>> {
        self.optional_list(key, "texts in quotes, none of them empty", text)
    }

    pub fn texts(&self, key: &'static str) -> Option<Vec<Found<String>>> {
        if !self.table.contains_key(key) {
            self.missing(key);
        }
        self.optional_texts(key)
    }

    pub fn optional_table(&self, key: &'static str) -> Option<Self> {
        let found = self.read(key, "a table", DeValue::as_table)?;
        Some(self.inner(found.value, self.path(key), found.offset))
    }

    pub fn table(&self, key: &'static str) -> Option<Self> {
        if !self.table.contains_key(key) {
            self.missing(key);
        }
        self.optional_table(key)
    }

    /// The tables of a list, `[[key]]` or `key = [{…}]`.
    pub fn tables(&self, key: &'static str) -> Vec<Self> {
        let tables = self.optional_list(key, "tables", DeValue::as_table).unwrap_or_default();
        tables.into_iter().map(|found| self.inner(found.value, self.path(key), found.offset)).collect()
    }

    /// A table whose keys are for whoever writes it to name, each with a text.
    pub fn named_texts(&self, key: &'static str) -> Vec<(Found<String>, Found<String>)> {
        let Some(named) = self.read(key, "a table", DeValue::as_table) else { return Vec::new() };
        let mut texts = Vec::new();
        for (name, value) in named.value {
            let offset = value.span().start;
            match text(value.get_ref()) {
                Some(value) => {
                    let name = Found { value: name.get_ref().to_string(), offset: name.span().start };
                    texts.push((name, Found { value, offset }));
                }
                None => {
                    let path = format!("{}.{}", self.path(key), name.get_ref());
                    self.problem(offset, format!("`{path}` should be text in quotes, not empty"));
                }
            }
        }
        texts
    }

    /// Every text in the table and in the tables and lists below it, but for those under `except`.
    pub fn all_texts(&self, except: &str) -> Vec<Found<&'a str>> {
        let mut texts = Vec::new();
        for (_, value) in self.table.iter().filter(|(name, _)| name.get_ref() != except) {
            collect_texts(value, &mut texts);
        }
        texts
    }

    fn inner(&self, table: &'a DeTable<'a>, name: String, offset: usize) -> Self {
        Self { source: self.source, problems: self.problems, table, name, offset, asked: RefCell::default() }
    }
}
