//! Element ids: 80 random bits, written as 16 base32 characters.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use super::Rng;
use super::serde_as_text;

/// Crockford's base32 alphabet in lower case: no `i`, `l`, `o`, `u`.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The id of one element of a board: 80 random bits, never reused.
///
/// Written as 16 base32 characters; its order is the order of that text. Held as its ten bytes, the highest first: a
/// run keeps several ids for each record, and a number of 128 bits would take three times the room in an `Option`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Id([u8; 10]);

impl Id {
    /// The number of characters of an id's text.
    pub const LEN: usize = 16;

    /// The id made of the lowest 80 bits of `bits`.
    pub const fn from_bits(bits: u128) -> Self {
        let [_, _, _, _, _, _, bytes @ ..] = bits.to_be_bytes();
        Self(bytes)
    }

    /// The 80 bits of this id.
    pub const fn bits(self) -> u128 {
        let [a, b, c, d, e, f, g, h, i, j] = self.0;
        u128::from_be_bytes([0, 0, 0, 0, 0, 0, a, b, c, d, e, f, g, h, i, j])
    }
}

impl Ord for Id {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bits().cmp(&other.bits())
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Id {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u128(self.bits());
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0u8; Self::LEN];
        for (at, slot) in text.iter_mut().enumerate() {
            let shift = 5 * (Self::LEN - 1 - at);
            let digit = ((self.bits() >> shift) & 31) as usize;
            *slot = ALPHABET.get(digit).copied().unwrap_or(b'0');
        }
        f.pad(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is not an [`Id`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an id: an id is 16 characters of 0-9 and a-z without i, l, o, u")]
pub struct ParseIdError(String);

impl FromStr for Id {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ParseIdError(text.chars().take(40).collect());
        if text.len() != Self::LEN {
            return Err(wrong());
        }
        let mut bits = 0u128;
        for byte in text.bytes() {
            let digit = ALPHABET.iter().position(|it| *it == byte).ok_or_else(wrong)?;
            bits = (bits << 5) | digit as u128;
        }
        Ok(Self::from_bits(bits))
    }
}

serde_as_text!(Id);

/// Where new ids come from. Seeded, so that tests and replays draw the same ids.
#[derive(Clone, Debug)]
pub struct IdSource(Rng);

impl IdSource {
    /// A source that draws from `rng`.
    pub fn new(rng: Rng) -> Self {
        Self(rng)
    }

    /// A source with a fixed seed.
    pub fn seeded(seed: u64) -> Self {
        Self(super::Streams::new(seed).stream("ids"))
    }

    /// The next id.
    pub fn next_id(&mut self) -> Id {
        let high = u128::from(self.0.next_u64());
        let low = u128::from(self.0.next_u64());
        Id::from_bits((high << 64) | low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_bits_agree() {
        let mut ids = IdSource::seeded(1);
        for _ in 0..100 {
            let id = ids.next_id();
            assert_eq!(id.to_string().len(), Id::LEN);
            assert_eq!(id.to_string().parse(), Ok(id));
        }
        assert!("".parse::<Id>().is_err());
        assert!("0123456789abcdei".parse::<Id>().is_err());
        assert!("0123456789abcdeé".parse::<Id>().is_err());
    }

    #[test]
    fn order_is_the_order_of_the_text() {
        let mut ids = IdSource::seeded(2);
        for _ in 0..100 {
            let (a, b) = (ids.next_id(), ids.next_id());
            assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
        }
    }
}
