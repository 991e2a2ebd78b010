//! What the therapist has written in the practice file.

use super::{actors::Actors, steps::Content};

/// The practice file as the tests' practice has it, and what of it is written otherwise.
pub struct Written {
    file: String,
    minutes: &'static str,
    price: &'static str,
    /// The number of the house in Redding.
    house: usize,
    /// When Redding closes on Tuesdays and Thursdays.
    closes: &'static str,
    is_retired: bool,
    is_problemy: bool,
}

impl Written {
    pub fn new(file: String) -> Self {
        Self {
            file,
            minutes: "60",
            price: "95",
            house: 200,
            closes: "17:00",
            is_retired: false,
            is_problemy: false,
        }
    }

    fn write(&mut self, content: Content) {
        self.is_problemy = false;
        match content {
            Content::Minutes(nth) => self.minutes = ["45", "60", "90"][usize::from(nth)],
            Content::Price(nth) => self.price = ["80", "95", "110"][usize::from(nth)],
            Content::Moves => self.house += 1,
            Content::Hours(nth) => self.closes = ["13:00", "17:00", "20:00"][usize::from(nth)],
            Content::Retires(is_retired) => self.is_retired = is_retired,
            Content::Problem => self.is_problemy = true,
        }
    }

    /// The whole file; without its problem, if it is to be read at a start.
    fn text(&self, is_problemy: bool) -> String {
        let file = self.file.replace("200 Example Avenue", &format!("{} Example Avenue", self.house));
        let hours = |closes: &str| {
            format!("{{ days = [\"tuesday\", \"thursday\"], from = \"09:00\", to = \"{closes}\" }}")
        };
        let file = file.replace(&hours("17:00"), &hours(self.closes));
        let file = with(&file, "neuromuscular-60", "minutes", self.minutes);
        let file = with(&file, "neuromuscular-60", "price", self.price);
        let retired = if self.is_retired { "130\nretired = true" } else { "130" };
        let file = with(&file, "first-visit", "price", retired);
        if is_problemy { format!("{file}\nnobody = \"knows this\"\n") } else { file }
    }
}

/// Gives a key of a service another value.
fn with(file: &str, service: &str, key: &str, value: &str) -> String {
    let (head, of_service) = file.split_once(&format!("slug = \"{service}\"")).expect("the service");
    let at = of_service.find(&format!("\n{key} = ")).expect("its key") + 1;
    let end = at + of_service[at..].find('\n').expect("a line");
    format!("{head}slug = \"{service}\"{}{key} = {value}{}", &of_service[..at], &of_service[end..])
}

impl Actors {
    pub async fn writes(&mut self, content: Content) {
        self.written.write(content);
        let (text, is_problemy) = (self.written.text(self.written.is_problemy), self.written.is_problemy);
        self.practice().writes("practice.toml", text).await;
        let is_shown = self.practice().running.app().problems.is_empty();
        assert_eq!(is_shown, !is_problemy, "{content:?}: {:?}", self.practice().running.app().problems);
        self.has(match content {
            Content::Problem => "content: a problem",
            Content::Hours(_) => "content: other hours",
            _ => "content: shown",
        });
    }

    /// Ends the program, and starts it with the file as it is, fixed if need be.
    pub async fn restarts(&mut self) {
        self.written.is_problemy = false;
        let text = self.written.text(false);
        let practice = self.practice.take().expect("a practice");
        let practice = practice.opened_again(|_| text).await;
        self.visitor = practice.visitor().into();
        self.therapist = practice.therapist().await;
        self.practice = Some(practice);
        self.has("the program starts again");
    }
}
