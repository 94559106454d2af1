//! A name as it may lie, from rough widths of its letters: for pictures from afar, where words are bars. Laying it out
//! costs twenty times as much.

use super::fit::{Align, BREAK_WORDS, Fit};
use super::{Inks, LEADING};
use crate::kit::RectF;
use crate::scene::{FontId, GlyphRun, Shape, TextLine};

/// Longer texts are laid out at once.
const LONGEST: usize = 400;
/// Sizes are tried in steps of this factor.
const STEP: f32 = 0.9;
/// The baseline below the top of a line, in sizes.
const BASELINE: f32 = 0.92;

/// Whether a text can be shown roughly: the bundled fonts have all of its letters, and they stand side by side.
pub(in crate::scene) fn is_plain(text: &str) -> bool {
    text.len() <= LONGEST && text.chars().all(|it| it == '\n' || !it.is_control() && it < '\u{180}')
}

/// The lines of a name, without letters.
pub(in crate::scene) fn rough(name: &str, fit: &Fit, inks: &Inks) -> Vec<Shape> {
    let (size, mut lines) = fitted(name, fit);
    let leading = LEADING * size;
    let most = ((fit.area.h / leading) as usize).max(1);
    lines.truncate(most);
    let free = (fit.area.h - lines.len() as f32 * leading).max(0.0);
    let (middle, down) = match fit.align {
        Align::Middle => (true, true),
        Align::Top => (true, false),
        Align::Start => (false, false),
        Align::StartMiddle => (false, true),
    };
    let top = fit.area.y + if down { free / 2.0 } else { 0.0 };
    let line = |(at, (text, width)): (usize, (String, f32))| {
        let advance = (width * size).min(fit.area.w);
        let x = fit.area.x + if middle { (fit.area.w - advance) / 2.0 } else { 0.0 };
        let y = top + at as f32 * leading;
        let run = GlyphRun {
            font: FontId::default(),
            size,
            color: inks.name,
            text: text.clone(),
            start: 0,
            rtl: false,
            x,
            advance,
            glyphs: Vec::new(),
        };
        let bounds = RectF::new(x, y, advance, leading);
        Shape::Text(TextLine { text, bounds, baseline: y + size * BASELINE, rtl: false, runs: vec![run] })
    };
    lines.into_iter().enumerate().map(line).collect()
}

/// About the size at which a name is shown, rather too large than too small.
pub(in crate::scene) fn rough_size(name: &str, fit: &Fit) -> f32 {
    // Scripts without blanks are broken anywhere, and so are words that are too long for half of the largest size.
    if !is_plain(name) {
        return fit.largest;
    }
    let least = if rough_width(longest(name)) * fit.largest * BREAK_WORDS > fit.area.w { BREAK_WORDS } else { 0.0 };
    (fitted(name, fit).0 * SAFETY).max(fit.largest * least).min(fit.largest)
}

/// The longest word.
fn longest(text: &str) -> &str {
    text.split_whitespace().max_by_key(|it| it.len()).unwrap_or_default()
}

/// A rough size is at most this much too small.
const SAFETY: f32 = 1.15;

/// A size at which a name fits, and its lines with their widths in sizes.
fn fitted(name: &str, fit: &Fit) -> (f32, Vec<(String, f32)>) {
    let words: Vec<(&str, f32)> = name.split_whitespace().map(|it| (it, rough_width(it))).collect();
    let widest = words.iter().map(|it| it.1).fold(0.1, f32::max);
    let mut size = fit.largest.min(fit.area.w / widest).max(fit.smallest);
    let mut lines = broken(&words, fit.area.w / size);
    while lines.len() as f32 * LEADING * size > fit.area.h && size > fit.smallest {
        size *= STEP;
        lines = broken(&words, fit.area.w / size);
    }
    (size, lines)
}

/// About how wide a text is in one line, in sizes.
pub(in crate::scene) fn rough_width(text: &str) -> f32 {
    text.chars().map(width).sum()
}

/// The words in lines no wider than `room`, as far as words are, each with its width in sizes.
fn broken(words: &[(&str, f32)], room: f32) -> Vec<(String, f32)> {
    let blank = width(' ');
    let mut lines: Vec<(String, f32)> = Vec::new();
    for (word, wide) in words {
        match lines.last_mut() {
            Some((text, width)) if *width + blank + wide <= room => {
                text.push(' ');
                text.push_str(word);
                *width += blank + wide;
            }
            _ => lines.push(((*word).to_owned(), *wide)),
        }
    }
    lines
}

/// How wide a letter is, in sizes.
fn width(c: char) -> f32 {
    match c {
        ' ' | 'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.28,
        'f' | 'r' | 't' | '(' | ')' | '-' | '/' | 'I' => 0.38,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.88,
        'A'..='Z' => 0.67,
        // Scripts whose letters are as wide as high.
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' => 1.0,
        _ => 0.56,
    }
}
