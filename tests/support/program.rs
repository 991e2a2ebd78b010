//! The program itself, as it is started from a command line.

use std::{
    cell::RefCell,
    io::{BufRead, BufReader},
    net::TcpListener,
    os::fd::OwnedFd,
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

use rustix::process::{Pid, Resource, Rlimit, prlimit};

use super::{
    people::{PASSWORD, path_of},
    visitor::Visitor,
};

/// How long the program may take over anything.
const PATIENCE: Duration = Duration::from_secs(30);

/// `stillpoint` with its folder below `folder`, the shipped content, any port and no other variable.
pub fn stillpoint(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stillpoint"));
    command.args(arguments).env_clear().current_dir(folder);
    command.env("LISTEN", "127.0.0.1:0").env("CONTENT_DIR", super::content::shipped());
    command
}

/// The same command, started as systemd starts it: with a socket that is open already.
pub fn with_socket(command: &Command, socket: &TcpListener) -> Command {
    // The shell becomes the program: its number is the program's.
    let script = "exec 3<&0 </dev/null; LISTEN_FDS=1 LISTEN_PID=$$ exec \"$0\" \"$@\"";
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", script]).arg(command.get_program()).args(command.get_args()).env_clear();
    shell.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell.current_dir(command.get_current_dir().expect("a folder"));
    shell.stdin(Stdio::from(OwnedFd::from(socket.try_clone().expect("a socket"))));
    shell
}

/// The same with two sockets, in their order.
pub fn with_sockets(command: &Command, sockets: [&TcpListener; 2]) -> Command {
    let script = "exec 3<&0 4<&1 </dev/null 1>&2; LISTEN_FDS=2 LISTEN_PID=$$ exec \"$0\" \"$@\"";
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", script]).arg(command.get_program()).args(command.get_args()).env_clear();
    shell.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell.current_dir(command.get_current_dir().expect("a folder"));
    let [first, second] = sockets.map(|socket| OwnedFd::from(socket.try_clone().expect("a socket")));
    shell.stdin(Stdio::from(first)).stdout(Stdio::from(second));
    shell
}

/// What came of a command that ended.
#[derive(Debug)]
pub struct Ended {
    pub code: i32,
    pub out: String,
    pub err: String,
}

pub fn run(command: &mut Command) -> Ended {
    let Output { status, stdout, stderr } = command.output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ended { code: status.code().expect("an exit code"), out: text(stdout), err: text(stderr) }
}

impl Ended {
    /// Insists that it was refused with one sentence on standard error that holds these words.
    #[track_caller]
    pub fn was_refused(&self, words: &str) {
        assert_eq!(self.code, 1, "{self:?}");
        assert_eq!(self.err.trim_end().lines().count(), 1, "one sentence: {self:?}");
        assert!(self.err.contains(words), "“{words}”: {self:?}");
    }
}

/// A server that runs.
pub struct Server {
    child: Child,
    lines: Receiver<String>,
    /// Lines that have come and that nobody has waited for.
    heard: RefCell<Vec<String>>,
    /// Where it listens.
    pub url: String,
    /// What it has said on standard error before it listened.
    pub before: Vec<String>,
}

impl Server {
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().expect("the program starts");
        let reader = BufReader::new(child.stderr.take().expect("standard error"));
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || reader.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let heard = RefCell::default();
        let mut server = Self { child, lines, heard, url: String::new(), before: Vec::new() };
        let line = server.says("listening on ");
        server.before = server.heard.take();
        server.url = line.split("listening on ").nth(1).unwrap_or_default().to_owned();
        // As JSON has it, the sentence ends with its quotation mark.
        server.url.truncate(server.url.find('"').unwrap_or(server.url.len()));
        server
    }

    /// Waits for a line on standard error that holds these words, unless it has come already:
    /// what comes first is a matter of who is quicker.
    pub fn says(&self, words: &str) -> String {
        let mut heard = self.heard.borrow_mut();
        if let Some(at) = heard.iter().position(|line| line.contains(words)) {
            return heard.remove(at);
        }
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(words) => return line,
                Ok(line) => heard.push(line),
                Err(_) => panic!("the server does not say “{words}”: {heard:#?}"),
            }
        }
    }

    /// Starts it where its standard error is read no further than to where it
    /// listens: by nobody, or by a reader that has fallen asleep.
    pub fn start_unheard(command: &mut Command, reader_is_gone: bool) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut reader = BufReader::new(child.stderr.take().expect("standard error"));
        let mut line = String::new();
        while !line.contains("listening on ") {
            line.clear();
            assert_ne!(reader.read_line(&mut line).expect("a line"), 0, "it listens");
        }
        let url = line.split("listening on ").nth(1).unwrap_or_default().trim().to_owned();
        if !reader_is_gone {
            std::mem::forget(reader);
        }
        Self { child, lines: mpsc::channel().1, heard: RefCell::default(), url, before: Vec::new() }
    }

    /// Lets none of its files grow, as when the disk is full; or all of them again.
    pub fn has_room(&self, has_room: bool) {
        let pid = Pid::from_raw(self.child.id().cast_signed());
        let limit = Rlimit { current: if has_room { None } else { Some(0) }, maximum: None };
        prlimit(pid, Resource::Fsize, limit).expect("a limit");
    }

    /// Sets the password, as whoever has read the log of the first start. Returns the therapist.
    pub async fn therapist(&self) -> Visitor {
        let line = self.says("set the therapist's password");
        let link = path_of(line.split_whitespace().last().expect("a link")).to_owned();
        let therapist = self.visitor();
        therapist.press_on(&therapist.open(&link).await.form(&link).with("password", PASSWORD)).await;
        therapist
    }

    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.url.clone(), self.url.clone())
    }

    /// Ends it without a word of warning.
    pub fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
        let said: Vec<String> = self.lines.iter().collect();
        assert!(!said.iter().any(|line| line.contains("ERROR") || line.contains("panicked")), "{said:#?}");
    }

    /// Tells it to end, and waits until it has. Returns its exit code.
    pub fn terminate(mut self) -> i32 {
        self.end()
    }

    /// The same. Returns what it has said on standard error since it listened, but for what was waited for.
    pub fn terminate_and_read(mut self) -> String {
        assert_eq!(self.end(), 0);
        self.heard.take().into_iter().chain(self.lines.iter()).collect::<Vec<_>>().join("\n")
    }

    fn end(&mut self) -> i32 {
        let kill = format!("kill -TERM {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().expect("a shell").success());
        self.child.wait().expect("it ends").code().expect("an exit code")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Has ended already when the test went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
