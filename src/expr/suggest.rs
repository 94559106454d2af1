//! "Did you mean": the nearest of some names.

/// The candidate that is nearest to what was written, if it is near enough to be a slip.
pub fn did_you_mean<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower: Vec<char> = written.to_lowercase().chars().take(64).collect();
    let most = lower.len().div_ceil(3);
    let distances = candidates.into_iter().map(|it| {
        let other: Vec<char> = it.to_lowercase().chars().take(64).collect();
        (distance(&lower, &other), it)
    });
    distances.filter(|(away, _)| *away <= most).min_by_key(|(away, _)| *away).map(|(_, it)| it)
}

/// How many characters must be put in, taken out, changed or swapped with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut previous_a = None;
    for (row, ca) in a.iter().enumerate() {
        let mut line = vec![row + 1];
        let mut previous_b = None;
        for (column, cb) in b.iter().enumerate() {
            let get = |line: &[usize], at: usize| line.get(at).copied().unwrap_or(usize::MAX - 1);
            let changed = get(&above, column) + usize::from(ca != cb);
            let mut least = changed.min(get(&above, column + 1) + 1).min(get(&line, column) + 1);
            if column > 0 && previous_a == Some(cb) && previous_b == Some(ca) {
                least = least.min(get(&before, column - 1) + 1);
            }
            line.push(least);
            previous_b = Some(cb);
        }
        before = std::mem::replace(&mut above, line);
        previous_a = Some(ca);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let names = ["STATUS", "TOTAL", "ORDER_ID"];
        for (written, want) in [
            ("staus", Some("STATUS")),
            ("sttaus", Some("STATUS")),
            ("TOTALS", Some("TOTAL")),
            ("orderid", Some("ORDER_ID")),
            ("customer", None),
            ("", None),
        ] {
            assert_eq!(did_you_mean(written, names), want, "{written}");
        }
    }
}
