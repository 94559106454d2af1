//! Lengths of time as people write them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A length of time in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub i64);

/// Units, largest first: names (the first is the singular that is printed) and milliseconds.
const UNITS: &[(&[&str], i64)] = &[
    (&["day", "days", "d"], 86_400_000),
    (&["hour", "hours", "h"], 3_600_000),
    (&["minute", "minutes", "min", "mins", "m"], 60_000),
    (&["second", "seconds", "sec", "secs", "s"], 1_000),
    (&["ms", "millisecond", "milliseconds", "millis"], 1),
];

impl Millis {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// One second.
    pub const SECOND: Self = Self(1_000);
    /// One minute.
    pub const MINUTE: Self = Self(60_000);
    /// One hour.
    pub const HOUR: Self = Self(3_600_000);
    /// 24 hours.
    pub const DAY: Self = Self(86_400_000);

    /// The longest that is read, about 285,000 years: up to here numbers with a fraction are exact to the millisecond.
    const MOST: i64 = 1 << 53;
}

/// A text that is not a length of time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a length of time; write for example `2 days`, `1h 30min` or `250ms`")]
pub struct ParseMillisError(String);

impl FromStr for Millis {
    type Err = ParseMillisError;

    /// Reads `2 days`, `1h 30min`, `250ms`, `a week`: one or more numbers, each with its unit.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ParseMillisError(text.chars().take(40).collect());
        let lower = text.trim().to_lowercase();
        let mut rest = lower.as_str();
        let mut total = 0i64;
        if rest.is_empty() {
            return Err(wrong());
        }
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            let (number, after) = rest.split_at(digits);
            let (number, after) = if number.is_empty() {
                let after = after.strip_prefix("an ").or_else(|| after.strip_prefix("a "));
                (1.0, after.ok_or_else(wrong)?)
            } else {
                (number.parse::<f64>().map_err(|_| wrong())?, after)
            };
            let after = after.trim_start();
            let letters = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
            let (unit, after) = after.split_at(letters);
            let scale = if matches!(unit, "week" | "weeks" | "w") {
                7 * 86_400_000
            } else {
                UNITS.iter().find(|(names, _)| names.contains(&unit)).ok_or_else(wrong)?.1
            };
            let part = number * scale as f64;
            if !part.is_finite() || part > Self::MOST as f64 {
                return Err(wrong());
            }
            total += part.round() as i64;
            if total > Self::MOST {
                return Err(wrong());
            }
            rest = after.trim_start_matches([' ', ',']);
        }
        Ok(Self(total))
    }
}

impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 {
            return f.pad(&format!("{} ms", self.0));
        }
        let mut rest = self.0;
        let mut parts = Vec::new();
        for (names, scale) in UNITS {
            let count = rest / scale;
            rest %= scale;
            if count > 0 {
                let singular = names.first().copied().unwrap_or_default();
                let plural = if count == 1 || *scale == 1 { "" } else { "s" };
                parts.push(format!("{count} {singular}{plural}"));
            }
        }
        f.pad(&if parts.is_empty() { "0 ms".to_owned() } else { parts.join(" ") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for (text, want) in [
            ("2 days", 172_800_000),
            ("1 day", 86_400_000),
            ("1h 30min", 5_400_000),
            ("250ms", 250),
            ("1.5 s", 1_500),
            ("a week", 604_800_000),
            ("an hour", 3_600_000),
        ] {
            assert_eq!(text.parse(), Ok(Millis(want)), "{text}");
        }
        let long = ["1e400 days", "99999999999999999999 days", "200000000000000 s", "104249991 days 104249991 days"];
        for text in ["", "soon", "3", "days", "-1 day"].into_iter().chain(long) {
            assert!(text.parse::<Millis>().is_err(), "{text}");
        }
    }

    #[test]
    fn prints_what_it_reads() {
        for ms in [0, 1, 999, 1_000, 61_001, 90_061_001, Millis::MOST - 1, Millis::MOST] {
            assert_eq!(Millis(ms).to_string().parse(), Ok(Millis(ms)));
        }
    }
}
