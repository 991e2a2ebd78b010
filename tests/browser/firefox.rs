//! Starting and ending Firefox.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    thread,
};

use fantoccini::{Client, ClientBuilder, wd::Capabilities};
use hyper_util::client::legacy::connect::HttpConnector;

/// Where Debian puts it.
const FIREFOX: &str = "/usr/bin/firefox-esr";

/// A geckodriver of its own, with the Firefox that it has started.
pub struct Driver {
    process: Child,
    address: String,
    session: Option<String>,
}

impl Driver {
    pub fn start() -> Self {
        let mut process = Command::new("geckodriver")
            .args(["--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("geckodriver: {error}; run tests/run, which installs it"));
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let address = lines.find_map(|line| {
            let line = line.expect("its output is text");
            Some(line.split_once("Listening on ")?.1.trim().to_owned())
        });
        // What it says later is nobody's business, but it has to go somewhere.
        thread::spawn(move || lines.for_each(drop));
        Self { process, address: address.expect("geckodriver says its address"), session: None }
    }

    /// Firefox with or without the pages that it keeps whole for Back; it asks
    /// nobody outside of this machine.
    pub async fn browser(&mut self, keeps_pages: bool) -> Client {
        let mut capabilities = Capabilities::new();
        let options = capabilities.entry("moz:firefoxOptions").or_insert(Default::default());
        options["binary"] = FIREFOX.into();
        options["args"] = ["-headless"].into_iter().collect();
        let prefs = &mut options["prefs"];
        prefs["network.proxy.type"] = 1.into();
        for way_out in ["http", "ssl"] {
            prefs[format!("network.proxy.{way_out}")] = "127.0.0.1".into();
            prefs[format!("network.proxy.{way_out}_port")] = 9.into();
        }
        if !keeps_pages {
            prefs["browser.sessionhistory.max_total_viewers"] = 0.into();
        }
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let client = builder.connect(&format!("http://{}", self.address)).await.expect("Firefox starts");
        self.session = client.session_id().await.expect("a session");
        client
    }

    /// Has geckodriver end its browser.
    fn shut_down(&self) -> std::io::Result<()> {
        let Some(session) = &self.session else { return Ok(()) };
        let mut connection = TcpStream::connect(&self.address)?;
        let host = &self.address;
        write!(
            connection,
            "DELETE /session/{session} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        )?;
        connection.read_to_end(&mut Vec::new()).map(drop)
    }
}

/// Also after a test that fails.
impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.shut_down();
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
