//! The largest size at which a text fits its box.

use std::collections::BTreeMap;

use parley::{Alignment, AlignmentOptions, BreakReason, Layout};
use unicode_segmentation::UnicodeSegmentation as _;

use super::lines::{self, Inks};
use super::{Block, Ink, SHAPED, TextEngine, cleaned};
use crate::kit::RectF;
use crate::scene::Shape;

/// Sizes are tried in steps of this factor.
const STEP: f32 = 0.93;

/// Below this part of the largest size long words are broken rather than made smaller still.
pub(super) const BREAK_WORDS: f32 = 0.5;

/// What is tried in turn where something stands below the name: the size of the name in parts of the largest, and
/// the size of what stands below it in parts of the name's. The name stays large, since it is read from afar.
const WITH_DETAILS: [(f32, f32); 8] =
    [(1.0, 0.7), (1.0, 0.55), (0.86, 0.7), (0.86, 0.55), (0.74, 0.55), (0.86, 0.44), (0.74, 0.44), (0.62, 0.44)];

/// In this many of them fields that do not fit into a line are refused at first.
const WHOLE_LINES: usize = 5;

/// A text is narrowed in steps of this factor as long as it takes no more lines.
const NARROWER: f32 = 0.95;

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
    /// How large fields, rules and notes are: 1 as on a sticky.
    pub(in crate::scene) details: f32,
    /// Whether fields are rather made a little smaller than run over the end of their line.
    pub(in crate::scene) whole_lines: bool,
    pub(in crate::scene) align: Align,
}

/// A text laid out in its box.
#[derive(Clone, Debug, Default)]
pub(in crate::scene) struct Laid {
    /// Lines, and boxes for characters that no font has.
    pub(in crate::scene) shapes: Vec<Shape>,
    /// The rectangle of the lines; empty where there is none.
    pub(in crate::scene) bounds: RectF,
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
        laid
    }

    /// The layout of a block in its box; `None` where there is nothing to show. Without `cut` the text is
    /// taken as it is, and one that is too long runs over the lower edge instead of ending in an ellipsis.
    pub(in crate::scene) fn fit(&mut self, block: Block<'_>, fit: &Fit, cut: bool) -> Option<Fitted> {
        let (mut text, mut name, mut was_cut) =
            if cut { cleaned(block.text, block.name) } else { (block.text.to_owned(), block.name, false) };
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
        let whole = Block { text: &text, name, bold: block.bold };
        let has_details = text.get(name..).is_some_and(|it| !it.trim().is_empty());
        let tried = if has_details { self.with_details(whole, fit) } else { self.name_only(whole, fit) };
        let Tried { mut layout, size, detail, found } = tried;
        if cut && (!found || was_cut) {
            was_cut = true;
            let (short, end) = self.shortened(whole, size, detail, fit.area);
            layout = self.shape(Block { text: &short, name: end, bold: block.bold }, detail, true);
            fits(&mut layout, size, fit.area);
            text = short;
        }
        let centred = match fit.align {
            Align::Middle | Align::Top => true,
            Align::Start | Align::StartMiddle => false,
        };
        let width = if centred { balance(&mut layout, size, fit.area) } else { fit.area.w };
        let alignment = if centred { Alignment::Center } else { Alignment::Start };
        layout.align(alignment, AlignmentOptions::default());
        let scale = size / SHAPED;
        let free = (fit.area.h - layout.height() * scale).max(0.0);
        let top = match fit.align {
            Align::Middle | Align::StartMiddle => fit.area.y + free / 2.0,
            Align::Top | Align::Start => fit.area.y,
        };
        let left = fit.area.x + (fit.area.w - width) / 2.0;
        Some(Fitted { layout, text, scale, left, top, cut: was_cut })
    }

    /// The largest size at which a name fits; long words are broken before it gets too small.
    fn name_only(&mut self, block: Block<'_>, fit: &Fit) -> Tried {
        let smallest = fit.smallest.max(0.5);
        let middle = (fit.largest * BREAK_WORDS).max(smallest);
        let mut layout = self.shape(block, 1.0, false);
        let mut size = fit.largest.max(smallest);
        while size >= middle {
            if fits(&mut layout, size, fit.area) {
                return Tried { layout, size, detail: 1.0, found: true };
            }
            size *= STEP;
        }
        layout = self.shape(block, 1.0, true);
        size = middle;
        loop {
            let found = fits(&mut layout, size, fit.area);
            if found || size <= smallest {
                return Tried { layout, size, detail: 1.0, found };
            }
            size = (size * STEP).max(smallest);
        }
    }

    /// The sizes at which a name and what stands below it fit.
    fn with_details(&mut self, block: Block<'_>, fit: &Fit) -> Tried {
        let mut shaped: Vec<(f32, Layout<Ink>)> = Vec::new();
        let first = if fit.whole_lines { WHOLE_LINES } else { 0 };
        for (whole_lines, tried) in [(true, first), (false, WITH_DETAILS.len())] {
            for (part, detail) in WITH_DETAILS.into_iter().take(tried) {
                let place = match shaped.iter().position(|(it, _)| *it == detail) {
                    Some(place) => place,
                    None => {
                        shaped.push((detail, self.shape(block, detail * fit.details, false)));
                        shaped.len() - 1
                    }
                };
                let size = fit.largest * part;
                let good = shaped.get_mut(place).is_some_and(|(_, layout)| {
                    fits(layout, size, fit.area) && !(whole_lines && runs_over(layout, block.name))
                });
                if good {
                    let (_, layout) = shaped.swap_remove(place);
                    return Tried { layout, size, detail: detail * fit.details, found: true };
                }
            }
        }
        // Everything gets smaller, then words that are too long are broken, then the end is cut.
        let detail = 0.44 * fit.details;
        let mut layout = self.shape(block, detail, false);
        let mut size = fit.largest * 0.62;
        while size >= fit.largest * BREAK_WORDS {
            if fits(&mut layout, size, fit.area) {
                return Tried { layout, size, detail, found: true };
            }
            size *= STEP;
        }
        layout = self.shape(block, detail, true);
        size = fit.largest * 0.62;
        let smallest = fit.smallest.min(size).max(0.5);
        loop {
            let found = fits(&mut layout, size, fit.area);
            if found || size <= smallest {
                return Tried { layout, size, detail, found };
            }
            size = (size * STEP).max(smallest);
        }
    }

    /// The text cut so that it fits at `size` with an ellipsis at its end.
    fn shortened(&mut self, block: Block<'_>, size: f32, detail: f32, area: RectF) -> (String, usize) {
        let mut layout = self.shape(block, detail, true);
        fits(&mut layout, size, area);
        let bottom = area.h / size * SHAPED;
        let last = layout.lines().take_while(|it| it.metrics().block_max_coord <= bottom + 0.01).last();
        let first = layout.lines().next();
        let end = last.or(first).map_or(0, |it| it.text_range().end);
        let mut kept = block.text.get(..end).unwrap_or_default().trim_end().to_owned();
        // A line ends where the next word no longer fits, so that a few steps make room for the ellipsis.
        for _ in 0..24 {
            let short = format!("{}\u{2026}", kept.trim_end());
            let end = if block.name > kept.trim_end().len() { short.len() } else { block.name };
            let mut layout = self.shape(Block { text: &short, name: end, bold: block.bold }, detail, true);
            if fits(&mut layout, size, area) || kept.is_empty() {
                return (short, end);
            }
            let last = kept.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
            kept.truncate(last);
        }
        ("\u{2026}".to_owned(), '\u{2026}'.len_utf8())
    }
}

/// A layout at the size that was chosen for it.
struct Tried {
    layout: Layout<Ink>,
    size: f32,
    /// The size of what stands below the name, in parts of the name's.
    detail: f32,
    found: bool,
}

/// Whether a line below the name does not fit into one.
fn runs_over(layout: &Layout<Ink>, name: usize) -> bool {
    let soft = |it: BreakReason| matches!(it, BreakReason::Regular | BreakReason::Emergency);
    layout.lines().any(|it| it.text_range().start >= name && soft(it.break_reason()))
}

/// Makes lines of about the same length: breaks the layout as narrow as takes no more lines. Returns that width.
fn balance(layout: &mut Layout<Ink>, size: f32, area: RectF) -> f32 {
    let lines = layout.len();
    if !(2..=6).contains(&lines) || !fits(layout, size, area) {
        return area.w;
    }
    let mut widths = [area.w; 13];
    for at in 1..widths.len() {
        widths[at] = widths[at - 1] * NARROWER;
    }
    // The narrower the box, the more lines: the last width that takes no more is found by halving.
    let (mut good, mut bad) = (0, widths.len());
    let mut broken = 0;
    while bad - good > 1 {
        broken = (good + bad) / 2;
        let narrow = RectF { w: widths[broken], ..area };
        if fits(layout, size, narrow) && layout.len() == lines {
            good = broken;
        } else {
            bad = broken;
        }
    }
    if broken != good {
        fits(layout, size, RectF { w: widths[good], ..area });
    }
    widths[good]
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
