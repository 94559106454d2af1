//! Scenarios and invariants.

use super::{Pen, drawing};
use crate::kit::RectF;
use crate::scene::text::{Align, Block, Fit};
use crate::scene::{Drawing, Shadow, Shape, Stroke};

/// Everything that decides how a scenario looks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::scene) struct Look {
    pub(in crate::scene) w: i32,
    pub(in crate::scene) h: i32,
    pub(in crate::scene) text: String,
    pub(in crate::scene) blank: bool,
}

/// Draws a scenario whose upper left corner is (0, 0).
pub(in crate::scene) fn draw(look: &Look, pen: &mut Pen<'_>) -> Drawing {
    let (w, h) = (look.w as f32, look.h as f32);
    let theme = pen.theme;
    let rect = RectF::new(0.0, 0.0, w, h);
    let shadow = RectF::new(1.0, 2.5, (w - 2.0).max(1.0), (h - 1.5).max(1.0));
    let mut shapes = vec![
        Shape::Shadow(Shadow { rect: shadow, radius: 7.0, blur: 4.0, color: theme.shadow }),
        Shape::Rect { rect, radius: 7.0, fill: Some(theme.paper), stroke: Some(Stroke::solid(theme.edge, 1.0)) },
    ];
    let bar = RectF::new(7.0, 10.0, 3.0, (h - 20.0).max(1.0));
    shapes.push(Shape::Rect { rect: bar, radius: 1.5, fill: Some(theme.hint), stroke: None });
    if look.blank {
        return drawing(shapes);
    }
    let (fit, name) = fit(look.w, look.h, &look.text);
    let inks = pen.inks_on(theme.paper);
    pen.write(shapes, Block { text: &look.text, name, bold: true }, &fit, &inks)
}

/// The box of the text, the sizes to try, and where the title ends. The upper right corner stays free for a
/// verdict.
pub(in crate::scene) fn fit(w: i32, h: i32, text: &str) -> (Fit, usize) {
    let (w, h) = (w as f32, h as f32);
    let title = text.find('\n').unwrap_or(text.len());
    let area = RectF::new(17.0, 9.0, (w - 17.0 - 24.0).max(1.0), (h - 18.0).max(1.0));
    (
        Fit {
            area,
            largest: (w * 0.055).min(h * 0.13).clamp(11.0, 48.0),
            smallest: 5.0,
            details: 1.1,
            whole_lines: false,
            align: Align::Start,
        },
        title,
    )
}
