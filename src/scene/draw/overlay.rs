//! Overlays.

use super::link::{self, direction, head};
use super::{Pen, drawing, icons};
use crate::kit::{PointF, RectF};
use crate::scene::route::{Anchor, Side, Way, way};
use crate::scene::text::{Align, Block, Fit};
use crate::scene::{Color, Drawing, Path, Shape, Stroke, Theme, Tone};

/// The colour of a tone.
pub(in crate::scene) fn color(tone: Tone, theme: &Theme) -> Color {
    match tone {
        Tone::Error => theme.error,
        Tone::Warning => theme.warning,
        Tone::Hint => theme.hint,
        Tone::Success => theme.success,
        Tone::Pulse => theme.pulse,
        Tone::Neutral => theme.faint,
    }
}

/// The sign of a tone, so that its colour is not the only difference.
fn sign(tone: Tone) -> &'static str {
    match tone {
        Tone::Error => icons::CROSS,
        Tone::Warning => icons::BANG,
        Tone::Hint => icons::INFO,
        Tone::Success => icons::TICK,
        Tone::Pulse => icons::HEAD,
        Tone::Neutral => icons::of_mark(crate::board::Mark::Parked),
    }
}

/// A badge at the upper right corner of a rectangle of width `w` at (0, 0).
pub(in crate::scene) fn badge(w: f32, tone: Tone, text: &str, pen: &mut Pen<'_>) -> Drawing {
    let ground = color(tone, pen.theme);
    let ink = if ground.contrast(Color::rgb(255, 255, 255)) >= 3.0 { Color::rgb(255, 255, 255) } else { pen.theme.ink };
    let inks = crate::scene::text::Inks { name: ink, detail: ink, missing: ink };
    let area = RectF::new(0.0, 0.0, 60.0, 16.0);
    let fit = Fit { area, largest: 10.5, smallest: 6.0, details: 1.0, whole_lines: false, align: Align::StartMiddle };
    let laid = pen.text.lay(Block::plain(text.trim(), true), &fit, &inks);
    let words = if laid.shapes.is_empty() { 0.0 } else { laid.bounds.w + 2.5 };
    let width = 18.0 + words;
    let rect = RectF::new(w - width + 8.0, -9.0, width, 18.0);
    let ring = Some(Stroke::solid(pen.theme.canvas, 1.6));
    let mut shapes = vec![
        Shape::Rect { rect, radius: 9.0, fill: Some(ground), stroke: ring },
        icons::draw(sign(tone), PointF::new(rect.x + 4.0, rect.y + 4.0), 10.0, ink),
    ];
    let (dx, dy) = (rect.x + 15.5 - laid.bounds.x, rect.center().y - laid.bounds.center().y);
    shapes.extend(laid.shapes.into_iter().map(|it| link::moved(it, dx, dy)));
    Drawing { missing: laid.missing, ..drawing(shapes) }
}

/// A short text on a pill whose upper middle is (0, 0).
pub(in crate::scene) fn caption(tone: Tone, text: &str, pen: &mut Pen<'_>) -> Drawing {
    let tint = color(tone, pen.theme);
    let area = RectF::new(-90.0, 2.0, 180.0, 30.0);
    let fit = Fit { area, largest: 10.0, smallest: 6.5, details: 1.0, whole_lines: false, align: Align::Top };
    let mut inks = pen.inks_on_canvas();
    inks.name = tint.mix(pen.theme.text, 0.45);
    let laid = pen.text.lay(Block::plain(text.trim(), false), &fit, &inks);
    if laid.shapes.is_empty() {
        return Drawing::default();
    }
    let rect = RectF::new(laid.bounds.x - 5.0, laid.bounds.y - 1.0, laid.bounds.w + 10.0, laid.bounds.h + 2.0);
    let edge = Some(Stroke::solid(tint, 0.9));
    let mut shapes =
        vec![Shape::Rect { rect, radius: 6.0, fill: Some(pen.theme.canvas.with_alpha(238)), stroke: edge }];
    shapes.extend(laid.shapes);
    Drawing { missing: laid.missing, ..drawing(shapes) }
}

/// A ring round a rectangle of that size at (0, 0).
pub(in crate::scene) fn ring(w: f32, h: f32, tone: Tone, pen: &Pen<'_>) -> Drawing {
    let color = color(tone, pen.theme);
    let rect = RectF::new(0.0, 0.0, w, h);
    drawing(vec![
        Shape::Rect {
            rect: rect.grown(5.0),
            radius: 8.0,
            fill: None,
            stroke: Some(Stroke::solid(color.with_alpha(70), 7.0)),
        },
        Shape::Rect { rect: rect.grown(4.0), radius: 7.0, fill: None, stroke: Some(Stroke::solid(color, 2.4)) },
    ])
}

/// A ring that widens and fades with its age.
pub(in crate::scene) fn pulse(w: f32, h: f32, tone: Tone, age: f32, pen: &Pen<'_>) -> Drawing {
    let age = if age.is_finite() { age.clamp(0.0, 1.0) } else { 1.0 };
    let color = color(tone, pen.theme).with_alpha((235.0 * (1.0 - age)) as u8);
    let by = 2.0 + 20.0 * age;
    let stroke = Some(Stroke::solid(color, 4.5 - 2.5 * age));
    let rect = RectF::new(0.0, 0.0, w, h).grown(by);
    drawing(vec![Shape::Rect { rect, radius: 4.0 + by, fill: None, stroke }])
}

/// Diagonal lines over a rectangle of that size at (0, 0), and why.
pub(in crate::scene) fn hatch(w: f32, h: f32, reason: &str, pen: &mut Pen<'_>) -> Drawing {
    // Names below stay readable: ink on a sticky is dark in every theme.
    let color = pen.theme.canvas.with_alpha(if pen.theme.dark { 70 } else { 120 });
    let mut shapes =
        vec![Shape::Rect { rect: RectF::new(0.0, 0.0, w, h), radius: 0.0, fill: Some(color), stroke: None }];
    let line = Some(Stroke::solid(pen.theme.faint.with_alpha(190), 1.4));
    let step = ((w + h) / 60.0).max(11.0);
    let mut at = step;
    while at < w + h {
        let from = if at <= h { PointF::new(0.0, at) } else { PointF::new(at - h, h) };
        let to = if at <= w { PointF::new(at, 0.0) } else { PointF::new(w, at - w) };
        shapes.push(Shape::Path { path: Path::polygon(&[from, to], false), fill: None, stroke: line });
        at += step;
    }
    let words = caption(Tone::Neutral, reason, pen);
    let (dx, dy) = (w / 2.0, h + 2.0);
    shapes.extend(words.shapes.into_iter().map(|it| link::moved(it, dx, dy)));
    Drawing { missing: words.missing, ..drawing(shapes) }
}

/// A dashed link between two rectangles, relative to the start of its way, which is returned; it goes round
/// `obstacles`. Where the two lie side by side it is a dashed arrow over the seam.
pub(in crate::scene) fn ghost(ends: (Anchor, Anchor), obstacles: &[RectF], pen: &Pen<'_>) -> (Drawing, Way) {
    let way = way(ends, obstacles);
    let ink = link::Ink { color: pen.theme.ghost, width: 2.0, dashed: true };
    let (start, end) = (way.curve[0], way.curve[3]);
    let gap = (end.x - start.x).hypot(end.y - start.y);
    if gap >= 22.0 {
        return (link::draw(&way, ink), way);
    }
    let middle = super::middle(start, end);
    let at = PointF::new(middle.x - start.x, middle.y - start.y);
    let towards = match ends.0.side {
        Side::Left => (-1.0, 0.0),
        Side::Right => (1.0, 0.0),
        Side::Top => (0.0, -1.0),
        Side::Bottom => (0.0, 1.0),
    };
    let towards = if gap > 4.0 { direction(start, end) } else { towards };
    let ring = Some(Stroke::dashed(ink.color, 1.4, 3.0, 2.0));
    let tip = PointF::new(at.x + towards.0 * 4.4, at.y + towards.1 * 4.4);
    let mut seam = drawing(vec![
        Shape::Path { path: Path::circle(at, 8.0), fill: Some(pen.theme.paper), stroke: ring },
        Shape::Path { path: head(tip, towards, 8.0), fill: Some(ink.color), stroke: None },
    ]);
    seam.way = Some(vec![PointF::default(), PointF::new(end.x - start.x, end.y - start.y)]);
    (seam, way)
}
