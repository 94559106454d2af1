//! Patterns beside the colour, for those who do not see it and for printers that have none: one a kind.
//!
//! Each is a motif in a box of 12 x 12, written as signs are, and repeated along a strip.

use super::icons::{BOX, parse};
use crate::board::Kind;
use crate::kit::{PointF, RectF};
use crate::scene::{Color, Path, Shape, Stroke};

/// The motifs by key of the kind.
static MOTIFS: &[(&str, &str)] = &[
    ("domain_event", "M 0 12 L 12 0 M 0 6 L 6 0 M 6 12 L 12 6"),
    ("command", "M 0 3 L 12 3 M 0 9 L 12 9"),
    ("policy", "M 1 0.5 L 6.5 6 L 1 11.5 M 6 0.5 L 11.5 6 L 6 11.5"),
    ("external_system", "M 6 0 L 6 12 M 0 6 L 12 6 M 0 0.5 L 12 0.5 M 0 11.5 L 12 11.5"),
    ("aggregate", "M 2.5 2.5 L 9.5 2.5 L 9.5 9.5 L 2.5 9.5 Z"),
    ("read_model", "M 2 0.5 L 2 11.5 M 6 0.5 L 6 11.5 M 10 0.5 L 10 11.5"),
    ("actor", "M 8.5 6 C 8.5 9.3 3.5 9.3 3.5 6 C 3.5 2.7 8.5 2.7 8.5 6 Z"),
    ("time_event", "M 0 10 L 6 2 L 12 10"),
    ("hotspot", "M 1.5 1.5 L 10.5 10.5 M 10.5 1.5 L 1.5 10.5"),
    ("opportunity", "M 6 2 L 6 10 M 2 6 L 10 6"),
    ("value", "M 6 1 L 11 6 L 6 11 L 1 6 Z"),
    ("ui", "M 1 3.5 L 11 3.5 L 11 8.5 L 1 8.5 Z"),
    ("note", "M 0 6 L 12 6"),
    ("term", "M 0 6 C 3 0 9 12 12 6"),
];

/// The motif of a kind; a new kind without one here has none.
fn of_kind(kind: Kind) -> &'static str {
    MOTIFS.iter().find(|(key, _)| *key == kind.key()).map_or("", |(_, motif)| motif)
}

/// The motif of a kind, as often as it fits into a strip. `None` where it does not fit once.
pub(super) fn strip(kind: Kind, area: RectF, color: Color) -> Option<Shape> {
    let k = area.h / BOX;
    let count = (area.w / area.h).floor();
    if !(1.0..=200.0).contains(&count) {
        return None;
    }
    let mut path = Vec::new();
    for at in 0..count as usize {
        path.extend_from_slice(&parse(of_kind(kind), PointF::new(area.x + at as f32 * area.h, area.y), k).0);
    }
    let stroke = Some(Stroke::solid(color, (area.h * 0.11).max(0.7)));
    (!path.is_empty()).then_some(Shape::Path { path: Path::from(path), fill: None, stroke })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_pattern_of_its_own() {
        let mut motifs: Vec<&str> = Kind::all().map(of_kind).collect();
        let count = motifs.len();
        motifs.sort_unstable();
        motifs.dedup();
        assert_eq!(motifs.len(), count);
        for kind in Kind::all() {
            let area = RectF::new(3.0, 4.0, 60.0, 11.0);
            let shape = strip(kind, area, Color::rgb(0, 0, 0));
            let Some(Shape::Path { path, .. }) = shape else { panic!("{kind:?} has no pattern") };
            let it = path.bounds().unwrap();
            let corners = [PointF::new(it.x, it.y), PointF::new(it.right(), it.bottom())];
            assert!(corners.iter().all(|it| area.grown(0.9).contains(*it)), "{kind:?} leaves its strip");
            assert_eq!(strip(kind, RectF { w: 5.0, ..area }, Color::rgb(0, 0, 0)), None);
        }
    }
}
