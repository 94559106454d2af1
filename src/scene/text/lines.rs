//! From a layout to lines of positioned glyphs.

use parley::PositionedLayoutItem;

use super::Ink;
use super::fit::{Fitted, Laid};
use crate::kit::{PointF, RectF};
use crate::scene::{Color, FontBook, Glyph, GlyphRun, Path, Shape, Stroke, TextLine};

/// The colours of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scene) struct Inks {
    pub(in crate::scene) name: Color,
    pub(in crate::scene) detail: Color,
    pub(in crate::scene) missing: Color,
}

/// Copies the glyphs out of a layout. Characters that no font has become boxes and are counted.
pub(in crate::scene) fn extract(fitted: &Fitted, book: &FontBook, inks: &Inks) -> Laid {
    let mut laid = Laid::default();
    let mut boxes = Vec::new();
    let mut bounds: Option<RectF> = None;
    let k = fitted.scale;
    let (x, y) = (|it: f32| fitted.left + it * k, |it: f32| fitted.top + it * k);
    for line in fitted.layout.lines() {
        let metrics = line.metrics();
        let range = line.text_range();
        let text = fitted.text.get(range.clone()).unwrap_or_default().trim_end_matches(['\n', '\r']);
        if text.trim().is_empty() {
            continue;
        }
        let width = (metrics.advance - metrics.hanging_advance).max(0.0);
        let left = metrics.offset + metrics.inline_min_coord;
        let frame = RectF::new(x(left), y(metrics.block_min_coord), width * k, metrics.line_height * k);
        let mut runs = Vec::new();
        for item in line.items() {
            let PositionedLayoutItem::GlyphRun(run) = item else { continue };
            let ink = match run.style().brush {
                Ink::Name => inks.name,
                Ink::Detail => inks.detail,
            };
            let font = run.run().font();
            let font = book.id_of(font.data.id(), font.index);
            let mut glyphs = Vec::new();
            let mut at = run.offset();
            for cluster in run.run().visual_clusters() {
                let chars = fitted.text.get(cluster.text_range()).unwrap_or_default();
                let start = at;
                let mut lacking = false;
                for glyph in cluster.glyphs() {
                    match u16::try_from(glyph.id) {
                        Ok(id) if id != 0 && font.is_some() => {
                            glyphs.push(Glyph { id, x: x(at + glyph.x), y: y(run.baseline() + glyph.y) });
                        }
                        Ok(_) | Err(_) => lacking = true,
                    }
                    at += glyph.advance;
                }
                if lacking && chars.chars().any(visible) {
                    for c in chars.chars().filter(|it| visible(*it)) {
                        *laid.missing.entry(c).or_default() += 1;
                    }
                    let size = run.run().font_size();
                    let wide = (at - start).max(size * 0.5);
                    let rect = RectF::new(
                        x(start + wide * 0.1),
                        y(run.baseline() - size * 0.74),
                        wide * 0.8 * k,
                        size * 0.78 * k,
                    );
                    boxes.extend(tofu(rect, inks.missing, size * k));
                }
            }
            let span = run.run().text_range();
            let start = span.start.saturating_sub(range.start);
            let chars = fitted.text.get(span).unwrap_or_default();
            let chars = chars.trim_end_matches(['\n', '\r']);
            if let (Some(font), false) = (font, glyphs.is_empty() || chars.trim().is_empty()) {
                runs.push(GlyphRun {
                    font,
                    size: run.run().font_size() * k,
                    color: ink,
                    text: chars.to_owned(),
                    start,
                    rtl: run.run().is_rtl(),
                    x: x(run.offset()),
                    advance: (at - run.offset()) * k,
                    glyphs,
                });
            }
        }
        bounds = Some(bounds.map_or(frame, |it| it.union(frame)));
        laid.shapes.push(Shape::Text(TextLine {
            text: text.trim_end().to_owned(),
            bounds: frame,
            baseline: y(metrics.baseline),
            rtl: fitted.layout.is_rtl(),
            runs,
        }));
    }
    laid.shapes.extend(boxes);
    laid.bounds = bounds.unwrap_or_default();
    laid
}

/// Whether a character without a glyph is worth a box: white space, joiners and marks of direction are not.
fn visible(c: char) -> bool {
    !c.is_whitespace()
        && !c.is_control()
        && !matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// The marked box that stands for a character.
fn tofu(rect: RectF, color: Color, size: f32) -> [Shape; 2] {
    let stroke = Some(Stroke::solid(color, size * 0.06));
    let diagonal = [PointF::new(rect.x, rect.bottom()), PointF::new(rect.right(), rect.y)];
    [
        Shape::Rect { rect, radius: size * 0.08, fill: None, stroke },
        Shape::Path { path: Path::polygon(&diagonal, false), fill: None, stroke },
    ]
}
