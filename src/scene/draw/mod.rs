//! How each sort of element looks: pure functions from its data to a drawing round (0, 0).

pub(super) mod frame;
pub(super) mod icons;
pub(super) mod legend;
pub(super) mod link;
pub(super) mod overlay;
mod patterns;
pub(super) mod scenario;
pub(super) mod sticky;

pub use frame::title_size;

use super::text::{Block, Fit, Inks, TextEngine};
use super::{Color, Drawing, Shape, Theme};
use crate::kit::{PointF, RectF};

/// What every drawing needs.
pub(super) struct Pen<'a> {
    pub(super) text: &'a mut TextEngine,
    pub(super) theme: &'a Theme,
}

impl Pen<'_> {
    /// The colours of text on a ground of that colour.
    pub(super) fn inks_on(&self, ground: Color) -> Inks {
        inks_on(self.theme, ground)
    }

    /// The colours of text on the canvas.
    pub(super) fn inks_on_canvas(&self) -> Inks {
        Inks { name: self.theme.text, detail: self.theme.faint, missing: self.theme.missing }
    }

    /// These shapes with text above them.
    pub(super) fn write(&mut self, mut shapes: Vec<Shape>, text: Block<'_>, fit: &Fit, inks: &Inks) -> Drawing {
        let laid = self.text.lay(text, fit, inks);
        shapes.extend(laid.shapes);
        Drawing { cut: laid.cut, missing: laid.missing, ..drawing(shapes) }
    }
}

/// The colours of text on a ground of that colour.
fn inks_on(theme: &Theme, ground: Color) -> Inks {
    let name = theme.ink_on(ground);
    let detail = if name == theme.ink { theme.ink_soft } else { name.mix(ground, 0.15) };
    Inks { name, detail, missing: theme.missing }
}

/// A drawing of these shapes, with its bounds.
pub(super) fn drawing(shapes: Vec<Shape>) -> Drawing {
    drawing_on(&[], None, shapes)
}

/// A drawing of these shapes on others whose bounds are known, with its bounds.
fn drawing_on(below: &[Shape], bounds: Option<RectF>, above: Vec<Shape>) -> Drawing {
    let bounds = bounds.into_iter().chain(above.iter().filter_map(shape_bounds)).reduce(RectF::union);
    let shapes = if below.is_empty() { above } else { below.iter().cloned().chain(above).collect() };
    Drawing { shapes, bounds: bounds.unwrap_or_default(), ..Drawing::default() }
}

/// The rectangle that a shape takes up.
pub(super) fn shape_bounds(shape: &Shape) -> Option<RectF> {
    Some(match shape {
        Shape::Shadow(it) => it.rect.grown(it.blur),
        Shape::Rect { rect, stroke, .. } => rect.grown(stroke.map_or(0.0, |it| it.width / 2.0)),
        // A mitred corner reaches further than half the width.
        Shape::Path { path, stroke, .. } => path.bounds()?.grown(stroke.map_or(0.0, |it| it.width * 1.5)),
        Shape::Text(line) => line.bounds,
        Shape::Image { rect, .. } => *rect,
    })
}

/// The middle between two points.
pub(super) fn middle(a: PointF, b: PointF) -> PointF {
    PointF::new((a.x + b.x) / 2.0, (a.y + b.y) / 2.0)
}
