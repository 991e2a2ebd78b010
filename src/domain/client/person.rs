//! A person on file: one record, or several that the therapist has merged.

use super::{Contact, EmailAddress, Name, Note, Phone};
use crate::domain::{ids::ClientId, time::Instant};

/// A row of `clients`: what was typed with the first request, or what the
/// therapist has made of it since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The row.
    pub id: ClientId,
    /// As they write it.
    pub name: Name,
    /// What they are called, where that is not their first name.
    pub goes_by: Option<Name>,
    /// How to reach them; a record that was merged or erased may have neither.
    pub contact: Contact,
    /// The therapist's private note.
    pub note: Option<Note>,
    /// Rises with everything that the therapist changes.
    pub revision: u32,
    /// When everything personal went.
    pub erased_at: Option<Instant>,
}

impl Record {
    /// What is left of it once its owner was erased: that there was somebody, under
    /// a `name` that is nobody's.
    pub fn erased(self, name: Name, now: Instant) -> Self {
        Self {
            id: self.id,
            name,
            goes_by: None,
            contact: Contact { email: None, phone: None },
            note: None,
            revision: self.revision,
            erased_at: Some(now),
        }
    }
}

/// What the therapist took from an alias when they merged it; the rest stays the person's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// The alias's name.
    pub name: bool,
    /// What the alias is called.
    pub goes_by: bool,
    /// The alias's email address.
    pub email: bool,
    /// The alias's number.
    pub phone: bool,
}

/// One record is another name of a person. Nothing is moved, so that it can be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The record that is another name.
    pub client: ClientId,
    /// Whose other name it is, which may be an alias itself.
    pub person: ClientId,
    /// What of the person is the alias's.
    pub taken: Taken,
    /// The later of two merges that take the same decides.
    pub merged_at: Instant,
}

/// One detail of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// As they write it.
    Name,
    /// What they are called.
    GoesBy,
    /// Where emails go.
    Email,
    /// Where calls go.
    Phone,
}

/// One person, and every record that is theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The record that is nobody's alias comes first, then its aliases.
    records: Vec<Record>,
    aliases: Vec<Alias>,
}

impl Person {
    /// The person whose record `id` is, of all the records and aliases that
    /// there are, or of those around it; `None` where there is no such record.
    pub fn of(id: ClientId, records: &[Record], aliases: &[Alias]) -> Option<Self> {
        let root = root(id, aliases);
        let mut ids = vec![root];
        let mut own: Vec<Alias> = Vec::new();
        let mut next = 0;
        while let Some(person) = ids.get(next).copied() {
            next += 1;
            for alias in aliases.iter().filter(|alias| alias.person == person) {
                if !ids.contains(&alias.client) {
                    ids.push(alias.client);
                    own.push(*alias);
                }
            }
        }
        let records: Vec<Record> =
            ids.iter().filter_map(|id| records.iter().find(|record| record.id == *id).cloned()).collect();
        records.first().is_some_and(|first| first.id == root).then_some(Self { records, aliases: own })
    }

    /// Everybody, each once, by the records that are nobody's alias.
    pub fn all(records: Vec<Record>, aliases: &[Alias]) -> Vec<Self> {
        if aliases.is_empty() {
            return records
                .into_iter()
                .map(|record| Self { records: vec![record], aliases: Vec::new() })
                .collect();
        }
        let (merged, alone): (Vec<Record>, Vec<Record>) = records
            .into_iter()
            .partition(|record| aliases.iter().any(|a| a.client == record.id || a.person == record.id));
        let is_alias = |record: &Record| aliases.iter().any(|alias| alias.client == record.id);
        let roots = merged.iter().filter(|record| !is_alias(record));
        let together = roots.filter_map(|record| Self::of(record.id, &merged, aliases));
        let alone = alone.into_iter().map(|record| Self { records: vec![record], aliases: Vec::new() });
        together.chain(alone).collect()
    }

    /// The id under which they are found.
    pub fn id(&self) -> ClientId {
        self.records[0].id
    }

    /// The ids of all their records, the one under which they are found first.
    pub fn ids(&self) -> impl Iterator<Item = ClientId> {
        self.records.iter().map(|record| record.id)
    }

    /// The record under which they are found, then every alias.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// What was merged directly into the record under which they are found, and
    /// into its aliases before: the latest first.
    pub fn aliases(&self) -> Vec<(&Record, Alias)> {
        let mut aliases: Vec<(&Record, Alias)> =
            self.aliases.iter().filter_map(|alias| Some((self.record(alias.client)?, *alias))).collect();
        aliases.sort_by_key(|(_, alias)| std::cmp::Reverse(alias.merged_at));
        aliases
    }

    /// The record that gives a detail: the latest merge that took it decides,
    /// over as many merges as there were.
    pub fn source(&self, detail: Detail) -> &Record {
        let mut at = &self.records[0];
        loop {
            let takes = |alias: &&Alias| alias.person == at.id && alias.taken.has(detail);
            let latest =
                self.aliases.iter().filter(takes).max_by_key(|alias| (alias.merged_at, alias.client));
            match latest.and_then(|alias| self.record(alias.client)) {
                Some(record) => at = record,
                None => return at,
            }
        }
    }

    /// Their name, as it is written on file.
    pub fn name(&self) -> &Name {
        &self.source(Detail::Name).name
    }

    /// What they are called, where that is not their first name.
    pub fn goes_by(&self) -> Option<&Name> {
        self.source(Detail::GoesBy).goes_by.as_ref()
    }

    /// Where they are reached.
    pub fn contact(&self) -> Contact {
        Contact {
            email: self.source(Detail::Email).contact.email.clone(),
            phone: self.source(Detail::Phone).contact.phone.clone(),
        }
    }

    /// Every address on file, also those that are not used.
    pub fn emails(&self) -> impl Iterator<Item = &EmailAddress> {
        self.records.iter().filter_map(|record| record.contact.email.as_ref())
    }

    /// Every number on file, also those that are not used.
    pub fn phones(&self) -> impl Iterator<Item = &Phone> {
        self.records.iter().filter_map(|record| record.contact.phone.as_ref())
    }

    /// True when nothing of them is left but numbers.
    pub fn is_erased(&self) -> bool {
        self.records[0].erased_at.is_some()
    }

    /// What a page has shown of them: another one means that something has changed.
    pub fn revision(&self) -> u32 {
        self.records[0].revision
    }

    fn record(&self, id: ClientId) -> Option<&Record> {
        self.records.iter().find(|record| record.id == id)
    }
}

impl Taken {
    fn has(&self, detail: Detail) -> bool {
        match detail {
            Detail::Name => self.name,
            Detail::GoesBy => self.goes_by,
            Detail::Email => self.email,
            Detail::Phone => self.phone,
        }
    }
}

/// The record that `id` ends up in, over all merges. A circle, which no merge
/// makes, is left where it would begin again.
pub fn root(id: ClientId, aliases: &[Alias]) -> ClientId {
    let mut way = vec![id];
    let mut at = id;
    while let Some(alias) = aliases.iter().find(|alias| alias.client == at) {
        if way.contains(&alias.person) {
            break;
        }
        at = alias.person;
        way.push(at);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::example::at;

    fn record(id: i64, name: &str, email: Option<&str>, phone: Option<&str>) -> Record {
        Record {
            id: ClientId(id),
            name: Name::stored(name.to_owned()),
            goes_by: None,
            contact: Contact {
                email: email.map(|email| EmailAddress::stored(email.to_owned())),
                phone: phone.map(|phone| Phone::stored(phone.to_owned())),
            },
            note: None,
            revision: 0,
            erased_at: None,
        }
    }

    fn alias(client: i64, person: i64, taken: Taken, hour: &str) -> Alias {
        Alias { client: ClientId(client), person: ClientId(person), taken, merged_at: at(hour) }
    }

    const NAME: Taken = Taken { name: true, goes_by: false, email: false, phone: false };
    const EMAIL: Taken = Taken { name: false, goes_by: false, email: true, phone: false };
    const NOTHING: Taken = Taken { name: false, goes_by: false, email: false, phone: false };

    fn three() -> [Record; 3] {
        [
            record(1, "Walt Brennan", Some("walt@example.org"), None),
            record(2, "Walter Brennan", None, Some("+15305550117")),
            record(3, "W. Brennan", Some("w@example.org"), None),
        ]
    }

    #[test]
    fn a_detail_comes_from_the_latest_merge_that_took_it_over_chains_too() {
        let records = three();
        let one = alias(2, 1, NAME, "2026-11-23 09:00");
        let person = Person::of(ClientId(2), &records, &[one]).expect("a person");
        assert_eq!((person.id(), person.name().as_str()), (ClientId(1), "Walter Brennan"));
        assert_eq!(person.contact().phone, None, "it was not taken");

        // The whole of it becomes an alias of the third, which takes its name and its address.
        let taken = Taken { email: true, ..NAME };
        let chain = [one, alias(1, 3, taken, "2026-11-23 10:00")];
        for id in [1, 2, 3] {
            let person = Person::of(ClientId(id), &records, &chain).expect("a person");
            assert_eq!(person.id(), ClientId(3));
            assert_eq!(person.ids().collect::<Vec<_>>(), [3, 1, 2].map(ClientId));
            assert_eq!(person.name().as_str(), "Walter Brennan");
            assert_eq!(person.contact().email(), "walt@example.org");
        }
        // Two took the same detail: the later one stays.
        let both = [alias(1, 3, EMAIL, "2026-11-23 11:00"), alias(2, 3, EMAIL, "2026-11-23 10:00")];
        let person = Person::of(ClientId(3), &records, &both).expect("a person");
        assert_eq!(person.contact().email(), "walt@example.org");
    }

    #[test]
    fn taking_an_alias_away_leaves_everybody_as_they_were() {
        let records = three();
        let (inner, outer) = (alias(2, 1, NAME, "2026-11-23 09:00"), alias(1, 3, NAME, "2026-11-23 10:00"));
        let before = Person::of(ClientId(1), &records, &[inner]);
        assert_ne!(Person::of(ClientId(1), &records, &[inner, outer]), before);
        assert_eq!(Person::of(ClientId(1), &records, &[inner]), before);
        // The inner one can go while the outer stands.
        let person = Person::of(ClientId(3), &records, &[outer]).expect("a person");
        assert_eq!(person.name().as_str(), "Walt Brennan");
        assert_eq!(Person::of(ClientId(2), &records, &[outer]).expect("a person").id(), ClientId(2));
    }

    #[test]
    fn everybody_is_there_once() {
        let ids = |aliases: &[Alias]| {
            let mut ids: Vec<i64> =
                Person::all(three().to_vec(), aliases).iter().map(|person| person.id().0).collect();
            ids.sort_unstable();
            ids
        };
        assert_eq!(ids(&[]), [1, 2, 3]);
        assert_eq!(ids(&[alias(2, 1, NOTHING, "2026-11-23 09:00")]), [1, 3]);
        let chain = [alias(2, 1, NOTHING, "2026-11-23 09:00"), alias(1, 3, NOTHING, "2026-11-23 10:00")];
        assert_eq!(ids(&chain), [3]);
    }

    #[test]
    fn a_circle_that_no_merge_makes_hangs_nothing() {
        let circle = [alias(1, 2, NOTHING, "2026-11-23 09:00"), alias(2, 1, NOTHING, "2026-11-23 10:00")];
        assert!(Person::of(ClientId(1), &three(), &circle).is_some());
    }
}
