//! The window's icon: a command, a policy and an event, as they lie on a wall. It is drawn at the start, in a few
//! thousand pixels.

use egui::IconData;

use crate::board::Kind;
use crate::scene::Theme;

/// The side of the icon in pixels.
const SIDE: usize = 64;

/// A sticky: left, top, right and bottom edge.
type Paper = (Kind, [usize; 4]);

/// From the lowest to the one on top.
const PAPERS: [Paper; 3] =
    [(Kind::COMMAND, [3, 5, 35, 37]), (Kind::POLICY, [7, 34, 35, 58]), (Kind::DOMAIN_EVENT, [20, 17, 61, 58])];

/// How much of the lower right corner is turned up.
const FOLD: usize = 10;

/// Draws the icon.
pub(super) fn draw() -> IconData {
    let theme = Theme::light();
    let mut rgba = vec![0; SIDE * SIDE * 4];
    let (pixels, _) = rgba.as_chunks_mut::<4>();
    for (kind, [left, top, right, bottom]) in PAPERS {
        let ground = theme.sticky(kind.spec().color);
        let [paper, edge, turned] = [0.0, 0.3, 0.18].map(|dark| ground.mix(theme.ink, dark));
        for (y, row) in pixels.chunks_mut(SIDE).enumerate().take(bottom).skip(top) {
            for (x, pixel) in row.iter_mut().enumerate().take(right).skip(left) {
                // How far beyond the fold: what is turned up lies before it, mirrored.
                let beyond = (x + y + FOLD + 1).checked_sub(right + bottom - 1);
                let at_edge = x == left || y == top || x + 1 == right || y + 1 == bottom;
                let colour = match beyond {
                    Some(1..) => continue,
                    Some(0) => edge,
                    None if x + FOLD >= right && y + FOLD >= bottom => turned,
                    None if at_edge => edge,
                    None => paper,
                };
                *pixel = [colour.r, colour.g, colour.b, 255];
            }
        }
    }
    IconData { rgba, width: SIDE as u32, height: SIDE as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_paper_is_seen_on_nothing_and_the_event_lies_on_top() {
        let icon = draw();
        assert_eq!(icon.rgba.len(), SIDE * SIDE * 4);
        let at = |x: usize, y: usize| icon.rgba.get((y * SIDE + x) * 4..).and_then(|it| it.first_chunk::<4>()).copied();
        let colour = |kind: Kind| {
            let it = Theme::light().sticky(kind.spec().color);
            Some([it.r, it.g, it.b, 255])
        };
        assert_eq!(at(10, 10), colour(Kind::COMMAND));
        assert_eq!(at(12, 50), colour(Kind::POLICY));
        assert_eq!(at(32, 32), colour(Kind::DOMAIN_EVENT));
        for (x, y) in [(0, 0), (63, 0), (63, 63), (60, 57)] {
            assert_eq!(at(x, y).map(|it| it[3]), Some(0), "{x}, {y}");
        }
    }
}
