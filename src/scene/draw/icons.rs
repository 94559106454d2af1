//! Signs beside the colour, so that colour is never the only difference: one a kind, one a mark.
//!
//! Each is a line drawing in a box of 12 x 12, written as `M x y`, `L x y`, `C x y x y x y` and `Z`. A new kind
//! without a sign here gets a plain dot.

use crate::board::{Kind, Mark};
use crate::kit::PointF;
use crate::scene::{Color, Path, Segment, Shape, Stroke};

/// The side of the box in which signs are written.
pub(super) const BOX: f32 = 12.0;

/// The signs by key of the kind.
static KINDS: &[(&str, &str)] = &[
    ("domain_event", "M 7 0.5 L 2.5 7 L 6 7 L 4.5 11.5 L 9.5 4.8 L 6 4.8 Z"),
    ("command", "M 1 6 L 10.5 6 M 6.5 2 L 10.5 6 L 6.5 10"),
    ("policy", "M 1.5 2 L 5.5 6 L 1.5 10 M 6 2 L 10 6 L 6 10"),
    ("external_system", "M 6 2 L 1.5 2 L 1.5 10.5 L 10 10.5 L 10 6.5 M 7.5 1.2 L 11 1.2 L 11 4.7 M 11 1.2 L 5.5 6.7"),
    (
        "aggregate",
        "M 6 0.8 L 10.6 3.4 L 10.6 8.6 L 6 11.2 L 1.4 8.6 L 1.4 3.4 Z M 6 6 L 10.6 3.4 M 6 6 L 1.4 3.4 M 6 6 L 6 11.2",
    ),
    (
        "read_model",
        "M 0.5 6 C 3 2 9 2 11.5 6 C 9 10 3 10 0.5 6 Z M 7.7 6 C 7.7 8.3 4.3 8.3 4.3 6 C 4.3 3.7 7.7 3.7 7.7 6 Z",
    ),
    (
        "actor",
        "M 8.2 3.2 C 8.2 6.2 3.8 6.2 3.8 3.2 C 3.8 0.2 8.2 0.2 8.2 3.2 Z M 1.2 11.3 C 1.2 5.9 10.8 5.9 10.8 11.3 Z",
    ),
    ("time_event", "M 11 6 C 11 12.7 1 12.7 1 6 C 1 -0.7 11 -0.7 11 6 Z M 6 2.8 L 6 6 L 8.4 7.6"),
    ("hotspot", "M 6 1 L 6 7.4 M 6 10.2 L 6 10.8"),
    (
        "opportunity",
        "M 4.2 9 C 4.2 7.4 2.2 6.8 2.2 4.4 C 2.2 -0.5 9.8 -0.5 9.8 4.4 C 9.8 6.8 7.8 7.4 7.8 9 Z M 4.6 11.2 L 7.4 11.2",
    ),
    ("value", "M 3 1.2 L 9 1.2 L 11.4 4.4 L 6 11.2 L 0.6 4.4 Z M 0.6 4.4 L 11.4 4.4"),
    ("ui", "M 0.8 1.5 L 11.2 1.5 L 11.2 10.5 L 0.8 10.5 Z M 0.8 4.2 L 11.2 4.2"),
    ("note", "M 1.5 2.5 L 10.5 2.5 M 1.5 6 L 10.5 6 M 1.5 9.5 L 7 9.5"),
    (
        "term",
        "M 6 2.6 C 4.6 1.4 2.6 1.2 1 1.6 L 1 10 C 2.6 9.6 4.6 9.8 6 11 C 7.4 9.8 9.4 9.6 11 10 L 11 1.6 C 9.4 1.2 7.4 1.4 6 2.6 L 6 11",
    ),
];

/// The sign of a kind.
pub(super) fn of_kind(kind: Kind) -> &'static str {
    KINDS.iter().find(|(key, _)| *key == kind.key()).map_or("M 5.9 6 L 6.1 6", |(_, sign)| sign)
}

/// The sign of a mark.
pub(super) fn of_mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Pivotal => "M 6 0.5 L 6 11.5 M 2.5 3 L 9.5 3 M 2.5 9 L 9.5 9",
        Mark::Final => "M 2 2 L 10 2 L 10 10 L 2 10 Z M 4.5 4.5 L 7.5 4.5 L 7.5 7.5 L 4.5 7.5 Z",
        Mark::Starts => "M 3 1.5 L 10.5 6 L 3 10.5 Z",
        Mark::Incoming => "M 11 1 L 11 11 M 0.5 6 L 7.5 6 M 4.5 3 L 7.5 6 L 4.5 9",
        Mark::Integration => "M 1 4 L 11 4 M 8.2 1.2 L 11 4 L 8.2 6.8 M 11 8.5 L 1 8.5 M 3.8 5.7 L 1 8.5 L 3.8 11.3",
        Mark::Outside => {
            "M 11 6 C 11 12.7 1 12.7 1 6 C 1 -0.7 11 -0.7 11 6 Z M 1 6 L 11 6 M 6 1 C 3.4 3.6 3.4 8.4 6 11 C 8.6 8.4 8.6 3.6 6 1"
        }
        Mark::Manual => {
            "M 3.5 11 L 1.2 7 C 0.8 6 2 5.4 2.7 6.3 L 3.5 7.4 L 3.5 2 C 3.5 0.7 5.2 0.7 5.2 2 L 5.2 5.2 L 9.6 6.2 C 10.6 6.5 10.6 7.3 10.3 8.2 L 9.4 11 Z"
        }
        Mark::Closed => "M 1 6.5 L 4.5 10 L 11 2",
        Mark::Crud => {
            "M 10 2.8 C 10 4.4 2 4.4 2 2.8 C 2 1.2 10 1.2 10 2.8 Z M 2 2.8 L 2 9.4 C 2 11 10 11 10 9.4 L 10 2.8"
        }
        Mark::Parked => "M 3.5 11 L 3.5 1 L 7 1 C 10.6 1 10.6 6.6 7 6.6 L 3.5 6.6",
    }
}

/// A tick.
pub(super) const TICK: &str = "M 1.5 6.5 L 4.7 9.7 L 10.5 2.5";
/// A cross.
pub(super) const CROSS: &str = "M 2 2 L 10 10 M 10 2 L 2 10";
/// An exclamation mark.
pub(super) const BANG: &str = "M 6 1.2 L 6 7.2 M 6 10 L 6 10.4";
/// The letter i.
pub(super) const INFO: &str = "M 6 1.6 L 6 2 M 6 4.8 L 6 10.6";
/// A right arrow head.
pub(super) const HEAD: &str = "M 4 2.5 L 8 6 L 4 9.5";
/// A plus: all of them.
pub(super) const PLUS: &str = "M 6 1.5 L 6 10.5 M 1.5 6 L 10.5 6";

/// The sign drawn in a box of side `side` whose upper left corner is `at`.
pub(super) fn draw(sign: &str, at: PointF, side: f32, color: Color) -> Shape {
    let k = side / BOX;
    let width = (side * 0.115).max(0.7);
    Shape::Path { path: parse(sign, at, k), fill: None, stroke: Some(Stroke::solid(color, width)) }
}

/// The path of a sign, scaled and moved. What is no number ends it.
pub(super) fn parse(sign: &str, at: PointF, k: f32) -> Path {
    let mut path = Vec::new();
    let mut words = sign.split_ascii_whitespace();
    while let Some(word) = words.next() {
        let mut point = || {
            let x: f32 = words.next()?.parse().ok()?;
            let y: f32 = words.next()?.parse().ok()?;
            Some(PointF::new(at.x + x * k, at.y + y * k))
        };
        let segment = match word {
            "M" => point().map(Segment::Move),
            "L" => point().map(Segment::Line),
            "C" => match (point(), point(), point()) {
                (Some(a), Some(b), Some(c)) => Some(Segment::Cubic(a, b, c)),
                _ => None,
            },
            "Z" => Some(Segment::Close),
            _ => None,
        };
        let Some(segment) = segment else { break };
        path.push(segment);
    }
    Path::from(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_mark_has_a_sign_of_its_own_that_reads_to_its_end() {
        let marks = [
            Mark::Pivotal,
            Mark::Final,
            Mark::Starts,
            Mark::Incoming,
            Mark::Integration,
            Mark::Outside,
            Mark::Manual,
            Mark::Closed,
            Mark::Crud,
            Mark::Parked,
        ];
        let kinds = Kind::all().map(|it| {
            assert!(KINDS.iter().any(|(key, _)| *key == it.key()), "{it:?}");
            of_kind(it)
        });
        let others = [TICK, CROSS, BANG, INFO, HEAD, PLUS];
        let signs: Vec<&str> = kinds.chain(marks.map(of_mark)).chain(others).collect();
        let mut different = signs.clone();
        different.sort_unstable();
        different.dedup();
        assert_eq!(different.len(), signs.len());
        for sign in signs {
            let path = parse(sign, PointF::default(), 1.0);
            let commands = sign.chars().filter(char::is_ascii_alphabetic).count();
            assert_eq!(path.0.len(), commands, "{sign}");
            for segment in path.0.iter() {
                if let Segment::Move(it) | Segment::Line(it) = segment {
                    assert!((0.0..=BOX).contains(&it.x) && (0.0..=BOX).contains(&it.y), "{sign}");
                }
            }
        }
    }
}
