//! How contexts, lines and labels of a context map look.

use super::{MapContext, MapLine};
use crate::kit::{PointF, RectF, Size};
use crate::scene::draw::{Pen, drawing, link};
use crate::scene::text::{Align, Block, Fit};
use crate::scene::{Drawing, Path, Shadow, Shape, Stroke, add_missing};

/// The size of letters in labels.
const LETTERS: f32 = 12.0;

/// No more messages than this are named at a line; the window lists all.
const MOST: usize = 6;

/// No label is wider.
const WIDEST: f32 = 250.0;

/// A context, its left top corner at (0, 0).
pub(super) fn context(context: &MapContext, size: Size, pen: &mut Pen<'_>) -> Drawing {
    let (w, h) = (size.w as f32, size.h as f32);
    let theme = pen.theme;
    let color = theme.frame("bounded_context");
    let rect = RectF::new(0.0, 0.0, w, h);
    let ground = theme.paper.mix(color, if theme.dark { 0.16 } else { 0.07 });
    let below = RectF::new(2.0, 4.0, w - 4.0, h - 2.0);
    let shapes = vec![
        Shape::Shadow(Shadow { rect: below, radius: 14.0, blur: 7.0, color: theme.shadow }),
        Shape::Rect { rect, radius: 14.0, fill: Some(ground), stroke: Some(Stroke::solid(color, 2.4)) },
    ];
    let mut inks = pen.inks_on(ground);
    inks.name = color.mix(pen.theme.text, 0.65);
    let name = if context.name.is_empty() { "Context without a name" } else { &context.name };
    let text = std::iter::once(name).chain(context.lines.iter().map(String::as_str)).collect::<Vec<_>>().join("\n");
    let fit = Fit {
        area: RectF::new(16.0, 12.0, w - 32.0, h - 24.0),
        largest: 24.0,
        smallest: 8.0,
        details: 1.0,
        whole_lines: false,
        align: Align::Middle,
    };
    pen.write(shapes, Block { text: &text, name: name.len(), bold: true }, &fit, &inks)
}

/// The line itself.
pub(super) fn line(path: &Path, line: &MapLine, pen: &Pen<'_>) -> Drawing {
    let color = pen.theme.link;
    let stroke = if line.apart { Stroke::dashed(color, 2.0, 3.0, 7.0) } else { Stroke::solid(color, 2.4) };
    drawing(vec![Shape::Path { path: path.clone(), fill: None, stroke: Some(stroke) }])
}

/// The sign at an end of a line: U or D, and beside it the patterns of that side. `None` if there is nothing to say.
pub(super) fn end(letter: Option<&str>, signs: &[String], pen: &mut Pen<'_>) -> Option<(Drawing, (f32, f32))> {
    if letter.is_none() && signs.is_empty() {
        return None;
    }
    let height = LETTERS * 1.75;
    let ink = pen.theme.link.mix(pen.theme.text, 0.5);
    let mut shapes = Vec::new();
    let mut texts = Vec::new();
    let mut x = 0.0;
    let mut put = |text: &str, ground: crate::scene::Color, pen: &mut Pen<'_>| {
        let area = RectF::new(0.0, 0.0, 160.0, height);
        let fit =
            Fit { area, largest: LETTERS, smallest: 8.0, details: 1.0, whole_lines: false, align: Align::StartMiddle };
        let inks = pen.inks_on(ground);
        let laid = pen.text.lay(Block::plain(text, true), &fit, &inks);
        let width = laid.bounds.w + 12.0;
        let rect = RectF::new(x, 0.0, width, height);
        shapes.push(Shape::Rect { rect, radius: 5.0, fill: Some(ground), stroke: Some(Stroke::solid(ink, 1.4)) });
        texts.extend(laid.shapes.into_iter().map(|it| link::moved(it, x + 6.0, 0.0)));
        x += width;
    };
    if let Some(letter) = letter {
        put(letter, ink, pen);
    }
    if !signs.is_empty() {
        let ground = pen.theme.paper;
        put(&signs.join(", "), ground, pen);
    }
    shapes.extend(texts);
    Some((drawing(shapes), (x, height)))
}

/// What stands at the middle of a line: patterns of both sides in words, and what crosses, each with an arrow in the
/// direction in which it goes. `along` is the direction from the first end to the second.
pub(super) fn label(line: &MapLine, along: (f32, f32), pen: &mut Pen<'_>) -> (Drawing, (f32, f32)) {
    let mut shapes = Vec::new();
    let mut missing = std::collections::BTreeMap::new();
    let (mut y, mut widest) = (6.0, 0.0f32);
    let length = along.0.hypot(along.1).max(1.0);
    let row = |text: &str, bold: bool, left: f32, y: f32, pen: &mut Pen<'_>| {
        let area = RectF::new(0.0, 0.0, WIDEST - left - 10.0, LETTERS * 1.3);
        let fit =
            Fit { area, largest: LETTERS, smallest: LETTERS, details: 1.0, whole_lines: false, align: Align::Start };
        let inks = pen.inks_on(pen.theme.paper);
        let laid = pen.text.lay(Block::plain(text, bold), &fit, &inks);
        let right = left + laid.bounds.w;
        let moved: Vec<Shape> = laid.shapes.into_iter().map(|it| link::moved(it, left, y)).collect();
        (moved, right, laid.missing)
    };
    for caption in &line.captions {
        let (made, right, lacks) = row(caption, true, 9.0, y, pen);
        shapes.extend(made);
        add_missing(&mut missing, &lacks);
        widest = widest.max(right);
        y += LETTERS * 1.45;
    }
    let more = line.messages.len().saturating_sub(MOST);
    let shown = if more == 1 { MOST + 1 } else { MOST };
    for message in line.messages.iter().take(shown) {
        let middle = y + LETTERS * 0.65;
        let sign = if message.to == line.ends.1 { 1.0 } else { -1.0 };
        let (dx, dy) = (along.0 / length * sign, along.1 / length * sign);
        let ground = pen.theme.sticky(message.color);
        let edge = Stroke::solid(pen.theme.ink_on(ground).with_alpha(110), 0.8);
        let rect = RectF::new(9.0, middle - 5.0, 10.0, 10.0);
        shapes.push(Shape::Rect { rect, radius: 1.5, fill: Some(ground), stroke: Some(edge) });
        let center = PointF::new(29.0, middle);
        let tail = PointF::new(center.x - dx * 6.0, center.y - dy * 6.0);
        let tip = PointF::new(center.x + dx * 6.5, center.y + dy * 6.5);
        let ink = pen.theme.link.mix(pen.theme.text, 0.4);
        let shaft = Path::polygon(&[tail, center], false);
        shapes.push(Shape::Path { path: shaft, fill: None, stroke: Some(Stroke::solid(ink, 1.5)) });
        shapes.push(Shape::Path { path: link::head(tip, (dx, dy), 7.5), fill: Some(ink), stroke: None });
        let (made, right, lacks) = row(&message.name, false, 40.0, y, pen);
        shapes.extend(made);
        add_missing(&mut missing, &lacks);
        widest = widest.max(right);
        y += LETTERS * 1.4;
    }
    if more > 1 {
        let (made, right, lacks) = row(&format!("and {more} more"), false, 40.0, y, pen);
        shapes.extend(made);
        add_missing(&mut missing, &lacks);
        widest = widest.max(right);
        y += LETTERS * 1.4;
    }
    if line.captions.is_empty() && line.messages.is_empty() {
        let (made, right, lacks) = row("nothing crosses yet", false, 9.0, y, pen);
        shapes.extend(made);
        add_missing(&mut missing, &lacks);
        widest = right;
        y += LETTERS * 1.4;
    }
    let size = (widest + 10.0, y + 4.0);
    let rect = RectF::new(0.0, 0.0, size.0, size.1);
    let stroke = Some(Stroke::solid(pen.theme.edge, 1.0));
    shapes.insert(0, Shape::Rect { rect, radius: 6.0, fill: Some(pen.theme.paper), stroke });
    (Drawing { missing, ..drawing(shapes) }, size)
}
