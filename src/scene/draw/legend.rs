//! The legend: the kinds in use, and the title of a picture.

use super::{Pen, drawing, icons, link};
use crate::board::{Kind, Shape as Outline};
use crate::kit::{PointF, RectF};
use crate::scene::text::{Align, Block, Fit};
use crate::scene::{Color, Drawing, Path, Shape, Stroke, add_missing};

/// The size of a swatch.
const SWATCH: f32 = 26.0;

/// Swatches with the kinds' names in rows no wider than `width`, from (0, 0) down.
pub(in crate::scene) fn draw(kinds: &[Kind], width: f32, pen: &mut Pen<'_>) -> Drawing {
    let mut shapes = Vec::new();
    let mut missing = std::collections::BTreeMap::new();
    let (mut x, mut y) = (0.0, 0.0);
    for kind in kinds {
        let area = RectF::new(0.0, 0.0, 200.0, SWATCH);
        let fit =
            Fit { area, largest: 13.0, smallest: 8.0, details: 1.0, whole_lines: false, align: Align::StartMiddle };
        let inks = pen.inks_on_canvas();
        let laid = pen.text.lay(Block::plain(kind.name(), false), &fit, &inks);
        let wide = SWATCH + 7.0 + laid.bounds.w;
        if x > 0.0 && x + wide > width {
            (x, y) = (0.0, y + SWATCH + 10.0);
        }
        let ground = pen.theme.sticky(kind.spec().color);
        let stroke = Some(Stroke::solid(ground.mix(Color::rgb(0, 0, 0), 0.2), 0.8));
        let middle = PointF::new(x + SWATCH / 2.0, y + SWATCH / 2.0);
        let outline = match kind.spec().shape {
            Outline::Diamond => {
                let r = SWATCH * 0.6;
                Path::polygon(
                    &[
                        PointF::new(middle.x, middle.y - r),
                        PointF::new(middle.x + r, middle.y),
                        PointF::new(middle.x, middle.y + r),
                        PointF::new(middle.x - r, middle.y),
                    ],
                    true,
                )
            }
            Outline::Square | Outline::Clock => {
                let (right, bottom) = (x + SWATCH, y + SWATCH);
                let corners = [(x, y), (right, y), (right, bottom), (x, bottom)].map(|(x, y)| PointF::new(x, y));
                Path::polygon(&corners, true)
            }
        };
        shapes.push(Shape::Path { path: outline, fill: Some(ground), stroke });
        let side = 13.0;
        let at = PointF::new(middle.x - side / 2.0, middle.y - side / 2.0);
        shapes.push(icons::draw(icons::of_kind(*kind), at, side, pen.theme.ink_on(ground)));
        shapes.extend(laid.shapes.into_iter().map(|it| link::moved(it, x + SWATCH + 7.0, y)));
        add_missing(&mut missing, &laid.missing);
        x += wide + 22.0;
    }
    Drawing { missing, ..drawing(shapes) }
}

/// A title in one line no wider than `width`, from (0, 0) down.
pub(in crate::scene) fn title(text: &str, width: f32, pen: &mut Pen<'_>) -> Drawing {
    let largest = (width * 0.016).clamp(18.0, 46.0);
    let area = RectF::new(0.0, 0.0, width.max(50.0), largest * 1.3);
    let fit = Fit { area, largest, smallest: 9.0, details: 1.0, whole_lines: false, align: Align::Start };
    let inks = pen.inks_on_canvas();
    pen.write(Vec::new(), Block::plain(text.trim(), true), &fit, &inks)
}
