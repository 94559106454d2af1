//! How well a few letters stand for a text: all must occur in order, better at the starts of words and in a row.

/// How well `query` fits, and which characters of the text it meets (by their number). `None` if it does not fit.
/// Upper and lower case are the same; blanks in the query are passed over.
pub(crate) fn score(query: &str, text: &str) -> Option<(i32, Vec<usize>)> {
    let wanted: Vec<char> = query.chars().filter(|it| !it.is_whitespace()).flat_map(char::to_lowercase).collect();
    if wanted.is_empty() {
        return Some((0, Vec::new()));
    }
    let letters: Vec<char> = text.chars().take(400).collect();
    if wanted.len() > letters.len() {
        return None;
    }
    let lower: Vec<char> = letters.iter().map(|it| it.to_lowercase().next().unwrap_or(*it)).collect();
    let starts = |at: usize| match at.checked_sub(1).and_then(|it| letters.get(it)) {
        None => true,
        Some(before) => {
            !before.is_alphanumeric() || before.is_lowercase() && letters.get(at).is_some_and(|it| it.is_uppercase())
        }
    };
    // best[i] is the best value with the letters of the query so far, the last of them met at i.
    let mut best: Vec<Option<i32>> = vec![None; lower.len()];
    let mut ways: Vec<Vec<usize>> = Vec::new();
    for (number, letter) in wanted.iter().enumerate() {
        let mut next: Vec<Option<i32>> = vec![None; lower.len()];
        let mut way = vec![0; lower.len()];
        // The best earlier end, with the price of the gap that grows by one a character.
        let mut far: Option<(i32, usize)> = None;
        for at in 0..lower.len() {
            if let Some((value, _)) = &mut far {
                *value -= 1;
            }
            let fits = lower.get(at) == Some(letter);
            let own = if starts(at) { 12 } else { 1 };
            let before = at.checked_sub(1);
            let adjacent = before.and_then(|it| Some((best.get(it).copied().flatten()? + 9, it)));
            let reached = if number == 0 {
                Some((-(at.min(12) as i32) / 2, at))
            } else {
                [adjacent, far].into_iter().flatten().max_by_key(|it| it.0)
            };
            if fits && let Some((value, from)) = reached {
                if let Some(slot) = next.get_mut(at) {
                    *slot = Some(value + own);
                }
                if let Some(slot) = way.get_mut(at) {
                    *slot = from;
                }
            }
            if let Some((value, it)) = before.and_then(|it| Some((best.get(it).copied().flatten()?, it)))
                && far.is_none_or(|known| value > known.0)
            {
                far = Some((value, it));
            }
        }
        best = next;
        ways.push(way);
    }
    let (mut at, value) = best
        .iter()
        .enumerate()
        .filter_map(|(at, it)| Some((at, (*it)?)))
        .max_by_key(|(at, it)| (*it, usize::MAX - at))?;
    let mut met = vec![at];
    for way in ways.iter().skip(1).rev() {
        at = way.get(at).copied()?;
        met.push(at);
    }
    met.reverse();
    Some((value * 4 - (letters.len().min(80) as i32) / 2, met))
}

#[cfg(test)]
mod tests {
    use super::score;

    #[test]
    fn better_fits_come_first() {
        for (query, all) in [
            ("zf", &["Zoom full", "Zoom to fit", "Freeze of"][..]),
            ("plc", &["Place Order", "Replace all", "Policy"]),
            ("save", &["Save", "Save as", "Reserve a seat"]),
            ("ord pl", &["Order Placed", "Order is replaced"]),
        ] {
            let mut ranked: Vec<_> = all.iter().filter_map(|it| Some((score(query, it)?.0, *it))).collect();
            ranked.sort_by_key(|it| std::cmp::Reverse(it.0));
            assert_eq!(ranked.first().map(|it| it.1), all.first().copied(), "{query}: {ranked:?}");
        }
        assert_eq!(score("xyz", "Zoom to fit"), None);
        assert_eq!(score("ZTF", "Zoom to fit").map(|it| it.1), Some(vec![0, 5, 8]));
        assert_eq!(score("注文", "注文した").map(|it| it.1), Some(vec![0, 1]));
    }
}
