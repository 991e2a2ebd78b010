//! A drawing that becomes part of a page, so that the page's colours reach it.

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    pub view_box: String,
    /// How it fills its place, `preserveAspectRatio`.
    pub fit: String,
    /// What the file's own `<svg>` draws with, as attributes. Where our stylesheet is, it has its say before them.
    pub pen: String,
    pub inside: String,
}

impl Drawing {
    /// What it says that it shows.
    pub fn title(&self) -> Option<&str> {
        Some(self.inside.split_once("<title>")?.1.split_once("</title>")?.0.trim())
    }

    /// The same with every id behind a prefix, for a drawing that stands on pages with others.
    pub fn behind(&self, prefix: &str) -> Self {
        Self { inside: self.inside_behind(prefix), ..self.clone() }
    }

    /// Its inside with every id behind a prefix, so that no other drawing of the page has the same.
    pub fn inside_behind(&self, prefix: &str) -> String {
        let inside = self.inside.replace(" id=\"", &format!(" id=\"{prefix}"));
        inside.replace("url(#", &format!("url(#{prefix}"))
    }
}

/// Attributes that say what a drawing is drawn with.
const PEN: [&str; 5] = ["fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"];

const SHAPES: [&str; 14] = [
    "path",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "rect",
    "g",
    "defs",
    "linearGradient",
    "stop",
    "text",
    "title",
    "tspan",
];

/// `None` for a file that is more than a drawing.
pub fn parse(svg: &str) -> Option<Drawing> {
    let (root, inside) = svg.split_once("<svg")?.1.split_once('>')?;
    let inside = inside.rsplit_once("</svg>")?.0.trim();
    let attribute =
        |name: &str| Some(root.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0.to_owned());
    let is_plain = inside.split('<').skip(1).all(is_plain);
    let fit = attribute("preserveAspectRatio").unwrap_or_else(|| "xMidYMid meet".to_owned());
    let view_box = attribute("viewBox")?;
    let pen = PEN.iter().filter_map(|name| Some(format!(r#" {name}="{}""#, attribute(name)?))).collect();
    is_plain.then(|| Drawing { view_box, fit, pen, inside: inside.to_owned() })
}

/// True for an element, and the text after it, that only draws.
fn is_plain(element: &str) -> bool {
    let Some((tag, _)) = element.split_once('>') else { return false };
    let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphabetic()).next();
    // With whole double quotes and no others, the tag ends where it seems to.
    let is_whole = tag.matches('"').count() % 2 == 0 && !tag.contains('\'');
    let attributes = tag.to_ascii_lowercase();
    let is_more = ["href", "style"].iter().any(|word| attributes.contains(word))
        || attributes
            .split(|c: char| c.is_ascii_whitespace() || c == '"' || c == '/')
            .any(|word| word.starts_with("on"));
    name.is_some_and(|name| SHAPES.contains(&name)) && is_whole && !is_more
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_in_a_drawing_is_its_own() {
        let svg = r##"<svg viewBox="0 0 2 1"><linearGradient id="g"/><path id="p" fill="url(#g)" d="M0 0"/></svg>"##;
        let inside = parse(svg).expect("a drawing").inside_behind("one_");
        assert_eq!(inside, r##"<linearGradient id="one_g"/><path id="one_p" fill="url(#one_g)" d="M0 0"/>"##);
    }

    #[test]
    fn a_drawing_is_shapes_and_nothing_else() {
        let drawing = parse(
            r##"<svg xmlns="x" stroke="#000" style="x" viewBox="0 0 2 1" fill="none"><g class="c"><path d="M0 0h2"/></g></svg>"##,
        );
        assert_eq!(
            drawing,
            Some(Drawing {
                view_box: "0 0 2 1".to_owned(),
                fit: "xMidYMid meet".to_owned(),
                pen: r##" fill="none" stroke="#000""##.to_owned(),
                inside: r#"<g class="c"><path d="M0 0h2"/></g>"#.to_owned()
            })
        );
        let words = r#"<svg viewBox="0 0 2 1"><text x="1">once on it</text></svg>"#;
        assert!(parse(words).is_some(), "what words say is no attribute");
        for svg in [
            "<svg><path/></svg>",
            r#"<svg viewBox="0 0 2 1"><script>x</script></svg>"#,
            r#"<svg viewBox="0 0 2 1"><path onclick="x"/></svg>"#,
            r#"<svg viewBox="0 0 2 1"><path style="x"/></svg>"#,
            r#"<svg viewBox="0 0 2 1"><a href="x"><path/></a></svg>"#,
            r#"<svg viewBox="0 0 2 1"><image/></svg>"#,
            r#"<svg viewBox="0 0 2 1"><path d="M0 0"onclick="x"/></svg>"#,
            r#"<svg viewBox="0 0 2 1"><path d=">" onclick="x"/></svg>"#,
            "no drawing",
        ] {
            assert_eq!(parse(svg), None, "{svg}");
        }
    }
}
