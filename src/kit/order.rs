//! Fractional keys: an order in which something can always be put between two others.

use std::fmt;
use std::str::FromStr;

use super::serde_as_text;
use fractional_index::FractionalIndex;

/// A place in an order (z, lists, lanes) between any two of which there is another.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct OrderKey(FractionalIndex);

impl OrderKey {
    /// A key after `before` and before `after`; `None` stands for the open end.
    /// Where there is no room (the two are equal or out of order) it comes just after `before`.
    pub fn between(before: Option<&Self>, after: Option<&Self>) -> Self {
        let key = FractionalIndex::new(before.map(|it| &it.0), after.map(|it| &it.0));
        Self(key.unwrap_or_else(|| match before {
            Some(before) => FractionalIndex::new_after(&before.0),
            None => FractionalIndex::default(),
        }))
    }
}

impl fmt::Display for OrderKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.to_string())
    }
}

/// A text that is not an [`OrderKey`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an order key")]
pub struct ParseOrderKeyError(String);

impl FromStr for OrderKey {
    type Err = ParseOrderKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ParseOrderKeyError(text.chars().take(40).collect());
        if text.len() > 2_000 {
            return Err(wrong());
        }
        FractionalIndex::from_string(text).map(Self).map_err(|_| wrong())
    }
}

serde_as_text!(OrderKey);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_always_room() {
        let (mut low, high) = (OrderKey::default(), OrderKey::between(Some(&OrderKey::default()), None));
        for _ in 0..200 {
            let middle = OrderKey::between(Some(&low), Some(&high));
            assert!(low < middle && middle < high);
            assert_eq!(middle.to_string().parse(), Ok(middle.clone()));
            low = middle;
        }
        assert!(OrderKey::between(None, Some(&low)) < low);
        assert!(OrderKey::between(Some(&high), Some(&low)) > high);
        assert!("zz".parse::<OrderKey>().is_err());
    }
}
