//! Who comes to the invented practice. Telephone numbers are of the range kept for
//! fiction (555-0100 to 555-0199), addresses at a domain that receives no email.

use crate::domain::client::{Contact, EmailAddress, Name, Phone};

/// Those who come every few weeks.
pub const REGULARS: usize = 14;
/// Those who come now and then begin with the regulars' end; the rest have come once.
const OCCASIONAL: usize = 24;

/// Fifty people; where there is no address, they are called.
pub const PEOPLE: [(&str, &str); 50] = [
    ("June Okafor", "june.okafor"),
    ("Peter Lindqvist", "peter.lindqvist"),
    ("Marisol Vega", "marisol.vega"),
    ("Tom Abara", ""),
    ("Rosa Delgado", "rosa.delgado"),
    ("Walt Brennan", ""),
    ("Ann O’Brien", "ann.obrien"),
    ("Hiro Tanaka", "hiro.tanaka"),
    ("Leila Haddad", "leila.haddad"),
    ("Sam Whitefeather", "sam.whitefeather"),
    ("Grace Kim", "grace.kim"),
    ("Dale Murphy", ""),
    ("Nadia Petrov", "nadia.petrov"),
    ("Elena Ruiz", "elena.ruiz"),
    ("Ida Moreno", "ida.moreno"),
    ("Ken Sato", "ken.sato"),
    ("Lou Ferris", "lou.ferris"),
    ("Gwen Hart", "gwen.hart"),
    ("Ray Ibarra", ""),
    ("Dot Pell", "dot.pell"),
    ("Ana Ruiz", "ana.ruiz"),
    ("Carl Jensen", "carl.jensen"),
    ("Mei Lin Chow", "meilin.chow"),
    ("Owen Tate", "owen.tate"),
    ("Priya Raman", "priya.raman"),
    ("Beth Calloway", "beth.calloway"),
    ("Jorge Mendoza", "jorge.mendoza"),
    ("Helen Strand", ""),
    ("Amir Farahani", "amir.farahani"),
    ("Cora Bell", "cora.bell"),
    ("Luis Ortega", "luis.ortega"),
    ("Fern Hollis", "fern.hollis"),
    ("Victor Nwosu", "victor.nwosu"),
    ("Joan Petersen", "joan.petersen"),
    ("Teo Salazar", "teo.salazar"),
    ("Ruth Ann Meyer", ""),
    ("Blake Sutton", "blake.sutton"),
    ("Yuki Mori", "yuki.mori"),
    ("Dana Kowalski", "dana.kowalski"),
    ("Frank DeLuca", "frank.deluca"),
    ("Simone Archer", "simone.archer"),
    ("Harold Finch", ""),
    ("Lupe Navarro", "lupe.navarro"),
    ("Kit Sorensen", "kit.sorensen"),
    ("Wanda Ellis", "wanda.ellis"),
    ("Noah Begay", "noah.begay"),
    ("Iris Vandermeer", "iris.vandermeer"),
    ("Gus Thibodeau", "gus.thibodeau"),
    ("Sara Lindgren", "sara.lindgren"),
    ("Max Rivera", "max.rivera"),
];

pub const NOTES: [&str; 3] = [
    "A room on the ground floor would help, please.",
    "Mornings are the best time to call.",
    "I come by bus and may be five minutes late.",
];

pub fn name(person: usize) -> Name {
    let (name, _) = PEOPLE[person % PEOPLE.len()];
    Name::stored(name.to_owned())
}

pub fn contact(person: usize) -> Contact {
    let (_, mailbox) = PEOPLE[person % PEOPLE.len()];
    let address = (!mailbox.is_empty()).then(|| EmailAddress::stored(format!("{mailbox}@example.com")));
    let phone = Phone::stored(format!("+1530555{:04}", 100 + person * 2 % 100));
    Contact { email: address, phone: Some(phone) }
}

/// Who comes to the visit of a number, of about so many in all. The same number is
/// always the same person: what looks like chance is arithmetic.
pub fn person(nth: usize, in_all: usize) -> usize {
    let (now_and_then, once) = (REGULARS + OCCASIONAL, PEOPLE.len() - REGULARS - OCCASIONAL);
    let apart = (in_all / (once + 1)).max(3);
    if nth % apart == apart - 1 && nth / apart < once {
        return now_and_then + nth / apart;
    }
    match nth % 10 {
        3 | 6 | 8 => REGULARS + nth * 7 % OCCASIONAL,
        _ => (nth * 5 + nth / 9) % REGULARS,
    }
}
