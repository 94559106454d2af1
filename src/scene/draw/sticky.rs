//! Stickies.

use super::{drawing_on, icons, inks_on, patterns};
use crate::board::{Kind, Mark, Outputs, Role, Shape as Outline};
use crate::kit::{PointF, RectF};
use crate::scene::text::{Align, Block, Fit, Inks, TextEngine, is_plain, name_end, rough};
use crate::scene::{Color, Drawing, Path, Shadow, Shape, Stroke, Theme};

/// Everything that decides how a sticky looks; stickies with the same look share a drawing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::scene) struct Look {
    pub(in crate::scene) paper: PaperLook,
    /// The text as written.
    pub(in crate::scene) text: String,
    /// Whether fields, rules and notes are shown.
    pub(in crate::scene) details: bool,
    /// Whether its text is left out, because it is being edited.
    pub(in crate::scene) blank: bool,
}

/// Everything that decides how a sticky looks before anything is written on it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::scene) struct PaperLook {
    pub(in crate::scene) kind: Kind,
    pub(in crate::scene) w: i32,
    pub(in crate::scene) h: i32,
    pub(in crate::scene) marks: Vec<Mark>,
    /// Whether the sign of a fork is shown, and whether all outputs happen.
    pub(in crate::scene) fork: Option<bool>,
    /// Whether the sign of a join is shown.
    pub(in crate::scene) join: bool,
}

/// The paper of stickies with its signs: many stickies are written on the same.
#[derive(Debug)]
pub(in crate::scene) struct Paper {
    shapes: Vec<Shape>,
    bounds: RectF,
    /// The box that text may fill.
    area: RectF,
    inks: Inks,
}

/// The side of the signs in the lower corners, on a sticky of the standard size.
const SIGN: f32 = 11.0;

/// How much larger than the other signs a clock is.
const CLOCK: f32 = 1.25;

/// The paper of a sticky whose upper left corner is (0, 0).
pub(in crate::scene) fn paper(look: &PaperLook, theme: &Theme) -> Paper {
    let (w, h) = (look.w as f32, look.h as f32);
    let closed = look.marks.contains(&Mark::Closed);
    let mut ground = theme.sticky(look.kind.spec().color);
    if closed {
        ground = ground.mix(theme.canvas, 0.55);
    }
    let mut shapes = Vec::new();
    let area = match look.kind.spec().shape {
        Outline::Diamond => diamond(look, w, h, ground, theme, &mut shapes),
        Outline::Square | Outline::Clock => square(look, w, h, ground, theme, &mut shapes),
    };
    let Drawing { shapes, bounds, .. } = drawing_on(&[], None, shapes);
    Paper { shapes, bounds, area, inks: inks_on(theme, ground) }
}

/// Draws a sticky whose upper left corner is (0, 0) on its paper. Where a rough drawing is enough its name is not laid
/// out, if that can be.
pub(in crate::scene) fn draw(look: &Look, paper: &Paper, rough_is_enough: bool, text: &mut TextEngine) -> Drawing {
    let on_paper = |shapes| drawing_on(&paper.shapes, Some(paper.bounds), shapes);
    if look.blank {
        return on_paper(Vec::new());
    }
    let kind = look.paper.kind;
    let (fit, name) = fit_text(kind, &look.text, look.details, paper.area);
    let shown = if look.details { look.text.as_str() } else { look.text.get(..name).unwrap_or_default() };
    if rough_is_enough && is_plain(shown) {
        let shapes = rough(shown.get(..name).unwrap_or(shown), &fit, &paper.inks);
        return Drawing { rough: true, ..on_paper(shapes) };
    }
    let laid = text.lay(Block { text: shown, name, bold: bold(kind) }, &fit, &paper.inks);
    Drawing { cut: laid.cut, missing: laid.missing, ..on_paper(laid.shapes) }
}

/// Whether the names of a kind are bold: remarks are read from near and are long.
pub(in crate::scene) fn bold(kind: Kind) -> bool {
    kind.role() != Role::Annotation || kind.spec().shape == Outline::Diamond
}

/// The box of the text, the sizes to try, and where the name ends.
pub(in crate::scene) fn fit_text(kind: Kind, text: &str, details: bool, area: RectF) -> (Fit, usize) {
    let name = crate::board::name_of(text, kind.spec().rules);
    let name = name_end(text, &name);
    let rest = text.get(name..).unwrap_or_default();
    let detailed = details && !rest.trim().is_empty();
    let side = area.w.min(area.h * 1.25);
    // Large enough to be read from afar, small enough that three words of a usual name fit.
    let largest = if detailed { side * 0.22 } else { side * 0.25 };
    let fit = Fit {
        area,
        largest: largest.clamp(5.0, 160.0),
        smallest: if detailed { largest * 0.5 } else { 6.0f32.min(largest * 0.6).max(3.0) },
        details: 1.0,
        whole_lines: true,
        align: if detailed { Align::Start } else { Align::Middle },
    };
    (fit, name)
}

/// The box that the text of a sticky may fill.
pub(in crate::scene) fn text_area(kind: Kind, w: f32, h: f32) -> RectF {
    match kind.spec().shape {
        Outline::Diamond => {
            let (rx, ry) = (w * std::f32::consts::FRAC_1_SQRT_2, h * std::f32::consts::FRAC_1_SQRT_2);
            // The widest box between the corners that leaves room for three lines.
            RectF::new(w / 2.0 - rx * 0.58, h / 2.0 - ry * 0.36, rx * 1.16, ry * 0.76)
        }
        shape @ (Outline::Square | Outline::Clock) => {
            let unit = unit(w, h);
            let sign = if shape == Outline::Clock { SIGN * CLOCK } else { SIGN };
            let (side, top, bottom) = (6.0 * unit, 6.0 * unit, (sign + 5.0) * unit);
            RectF::new(side, top, (w - 2.0 * side).max(1.0), (h - top - bottom).max(1.0))
        }
    }
}

/// How large margins and signs are on a sticky of that size: 1 on the standard one.
fn unit(w: f32, h: f32) -> f32 {
    (w.min(h) / 100.0).clamp(0.62, 2.0)
}

fn square(look: &PaperLook, w: f32, h: f32, ground: Color, theme: &Theme, shapes: &mut Vec<Shape>) -> RectF {
    let unit = unit(w, h);
    let fold = 12.0 * unit;
    let rect = RectF::new(0.0, 0.0, w, h);
    if theme.shadow.a > 0 {
        // Paper that is glued at its top stands off the wall at its foot.
        let foot = RectF::new(4.0 * unit, h * 0.5, (w - 9.0 * unit).max(1.0), (h * 0.5 + 2.0 * unit).max(1.0));
        shapes.push(Shape::Shadow(Shadow { rect: foot, radius: 2.0, blur: 5.0 * unit, color: theme.shadow }));
    }
    // The lower right corner is turned up, as paper does on a wall.
    let outline = [
        PointF::new(0.0, 0.0),
        PointF::new(w, 0.0),
        PointF::new(w, h - fold),
        PointF::new(w - fold, h),
        PointF::new(0.0, h),
    ];
    let black = Color::rgb(0, 0, 0);
    let stroke = paper_edge(ground, theme, 1.0);
    shapes.push(Shape::Path { path: Path::polygon(&outline, true), fill: Some(ground), stroke: Some(stroke) });
    if theme.outline.a == 0 && ground.luminance() > 0.2 {
        // Where the glue is the paper lies flat and catches the light.
        let glue = RectF::new(0.5, 0.5, (w - 1.0).max(1.0), h * 0.16);
        shapes.push(Shape::Rect { rect: glue, radius: 0.0, fill: Some(theme.paper_light()), stroke: None });
    }
    let turned = [PointF::new(w, h - fold), PointF::new(w - fold, h), PointF::new(w - fold * 0.96, h - fold * 0.96)];
    let under = ground.mix(black, 0.13);
    let crease = Some(Stroke::solid(ground.mix(black, 0.3), 0.6));
    shapes.push(Shape::Path { path: Path::polygon(&turned, true), fill: Some(under), stroke: crease });

    let ink = theme.ink_on(ground).with_alpha(150);
    let side = SIGN * unit;
    let base = h - side - 3.5 * unit;
    let mut x = 5.0 * unit;
    if look.kind.spec().shape == Outline::Clock {
        // A clock is the notation itself, not only a hint: larger and stronger than the other signs.
        let clock = side * CLOCK;
        let at = PointF::new(x, h - clock - 3.5 * unit);
        shapes.push(icons::draw(icons::of_kind(look.kind), at, clock, theme.ink_on(ground)));
        x += clock + 3.0 * unit;
    } else {
        shapes.push(icons::draw(icons::of_kind(look.kind), PointF::new(x, base), side, ink));
        x += side + 4.0 * unit;
    }
    for mark in &look.marks {
        if x + side > w - fold {
            break;
        }
        shapes.push(icons::draw(icons::of_mark(*mark), PointF::new(x, base), side, theme.ink_on(ground)));
        x += side + 3.5 * unit;
    }
    if theme.patterns {
        let area = RectF::new(x + 2.0 * unit, base, (w - fold - x - 3.0 * unit).max(0.0), side);
        let ink = theme.ink_on(ground).with_alpha(170);
        shapes.extend(patterns::strip(look.kind, area, ink));
    }
    if look.marks.contains(&Mark::Pivotal) {
        let stroke = Some(Stroke::solid(theme.pivotal, 2.5));
        shapes.push(Shape::Path { path: Path::polygon(&outline, true), fill: None, stroke });
    }
    if let Some(all) = look.fork {
        shapes.extend(fork_sign(all, PointF::new(rect.right(), h / 2.0), theme.ink_on(theme.paper), theme.paper));
    }
    if look.join {
        shapes.extend(join_sign(PointF::new(0.0, h / 2.0), theme.ink_on(theme.paper), theme.paper));
    }
    text_area(look.kind, w, h)
}

/// The edge of the paper: strong where the theme wants it, else only as strong as the ground needs.
fn paper_edge(ground: Color, theme: &Theme, width: f32) -> Stroke {
    if theme.outline.a > 0 {
        return Stroke::solid(theme.outline, 1.6);
    }
    let light = ground.luminance() > 0.8 || ground.contrast(theme.canvas) < 1.25;
    let color = ground.mix(Color::rgb(0, 0, 0), if light { 0.22 } else { 0.12 });
    Stroke::solid(color, width * if light { 0.9 } else { 0.6 })
}

fn diamond(look: &PaperLook, w: f32, h: f32, ground: Color, theme: &Theme, shapes: &mut Vec<Shape>) -> RectF {
    let half = std::f32::consts::FRAC_1_SQRT_2;
    let corners = |dx: f32, dy: f32, grow: f32| {
        let (cx, cy) = (w / 2.0 + dx, h / 2.0 + dy);
        let (rx, ry) = (w * half + grow, h * half + grow);
        [PointF::new(cx, cy - ry), PointF::new(cx + rx, cy), PointF::new(cx, cy + ry), PointF::new(cx - rx, cy)]
    };
    let layers = [(3.0, 0.25), (1.2, 0.4)];
    for (grow, part) in layers.into_iter().filter(|_| theme.shadow.a > 0) {
        let color = theme.shadow.with_alpha((f32::from(theme.shadow.a) * part) as u8);
        let path = Path::polygon(&corners(0.0, 2.5, grow), true);
        shapes.push(Shape::Path { path, fill: Some(color), stroke: None });
    }
    let stroke = Some(paper_edge(ground, theme, 1.4));
    shapes.push(Shape::Path { path: Path::polygon(&corners(0.0, 0.0, 0.0), true), fill: Some(ground), stroke });
    let side = SIGN * unit(w, h);
    let base = h / 2.0 + h * half * 0.47;
    let closed = look.marks.contains(&Mark::Closed).then(|| icons::of_mark(Mark::Closed));
    let signs = [Some(icons::of_kind(look.kind)), closed];
    let count = signs.iter().flatten().count() as f32;
    let ink = theme.ink_on(ground);
    for (at, sign) in signs.into_iter().flatten().enumerate() {
        let x = w / 2.0 - (count * (side + 3.0) - 3.0) / 2.0 + at as f32 * (side + 3.0);
        shapes.push(icons::draw(sign, PointF::new(x, base), side, ink));
    }
    text_area(look.kind, w, h)
}

/// The sign of a fork: a lozenge with a cross (one of the outputs) or a plus (all of them).
fn fork_sign(all: bool, at: PointF, ink: Color, ground: Color) -> Vec<Shape> {
    lozenge(if all { icons::PLUS } else { icons::CROSS }, at, ink, ground)
}

/// The sign of a join: a lozenge with a plus, since all inputs are waited for.
fn join_sign(at: PointF, ink: Color, ground: Color) -> Vec<Shape> {
    lozenge(icons::PLUS, at, ink, ground)
}

fn lozenge(sign: &str, at: PointF, ink: Color, ground: Color) -> Vec<Shape> {
    let r = 9.0;
    let corners = [
        PointF::new(at.x, at.y - r),
        PointF::new(at.x + r, at.y),
        PointF::new(at.x, at.y + r),
        PointF::new(at.x - r, at.y),
    ];
    let stroke = Some(Stroke::solid(ink, 1.2));
    vec![
        Shape::Path { path: Path::polygon(&corners, true), fill: Some(ground), stroke },
        icons::draw(sign, PointF::new(at.x - 3.5, at.y - 3.5), 7.0, ink),
    ]
}

/// Whether the sign of a fork is drawn, from what is stored on the sticky.
pub(in crate::scene) fn fork_of(outputs: Option<Outputs>) -> Option<bool> {
    outputs.map(|it| match it {
        Outputs::Either => false,
        Outputs::All => true,
    })
}
