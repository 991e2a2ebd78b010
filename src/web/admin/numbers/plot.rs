//! Plots, drawn here: bars over the months, and bars for a few names. Positions
//! are attributes and colors are classes, so that they print, darken and pass a
//! strict security policy; the numbers themselves stand in the table below.

/// Where the bars over the months stand, in the drawing's own units.
const LEFT: i64 = 48;
const RIGHT: i64 = 356;
const TOP: i64 = 14;
const GROUND: i64 = 128;
/// How far one name's bar is from the next one's.
const ROW: i64 = 40;

/// Bars over the months of a year: one in each, or two side by side.
pub struct MonthsPlot {
    /// Said aloud in place of the drawing.
    pub label: &'static str,
    pub bars: Vec<Bar>,
    pub lines: Vec<Line>,
    /// The first letter of each month, under its bars.
    pub months: Vec<(i64, char)>,
}

pub struct Bar {
    pub x: i64,
    pub y: i64,
    pub width: i64,
    pub height: i64,
    /// The second of two.
    pub is_second: bool,
}

/// A line across, with what it stands for.
pub struct Line {
    pub y: i64,
    pub words: String,
}

impl MonthsPlot {
    /// `value` in words is what stands beside a line.
    pub fn new(
        label: &'static str,
        first: &[i64],
        second: Option<&[i64]>,
        words: impl Fn(i64) -> String,
    ) -> Self {
        let series: Vec<&[i64]> = [Some(first), second].into_iter().flatten().collect();
        let top = round_above(series.iter().flat_map(|values| values.iter()).copied().max().unwrap_or(0));
        let height = |value: i64| value * (GROUND - TOP) / top;
        let step = (RIGHT - LEFT) / 12;
        let width = if series.len() == 1 { 16 } else { 10 };
        let gap = (step - width * i64::try_from(series.len()).unwrap_or(1)) / 2;
        let mut bars = Vec::new();
        for (nth, values) in series.iter().enumerate() {
            for (month, value) in (0..).zip(values.iter()) {
                let x = LEFT + month * step + gap + width * i64::from(nth == 1);
                let height = height(*value).max(i64::from(*value > 0));
                bars.push(Bar { x, y: GROUND - height, width, height, is_second: nth == 1 });
            }
        }
        bars.retain(|bar| bar.height > 0);
        let lines = [top, top / 2].into_iter().filter(|value| *value > 0);
        Self {
            label,
            bars,
            lines: lines.map(|value| Line { y: GROUND - height(value), words: words(value) }).collect(),
            months: (0..)
                .zip("JFMAMJJASOND".chars())
                .map(|(nth, c)| (LEFT + nth * step + step / 2, c))
                .collect(),
        }
    }
}

/// A bar for each of a few names, one below the other.
pub struct NamesPlot<'a> {
    /// Said aloud in place of the drawing.
    pub label: &'static str,
    pub height: i64,
    pub rows: Vec<Row<'a>>,
}

pub struct Row<'a> {
    pub name: &'a str,
    /// Where the name stands, and below it the bar.
    pub text_y: i64,
    pub bar_y: i64,
    pub width: i64,
    pub value: String,
    pub value_x: i64,
}

impl<'a> NamesPlot<'a> {
    pub fn new(label: &'static str, values: &[(&'a str, i64)]) -> Self {
        let top = values.iter().map(|(_, value)| *value).max().unwrap_or(0).max(1);
        let row = |(nth, (name, value)): (i64, &(&'a str, i64))| {
            let width = value * 310 / top;
            Row {
                name,
                text_y: nth * ROW + 14,
                bar_y: nth * ROW + 20,
                width,
                value: value.to_string(),
                value_x: width + 6,
            }
        };
        let rows: Vec<_> = (0..).zip(values).map(row).collect();
        Self { label, height: i64::try_from(rows.len()).unwrap_or(0) * ROW, rows }
    }
}

/// The next round number: 1, 2 or 5 and zeros, and even, so that its half is a number too.
fn round_above(value: i64) -> i64 {
    let mut power: i64 = 1;
    loop {
        for round in [2, 4, 10].map(|first| first * power) {
            if round >= value {
                return round;
            }
        }
        power = power.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_line_is_a_round_number_at_or_above_all_bars() {
        for (value, round) in
            [(0, 2), (1, 2), (3, 4), (5, 10), (10, 10), (11, 20), (41, 100), (950_000, 1_000_000)]
        {
            assert_eq!(round_above(value), round, "{value}");
        }
    }

    #[test]
    fn bars_stand_on_the_ground_within_the_drawing() {
        let first: Vec<i64> = (0..12).collect();
        let second = vec![11; 12];
        let plot = MonthsPlot::new("Both", &first, Some(&second), |value| value.to_string());
        assert_eq!(plot.bars.len(), 23, "a month without anything has no bar");
        for bar in &plot.bars {
            assert_eq!(bar.y + bar.height, GROUND);
            assert!(bar.y >= TOP && bar.x >= LEFT && bar.x + bar.width <= RIGHT);
        }
        let words: Vec<_> = plot.lines.iter().map(|line| line.words.as_str()).collect();
        assert_eq!(words, ["20", "10"]);
        let rows = NamesPlot::new("Names", &[("One", 4), ("Two", 0)]).rows;
        assert_eq!((rows[0].width, rows[1].width, rows[1].value.as_str()), (310, 0, "0"));
    }
}
