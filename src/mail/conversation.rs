//! One connection to a mail server: what is said, what is heard, and until when.

use std::{
    fmt::Display,
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use lettre::transport::smtp::{
    authentication::{Credentials, Mechanism},
    commands::Auth,
    response::Response,
};
use tokio::{
    io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader, ReadBuf},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::client::TlsStream;

use super::trouble::{Cause, Code, Step, Trouble};

/// A line of a reply that is longer is none of SMTP's (RFC 5321, section 4.5.3.1.5, with room to spare).
const LONGEST_LINE: u64 = 1000;
const LONGEST_REPLY: usize = 100_000;
/// How much of a reply the therapist reads.
const LONGEST_QUOTE: usize = 2000;
/// How many challenges a sign-in may have.
const MOST_CHALLENGES: usize = 3;

pub(super) struct Conversation {
    wire: BufReader<Wire>,
    pub(super) offers: Offers,
}

enum Wire {
    Plain(TcpStream),
    Secured(Box<TlsStream<TcpStream>>),
}

/// What a server says of itself in answer to EHLO, as far as we need it.
#[derive(Default)]
pub(super) struct Offers {
    pub starttls: bool,
    pub smtputf8: bool,
    pub eight_bit: bool,
    plain: bool,
    login: bool,
}

/// A reply, whole, and its code.
pub(super) struct Reply {
    text: String,
    code: Code,
}

impl Reply {
    /// What was said, line by line.
    pub fn words(&self) -> String {
        self.text.lines().collect::<Vec<_>>().join("\n").chars().take(LONGEST_QUOTE).collect()
    }
}

impl Conversation {
    pub fn new(stream: TcpStream) -> Self {
        Self { wire: BufReader::new(Wire::Plain(stream)), offers: Offers::default() }
    }

    pub fn secured(stream: TlsStream<TcpStream>) -> Self {
        Self { wire: BufReader::new(Wire::Secured(Box::new(stream))), offers: Offers::default() }
    }

    /// True when nobody on the way can listen.
    pub fn is_secured(&self) -> bool {
        matches!(self.wire.get_ref(), Wire::Secured(_))
    }

    /// The connection below, to be secured. What a server has said ahead of its
    /// turn is not part of what comes after (RFC 3207, section 6).
    pub fn into_plain(self) -> Result<TcpStream, Trouble> {
        let is_ahead = !self.wire.buffer().is_empty();
        match self.wire.into_inner() {
            Wire::Plain(stream) if !is_ahead => Ok(stream),
            _ => Err(Trouble::new(Step::Securing, Cause::NoSmtp)),
        }
    }

    /// Says something to which no answer is awaited.
    pub async fn say(&mut self, command: impl Display) -> io::Result<()> {
        self.wire.get_mut().write(command.to_string().as_bytes()).await
    }

    /// Says something, and waits for the answer with this code.
    pub async fn asks(
        &mut self,
        step: Step,
        patience: Duration,
        command: impl Display,
        expected: u16,
    ) -> Result<Reply, Trouble> {
        let asking = async {
            self.say(command).await.map_err(|_| Cause::HungUp)?;
            self.reply().await
        };
        expect(step, timeout(patience, asking).await, expected)
    }

    /// Waits for what the server says by itself.
    pub async fn hears(&mut self, step: Step, patience: Duration, expected: u16) -> Result<Reply, Trouble> {
        expect(step, timeout(patience, self.reply()).await, expected)
    }

    /// Hands over an email, all but its final dot.
    pub async fn hands_over(&mut self, patience: Duration, email: &[u8]) -> Result<(), Trouble> {
        let text = dotted(email);
        let cause = match timeout(patience, self.wire.get_mut().write(&text)).await {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(_)) => Cause::HungUp,
            Err(_) => Cause::Silent,
        };
        Err(Trouble::new(Step::Data, cause))
    }

    pub async fn signs_in(
        &mut self,
        patience: Duration,
        offers: &Offers,
        credentials: &Credentials,
    ) -> Result<(), Trouble> {
        let step = Step::SigningIn;
        let mechanism = match offers {
            Offers { plain: true, .. } => Mechanism::Plain,
            Offers { login: true, .. } => Mechanism::Login,
            _ => return Err(Trouble::new(step, Cause::SignInNotOffered)),
        };
        let no_smtp = |_| Trouble::new(step, Cause::NoSmtp);
        let mut next = Auth::new(mechanism, credentials.clone(), None).map_err(no_smtp)?;
        for _ in 0..MOST_CHALLENGES {
            let asking = async {
                self.say(next).await.map_err(|_| Cause::HungUp)?;
                self.reply().await
            };
            match timeout(patience, asking).await {
                Ok(Ok(reply)) if reply.code.basic == 334 => {
                    let challenge: Response = reply.text.parse().map_err(no_smtp)?;
                    next = Auth::new_from_response(mechanism, credentials.clone(), &challenge)
                        .map_err(no_smtp)?;
                }
                heard => return expect(step, heard, 235).map(drop),
            }
        }
        Err(Trouble::new(step, Cause::NoSmtp))
    }

    async fn reply(&mut self) -> Result<Reply, Cause> {
        Reply::read(&mut self.wire).await
    }
}

impl Reply {
    async fn read(mut wire: impl AsyncBufRead + Unpin) -> Result<Self, Cause> {
        let mut text = String::new();
        loop {
            let mut line = Vec::new();
            match (&mut wire).take(LONGEST_LINE).read_until(b'\n', &mut line).await {
                Ok(_) if line.ends_with(b"\n") => {}
                Ok(_) if line.len() as u64 == LONGEST_LINE => return Err(Cause::NoSmtp),
                Ok(_) | Err(_) => return Err(Cause::HungUp),
            }
            let line = String::from_utf8_lossy(&line);
            let (basic, rest) = line.split_at_checked(3).ok_or(Cause::NoSmtp)?;
            let basic: u16 =
                basic.parse().ok().filter(|code| (200..600).contains(code)).ok_or(Cause::NoSmtp)?;
            let is_last = match rest.chars().next() {
                Some('-') => false,
                Some(' ' | '\r' | '\n') | None => true,
                Some(_) => return Err(Cause::NoSmtp),
            };
            text.push_str(&line);
            if text.len() > LONGEST_REPLY {
                return Err(Cause::NoSmtp);
            }
            if is_last {
                return Ok(Self { code: Code::read(basic, &text), text });
            }
        }
    }
}

/// What was heard, if it was heard in time and is what was expected.
fn expect(
    step: Step,
    heard: Result<Result<Reply, Cause>, tokio::time::error::Elapsed>,
    expected: u16,
) -> Result<Reply, Trouble> {
    let reply = match heard {
        // 251 for 250: other words, the same yes.
        Ok(Ok(reply)) if reply.code.basic / 10 == expected / 10 => return Ok(reply),
        Ok(Ok(reply)) => reply,
        Ok(Err(cause)) => return Err(Trouble::new(step, cause)),
        Err(_) => return Err(Trouble::new(step, Cause::Silent)),
    };
    let cause = match reply.code.basic {
        500.. => Cause::Refused(reply.code),
        _ => Cause::PutOff(reply.code),
    };
    Err(Trouble { said: Some(reply.words()), ..Trouble::new(step, cause) })
}

/// An email as it goes over the wire: whole lines, and a dot more before each that begins with one.
fn dotted(email: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(email.len() + 2);
    for line in email.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b".") {
            text.push(b'.');
        }
        text.extend_from_slice(line);
    }
    if !text.ends_with(b"\r\n") {
        text.extend_from_slice(b"\r\n");
    }
    text
}

impl Offers {
    pub fn read(reply: &Reply) -> Self {
        let mut offers = Self::default();
        for line in reply.text.lines() {
            let line = line.get(4..).unwrap_or_default().to_ascii_uppercase();
            // Some old servers write AUTH=LOGIN.
            let mut words = line.split([' ', '=']);
            match words.next().unwrap_or_default() {
                "STARTTLS" => offers.starttls = true,
                "SMTPUTF8" => offers.smtputf8 = true,
                "8BITMIME" => offers.eight_bit = true,
                "AUTH" => {
                    for word in words {
                        offers.plain |= word == "PLAIN";
                        offers.login |= word == "LOGIN";
                    }
                }
                _ => {}
            }
        }
        offers
    }
}

impl Code {
    /// `text` is the whole reply. The last line's enhanced code counts.
    fn read(basic: u16, text: &str) -> Self {
        let enhanced = text.lines().rev().find_map(|line| {
            let mut parts = line.get(4..)?.split_whitespace().next()?.splitn(3, '.');
            let (class, subject, detail) = (parts.next()?, parts.next()?, parts.next()?);
            Some((class.parse().ok()?, subject.parse().ok()?, detail.parse().ok()?))
        });
        let enhanced = enhanced.filter(|(class, ..)| u16::from(*class) == basic / 100);
        let speaks_of_relaying = text.to_ascii_lowercase().contains("relay");
        Self { basic, enhanced, speaks_of_relaying }
    }
}

impl Wire {
    async fn write(&mut self, text: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(stream) => stream.write_all(text).await,
            Self::Secured(stream) => {
                stream.write_all(text).await?;
                stream.flush().await
            }
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_read(context, buffer),
            Self::Secured(stream) => Pin::new(stream).poll_read(context, buffer),
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::domain::example::any_text;

    const PIECES: &[&str] = &[
        "250", "250-", "550 ", "5.7.1", "4.2", ".", "\r\n", "\n", "\r", " ", "-", "AUTH", "PLAIN",
        "STARTTLS", "relay", "é", "\u{0}",
    ];

    #[test]
    fn an_enhanced_code_is_read_where_there_is_one() {
        let read = |basic, text: &str| Code::read(basic, text).to_string();
        assert_eq!(read(550, "550-5.7.1 no\r\n550 5.7.1 Relay denied\r\n"), "550 5.7.1");
        assert_eq!(read(550, "550 No such user\r\n"), "550");
        assert_eq!(read(450, "450 5.1.1 of another class\r\n"), "450");
        assert_eq!(read(554, "554 5.7 half of one\r\n"), "554");
        assert_eq!(read(250, "250\r\n"), "250");
        assert!(Code::read(550, "550 relay not permitted\r\n").speaks_of_relaying);
    }

    #[test]
    fn a_line_that_begins_with_a_dot_gets_another_and_the_end_is_a_whole_line() {
        let cases: [(&str, &str); 4] = [
            ("a\r\n.b\r\n", "a\r\n..b\r\n"),
            (".\r\n", "..\r\n"),
            ("a", "a\r\n"),
            ("a.b\r\n..\r\n", "a.b\r\n...\r\n"),
        ];
        for (email, wire) in cases {
            assert_eq!(dotted(email.as_bytes()), wire.as_bytes());
        }
    }

    #[test]
    fn what_a_server_offers_is_read_in_any_case() {
        let text = "250-mail\r\n250-starttls\r\n250-AUTH=LOGIN PLAIN\r\n250 8BITMIME\r\n".to_owned();
        let offers = Offers::read(&Reply { code: Code::read(250, &text), text });
        assert!(offers.starttls && offers.plain && offers.login && offers.eight_bit && !offers.smtputf8);
    }

    fn read(said: &[u8]) -> Result<Reply, Cause> {
        Reply::read(said).now_or_never().expect("it is all there")
    }

    proptest! {
        #[test]
        fn a_reply_is_read_whole_and_nothing_behind_it(
            basic in 200..600_u16, lines in vec("[ -~é]{0,60}", 1..6), behind in any_text(PIECES),
        ) {
            let (last, before) = lines.split_last().expect("a line");
            let mut said: String = before.iter().map(|line| format!("{basic}-{line}\r\n")).collect();
            said += &format!("{basic} {last}\r\n");
            let reply = read(format!("{said}{behind}").as_bytes()).map_err(|_| TestCaseError::fail("not read"))?;
            prop_assert_eq!(&reply.text, &said);
            prop_assert_eq!(reply.code.basic, basic);
            let class = reply.code.enhanced.map(|(class, ..)| u16::from(class));
            prop_assert!(class.is_none_or(|class| class == basic / 100));
            let _ = (Offers::read(&reply), reply.words());
        }

        #[test]
        fn whatever_a_server_says_is_a_reply_or_none(said in prop_oneof![
            vec(any::<u8>(), 0..300),
            any_text(PIECES).prop_map(String::into_bytes),
        ]) {
            if let Ok(reply) = read(&said) {
                prop_assert!((200..600).contains(&reply.code.basic) && reply.text.ends_with('\n'));
                let _ = (Offers::read(&reply), reply.words(), reply.code.to_string());
            }
        }

        #[test]
        fn an_email_comes_out_of_the_wire_as_it_went_in(email in any_text(&[".", "..", "\r\n", "\n", "\r", "a", ".\r\n"])) {
            let sent = String::from_utf8(dotted(email.as_bytes())).expect("UTF-8");
            prop_assert!(!sent.starts_with(".\r\n") && !sent.contains("\n.\r\n"), "it ends too soon: {sent:?}");
            let received: String =
                sent.split_inclusive('\n').map(|line| line.strip_prefix('.').unwrap_or(line)).collect();
            prop_assert!(received == email || received == format!("{email}\r\n"), "{received:?} was {email:?}");
        }
    }
}
