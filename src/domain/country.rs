//! What a time zone tells of the country that it is in: how addresses are
//! written there, and telephone numbers.

use chrono_tz::Tz;

/// Those of the fifty states and of Washington, by what stands behind `America/`.
const UNITED_STATES: &str = "
    Adak Anchorage Atka Boise Chicago Denver Detroit Fort_Wayne Indiana Indianapolis Juneau Kentucky Knox_IN
    Los_Angeles Louisville Menominee Metlakatla New_York Nome North_Dakota Phoenix Shiprock Sitka Yakutat";
/// The others in which telephone numbers begin with +1.
const NORTH_AMERICA: &str = "
    Atikokan Blanc-Sablon Cambridge_Bay Coral_Harbour Creston Dawson Dawson_Creek Edmonton Fort_Nelson Glace_Bay
    Goose_Bay Halifax Inuvik Iqaluit Moncton Montreal Nipigon Pangnirtung Rainy_River Rankin_Inlet Regina
    Resolute St_Johns Swift_Current Thunder_Bay Toronto Vancouver Whitehorse Winnipeg Yellowknife
    Anguilla Antigua Barbados Cayman Dominica Grand_Turk Grenada Jamaica Lower_Princes Montserrat Nassau
    Port_of_Spain Puerto_Rico Santo_Domingo St_Kitts St_Lucia St_Thomas St_Vincent Tortola Virgin";

/// True where addresses and states are those of the United States.
pub fn is_united_states(zone: Tz) -> bool {
    let name = zone.name();
    name.starts_with("US/") || name == "Pacific/Honolulu" || is_american(name, UNITED_STATES)
}

/// True where a telephone number of ten digits may be one of North America.
pub fn is_north_america(zone: Tz) -> bool {
    let name = zone.name();
    let islands = ["Atlantic/Bermuda", "Pacific/Guam", "Pacific/Pago_Pago", "Pacific/Saipan"];
    is_united_states(zone)
        || name.starts_with("Canada/")
        || islands.contains(&name)
        || is_american(name, NORTH_AMERICA)
}

fn is_american(zone: &str, places: &str) -> bool {
    let mut parts = zone.split('/');
    parts.next() == Some("America")
        && parts.next().is_some_and(|place| places.split_whitespace().any(|known| known == place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_tells_the_country() {
        for (zone, states, north) in [
            (Tz::America__Los_Angeles, true, true),
            (Tz::America__Indiana__Knox, true, true),
            (Tz::Pacific__Honolulu, true, true),
            (Tz::America__Toronto, false, true),
            (Tz::America__Jamaica, false, true),
            (Tz::America__Sao_Paulo, false, false),
            (Tz::America__Mexico_City, false, false),
            (Tz::Europe__Zurich, false, false),
            (Tz::UTC, false, false),
        ] {
            assert_eq!((is_united_states(zone), is_north_america(zone)), (states, north), "{zone}");
        }
    }

    #[test]
    fn every_place_that_is_named_has_a_zone() {
        for place in [UNITED_STATES, NORTH_AMERICA].join(" ").split_whitespace() {
            let name = format!("America/{place}");
            let is_zone = |zone: &Tz| zone.name() == name || zone.name().starts_with(&format!("{name}/"));
            assert!(chrono_tz::TZ_VARIANTS.iter().any(is_zone), "{name}");
        }
    }
}
