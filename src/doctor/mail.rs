//! The mail server: it is reached, speaks TLS, and takes the sign-in. No email is sent.

use std::{net::IpAddr, time::Duration};

use lettre::message::Mailbox;

use super::finding::{Finding, fix, look, ok};
use crate::{
    config::Config,
    content::site::Site,
    mail::smtp::{Patience, Sender, Server, Tried},
    urls::BaseUrl,
};

/// How long each step may take: somebody waits.
const STEP: Duration = Duration::from_secs(10);

pub async fn examine(config: &Config) -> Vec<Finding> {
    if config.holds_mail {
        return vec![look(
            "MAIL",
            "is hold: emails are written and none is sent, which is right for a test copy alone",
        )];
    }
    let Some(url) = &config.smtp_url else {
        let says = "isn't set, so each email becomes a file and nobody gets it; set it to your provider's submission server";
        let is_online = config.base_url.as_ref().is_some_and(BaseUrl::is_https);
        return vec![if is_online { fix("SMTP_URL", says) } else { look("SMTP_URL", says) }];
    };
    let patience = Patience { step: STEP, ..Patience::default() };
    let sender = Server::parse(url.as_str()).and_then(|server| Sender::new(server, patience).ok());
    let Some(sender) = sender else {
        return vec![fix(
            "SMTP_URL",
            "can't be used: this machine knows no certificates to trust; install ca-certificates",
        )];
    };
    vec![match sender.tries().await {
        Ok(tried) => told(&tried),
        Err(trouble) => {
            let words = trouble.to_string();
            let said = trouble.said.map(|said| format!(" It said: {said}")).unwrap_or_default();
            fix("SMTP_URL", format!("{words}{said}"))
        }
    }]
}

fn told(tried: &Tried) -> Finding {
    let Tried { host, port, is_secured, signs_in } = tried;
    let is_near = host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
    match (*is_secured || is_near, *signs_in) {
        (false, true) => fix(
            "SMTP_URL",
            format!("the password goes to {host} unencrypted; use port 587 with ?tls=required, or smtps://"),
        ),
        (false, false) => {
            look("SMTP_URL", format!("emails go to {host} unencrypted; add ?tls=required if it speaks TLS"))
        }
        (true, false) if !is_near => look(
            "SMTP_URL",
            format!("{host}:{port} answers; no user and password are given, and most servers want them"),
        ),
        (true, false) => ok("SMTP_URL", format!("{host}:{port} answers")),
        (true, true) => ok("SMTP_URL", format!("{host}:{port} takes the sign-in")),
    }
}

/// The sender's domain, whose records tell others that the emails are ours. `None` while none goes out.
pub fn domain(config: &Config, site: Option<&Site>) -> Option<String> {
    if config.holds_mail || config.smtp_url.is_none() {
        return None;
    }
    let of_content = || site?.practice.mail_from.parse::<Mailbox>().ok();
    let from = config.mail_from.clone().or_else(of_content)?;
    Some(from.email.domain().to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::finding::Verdict;

    #[test]
    fn a_password_in_the_open_is_to_be_mended() {
        let verdict = |host: &str, is_secured, signs_in| {
            told(&Tried { host: host.to_owned(), port: 587, is_secured, signs_in }).verdict
        };
        assert_eq!(verdict("smtp.example.com", true, true), Verdict::Ok);
        assert_eq!(verdict("smtp.example.com", false, true), Verdict::Fix);
        assert_eq!(verdict("smtp.example.com", false, false), Verdict::Look);
        assert_eq!(verdict("smtp.example.com", true, false), Verdict::Look);
        assert_eq!(verdict("127.0.0.1", false, true), Verdict::Ok, "it doesn't leave the machine");
    }
}
