//! The commands, nothing else.

use std::{io::IsTerminal, process::ExitCode, sync::Arc};

use clap::{Parser, Subcommand};
use stillpoint::{
    account,
    booking::demo,
    clock::{Clock, SystemClock},
    config::Config,
    content::{
        fault::{self, Fault},
        load::{self, Unfit},
    },
    domain::ids::Token,
    serve,
    urls::{self, BaseUrl},
};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// The website of a practice with one therapist and more than one office, with online booking.
#[derive(Parser)]
#[command(name = "stillpoint", version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Open the practice (what happens without a command, too)
    Serve,
    /// Read the content as the server would, and name every fault
    Check,
    /// The therapist's account
    Therapist {
        #[command(subcommand)]
        command: TherapistCommand,
    },
    /// Fill an empty practice with a few plausible weeks of invented appointments
    Demo,
}

#[derive(Subcommand)]
enum TherapistCommand {
    /// Print a one-time link, good for an hour, that sets the password
    Link,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.into()),
    };
    let done = runtime.block_on(async {
        let config = Config::from_env()?;
        match arguments.command.unwrap_or(Command::Serve) {
            Command::Serve => open(&config).await,
            Command::Check => check(&config),
            Command::Therapist { command: TherapistCommand::Link } => link(&config).await,
            Command::Demo => fill(&config).await,
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("stillpoint: {error}");
    ExitCode::FAILURE
}

async fn open(config: &Config) -> anyhow::Result<()> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let mut running = match serve::start(config, Arc::new(SystemClock::default()), true).await {
        Ok(running) => running,
        Err(serve::Error::Content(faults)) => {
            tell(config, &faults, |line| eprintln!("{line}"));
            return Err(serve::Error::Content(faults).into());
        }
        Err(error) => return Err(error.into()),
    };
    for remark in &running.app().site.remarks {
        tracing::warn!("{}/{remark}", config.content_dir.display());
    }
    eprintln!("listening on http://{}", running.address);
    if let Some(link) = &running.welcome {
        eprintln!("set the therapist's password within the hour: {link}");
    }
    for note in &running.notes {
        eprintln!("{note}");
    }
    if let Some(folder) = running.app().mailer.folder() {
        eprintln!(
            "no email is going out: SMTP_URL is not set, so each becomes a file in {}",
            folder.display()
        );
    }
    let ended = tokio::select! {
        ended = running.ended() => ended,
        _ = terminate.recv() => Ok(()),
        _ = interrupt.recv() => Ok(()),
    };
    running.stop().await;
    Ok(ended?)
}

fn check(config: &Config) -> anyhow::Result<()> {
    match load::load(&config.content_dir, SystemClock::default().now()) {
        Ok(site) => {
            tell(config, &site.remarks, |line| eprintln!("{line}"));
            println!("{}: no faults", config.content_dir.display());
            Ok(())
        }
        Err(Unfit { faults, remarks }) => {
            tell(config, &remarks, |line| eprintln!("{line}"));
            tell(config, &faults, |line| println!("{line}"));
            anyhow::bail!("{} in {}", fault::words(faults.len()), config.content_dir.display())
        }
    }
}

fn tell(config: &Config, faults: &[Fault], print: impl Fn(String)) {
    faults.iter().for_each(|fault| print(format!("{}/{fault}", config.content_dir.display())));
}

async fn link(config: &Config) -> anyhow::Result<()> {
    let store = serve::open_beside(&config.data_dir).await?;
    let served_at = store.read().await?.served_at().await?;
    let base = config.base_url.clone().or(served_at);
    let base = base.or_else(|| BaseUrl::parse(&format!("http://{}", config.listen)));
    let token = Token::new(rand::random());
    account::welcome_link(&store, &token, SystemClock::default().now()).await?;
    store.close().await;
    println!("{}", base.map_or_else(|| urls::welcome(&token), |base| base.to(&urls::welcome(&token))));
    Ok(())
}

async fn fill(config: &Config) -> anyhow::Result<()> {
    let site = load::load(&config.content_dir, SystemClock::default().now()).map_err(|unfit| {
        tell(config, &unfit.faults, |line| eprintln!("{line}"));
        serve::Error::Content(unfit.faults)
    })?;
    let store = serve::open_beside(&config.data_dir).await?;
    let filled = demo::fill(&store, &site, SystemClock::default().now()).await;
    store.close().await;
    println!("{} invented appointments; no letters were written", filled?);
    Ok(())
}
