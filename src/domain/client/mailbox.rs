//! Which mailbox an address belongs to, for counting alone: who somebody is,
//! and where we write to, is what they typed.

use super::EmailAddress;

/// The domains of the one provider that takes no notice of dots.
const WITHOUT_DOTS: [&str; 2] = ["gmail.com", "googlemail.com"];

/// The name that all addresses of one mailbox share: without what follows a
/// `+`, and at Gmail without dots.
pub fn mailbox(email: &EmailAddress) -> String {
    let address = email.key();
    let Some((local, domain)) = address.rsplit_once('@') else { return address };
    // An address that begins with the sign has no other name.
    let name = match local.split_once('+') {
        Some(("", _)) | None => local,
        Some((name, _)) => name,
    };
    match WITHOUT_DOTS.contains(&domain) {
        true => format!("{}@{}", name.replace('.', ""), WITHOUT_DOTS[0]),
        false => format!("{name}@{domain}"),
    }
}

/// What of that name every address of the mailbox has in common as it is written: the part before
/// the `@` without dots, up to the first `+`. The column `mailbox_name` has it, too.
pub fn name(mailbox: &str) -> String {
    let local = mailbox.rsplit_once('@').map_or(mailbox, |(local, _)| local).replace('.', "");
    local.split('+').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_one_mailbox_has_one_name() {
        for (address, name) in [
            ("victim@example.com", "victim@example.com"),
            ("victim+7@example.com", "victim@example.com"),
            ("Victim+Books+2@Example.COM", "victim@example.com"),
            ("vic.tim@example.com", "vic.tim@example.com"),
            ("vic.tim+1@example.com", "vic.tim@example.com"),
            ("vic.tim@gmail.com", "victim@gmail.com"),
            ("v.i.c.t.i.m+9@gmail.com", "victim@gmail.com"),
            ("victim@googlemail.com", "victim@gmail.com"),
            ("VIC.TIM@GoogleMail.com", "victim@gmail.com"),
            ("vic.tim@mail.gmail.com", "vic.tim@mail.gmail.com"),
            ("+7@example.com", "+7@example.com"),
            ("o'brien@example.com", "o'brien@example.com"),
        ] {
            let email = EmailAddress::parse(address).unwrap_or_else(|_| panic!("{address}"));
            assert_eq!(mailbox(&email), name, "{address}");
        }
    }
}
