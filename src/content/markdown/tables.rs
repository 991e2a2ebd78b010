//! Tables in HTML. Each scrolls by itself where it is wide, and has a name of its
//! own; the columns are aligned by classes, since our pages allow no inline style.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

/// The tables of a text, in the order of their events.
#[derive(Default)]
pub struct Tables {
    /// How many have begun.
    count: usize,
    alignments: Vec<Alignment>,
    column: usize,
    is_head: bool,
}

impl Tables {
    /// What an event of a table is in HTML; `None` for every other event.
    pub fn html(&mut self, event: &Event<'_>) -> Option<String> {
        Some(match event {
            Event::Start(Tag::Table(alignments)) => {
                self.alignments.clone_from(alignments);
                self.count += 1;
                let name = if self.count == 1 { "Table".to_owned() } else { format!("Table {}", self.count) };
                // A group and no region: a page's regions are few, its tables may be many.
                format!("<div class=\"scroll\" role=\"group\" aria-label=\"{name}\" tabindex=\"0\"><table>")
            }
            Event::End(TagEnd::Table) => "</tbody></table></div>\n".to_owned(),
            Event::Start(Tag::TableHead) => {
                (self.is_head, self.column) = (true, 0);
                "<thead><tr>".to_owned()
            }
            Event::End(TagEnd::TableHead) => {
                self.is_head = false;
                "</tr></thead>\n<tbody>".to_owned()
            }
            Event::Start(Tag::TableRow) => {
                self.column = 0;
                "<tr>".to_owned()
            }
            Event::End(TagEnd::TableRow) => "</tr>\n".to_owned(),
            Event::Start(Tag::TableCell) => {
                let class = match self.alignments.get(self.column) {
                    Some(Alignment::Left) => " class=\"left\"",
                    Some(Alignment::Center) => " class=\"center\"",
                    Some(Alignment::Right) => " class=\"right\"",
                    Some(Alignment::None) | None => "",
                };
                self.column += 1;
                format!("<{}{class}>", self.cell())
            }
            Event::End(TagEnd::TableCell) => format!("</{}>", self.cell()),
            _ => return None,
        })
    }

    fn cell(&self) -> &'static str {
        if self.is_head { "th" } else { "td" }
    }
}
