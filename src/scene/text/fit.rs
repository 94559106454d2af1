//! The largest size at which a text fits its box.

use std::collections::BTreeMap;

use parley::{Alignment, AlignmentOptions, Layout};
use unicode_segmentation::UnicodeSegmentation as _;

use super::lines::{self, Inks};
use super::{Block, Ink, SHAPED, TextEngine, cleaned};
use crate::kit::RectF;
use crate::scene::Shape;

/// Sizes are tried in steps of this factor.
const STEP: f32 = 0.93;

/// Below this part of the largest size long words are broken rather than made smaller still.
const BREAK_WORDS: f32 = 0.5;

/// Where lines lie in their box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scene) enum Align {
    /// In the middle, and the text as a whole in the middle of the box.
    Middle,
    /// In the middle, from the top.
    Top,
    /// At the side where reading starts, from the top.
    Start,
    /// At the side where reading starts, the text as a whole in the middle of the box.
    StartMiddle,
}

/// The box and the sizes to try.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::scene) struct Fit {
    pub(in crate::scene) area: RectF,
    pub(in crate::scene) largest: f32,
    pub(in crate::scene) smallest: f32,
    pub(in crate::scene) align: Align,
}

/// A text laid out in its box.
#[derive(Clone, Debug, Default)]
pub(in crate::scene) struct Laid {
    /// Lines, and boxes for characters that no font has.
    pub(in crate::scene) shapes: Vec<Shape>,
    /// The rectangle of the lines; empty where there is none.
    pub(in crate::scene) bounds: RectF,
    /// The size of the name.
    pub(in crate::scene) size: f32,
    /// Whether it was cut short.
    pub(in crate::scene) cut: bool,
    /// Characters that no font has.
    pub(in crate::scene) missing: BTreeMap<char, usize>,
}

/// A layout broken for its box, with the factor from layout to board units and the layout's corner.
pub(in crate::scene) struct Fitted {
    pub(in crate::scene) layout: Layout<Ink>,
    pub(in crate::scene) text: String,
    pub(in crate::scene) scale: f32,
    pub(in crate::scene) left: f32,
    pub(in crate::scene) top: f32,
    pub(in crate::scene) cut: bool,
}

impl TextEngine {
    /// Lays a block out in its box: at the largest size that fits, else at the smallest, cut with an ellipsis.
    pub(in crate::scene) fn lay(&mut self, block: Block<'_>, fit: &Fit, inks: &Inks) -> Laid {
        let Some(fitted) = self.fit(block, fit, true) else { return Laid::default() };
        let mut laid = lines::extract(&fitted, &self.book, inks);
        laid.cut = fitted.cut;
        laid.size = fitted.scale * SHAPED;
        laid
    }

    /// The layout of a block in its box; `None` where there is nothing to show. Without `cut` a text that is too
    /// long runs over the lower edge instead of ending in an ellipsis, and white space at its end is kept.
    pub(in crate::scene) fn fit(&mut self, block: Block<'_>, fit: &Fit, cut: bool) -> Option<Fitted> {
        let (mut text, mut name, mut was_cut) = cleaned(block.text, block.name);
        if cut {
            text.truncate(text.trim_end().len());
            name = name.min(text.len());
            if text.is_empty() {
                return None;
            }
        }
        if fit.area.w <= 0.0 || fit.area.h <= 0.0 {
            return None;
        }
        let part = |text: &str, name: usize| -> (String, usize) { (text.to_owned(), name) };
        let smallest = fit.smallest.max(0.5);
        let middle = (fit.largest * BREAK_WORDS).max(smallest);
        let whole = Block { text: &text, name, bold: block.bold };

        let mut layout = self.shape(whole, false);
        let mut size = fit.largest.max(smallest);
        let mut found = false;
        while size >= middle {
            if fits(&mut layout, size, fit.area) {
                found = true;
                break;
            }
            size *= STEP;
        }
        if !found {
            layout = self.shape(whole, true);
            size = middle;
            loop {
                if fits(&mut layout, size, fit.area) {
                    found = true;
                    break;
                }
                if size <= smallest {
                    break;
                }
                size = (size * STEP).max(smallest);
            }
        }
        if cut && (!found || was_cut) {
            was_cut = true;
            let (short, end) = self.shortened(part(&text, name), block.bold, size, fit.area);
            layout = self.shape(Block { text: &short, name: end, bold: block.bold }, true);
            fits(&mut layout, size, fit.area);
            text = short;
        }
        let alignment = match fit.align {
            Align::Middle | Align::Top => Alignment::Center,
            Align::Start | Align::StartMiddle => Alignment::Start,
        };
        layout.align(alignment, AlignmentOptions::default());
        let scale = size / SHAPED;
        let free = (fit.area.h - layout.height() * scale).max(0.0);
        let top = match fit.align {
            Align::Middle | Align::StartMiddle => fit.area.y + free / 2.0,
            Align::Top | Align::Start => fit.area.y,
        };
        Some(Fitted { layout, text, scale, left: fit.area.x, top, cut: was_cut })
    }

    /// The text cut so that it fits at `size` with an ellipsis at its end.
    fn shortened(&mut self, text: (String, usize), bold: bool, size: f32, area: RectF) -> (String, usize) {
        let (text, name) = text;
        let mut layout = self.shape(Block { text: &text, name, bold }, true);
        fits(&mut layout, size, area);
        let bottom = area.h / size * SHAPED;
        let last = layout.lines().take_while(|it| it.metrics().block_max_coord <= bottom + 0.01).last();
        let first = layout.lines().next();
        let end = last.or(first).map_or(0, |it| it.text_range().end);
        let mut kept = text.get(..end).unwrap_or_default().trim_end().to_owned();
        // A line ends where the next word no longer fits, so that a few steps make room for the ellipsis.
        for _ in 0..24 {
            let short = format!("{}\u{2026}", kept.trim_end());
            let end = name.min(kept.trim_end().len() + '\u{2026}'.len_utf8());
            let mut layout = self.shape(Block { text: &short, name: end, bold }, true);
            if fits(&mut layout, size, area) || kept.is_empty() {
                return (short, end);
            }
            let last = kept.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
            kept.truncate(last);
        }
        ("\u{2026}".to_owned(), '\u{2026}'.len_utf8())
    }
}

/// Breaks the layout as for `size` and tells whether all of it lies in the box.
fn fits(layout: &mut Layout<Ink>, size: f32, area: RectF) -> bool {
    let (width, height) = (area.w / size * SHAPED, area.h / size * SHAPED);
    layout.break_all_lines(Some(width));
    layout.height() <= height + 0.01
        && layout.lines().all(|it| {
            let metrics = it.metrics();
            metrics.advance - metrics.hanging_advance <= width + 0.01
        })
}
