//! Starting and ending Chromium.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, ErrorKind, Read, Write},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener, TcpStream},
    path::Path,
    process::{self, Child, Command, Stdio},
    sync::atomic::{AtomicU16, Ordering},
};

use fantoccini::{Client, ClientBuilder, wd::Capabilities};
use hyper_util::client::legacy::connect::HttpConnector;
use tempfile::TempDir;

/// No sandbox, as root in a container has none; and no way out: whatever is
/// not this machine is sent to a proxy that is not there.
const FLAGS: [&str; 13] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--hide-scrollbars",
    "--proxy-server=127.0.0.1:9",
    "--proxy-bypass-list=127.0.0.1",
];

/// What the browser is shown on.
#[derive(Clone, Copy, Debug)]
pub struct Device {
    pub width: u32,
    pub height: u32,
    pub is_phone: bool,
    pub has_script: bool,
    /// How large the person has set the letters; 16 for who has set nothing.
    pub letters: u32,
    /// Whether pages are kept whole for Back.
    pub keeps_pages: bool,
}

pub const PHONE: Device =
    Device { width: 390, height: 844, is_phone: true, has_script: true, letters: 16, keeps_pages: true };
pub const DESK: Device =
    Device { width: 1280, height: 900, is_phone: false, has_script: true, letters: 16, keeps_pages: true };

impl Device {
    pub fn without_script(self) -> Self {
        Self { has_script: false, ..self }
    }

    pub fn that_keeps_no_pages(self) -> Self {
        Self { keeps_pages: false, ..self }
    }

    /// The narrowest phone that the pages are for, its letters twice as large.
    pub fn narrow_with_large_letters(self) -> Self {
        Self { width: 320, letters: 32, ..self }
    }

    fn capabilities(self, profile: &Path) -> Capabilities {
        let mut capabilities = Capabilities::new();
        let options = capabilities.entry("goog:chromeOptions").or_insert(Default::default());
        let profile = format!("--user-data-dir={}", profile.display());
        let no_pages = (!self.keeps_pages).then_some("--disable-features=BackForwardCache");
        options["args"] = FLAGS.into_iter().chain([profile.as_str()]).chain(no_pages).collect();
        let screen = &mut options["mobileEmulation"]["deviceMetrics"];
        screen["width"] = self.width.into();
        screen["height"] = self.height.into();
        screen["pixelRatio"] = 1.into();
        // A tap of chromedriver's waits for a timer of the page, which does not run without script.
        screen["touch"] = (self.is_phone && self.has_script).into();
        screen["mobile"] = self.is_phone.into();
        options["prefs"]["webkit.webprefs.default_font_size"] = self.letters.into();
        if !self.has_script {
            options["prefs"]["profile.managed_default_content_settings.javascript"] = 2.into();
        }
        capabilities
    }
}

/// Left to choose, chromedriver takes a port that is free on IPv6, and leaves
/// when somebody has it on IPv4. Those below 30,000 are not given to
/// connections, so that what is free here still is when chromedriver asks.
fn free_port() -> u16 {
    static ASKED: AtomicU16 = AtomicU16::new(0);
    // A run beside this one begins elsewhere.
    let first = 10_000 + (process::id() % 100) as u16 * 200;
    loop {
        let port = first + ASKED.fetch_add(1, Ordering::Relaxed) % 200;
        let addresses = [IpAddr::from(Ipv6Addr::LOCALHOST), Ipv4Addr::LOCALHOST.into()];
        let both = addresses.map(|address| TcpListener::bind((address, port)));
        // On a machine without IPv6 nobody has it there either.
        let is_taken =
            |bound: &io::Result<_>| bound.as_ref().is_err_and(|error| error.kind() == ErrorKind::AddrInUse);
        if !both.iter().any(is_taken) {
            return port;
        }
    }
}

/// A chromedriver of its own, with everything that it has started.
pub struct Driver {
    process: Child,
    address: String,
    profile: TempDir,
}

impl Driver {
    pub fn start() -> Self {
        let mut process = Command::new("chromedriver")
            .arg(format!("--port={}", free_port()))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("chromedriver: {error}; run tests/run, which installs it"));
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let port = lines.find_map(|line| {
            let line = line.expect("its output is text");
            Some(line.split_once("successfully on port ")?.1.trim_end_matches('.').to_owned())
        });
        let address = format!("127.0.0.1:{}", port.expect("chromedriver says its port"));
        Self { process, address, profile: tempfile::tempdir().expect("a temporary folder") }
    }

    pub async fn browser(&self, device: Device) -> Client {
        assert!(File::open("/usr/bin/chromium").is_ok(), "no chromium; run tests/run, which installs it");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(device.capabilities(self.profile.path()));
        builder.connect(&format!("http://{}", self.address)).await.expect("Chromium starts")
    }

    /// Has chromedriver end its browser and itself.
    fn shut_down(&mut self) -> std::io::Result<()> {
        let mut connection = TcpStream::connect(&self.address)?;
        write!(connection, "GET /shutdown HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address)?;
        connection.read_to_end(&mut Vec::new())?;
        self.process.wait().map(drop)
    }
}

/// Also after a test that fails.
impl Drop for Driver {
    fn drop(&mut self) {
        if self.shut_down().is_err() {
            let _ = self.process.kill();
            let _ = self.process.wait();
        }
    }
}
