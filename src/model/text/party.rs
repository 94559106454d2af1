//! Rule lines of actors and external systems.

use crate::kit::Millis;
use crate::model::Rate;

/// `200ms..2s`, `200ms to 2s` or `500ms`.
pub(crate) fn latency(body: &str) -> Option<(Millis, Millis)> {
    let (low, high) = body.split_once("..").or_else(|| body.split_once(" to ")).unwrap_or((body, body));
    let (low, high) = (low.trim().parse::<Millis>().ok()?, high.trim().parse::<Millis>().ok()?);
    (low <= high).then_some((low, high))
}

/// `5%`, `5 %` or `0.05`: a share from 0 to 1.
pub(crate) fn failure_rate(body: &str) -> Option<f64> {
    let body = body.trim();
    let share = match body.strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f64>().ok()? / 100.0,
        None => body.parse::<f64>().ok()?,
    };
    (0.0..=1.0).contains(&share).then_some(share)
}

/// `Place Order 5 per hour`: the command, if one is named, and the rate.
pub(crate) fn rate(body: &str) -> Option<(Option<String>, Rate)> {
    let body = body.trim();
    // The rate begins at the last number before " per ", or at "every ".
    let starts = body.char_indices().filter(|(at, _)| *at == 0 || body.get(..*at).is_some_and(|it| it.ends_with(' ')));
    for (at, c) in starts {
        if (c.is_ascii_digit() || c == 'e')
            && let Some(rate) = body.get(at..).and_then(plain_rate)
        {
            let name = body.get(..at).map(str::trim).filter(|it| !it.is_empty());
            return Some((name.map(str::to_owned), rate));
        }
    }
    None
}

/// `5 per hour`, `2 per 10 minutes`, `every 30 seconds`.
fn plain_rate(body: &str) -> Option<Rate> {
    let body = body.trim();
    let span = |text: &str| -> Option<Millis> {
        let text = text.trim();
        text.parse().or_else(|_| format!("1 {text}").parse()).ok().filter(|it: &Millis| it.0 > 0)
    };
    if let Some(rest) = body.strip_prefix("every ") {
        return Some(Rate { count: 1.0, per: span(rest)? });
    }
    let (count, per) = body.split_once(" per ").or_else(|| body.split_once('/')).or_else(|| body.split_once(" a "))?;
    let count = count.trim().parse::<f64>().ok().filter(|it| *it > 0.0 && *it <= 1e6)?;
    Some(Rate { count, per: span(per)? })
}

/// `Payment Authorised 95%, Payment Declined 5%`: names with their weights.
pub(crate) fn answers(body: &str) -> Vec<(String, u32)> {
    let parts = body.split([',', '\n']).map(str::trim).filter(|it| !it.is_empty());
    parts
        .map(|part| {
            let number = part.strip_suffix('%').unwrap_or(part).trim_end();
            match number.rsplit_once(char::is_whitespace).and_then(|(name, it)| Some((name, it.parse::<u32>().ok()?))) {
                Some((name, weight)) => (name.trim().to_owned(), weight.min(1_000_000)),
                None => (part.to_owned(), 1),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_lines() {
        assert_eq!(latency("200ms..2s"), Some((Millis(200), Millis(2_000))));
        assert_eq!(latency("1 s"), Some((Millis(1_000), Millis(1_000))));
        assert_eq!(latency("2s..1s"), None);
        assert_eq!(failure_rate("5%"), Some(0.05));
        assert_eq!(failure_rate("0.5"), Some(0.5));
        assert_eq!(failure_rate("120%"), None);
        assert_eq!(failure_rate("NaN"), None);
        let plain = |count, per| Some((None, Rate { count, per }));
        assert_eq!(rate("5 per hour"), plain(5.0, Millis::HOUR));
        assert_eq!(rate("2 per 10 minutes"), plain(2.0, Millis(600_000)));
        assert_eq!(rate("every 30 s"), plain(1.0, Millis(30_000)));
        assert_eq!(
            rate("Enter Level 2 Order 40 per hour"),
            Some((Some("Enter Level 2 Order".to_owned()), Rate { count: 40.0, per: Millis::HOUR }))
        );
        assert_eq!(rate("often"), None);
        assert_eq!(rate("inf per day"), None);
        assert_eq!(answers("Paid 95%, Declined 5 %"), [("Paid".to_owned(), 95), ("Declined".to_owned(), 5)]);
        assert_eq!(answers("Paid"), [("Paid".to_owned(), 1)]);
    }
}
