//! Why an email did not go out: at which step, what was said, whom it is about,
//! and how the therapist reads it.

use std::fmt;

use crate::tls::Distrust;

/// What went wrong. Its words are for the therapist and the log; they carry
/// nothing of what the server said but its codes, since it likes to repeat the
/// address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub step: Step,
    pub cause: Cause,
    /// What the server said, word for word: for the therapist alone, never for the log.
    pub said: Option<String>,
}

/// How far an email came. Each step has an end of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Looking up the name of the server, and connecting to it.
    Connecting,
    /// Agreeing on TLS.
    Securing,
    Greeting,
    Hello,
    SigningIn,
    /// MAIL FROM
    Sender,
    /// RCPT TO
    Recipient,
    /// DATA, and the email itself up to the final dot.
    Data,
    /// From the final dot on the server has the email, and may keep it
    /// whether or not we hear so.
    Verdict,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A 5yz: it means it.
    Refused(Code),
    /// A 4yz, or whatever else is not the answer: it may say yes later.
    PutOff(Code),
    /// It took longer over this step than we wait.
    Silent,
    HungUp,
    /// What it says is no SMTP.
    NoSmtp,
    UnknownHost,
    NoRoute,
    /// Nothing listens at that port.
    ConnectionRefused,
    NoTls,
    NoStartTls,
    Certificate(Distrust),
    SignInNotOffered,
    /// An address with letters that this server cannot write.
    AddressBeyondServer,
    /// What stands there is no address.
    NoAddress,
    /// Without a mail server: the file was not written.
    File(String),
    /// No email goes out of a test copy.
    Held,
    /// What it says can't be read: the key that it is sealed with isn't there.
    Sealed,
    /// What it says could not be read when its links ended with a restore.
    Unrestored,
}

/// What a server answers with: `550`, and where it says so `5.7.1` (RFC 3463).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    pub basic: u16,
    pub enhanced: Option<(u8, u16, u16)>,
    /// It says that it passes on no email of ours, without a code for it.
    pub speaks_of_relaying: bool,
}

impl Trouble {
    pub fn new(step: Step, cause: Cause) -> Self {
        Self { step, cause, said: None }
    }

    /// True when the server has said of this recipient that no email will ever
    /// reach them. Anything else may get better, by time or by us.
    pub fn ends_email(&self) -> bool {
        match (&self.cause, self.step) {
            (Cause::NoAddress | Cause::AddressBeyondServer, step) => step == Step::Recipient,
            (Cause::Refused(code), step) => code.is_of_recipient(step),
            _ => false,
        }
    }

    /// True when other emails meet it as well. A recipient that is put off, and
    /// what is said of one email once it is there, say nothing of others.
    pub fn concerns_us(&self) -> bool {
        let is_of_one = match self.cause {
            Cause::PutOff(_) => self.step >= Step::Recipient,
            Cause::Refused(_) => self.step >= Step::Data,
            Cause::Sealed | Cause::Unrestored => true,
            _ => false,
        };
        !is_of_one && !self.ends_email()
    }

    /// True when the server may have the email although we have not heard so.
    pub fn may_have_come(&self) -> bool {
        self.step == Step::Verdict && !matches!(self.cause, Cause::Refused(_) | Cause::PutOff(_))
    }
}

impl Code {
    fn is_of_recipient(self, step: Step) -> bool {
        match self.enhanced {
            // 5.1.7 and 5.1.8 are about the sender's address, the rest of 5.1 and 5.2 about the recipient's.
            Some((_, 1, 7 | 8)) => false,
            Some((_, 1 | 2, _)) => step >= Step::Recipient,
            // Microsoft's word for nobody of that name.
            Some((_, 4, 1)) => step == Step::Recipient,
            // Bad systems, bad routes, bad commands, bad contents, policy: all ours, or the servers'.
            Some((_, 3..=7, _)) => false,
            Some(_) | None => step == Step::Recipient && !self.is_of_commands() && !self.speaks_of_relaying,
        }
    }

    /// Answers to a command as such, or to who gives it, not to whom it names.
    fn is_of_commands(self) -> bool {
        matches!(self.basic, 500..=504 | 521 | 530..=538 | 555)
    }

    fn is_of_signing_in(self) -> bool {
        matches!(self.basic, 530..=538)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.basic)?;
        match self.enhanced {
            Some((class, subject, detail)) => write!(f, " {class}.{subject}.{detail}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connecting => "while connecting",
            Self::Securing => "while agreeing on TLS",
            Self::Greeting => "before its greeting",
            Self::Hello => "after EHLO",
            Self::SigningIn => "while signing in",
            Self::Sender => "after MAIL FROM",
            Self::Recipient => "after RCPT TO",
            Self::Data => "after DATA",
            Self::Verdict => "after the whole email",
        })
    }
}

impl fmt::Display for Trouble {
    /// Whole sentences.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let step = self.step;
        match &self.cause {
            Cause::Refused(code) if code.is_of_signing_in() && step != Step::SigningIn => {
                write!(f, "The mail server wants a sign-in first ({code}). Check SMTP_URL.")
            }
            Cause::Refused(code) if step == Step::SigningIn => {
                write!(f, "The mail server doesn't accept the user name or password ({code}). Check SMTP_URL.")
            }
            Cause::Refused(code) if self.ends_email() => {
                write!(f, "The mail server says this address can't get email ({code}).")
            }
            Cause::Refused(code) if step <= Step::Hello => {
                write!(f, "The mail server refuses the connection ({code} {step}).")
            }
            Cause::Refused(code) if step == Step::Sender => {
                write!(f, "The mail server refuses our sender address ({code}). Check MAIL_FROM.")
            }
            Cause::Refused(code) => write!(f, "The mail server refuses our email ({code} {step})."),
            Cause::PutOff(code) => write!(f, "The mail server says to try again later ({code} {step})."),
            Cause::Silent if step == Step::Greeting => {
                f.write_str("The mail server is silent: it took the connection and said nothing. If its port expects TLS from the start, SMTP_URL begins with smtps://.")
            }
            Cause::Silent => write!(f, "The mail server fell silent {step}."),
            Cause::HungUp => write!(f, "The mail server hung up {step}."),
            Cause::NoSmtp => write!(f, "What answers at the mail server's port doesn't speak SMTP ({step})."),
            Cause::UnknownHost => {
                f.write_str("The mail server's name can't be found. Check SMTP_URL, and the network.")
            }
            Cause::NoRoute => f.write_str("The mail server can't be reached: there's no route to it."),
            Cause::ConnectionRefused => {
                f.write_str("The mail server can't be reached: nothing answers at its port. Check SMTP_URL.")
            }
            Cause::NoTls => {
                f.write_str("The mail server doesn't speak TLS at this port, so nothing was sent. Check SMTP_URL.")
            }
            Cause::NoStartTls => {
                f.write_str("The mail server doesn't offer STARTTLS, so nothing was sent. Check SMTP_URL.")
            }
            Cause::Certificate(why) => write!(f, "The mail server's certificate isn't trusted: {why}."),
            Cause::SignInNotOffered => f.write_str(
                "The mail server doesn't offer a sign-in. Many offer it only over TLS: check SMTP_URL.",
            ),
            Cause::AddressBeyondServer => {
                f.write_str("The mail server can't send to an address with characters like these.")
            }
            Cause::NoAddress => f.write_str("There's no email address to send to."),
            Cause::Held => f.write_str("This is a test copy that sends no email (MAIL=hold)."),
            Cause::Sealed => f.write_str("What it says can't be read: the key is missing. It goes out once the key is back."),
            Cause::Unrestored => f.write_str("It couldn't be read after the restore, so its links have ended, and it wasn't sent."),
            Cause::File(why) => write!(f, "The file can't be written: {why}."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(step: Step, basic: u16, enhanced: Option<(u8, u16, u16)>) -> Trouble {
        let code = Code { basic, enhanced, speaks_of_relaying: false };
        Trouble::new(step, if basic < 500 { Cause::PutOff(code) } else { Cause::Refused(code) })
    }

    #[test]
    fn only_what_is_said_of_the_recipient_ends_an_email() {
        let ends = [
            said(Step::Recipient, 550, None),
            said(Step::Recipient, 551, None),
            said(Step::Recipient, 552, None),
            said(Step::Recipient, 553, None),
            said(Step::Recipient, 554, None),
            said(Step::Recipient, 550, Some((5, 1, 1))),
            said(Step::Recipient, 550, Some((5, 4, 1))),
            said(Step::Recipient, 556, Some((5, 1, 10))),
            said(Step::Verdict, 550, Some((5, 1, 1))),
            said(Step::Verdict, 552, Some((5, 2, 2))),
            Trouble::new(Step::Recipient, Cause::NoAddress),
        ];
        for trouble in ends {
            assert!(trouble.ends_email() && !trouble.concerns_us(), "{trouble:?}");
        }
    }

    #[test]
    fn what_is_said_of_us_is_tried_again() {
        let mut lasting = vec![
            said(Step::Greeting, 554, None),
            said(Step::Hello, 550, None),
            said(Step::SigningIn, 535, Some((5, 7, 8))),
            said(Step::Sender, 530, Some((5, 7, 0))),
            said(Step::Sender, 550, None),
            said(Step::Sender, 550, Some((5, 1, 1))),
            said(Step::Sender, 553, Some((5, 1, 8))),
            said(Step::Recipient, 550, Some((5, 7, 1))),
            said(Step::Recipient, 550, Some((5, 1, 8))),
            said(Step::Recipient, 553, Some((5, 5, 4))),
            said(Step::Recipient, 503, None),
            said(Step::Data, 554, None),
            said(Step::Verdict, 550, None),
            said(Step::Verdict, 554, Some((5, 7, 1))),
            said(Step::Verdict, 552, Some((5, 3, 4))),
        ];
        lasting.extend((530..=538).map(|code| said(Step::Recipient, code, None)));
        let causes = [Cause::Silent, Cause::HungUp, Cause::NoSmtp, Cause::NoTls, Cause::NoStartTls];
        lasting.extend(causes.map(|cause| Trouble::new(Step::Recipient, cause)));
        let relaying = Code { basic: 550, enhanced: None, speaks_of_relaying: true };
        lasting.push(Trouble::new(Step::Recipient, Cause::Refused(relaying)));
        for trouble in lasting {
            assert!(!trouble.ends_email(), "{trouble:?}");
            let is_of_one = trouble.step >= Step::Data;
            assert_eq!(trouble.concerns_us(), !is_of_one, "{trouble:?}");
        }
        let put_off = said(Step::Recipient, 451, Some((4, 7, 1)));
        assert!(!put_off.ends_email() && !put_off.concerns_us(), "others may go out meanwhile");
    }

    #[test]
    fn only_what_ended_after_the_final_dot_without_a_word_may_have_come() {
        for cause in [Cause::Silent, Cause::HungUp, Cause::NoSmtp] {
            assert!(Trouble::new(Step::Verdict, cause.clone()).may_have_come());
            assert!(!Trouble::new(Step::Data, cause).may_have_come());
        }
        assert!(!said(Step::Verdict, 451, None).may_have_come());
    }
}
