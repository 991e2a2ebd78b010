//! A postal address, taken apart as it is written in its country.

use crate::domain::client::country::Country;

/// The lines of an address, told apart for machines.
#[derive(Debug, PartialEq, Eq)]
pub struct Postal {
    /// House number and street, or whatever comes before the town.
    pub street: String,
    /// Without region and code.
    pub town: String,
    /// A state's short name, where the country writes one.
    pub region: Option<String>,
    /// The postal code.
    pub code: String,
}

/// Where the code stands before the town: `10999 Berlin`.
const CODE_FIRST: &str = "
    AT BE BG CH CZ DE DK EE ES FI FR GR HR HU IL IS IT LI LT LU MC ME MK MX NL NO PL PT RO RS SE SI SK SM TR VA";

/// Takes an address apart; none where its lines are not like those of the country.
pub fn take_apart(country: Country, lines: &[String]) -> Option<Postal> {
    // Runs of spaces count as one; the country's own name may stand last.
    let lines: Vec<String> = lines.iter().map(|line| words(line).join(" ")).collect();
    let without_last = lines.split_last().map(|(_, others)| others).filter(|_| lines.len() > 2);
    read(country, &lines).or_else(|| read(country, without_last?))
}

fn read(country: Country, lines: &[String]) -> Option<Postal> {
    let (last, above) = lines.split_last()?;
    let (town, region, code) = town_and_code(country.code(), last)?;
    // `Dublin 2` above `D02 X285`: the town has a line of its own.
    let (town, street) = match (town.is_empty(), above.split_last()) {
        (false, _) => (town, above),
        (true, Some((town, street))) => (town.clone(), street),
        (true, None) => return None,
    };
    (!town.is_empty()).then(|| Postal { street: street.join(", "), town, region, code })
}

fn town_and_code(country: &str, line: &str) -> Option<(String, Option<String>, String)> {
    let words = words(line);
    let is_code_first = CODE_FIRST.split_whitespace().any(|known| known == country);
    // A code is one word or two; the longer one is tried first.
    for count in [2, 1].into_iter().filter(|count| *count <= words.len()) {
        let at = if is_code_first { count } else { words.len() - count };
        let (before, behind) = words.split_at(at);
        let (code, town) = if is_code_first { (before, behind) } else { (behind, before) };
        let code = code.join(" ");
        if !is_code(country, &code) {
            continue;
        }
        let (town, region) = town_and_region(country, &town.join(" "));
        return Some((town, region, code));
    }
    None
}

/// `Redding, CA`, `Sydney NSW`, `Toronto, Ontario`: what stands behind the town.
fn town_and_region(country: &str, text: &str) -> (String, Option<String>) {
    let text = text.trim_end_matches([',', ' ']);
    let is_region =
        |word: &str| (2..=3).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
    let parts =
        text.rsplit_once(',').or_else(|| text.rsplit_once(' ').filter(|(_, region)| is_region(region)));
    match parts.map(|(town, region)| (town.trim_end(), region.trim_start())) {
        Some((town, region)) if has_regions(country) && !town.is_empty() && !region.is_empty() => {
            (town.to_owned(), Some(region.to_owned()))
        }
        _ => (text.to_owned(), None),
    }
}

fn has_regions(country: &str) -> bool {
    ["US", "PR", "VI", "GU", "AS", "MP", "CA", "AU", "BR"].contains(&country)
}

/// True for a code as the country has them.
fn is_code(country: &str, code: &str) -> bool {
    // D for a digit, L for a letter, X for either; what is between stands for itself.
    let shapes: &[&str] = match country {
        "US" | "PR" | "VI" | "GU" | "AS" | "MP" => &["DDDDD", "DDDDD-DDDD"],
        "CA" => &["LDL DLD", "LDLDLD"],
        "GB" | "GG" | "JE" | "IM" => &["LD DLL", "LDD DLL", "LDL DLL", "LLD DLL", "LLDD DLL", "LLDL DLL"],
        "IE" => &["LXX XXXX", "LXXXXXX"],
        "NL" => &["DDDD LL", "DDDDLL"],
        "SE" | "GR" | "CZ" | "SK" => &["DDD DD", "DDDDD"],
        "PL" => &["DD-DDD"],
        "PT" => &["DDDD-DDD"],
        "NZ" | "AU" | "AT" | "CH" | "LI" | "BE" | "BG" | "DK" | "HU" | "LU" | "NO" | "SI" | "ZA" => {
            &["DDDD", "L-DDDD"]
        }
        "IS" => &["DDD"],
        "DE" | "ES" | "FI" | "FR" | "IT" | "HR" | "EE" | "MC" | "ME" | "MX" | "RS" | "SM" | "TR" | "VA" => {
            &["DDDDD", "L-DDDDD"]
        }
        "BR" => &["DDDDD-DDD", "DDDDD"],
        "IN" | "RO" | "SG" => &["DDDDDD"],
        "JP" => &["DDD-DDDD"],
        _ => &["DDDD", "DDDDD", "DDDDDD"],
    };
    shapes.iter().any(|shape| {
        shape.len() == code.len()
            && shape.bytes().zip(code.bytes()).all(|(shape, c)| match shape {
                b'D' => c.is_ascii_digit(),
                b'L' => c.is_ascii_uppercase(),
                b'X' => c.is_ascii_uppercase() || c.is_ascii_digit(),
                other => other == c,
            })
    })
}

fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;

    use super::*;

    const LA: Tz = Tz::America__Los_Angeles;

    #[test]
    fn addresses_of_many_countries_are_taken_apart() {
        for (zone, address, street, town, region, code) in [
            (LA, "1 Road|Mt. Shasta, CA 96067", "1 Road", "Mt. Shasta", "CA", "96067"),
            (LA, "1 Road|Redding, CA 96001-1234", "1 Road", "Redding", "CA", "96001-1234"),
            (LA, "1 Road|Redding,  CA  96001", "1 Road", "Redding", "CA", "96001"),
            (LA, "1 Road|Suite 2|Redding CA 96001", "1 Road, Suite 2", "Redding", "CA", "96001"),
            (LA, "1 Road|Redding, CA 96001|USA", "1 Road", "Redding", "CA", "96001"),
            (LA, "1 Rd|Mt. Shasta, CA 96067-1234", "1 Rd", "Mt. Shasta", "CA", "96067-1234"),
            (LA, "1 Rd|Weed, California 96094", "1 Rd", "Weed", "California", "96094"),
            (Tz::America__Toronto, "1 Road|Toronto, ON M5V 2T6", "1 Road", "Toronto", "ON", "M5V 2T6"),
            (Tz::America__Toronto, "1 Road|Toronto ON  M5V 2T6|Canada", "1 Road", "Toronto", "ON", "M5V 2T6"),
            (Tz::America__Sao_Paulo, "Rua 1|São Paulo, SP 01001", "Rua 1", "São Paulo", "SP", "01001"),
            (Tz::Europe__Vienna, "Ring 1|1010 Wien", "Ring 1", "Wien", "", "1010"),
            (Tz::Europe__Paris, "1 rue A|75011 Paris", "1 rue A", "Paris", "", "75011"),
            (Tz::Europe__Dublin, "1 Main St|Dublin D02 X285", "1 Main St", "Dublin", "", "D02 X285"),
            (Tz::Europe__Berlin, "Oranienstr. 1|10999 Berlin", "Oranienstr. 1", "Berlin", "", "10999"),
            (Tz::Europe__Berlin, "Oranienstr. 1|D-10999  Berlin", "Oranienstr. 1", "Berlin", "", "D-10999"),
            (
                Tz::Europe__Berlin,
                "Weg 1|60311 Frankfurt am Main|Deutschland",
                "Weg 1",
                "Frankfurt am Main",
                "",
                "60311",
            ),
            (Tz::Europe__Zurich, "Seestrasse 1|8001 Zürich", "Seestrasse 1", "Zürich", "", "8001"),
            (Tz::Europe__Amsterdam, "Gracht 1|1016 AB Amsterdam", "Gracht 1", "Amsterdam", "", "1016 AB"),
            (Tz::Pacific__Auckland, "1 Queen St|Auckland 1010", "1 Queen St", "Auckland", "", "1010"),
            (Tz::Australia__Sydney, "1 George St|Sydney NSW 2000", "1 George St", "Sydney", "NSW", "2000"),
            (Tz::Europe__Dublin, "1 Main St|Dublin 2|D02 X285", "1 Main St", "Dublin 2", "", "D02 X285"),
            (Tz::Europe__Dublin, "1 Main St|Galway, H91 E2K3", "1 Main St", "Galway", "", "H91 E2K3"),
            (Tz::Europe__Dublin, "1 Main St|Galway|H91E2K3", "1 Main St", "Galway", "", "H91E2K3"),
            (Tz::Europe__London, "1 Road|London SW1A 1AA", "1 Road", "London", "", "SW1A 1AA"),
            (Tz::Europe__London, "1 Road|York|YO1 7HH", "1 Road", "York", "", "YO1 7HH"),
        ] {
            let lines: Vec<String> = address.split('|').map(str::to_owned).collect();
            let country = Country::of(zone).expect("a country");
            let wanted = Postal {
                street: street.to_owned(),
                town: town.to_owned(),
                region: (!region.is_empty()).then(|| region.to_owned()),
                code: code.to_owned(),
            };
            assert_eq!(take_apart(country, &lines), Some(wanted), "{address}");
        }
    }

    #[test]
    fn what_is_written_otherwise_is_left_whole() {
        for (zone, address) in [
            (LA, "1 Road|Redding"),
            (LA, "96001"),
            (LA, "1 Road|10115 Berlin"),
            (Tz::Europe__Berlin, "Weg 1|Berlin"),
            (Tz::Europe__Dublin, "Main St|Cork"),
            (Tz::Pacific__Auckland, "Queen St|Auckland"),
        ] {
            let lines: Vec<String> = address.split('|').map(str::to_owned).collect();
            assert_eq!(take_apart(Country::of(zone).expect("a country"), &lines), None, "{address}");
        }
    }
}
