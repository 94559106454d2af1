//! SVG: the lines of the scene as text at their positions, with the glyphs in use embedded as fonts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Format;
use crate::board::PhotoBytes;
use crate::export::{ExportError, Picture};
use crate::kit::RectF;
use crate::scene::{Color, FontBook, FontId, Item, Path, Segment, Shape, Stroke, TextLine, subset};

/// Scalable vector graphics.
#[derive(Debug)]
pub(super) struct Svg;

impl Format for Svg {
    fn name(&self) -> &'static str {
        "SVG"
    }

    fn extension(&self) -> &'static str {
        "svg"
    }

    fn meaning(&self) -> &'static str {
        "Sharp at any size; text can be searched and copied."
    }

    fn write(&self, picture: &Picture, book: &FontBook) -> Result<Vec<u8>, ExportError> {
        let area = picture.area;
        let mut svg = Writer(String::with_capacity(picture.items.len() * 1200 + 100_000));
        svg.text("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"");
        svg.number(area.w * picture.scale);
        svg.text("\" height=\"");
        svg.number(area.h * picture.scale);
        // Coordinates count from the picture's corner: small numbers stay exact.
        svg.text("\" viewBox=\"0 0 ");
        svg.number(area.w);
        svg.text(" ");
        svg.number(area.h);
        svg.text("\" role=\"img\" xml:space=\"preserve\">\n");
        if !picture.title.is_empty() {
            svg.text("<title>");
            svg.escaped(&picture.title);
            svg.text("</title>\n");
        }
        fonts(&mut svg, picture, book);
        if let Some(color) = picture.background {
            svg.text("<rect width=\"");
            svg.number(area.w);
            svg.text("\" height=\"");
            svg.number(area.h);
            svg.text("\"");
            svg.fill(Some(color));
            svg.text("/>\n");
        }
        for item in &picture.items {
            group(&mut svg, item, area);
        }
        svg.text("</svg>\n");
        Ok(svg.0.into_bytes())
    }
}

/// The fonts in use, each cut to the glyphs in use and embedded, with a class of text each.
fn fonts(svg: &mut Writer, picture: &Picture, book: &FontBook) {
    let mut used: BTreeMap<FontId, BTreeSet<u16>> = BTreeMap::new();
    for shape in picture.items.iter().flat_map(|it| &it.drawing.shapes) {
        let Shape::Text(line) = shape else { continue };
        for run in &line.runs {
            used.entry(run.font).or_default().extend(run.glyphs.iter().map(|it| it.id));
        }
    }
    if used.is_empty() {
        return;
    }
    svg.text("<style>\n");
    for (id, glyphs) in used {
        let Some(font) = book.font(id) else { continue };
        let weight = if font.name.ends_with("Bold") { 700 } else { 400 };
        // A font that cannot be cut (a system font of another build) is named, and not embedded.
        if let Some(bytes) = subset(font.bytes(), &glyphs) {
            let _ =
                write!(svg.0, "@font-face{{font-family:sg{};font-weight:{weight};src:url(data:font/ttf;base64,", id.0);
            STANDARD.encode_string(&bytes, &mut svg.0);
            svg.text(")}\n");
        }
        let name: String = font.name.chars().filter(|it| it.is_alphanumeric() || *it == ' ').collect();
        let family = name.trim_end_matches("Bold").trim();
        let id = id.0;
        let _ = writeln!(svg.0, ".f{id}{{font-family:sg{id},'{family}',sans-serif;font-weight:{weight}}}");
    }
    svg.text("text{white-space:pre}\n</style>\n");
}

fn group(svg: &mut Writer, item: &Item, area: RectF) {
    svg.text("<g transform=\"translate(");
    svg.number(item.origin.x - area.x);
    svg.text(" ");
    svg.number(item.origin.y - area.y);
    svg.text(")\">");
    for shape in &item.drawing.shapes {
        match shape {
            Shape::Shadow(shadow) => {
                for (rect, radius, color) in shadow.layers() {
                    svg.rect(rect, radius, Some(color), None);
                }
            }
            Shape::Rect { rect, radius, fill, stroke } => svg.rect(*rect, *radius, *fill, *stroke),
            Shape::Path { path, fill, stroke } => svg.path(path, *fill, *stroke),
            Shape::Text(line) => svg.line(line),
            Shape::Image { rect, data } => svg.image(*rect, data),
        }
    }
    svg.text("</g>\n");
}

/// An SVG text in the making.
struct Writer(String);

impl Writer {
    fn text(&mut self, text: &str) {
        self.0.push_str(text);
    }

    /// A number with at most two digits after the point.
    fn number(&mut self, it: f32) {
        let hundredths = (f64::from(it) * 100.0).round() as i64;
        let (sign, it) =
            if hundredths < 0 { ("-", hundredths.unsigned_abs()) } else { ("", hundredths.unsigned_abs()) };
        let (whole, part) = (it / 100, it % 100);
        // Writing to a string does not fail.
        let _ = match part {
            0 => write!(self.0, "{sign}{whole}"),
            part if part % 10 == 0 => write!(self.0, "{sign}{whole}.{}", part / 10),
            part => write!(self.0, "{sign}{whole}.{part:02}"),
        };
    }

    fn image(&mut self, rect: RectF, data: &PhotoBytes) {
        let Some(kind) = data.media_type() else { return };
        self.text("<image preserveAspectRatio=\"none\"");
        for (name, value) in [("x", rect.x), ("y", rect.y), ("width", rect.w), ("height", rect.h)] {
            self.text(&format!(" {name}=\""));
            self.number(value);
            self.text("\"");
        }
        self.text(&format!(" href=\"data:{kind};base64,"));
        STANDARD.encode_string(data.bytes(), &mut self.0);
        self.text("\"/>");
    }

    /// Text as XML allows it: markup escaped, characters that XML lacks left out.
    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.text("&amp;"),
                '<' => self.text("&lt;"),
                '>' => self.text("&gt;"),
                '"' => self.text("&quot;"),
                '\u{fffe}' | '\u{ffff}' => {}
                c if c.is_control() => {}
                c => self.0.push(c),
            }
        }
    }

    fn attribute(&mut self, name: &str, value: f32) {
        self.text(name);
        self.number(value);
        self.text("\"");
    }

    fn color(&mut self, name: &str, color: Color) {
        let _ = write!(self.0, " {name}=\"{}\"", Color { a: 255, ..color });
        if color.a < 255 {
            let _ = write!(self.0, " {name}-opacity=\"");
            self.number(f32::from(color.a) / 255.0);
            self.text("\"");
        }
    }

    fn fill(&mut self, fill: Option<Color>) {
        match fill {
            Some(color) => self.color("fill", color),
            None => self.text(" fill=\"none\""),
        }
    }

    fn stroke(&mut self, stroke: Option<Stroke>) {
        let Some(stroke) = stroke else { return };
        self.color("stroke", stroke.color);
        self.attribute(" stroke-width=\"", stroke.width);
        self.text(" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
        if let Some((dash, gap)) = stroke.dash {
            self.attribute(" stroke-dasharray=\"", dash);
            self.0.pop();
            self.text(" ");
            self.number(gap);
            self.text("\"");
        }
    }

    fn rect(&mut self, rect: RectF, radius: f32, fill: Option<Color>, stroke: Option<Stroke>) {
        self.attribute("<rect x=\"", rect.x);
        self.attribute(" y=\"", rect.y);
        self.attribute(" width=\"", rect.w);
        self.attribute(" height=\"", rect.h);
        if radius > 0.0 {
            self.attribute(" rx=\"", radius.min(rect.w / 2.0).min(rect.h / 2.0));
        }
        self.fill(fill);
        self.stroke(stroke);
        self.text("/>");
    }

    fn path(&mut self, path: &Path, fill: Option<Color>, stroke: Option<Stroke>) {
        self.text("<path d=\"");
        for segment in path.0.iter() {
            let (command, points) = match segment {
                Segment::Move(a) => ("M", &[*a][..]),
                Segment::Line(a) => ("L", &[*a][..]),
                Segment::Cubic(a, b, c) => ("C", &[*a, *b, *c][..]),
                Segment::Close => ("Z", &[][..]),
            };
            self.text(command);
            for (at, point) in points.iter().enumerate() {
                if at > 0 {
                    self.text(" ");
                }
                self.number(point.x);
                self.text(" ");
                self.number(point.y);
            }
        }
        self.text("\"");
        self.fill(fill);
        self.stroke(stroke);
        self.text("/>");
    }

    /// One line of text: one element, one part a run, each at its place and of its length.
    fn line(&mut self, line: &TextLine) {
        if line.runs.is_empty() {
            return;
        }
        self.text("<text");
        self.attribute(" y=\"", line.baseline);
        self.text(">");
        let mut runs: Vec<_> = line.runs.iter().collect();
        runs.sort_by_key(|it| it.start);
        for run in runs {
            let _ = write!(self.0, "<tspan class=\"f{}\"", run.font.0);
            self.attribute(" x=\"", run.x);
            self.attribute(" font-size=\"", run.size);
            self.attribute(" textLength=\"", run.advance);
            self.text(" lengthAdjust=\"spacingAndGlyphs\"");
            self.fill(Some(run.color));
            self.text(">");
            let shown: String = run.text.chars().filter(|it| !turns(*it)).collect();
            if run.rtl {
                // The run is one stretch from right to left, whatever its neighbours are.
                self.text("\u{202e}");
                self.escaped(&shown);
                self.text("\u{202c}");
            } else {
                self.escaped(&shown);
            }
            self.text("</tspan>");
        }
        self.text("</text>");
    }
}

/// Whether a character only turns the direction: runs have theirs already.
fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_exact() {
        for (number, text) in [
            (0.0, "0"),
            (-0.001, "0"),
            (1.5, "1.5"),
            (-2.25, "-2.25"),
            (0.05, "0.05"),
            (1e7, "10000000"),
            (-0.5, "-0.5"),
        ] {
            let mut svg = Writer(String::new());
            svg.number(number);
            assert_eq!(svg.0, text);
        }
    }
}
