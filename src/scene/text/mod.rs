//! Text layout: shaped once at one size, broken anew per size until it fits its box.

mod fit;
mod lines;
mod rough;

use std::borrow::Cow;

use parley::{FontFamily, FontFamilyName, FontWeight, Layout, LineHeight, OverflowWrap, StyleProperty};

use super::FontBook;

pub(super) use fit::{Align, Fit, Fitted};
pub(super) use lines::{Inks, extract};
pub(super) use rough::{is_plain, rough, rough_size, rough_width};

/// Text is shaped at this size and scaled.
pub(super) const SHAPED: f32 = 16.0;

/// The distance of lines, in sizes.
const LEADING: f32 = 1.18;

/// No more characters than this are ever shaped for one box.
const LONGEST: usize = 4_000;

/// What a character belongs to; decides its colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Ink {
    /// The name.
    #[default]
    Name,
    /// What stands below it.
    Detail,
}

/// A text and where its name ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block<'a> {
    /// All of it.
    pub(super) text: &'a str,
    /// The byte at which the name ends; what follows is smaller and never bold.
    pub(super) name: usize,
    /// Whether the name is bold.
    pub(super) bold: bool,
}

impl<'a> Block<'a> {
    /// A text that is all name.
    pub(super) fn plain(text: &'a str, bold: bool) -> Self {
        Self { text, name: text.len(), bold }
    }
}

/// Shapes and breaks text.
pub(super) struct TextEngine {
    pub(super) book: FontBook,
    fonts: parley::FontContext,
    layouts: parley::LayoutContext<Ink>,
    families: Vec<FontFamilyName<'static>>,
}

impl TextEngine {
    pub(super) fn new(book: FontBook, language: &str) -> Self {
        let families = book.families(language);
        let families = families.into_iter().map(|it| FontFamilyName::Named(Cow::Owned(it))).collect();
        Self { fonts: book.context(), layouts: parley::LayoutContext::new(), families, book }
    }

    /// Shapes a block at [`SHAPED`], what stands below the name at `detail` times that; lines are not broken yet.
    /// `anywhere` lets long words break.
    pub(super) fn shape(&mut self, block: Block<'_>, detail: f32, anywhere: bool) -> Layout<Ink> {
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, block.text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(Cow::Borrowed(&self.families))));
        let end = block.name.min(block.text.len());
        let has_details = end < block.text.len();
        // The size of the whole decides how low a line can be, so it is the smaller one.
        builder.push_default(StyleProperty::FontSize(if has_details { SHAPED * detail } else { SHAPED }));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(LEADING)));
        if anywhere {
            builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        }
        if block.bold && end > 0 {
            builder.push(StyleProperty::FontWeight(FontWeight::BOLD), 0..end);
        }
        if has_details {
            builder.push(StyleProperty::FontSize(SHAPED), 0..end);
            builder.push(StyleProperty::Brush(Ink::Detail), end..);
        }
        builder.build(block.text)
    }
}

/// The text without what must not be drawn: control characters but line breaks; tabs become blanks. Cut at the most
/// that is ever shaped, with whether it was. `name` is moved along.
pub(super) fn cleaned(text: &str, name: usize) -> (String, usize, bool) {
    let mut clean = String::with_capacity(text.len().min(LONGEST * 4));
    let mut end = None;
    let mut cut = false;
    for (count, (at, c)) in text.char_indices().enumerate() {
        if at >= name && end.is_none() {
            end = Some(clean.len());
        }
        if count >= LONGEST {
            cut = true;
            break;
        }
        match c {
            '\n' => clean.push('\n'),
            '\t' => clean.push(' '),
            c if c.is_control() => {}
            c => clean.push(c),
        }
    }
    let end = end.unwrap_or(clean.len());
    (clean, end, cut)
}

/// The byte at which the name ends in a text, where the name in one line is `name`.
pub(super) fn name_end(text: &str, name: &str) -> usize {
    let mut seen = String::new();
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        if seen.len() >= name.len() {
            break;
        }
        let words = line.trim();
        if !words.is_empty() {
            if !seen.is_empty() {
                seen.push(' ');
            }
            seen.push_str(words);
        }
        end += line.len();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_ends_where_the_board_says() {
        let text = "\nOrder\n Placed \ntotal: int\nnote";
        assert_eq!(name_end(text, "Order Placed"), text.find("total").unwrap());
        assert_eq!(name_end("Order", "Order"), 5);
        assert_eq!(name_end("", ""), 0);
        assert_eq!(name_end("a: int", ""), 0);
    }

    #[test]
    fn control_characters_are_not_drawn() {
        assert_eq!(cleaned("a\u{0}b\tc\r\nd\u{85}", 3), ("ab c\nd".to_owned(), 2, false));
        let (text, name, cut) = cleaned(&"é".repeat(10_000), 20_000);
        assert_eq!((text.chars().count(), name, cut), (LONGEST, text.len(), true));
    }
}
