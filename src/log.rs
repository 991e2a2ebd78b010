//! Where the program says things: lines on standard error, written by a thread
//! of their own. Whoever reads them may be gone, full or asleep; none of it may
//! end or hold up anything, so a line that cannot be written is dropped.

use std::{
    borrow::Cow,
    io::{self, IsTerminal, Write},
    sync::{
        OnceLock,
        mpsc::{self, SyncSender},
    },
    thread,
    time::Duration,
};

use tracing_subscriber::{Layer as _, filter::Targets, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// How many lines wait for a slow reader before new ones are dropped.
const WAITING: usize = 4096;
/// How long the end waits for the last lines to be written.
const LAST_PATIENCE: Duration = Duration::from_secs(1);
/// The length of a token as it stands in a link.
const TOKEN: usize = 32;

/// How a line of the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// An object on each line, for programs.
    Json,
}

static FORMAT: OnceLock<LogFormat> = OnceLock::new();

/// Begins the log: from now on everything is said in this form, before that as text. Which events
/// are told is by whose they are, and how much they matter.
pub fn begin(format: LogFormat, told: Targets) {
    let _ = FORMAT.set(format);
    let events = fmt::layer().with_writer(|| Events).with_target(false);
    let events = match format {
        LogFormat::Text => events.with_ansi(io::stderr().is_terminal()).boxed(),
        LogFormat::Json => events.json().flatten_event(true).with_span_list(false).boxed(),
    };
    tracing_subscriber::registry().with(events.with_filter(told)).init();
}

enum Said {
    Text(Vec<u8>),
    /// Everything before it has been written.
    Mark(SyncSender<()>),
}

/// Says a line.
pub fn say(line: impl AsRef<str>) {
    let line = line.as_ref();
    let line = match FORMAT.get() {
        Some(LogFormat::Json) => serde_json::json!({ "level": "INFO", "message": line }).to_string(),
        Some(LogFormat::Text) | None => line.to_owned(),
    };
    hand_on(Said::Text(format!("{line}\n").into_bytes()));
}

/// Waits until what was said is written, but not for long.
pub fn finish() {
    let (mark, written) = mpsc::sync_channel(1);
    hand_on(Said::Mark(mark));
    let _ = written.recv_timeout(LAST_PATIENCE);
}

/// Where `tracing` writes to, one event at a time. No token gets through,
/// whatever a library logs.
struct Events;

impl Write for Events {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        hand_on(Said::Text(without_tokens(event).into_owned()));
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn hand_on(said: Said) {
    static WRITER: OnceLock<Option<SyncSender<Said>>> = OnceLock::new();
    let writer = WRITER.get_or_init(|| {
        let (sender, said) = mpsc::sync_channel(WAITING);
        let write = move || {
            for said in said {
                match said {
                    Said::Text(text) => drop(io::stderr().write_all(&text)),
                    Said::Mark(mark) => drop(mark.try_send(())),
                }
            }
        };
        thread::Builder::new().name("log".to_owned()).spawn(write).ok().map(|_| sender)
    });
    if let Some(writer) = writer {
        let _ = writer.try_send(said);
    }
}

/// A text in which whatever looks like a token is left out.
fn without_tokens(text: &[u8]) -> Cow<'_, [u8]> {
    let is_digit = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if !text.windows(TOKEN).any(|part| part.iter().all(is_digit)) {
        return Cow::Borrowed(text);
    }
    let mut without = Vec::with_capacity(text.len());
    for run in text.chunk_by(|one, other| is_digit(one) == is_digit(other)) {
        let is_token = run.len() >= TOKEN && run.first().is_some_and(is_digit);
        without.extend_from_slice(if is_token { "…".as_bytes() } else { run });
    }
    Cow::Owned(without)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_left_out_and_nothing_else_is() {
        let token = "0123456789abcdef0123456789abcdef";
        let cases = [
            (format!("GET /appointments/{token}/cancellation"), "GET /appointments/…/cancellation"),
            (format!("{token} {token}"), "… …"),
            (format!("\"{token}{token}\""), "\"…\""),
            (format!("id={}", &token[1..]), "id=123456789abcdef0123456789abcdef"),
            ("cafe 42, büro, nothing".to_owned(), "cafe 42, büro, nothing"),
        ];
        for (line, expected) in cases {
            let left = without_tokens(line.as_bytes()).into_owned();
            assert_eq!(String::from_utf8(left).expect("UTF-8"), expected);
        }
    }
}
