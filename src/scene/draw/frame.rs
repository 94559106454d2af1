//! Frames, open and collapsed, and the lines of pivotal events.

use super::{Pen, drawing};
use crate::board::{FrameKind, Mark};
use crate::kit::{PointF, RectF, counted};
use crate::scene::draw::icons;
use crate::scene::text::{Align, Block, Fit, name_end, rough_width};
use crate::scene::{Drawing, Path, Shadow, Shape, Stroke};

/// Everything that decides how a frame looks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::scene) struct Look {
    pub(in crate::scene) kind: FrameKind,
    pub(in crate::scene) w: i32,
    pub(in crate::scene) h: i32,
    pub(in crate::scene) text: String,
    pub(in crate::scene) details: bool,
    pub(in crate::scene) blank: bool,
    pub(in crate::scene) marks: Vec<Mark>,
    /// How much room there is between its upper edge and what lies below its title.
    pub(in crate::scene) room: i32,
    /// Where it is collapsed: how many stickies it hides.
    pub(in crate::scene) hides: Option<usize>,
}

impl Look {
    /// An open frame that shows all of its text.
    pub(in crate::scene) fn plain(kind: FrameKind, w: i32, h: i32, text: &str) -> Self {
        let text = text.to_owned();
        Self { kind, w, h, text, details: true, blank: false, marks: Vec::new(), room: h, hides: None }
    }
}

/// Draws a frame whose upper left corner is (0, 0).
pub(in crate::scene) fn draw(look: &Look, pen: &mut Pen<'_>) -> Drawing {
    match look.hides {
        Some(hidden) => collapsed(look, hidden, pen),
        None => open(look, pen),
    }
}

/// The box of the title, and the sizes to try.
pub(in crate::scene) fn fit(look: &Look) -> (Fit, usize) {
    let (w, h) = (look.w as f32, look.h as f32);
    let name = crate::board::name_of(&look.text, &[]);
    let end = name_end(&look.text, &name);
    let detailed = look.details && look.text.get(end..).is_some_and(|it| !it.trim().is_empty());
    let largest = title_size(w, h);
    let top = 5.0 + largest * KIND * KIND_LINE;
    let wide = (w - 24.0).max(1.0);
    let (area, largest) = if is_crowded(look.room, w, h) {
        let below = if detailed { look.text.lines().skip(1).take(8).count() as f32 } else { 0.0 };
        let height = largest * (LINE + 0.85 * below);
        (RectF::new(12.0, -height - 3.0, wide, height), largest)
    } else {
        let room = (look.room as f32 - top - 3.0).clamp(largest * 0.5, h.max(1.0));
        let lines = if detailed { (h * 0.4).min(largest * 9.0) } else { largest * LINE };
        (RectF::new(12.0, top, wide, lines.min(room).max(1.0)), largest.min(room / 1.2))
    };
    let fit =
        Fit { area, largest, smallest: 5.0f32.min(largest), details: 1.0, whole_lines: false, align: Align::Start };
    (fit, end)
}

/// The size of the title of a frame of that size, in board units.
pub fn title_size(w: f32, h: f32) -> f32 {
    (w.min(h * 1.6) * 0.05).clamp(9.0, 38.0)
}

/// The height of a line, in sizes.
const LINE: f32 = 1.3;

/// The same of the line that names the kind.
const KIND_LINE: f32 = 1.35;

/// Where there is a little less room than the title wants it gets smaller, down to this part of its size.
const SMALLER: f32 = 0.7;

/// Whether something lies where the title would, which then stands above the frame. An empty frame is too small
/// rather than crowded.
fn is_crowded(room: i32, w: f32, h: f32) -> bool {
    let size = title_size(w, h);
    (room as f32) < h && (room as f32) < 5.0 + size * (KIND * KIND_LINE + 1.2 * SMALLER) + 3.0
}

/// About how far the title and the line above it reach to the right.
pub(in crate::scene) fn title_width(kind: FrameKind, w: f32, h: f32, text: &str) -> f32 {
    let size = title_size(w, h);
    let lines = text.lines().map(rough_width).fold(0.0, f32::max) * BOLD;
    (12.0 + (lines.max(rough_width(kind.name()) * 1.3 * KIND) + 0.5) * size).min(w)
}

/// Bold letters are about so much wider than others.
const BOLD: f32 = 1.1;

/// The rectangle of the title and the line above it, as seen from the frame's upper left corner; of a card all of it.
pub(in crate::scene) fn title_box(look: &Look) -> RectF {
    let (w, h) = (look.w as f32, look.h as f32);
    if look.hides.is_some() {
        return RectF::new(0.0, 0.0, w, h);
    }
    let size = title_size(w, h);
    let height = size * (KIND * KIND_LINE + LINE);
    let name = look.text.lines().next().unwrap_or_default();
    let top = if is_crowded(look.room, w, h) { -height - 3.0 } else { 5.0 };
    RectF::new(6.0, top, title_width(look.kind, w, h, name) - 6.0, height)
}

/// The size of the small line that names the kind of frame, in parts of the title's.
const KIND: f32 = 0.36;

fn open(look: &Look, pen: &mut Pen<'_>) -> Drawing {
    let (w, h) = (look.w as f32, look.h as f32);
    let color = pen.theme.frame(look.kind.color());
    let rect = RectF::new(0.0, 0.0, w, h);
    let mut shapes = Vec::new();
    let tint = color.with_alpha(if pen.theme.dark { 26 } else { 20 });
    match look.kind {
        FrameKind::BoundedContext => {
            let stroke = Some(Stroke::solid(color, 2.4));
            shapes.push(Shape::Rect { rect, radius: 14.0, fill: Some(tint), stroke });
        }
        FrameKind::Aggregate => {
            let stroke = Some(Stroke::solid(color, 1.6));
            let fill = Some(pen.theme.sticky("aggregate").with_alpha(if pen.theme.dark { 34 } else { 110 }));
            shapes.push(Shape::Rect { rect, radius: 6.0, fill, stroke });
        }
        FrameKind::Swimlane => {
            let stroke = Some(Stroke::dashed(color, 1.4, 7.0, 5.0));
            shapes.push(Shape::Rect { rect, radius: 4.0, fill: Some(tint), stroke });
        }
        FrameKind::Chapter => {
            let fill = Some(tint.with_alpha(tint.a / 2));
            shapes.push(Shape::Rect { rect, radius: 0.0, fill, stroke: None });
            let bar = RectF::new(0.0, 0.0, w, 4.0);
            shapes.push(Shape::Rect { rect: bar, radius: 2.0, fill: Some(color), stroke: None });
            for x in [0.0, w] {
                let edge = [PointF::new(x, 4.0), PointF::new(x, h)];
                let stroke = Some(Stroke::dashed(color.with_alpha(150), 1.2, 2.0, 5.0));
                shapes.push(Shape::Path { path: Path::polygon(&edge, false), fill: None, stroke });
            }
        }
    }
    let mut result = Drawing::default();
    if !look.blank {
        let title = color.mix(pen.theme.text, 0.5);
        let mut inks = pen.inks_on_canvas();
        inks.name = color;
        let small = title_size(w, h) * KIND;
        let (fit, end) = fit(look);
        let kind = Fit {
            area: RectF::new(12.0, fit.area.y - small * KIND_LINE, (w - 24.0).max(1.0), small * 1.3),
            largest: small,
            smallest: small * 0.6,
            details: 1.0,
            whole_lines: false,
            align: Align::Start,
        };
        let name = look.kind.name().to_uppercase();
        shapes.extend(pen.text.lay(Block::plain(&name, false), &kind, &inks).shapes);
        inks.name = title;
        let shown = if look.details { look.text.as_str() } else { look.text.get(..end).unwrap_or_default() };
        let laid = pen.text.lay(Block { text: shown, name: end, bold: true }, &fit, &inks);
        shapes.extend(laid.shapes);
        (result.cut, result.missing) = (laid.cut, laid.missing);
    }
    let mut x = w - 12.0;
    for mark in &look.marks {
        x -= 14.0;
        shapes.push(icons::draw(icons::of_mark(*mark), PointF::new(x, 8.0), 12.0, color));
        x -= 4.0;
    }
    Drawing { cut: result.cut, missing: result.missing, ..drawing(shapes) }
}

fn collapsed(look: &Look, hidden: usize, pen: &mut Pen<'_>) -> Drawing {
    let (w, h) = (look.w as f32, look.h as f32);
    let color = pen.theme.frame(look.kind.color());
    let ground = pen.theme.canvas.mix(color, 0.16);
    let rect = RectF::new(0.0, 0.0, w, h);
    let mut shapes = vec![Shape::Shadow(Shadow {
        rect: RectF::new(2.0, 4.0, (w - 4.0).max(1.0), (h - 2.0).max(1.0)),
        radius: 14.0,
        blur: 6.0,
        color: pen.theme.shadow,
    })];
    let stroke = Some(Stroke::solid(color, 2.4));
    shapes.push(Shape::Rect { rect, radius: 14.0, fill: Some(ground), stroke });
    let inner = rect.grown(-6.0);
    if inner.w > 20.0 && inner.h > 20.0 {
        // A second edge, as of a pile: something lies in here.
        let stroke = Some(Stroke::solid(color.with_alpha(110), 1.2));
        shapes.push(Shape::Rect { rect: inner, radius: 9.0, fill: None, stroke });
    }
    let mut inks = pen.inks_on_canvas();
    inks.name = color.mix(pen.theme.text, 0.6);
    let end = name_end(&look.text, &crate::board::name_of(&look.text, &[]));
    let name = look.text.get(..end).unwrap_or_default().trim_end();
    let text = format!("{name}\n{}\n{}", look.kind.name(), counted(hidden, "sticky"));
    let fit = Fit {
        area: RectF::new(14.0, 10.0, (w - 28.0).max(1.0), (h - 20.0).max(1.0)),
        largest: (w.min(h * 1.4) * 0.12).clamp(8.0, 160.0),
        smallest: 5.0,
        details: 1.0,
        whole_lines: false,
        align: Align::Middle,
    };
    pen.write(shapes, Block { text: &text, name: name.len(), bold: true }, &fit, &inks)
}

/// The line of a pivotal event, from (0, 0) down.
pub(in crate::scene) fn pivotal(height: f32, pen: &Pen<'_>) -> Drawing {
    let line = [PointF::new(0.0, 0.0), PointF::new(0.0, height)];
    let tape = Stroke::solid(pen.theme.pivotal.with_alpha(55), 7.0);
    let core = Stroke::solid(pen.theme.pivotal.with_alpha(150), 1.2);
    let path = Path::polygon(&line, false);
    drawing(vec![
        Shape::Path { path: path.clone(), fill: None, stroke: Some(tape) },
        Shape::Path { path, fill: None, stroke: Some(core) },
    ])
}
