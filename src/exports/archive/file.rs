//! The archive as a file: a zip that is handed on while it is written.

use std::{
    io::{self, Write},
    mem,
    sync::{Arc, Mutex, PoisonError},
};

use askama::Template;
use chrono::{Datelike, NaiveDateTime, Timelike};
use zip::{
    DateTime, ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

use super::super::{error::Error, people::People, rows::Rows, sink::Sink};
use crate::app::App;

/// Where the archive is written: the parts of it are taken out between two pages.
#[derive(Clone, Default)]
struct Pipe(Arc<Mutex<Vec<u8>>>);

impl Pipe {
    fn take(&self) -> Vec<u8> {
        mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An archive that is being written.
pub struct Archive<'a> {
    zip: ZipWriter<StreamWriter<Pipe>>,
    pipe: Pipe,
    sink: &'a Sink,
    options: SimpleFileOptions,
}

impl<'a> Archive<'a> {
    pub fn new(sink: &'a Sink, now: NaiveDateTime) -> Self {
        let pipe = Pipe::default();
        let part = |value: u32| u8::try_from(value).unwrap_or(0);
        let modified = DateTime::from_date_and_time(
            u16::try_from(now.year()).unwrap_or(1980),
            part(now.month()),
            part(now.day()),
            part(now.hour()),
            part(now.minute()),
            part(now.second()),
        );
        let options = SimpleFileOptions::default().last_modified_time(modified.unwrap_or_default());
        Self { zip: ZipWriter::new_stream(pipe.clone()), pipe, sink, options }
    }

    async fn begin(&mut self, name: &str) -> Result<(), Error> {
        self.zip.start_file(name, self.options)?;
        Ok(())
    }

    async fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.zip.write_all(bytes)?;
        let part = self.pipe.take();
        if part.is_empty() { Ok(()) } else { self.sink.put(part).await }
    }

    pub async fn page(&mut self, name: &str, page: &impl Template) -> Result<(), Error> {
        let page = page.render()?;
        self.begin(name).await?;
        self.put(page.as_bytes()).await
    }

    pub async fn table(
        &mut self,
        name: &str,
        app: &App,
        people: &People,
        mut rows: Rows,
    ) -> Result<(), Error> {
        self.begin(name).await?;
        while let Some(part) = rows.next(app, people).await? {
            self.put(&part).await?;
        }
        Ok(())
    }

    pub async fn end(self) -> Result<(), Error> {
        self.zip.finish()?;
        self.sink.put(self.pipe.take()).await
    }
}
