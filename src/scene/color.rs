//! Colours, and colours as people write them.

use crate::kit::serde_as_text;
use std::fmt;
use std::str::FromStr;

/// A colour: red, green, blue and opacity, each 0-255, not premultiplied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Opacity: 255 hides what lies below.
    pub a: u8,
}

impl Color {
    /// An opaque colour.
    pub const fn rgb(r: u8, g: u8, b: u8) -> Self {
        Self { r, g, b, a: 255 }
    }

    /// The same colour with another opacity.
    pub const fn with_alpha(self, a: u8) -> Self {
        Self { a, ..self }
    }

    /// This colour with a part of `other` (0: none, 1: all of it).
    pub fn mix(self, other: Self, part: f32) -> Self {
        let part = part.clamp(0.0, 1.0);
        let mix = |a: u8, b: u8| (f32::from(a) * (1.0 - part) + f32::from(b) * part).round() as u8;
        Self { r: mix(self.r, other.r), g: mix(self.g, other.g), b: mix(self.b, other.b), a: mix(self.a, other.a) }
    }

    /// Relative luminance as WCAG 2 defines it: 0 is black, 1 is white.
    pub fn luminance(self) -> f32 {
        let channel = |it: u8| {
            let it = f32::from(it) / 255.0;
            if it <= 0.04045 { it / 12.92 } else { ((it + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(self.r) + 0.7152 * channel(self.g) + 0.0722 * channel(self.b)
    }

    /// The contrast ratio of WCAG 2 between two opaque colours: 1 (none) to 21.
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

impl fmt::Display for Color {
    /// `#rrggbb`, or `#rrggbbaa` where it is not opaque.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.r, self.g, self.b)?;
        if self.a == 255 { Ok(()) } else { write!(f, "{:02x}", self.a) }
    }
}

/// A text that is not a [`Color`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a colour: write #rrggbb or #rrggbbaa")]
pub struct ParseColorError(String);

impl FromStr for Color {
    type Err = ParseColorError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ParseColorError(text.chars().take(40).collect());
        let hex = text.strip_prefix('#').filter(|it| it.bytes().all(|b| b.is_ascii_hexdigit())).ok_or_else(wrong)?;
        let value = u32::from_str_radix(hex, 16).map_err(|_| wrong())?;
        let [r, g, b, a] = match hex.len() {
            6 => (value << 8 | 0xff).to_be_bytes(),
            8 => value.to_be_bytes(),
            _ => return Err(wrong()),
        };
        Ok(Self { r, g, b, a })
    }
}

serde_as_text!(Color);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_colour_agree() {
        for text in ["#fe9e4a", "#00000080", "#ffffff"] {
            assert_eq!(text.parse::<Color>().map(|it| it.to_string()).as_deref(), Ok(text));
        }
        for text in ["", "#", "fe9e4a", "#fe9e4", "#gg0000", "#+e9e4a", "#é00000"] {
            assert!(text.parse::<Color>().is_err(), "{text}");
        }
        assert_eq!(Color::rgb(0, 0, 0).contrast(Color::rgb(255, 255, 255)).round(), 21.0);
    }
}
