//! A table as a spreadsheet opens it: CSV as RFC 4180 has it, with the mark that
//! tells Excel that it is UTF-8, and no cell that a spreadsheet would run.

use std::borrow::Cow;

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

use crate::domain::{ids::AppointmentId, practice::price::Price};

/// The byte order mark: without it, Excel reads what stands behind it as Latin-1.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// A part of a table, row by row.
pub struct Table {
    writer: Writer<Vec<u8>>,
}

impl Table {
    /// The beginning of a file, with the names of its columns.
    pub fn with_head(columns: &[&str]) -> Self {
        let mut table = Self::within(MARK.to_vec());
        table.row(columns);
        table
    }

    /// More rows of a file whose beginning is elsewhere.
    pub fn more() -> Self {
        Self::within(Vec::new())
    }

    fn within(bytes: Vec<u8>) -> Self {
        let mut builder = WriterBuilder::new();
        // A part alone does not know how many columns the head has.
        builder.terminator(Terminator::CRLF).quote_style(QuoteStyle::Necessary).flexible(true);
        Self { writer: builder.from_writer(bytes) }
    }

    /// Writes a row. Memory takes it always, so nothing can fail.
    pub fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        let cells: Vec<T> = cells.into_iter().collect();
        let harmless = cells.iter().map(|cell| harmless(cell.as_ref()));
        let written = self.writer.write_record(harmless.map(|cell| cell.into_owned()));
        debug_assert!(written.is_ok(), "memory takes every row");
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.writer.into_inner().unwrap_or_default()
    }
}

/// `1234.50`: an amount, as spreadsheets read it.
pub fn amount(price: Price) -> String {
    format!("{}.{:02}", price.0 / 100, price.0 % 100)
}

/// By which number the tables name an appointment: one that stands for itself, too,
/// where it is what a blocked client has asked for, and a spreadsheet would take it
/// for a formula.
pub fn number(id: AppointmentId) -> String {
    if id.is_blocked_request() { format!("blocked-{}", id.0.unsigned_abs()) } else { id.to_string() }
}

/// What a formula begins with, in one spreadsheet or another.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A cell that no spreadsheet takes for a formula: one that begins like it gets an
/// apostrophe in front, which a spreadsheet shows as text or not at all.
fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(FORMULA) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::domain::example::any_text;

    #[test]
    fn cells_that_begin_like_a_formula_are_text() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("+1 530 555 0117", "'+1 530 555 0117"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("＝1", "'＝1"),
            ("June", "June"),
            ("a=b", "a=b"),
            ("", ""),
            ("'=", "'="),
        ] {
            assert_eq!(harmless(cell), written, "{cell:?}");
        }
    }

    #[test]
    fn a_table_is_utf_8_with_its_mark_and_quotes_what_has_to_be() {
        let mut table = Table::with_head(&["name", "note"]);
        table.row(["Zoë \"Z\" O’Neil", "first, second\r\nthird"]);
        table.row(["\r=1", ""]);
        let text = String::from_utf8(table.into_bytes()).expect("UTF-8");
        let rows =
            "\u{feff}name,note\r\n\"Zoë \"\"Z\"\" O’Neil\",\"first, second\r\nthird\"\r\n\"'\r=1\",\r\n";
        assert_eq!(text, rows);
        let mut more = Table::more();
        more.row(["a", "b"]);
        assert_eq!(more.into_bytes(), b"a,b\r\n");
        assert_eq!(amount(Price(123_405)), "1234.05");
    }

    proptest! {
        #[test]
        fn whatever_the_cells_hold_they_are_read_back_and_no_spreadsheet_runs_them(
            rows in vec(vec(any_text(&["=", "+", "-", "@", "\t", "\r", "\n", "\"", ",", ";", "'", "＝", "a"]), 2..4), 1..6)
        ) {
            let mut table = Table::with_head(&["a", "b", "c"]);
            rows.iter().for_each(|row| table.row(row));
            let bytes = table.into_bytes();
            let bytes = bytes.strip_prefix(MARK).expect("the mark");
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
            let read: Vec<Vec<String>> =
                reader.deserialize().collect::<Result<_, _>>().expect("a table");
            prop_assert_eq!(read.len(), rows.len());
            for (cell, written) in read.iter().flatten().zip(rows.iter().flatten()) {
                prop_assert!(!cell.starts_with(FORMULA), "{cell:?}");
                prop_assert!(cell == written || cell.strip_prefix('\'') == Some(written), "{cell:?} {written:?}");
            }
        }
    }
}
