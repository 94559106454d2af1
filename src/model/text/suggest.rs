//! Did you mean ...: the nearest of some names.

use crate::kit::fold;

/// Longer names are not compared: the work grows with the product of both lengths.
const MAX: usize = 64;

/// The candidate that is nearest to what was written, if it is near enough to be meant.
pub(crate) fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written: Vec<char> = fold(written).chars().collect();
    if written.is_empty() || written.len() > MAX {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let folded: Vec<char> = fold(candidate).chars().take(MAX + 1).collect();
        let far = distance(&written, &folded);
        if far <= 1 + written.len() / 4 && best.is_none_or(|(it, _)| far < it) {
            best = Some((far, candidate));
        }
    }
    best.map(|(_, it)| it)
}

/// Levenshtein's distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (y, above) in b.iter().zip(row.iter_mut().skip(1)) {
            let cost = diagonal + usize::from(x != y);
            diagonal = *above;
            left = cost.min(*above + 1).min(left + 1);
            *above = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_suggested() {
        let names = ["Order Placed", "Order Paid", "Meal Prepared"];
        for (written, want) in [
            ("Order Palced", Some("Order Placed")),
            ("order payed", Some("Order Paid")),
            ("Courier", None),
            ("", None),
        ] {
            assert_eq!(nearest(written, names), want, "{written}");
        }
        assert_eq!(distance(&['a', 'b'], &['b']), 1);
        assert_eq!(distance(&[], &['b', 'c']), 2);
    }
}
