//! The commands, nothing else.

use std::{
    io::{self, Write},
    panic,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use age::x25519::Recipient;
use anyhow::Context;
use clap::{Parser, Subcommand};
use stillpoint::{
    account,
    backup::{before_upgrade, make, restore},
    booking::demo,
    clock::{Clock, SystemClock},
    config::Config,
    content::{
        load::{self, Unfit},
        problem::{self, Problem},
    },
    doctor::{self, Verdict},
    domain::ids::Token,
    files, log,
    sealing::key_file,
    serve::{self, folder, limits::Limits, service_manager},
    store::{self, Resealed},
    urls::{self, BaseUrl},
    words::size,
};
use tokio::signal::unix::{SignalKind, signal};

/// The website of a practice with one therapist and more than one office, with online booking.
#[derive(Parser)]
#[command(name = "stillpoint", version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Run the website (the default)
    Serve,
    /// Read the content as the server would, and list every problem
    Check,
    /// The therapist's account
    Therapist {
        #[command(subcommand)]
        command: TherapistCommand,
    },
    /// Fill an empty practice with two plausible years of invented appointments
    Demo,
    /// Look at everything that keeps the practice from running well, and say what to do
    Doctor {
        /// The name of the key that signs your emails (DKIM), as your mail provider gave it
        #[arg(long, value_name = "NAME")]
        selector: Option<String>,
    },
    /// Copy the database into a file, also while the website runs, and read the copy through
    Backup {
        file: PathBuf,
        /// Encrypt it: only the key that belongs to this one opens it (age1…); BACKUP_RECIPIENT unless it's given
        #[arg(long, value_name = "KEY")]
        recipient: Option<Recipient>,
    },
    /// Put a backup in the place of the database, which is kept; not while the website runs
    Restore {
        file: PathBuf,
        /// The file with the secret key (AGE-SECRET-KEY-…) that opens an encrypted backup
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
    },
    /// Make a new key, and encrypt notes and emails with it; not while the website runs
    RotateKey,
}

#[derive(Subcommand)]
enum TherapistCommand {
    /// Print a one-time link, good for an hour, that sets the password and turns one-time codes off
    Link,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let config = match Config::from_env() {
        Ok(config) => config,
        Err(error) => {
            let code = failed(&error.into());
            log::finish();
            return code;
        }
    };
    log::begin(config.log_format, config.told.clone());
    // Where and not what: the message of a panic may hold what somebody typed.
    panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(at, "a part of the program panicked");
    }));
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let code = failed(&error.into());
            log::finish();
            return code;
        }
    };
    let done = runtime.block_on(async {
        // A file that may not grow any more is an error of that write, not the end of the program.
        let _too_large = signal(SignalKind::from_raw(rustix::process::Signal::XFSZ.as_raw()))?;
        match arguments.command.unwrap_or(Command::Serve) {
            Command::Serve => open(&config).await,
            Command::Check => check(&config),
            Command::Therapist { command: TherapistCommand::Link } => link(&config).await,
            Command::Demo => fill(&config).await,
            Command::Doctor { selector } => examine(&config, selector.as_deref()).await,
            Command::Backup { file, recipient } => back_up(config, &file, recipient).await,
            Command::Restore { file, key } => restore(&config, &file, key.as_deref()).await,
            Command::RotateKey => rotate_key(&config).await,
        }
    });
    let code = match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    };
    log::finish();
    code
}

fn failed(error: &anyhow::Error) -> ExitCode {
    log::say(format!("stillpoint: {error}"));
    ExitCode::FAILURE
}

async fn open(config: &Config) -> anyhow::Result<()> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let limits = Limits::of_this_machine();
    let mut running = match serve::start(config, Arc::new(SystemClock::default()), true, limits).await {
        Ok(running) => running,
        Err(serve::Error::Content(problems)) => {
            tell(config, &problems, log::say);
            return Err(serve::Error::Content(problems).into());
        }
        Err(error) => return Err(error.into()),
    };
    for remark in &running.app().site.remarks {
        tracing::warn!("{}/{remark}", config.content_dir.display());
    }
    let scheme = if running.certificates.is_some() { "https" } else { "http" };
    log::say(format!("listening on {scheme}://{}", running.address));
    if let Some(address) = running.http_address {
        log::say(format!("leading to https from http://{address}"));
    }
    if let Some(link) = &running.welcome {
        log::say(format!("set the therapist's password within the hour: {link}"));
    }
    for note in &running.notes {
        log::say(note);
    }
    if running.app().mailer.is_held() {
        log::say("no email is going out: MAIL is hold, so each is written and kept");
    }
    if let Some(folder) = running.app().mailer.folder() {
        log::say(format!(
            "no email is going out: SMTP_URL isn't set, so each becomes a file in {}",
            folder.display()
        ));
    }
    service_manager::is_open();
    let watched = tokio::spawn(service_manager::is_watched(running.app().store.health().clone()));
    let ended = tokio::select! {
        ended = running.ended() => ended,
        _ = terminate.recv() => Ok(()),
        _ = interrupt.recv() => Ok(()),
    };
    watched.abort();
    service_manager::closes();
    running.stop().await;
    Ok(ended?)
}

fn check(config: &Config) -> anyhow::Result<()> {
    match load::load(&config.content_dir, None, SystemClock::default().now()) {
        Ok(site) => {
            tell(config, &site.remarks, log::say);
            print(&format!("{}: no problems", config.content_dir.display()))
        }
        Err(Unfit { problems, remarks }) => {
            tell(config, &remarks, log::say);
            let lines = problems.iter().map(|problem| format!("{}/{problem}", config.content_dir.display()));
            print(&lines.collect::<Vec<_>>().join("\n"))?;
            anyhow::bail!("{} in {}", problem::words(problems.len()), config.content_dir.display())
        }
    }
}

async fn examine(config: &Config, selector: Option<&str>) -> anyhow::Result<()> {
    let findings = doctor::examine(config, &SystemClock::default(), selector).await;
    let lines: Vec<_> = findings.iter().map(ToString::to_string).collect();
    print(&lines.join("\n"))?;
    match findings.iter().filter(|finding| finding.verdict == Verdict::Fix).count() {
        0 => Ok(()),
        1 => anyhow::bail!("one thing to fix"),
        count => anyhow::bail!("{count} things to fix"),
    }
}

fn tell(config: &Config, problems: &[Problem], print: impl Fn(String)) {
    problems.iter().for_each(|problem| print(format!("{}/{problem}", config.content_dir.display())));
}

async fn link(config: &Config) -> anyhow::Result<()> {
    let (store, _lock) = serve::open_beside(config, SystemClock::default().now()).await?;
    let served_at = store.read().await?.served_at().await?;
    let base = config.base_url.clone().or(served_at);
    let base = base.or_else(|| BaseUrl::parse(&format!("http://{}", config.listen)));
    let token = Token::new(rand::random());
    account::welcome::link(&store, &token, SystemClock::default().now()).await?;
    store.close().await;
    print(&base.map_or_else(|| urls::welcome(&token), |base| base.to(&urls::welcome(&token))))
}

async fn fill(config: &Config) -> anyhow::Result<()> {
    let site = load::load(&config.content_dir, None, SystemClock::default().now()).map_err(|unfit| {
        tell(config, &unfit.problems, log::say);
        serve::Error::Content(unfit.problems)
    })?;
    let (store, _lock) = serve::open_beside(config, SystemClock::default().now()).await?;
    let filled = demo::fill(&store, &site, SystemClock::default().now(), demo::WEEKS_BACK).await;
    store.close().await;
    print(&format!("{} invented appointments; no email is waiting to be sent", filled?))
}

async fn back_up(config: Config, file: &Path, recipient: Option<Recipient>) -> anyhow::Result<()> {
    let database = folder::existing_database(&config.data_dir)?;
    let recipient = recipient.or(config.backup_recipient);
    let made = make::make(&database, file, recipient.as_ref(), SystemClock::default().now()).await?;
    print(&format!(
        "{}: {} appointments, {} clients, {}; read through, nothing wrong",
        file.display(),
        made.appointments,
        made.clients,
        size::bytes(made.size)
    ))
}

async fn restore(config: &Config, file: &Path, key: Option<&Path>) -> anyhow::Result<()> {
    folder::make(&config.data_dir)?;
    // Held until the end: neither a server nor another command begins meanwhile.
    let _locks = folder::lock_alone(&config.data_dir)?;
    let mut logs = folder::erasure_logs(config).to_vec();
    logs.push(folder::erasures(files::folder_of(file)));
    let backups = folder::backups(config);
    let restored = restore::restore(&backups, file, key, &logs, SystemClock::default().now()).await?;
    print(&restored.to_string())
}

async fn rotate_key(config: &Config) -> anyhow::Result<()> {
    let database = folder::existing_database(&config.data_dir)?;
    // Held until the end: neither a server nor another command begins meanwhile.
    let _locks = folder::lock_alone(&config.data_dir)?;
    let backups = folder::backups(config);
    before_upgrade::make_if_needed(&backups, SystemClock::default().now()).await?;
    let (file, kept) = (&backups.key_file, key_file::kept_beside(&backups.key_file));
    let Resealed { sealed, unreadable } = store::rotate_key(&database, file).await?;
    let mut says =
        format!("A new key is in {}. Notes and parts of emails encrypted with it: {sealed}.", file.display());
    if unreadable > 0 {
        says += &format!("\nLeft as they are, because their key isn't here: {unreadable}.");
    }
    if kept.exists() {
        says += &format!(
            "\nNotes and emails in earlier backups can only be read with the old key, which is kept in {}. Delete that file when those backups are gone, or right away if somebody else may have the key.",
            kept.display()
        );
    }
    print(&says)
}

/// Prints what a command was asked for. Whoever reads it may be gone.
fn print(text: &str) -> anyhow::Result<()> {
    writeln!(io::stdout(), "{text}").context("can't write to standard output")
}
