//! When a time event fires, as people write it.
//!
//! `every 1 day`, `every morning`, `at 08:00`, `3 days after Order Placed unless Order Paid or Order Cancelled`,
//! `after 3 days`: in a rule line, a note or the name itself. A name that says no time means, by its words: a deadline
//! ("Payment Date Passed", "Claim expired") comes one day after the event it follows; "day", "week", "month", "year"
//! and "hour" come again after that time; anything else comes every day.

use crate::kit::Millis;
use crate::model::Cadence;

/// A schedule whose events are still names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Schedule {
    /// When it fires.
    pub(crate) cadence: Cadence,
    /// The event it follows, as written.
    pub(crate) follows: Option<String>,
    /// The events that stop it, as written.
    pub(crate) unless: Vec<String>,
    /// Whether it follows an event although none is named: the one that is drawn, or the target's first.
    pub(crate) deadline: bool,
    /// Whether the time was assumed.
    pub(crate) assumed: bool,
}

/// Reads the first of the lines that is a schedule, else the name.
pub(crate) fn schedule<'a>(lines: impl IntoIterator<Item = &'a str>, name: &str) -> Schedule {
    lines.into_iter().find_map(written).or_else(|| written(name)).unwrap_or_else(|| by_words(name))
}

/// A line that says when.
fn written(line: &str) -> Option<Schedule> {
    let line = line.trim();
    let lower = line.to_lowercase();
    // Lower case may be longer than the original in bytes; such lines are no schedules of ours.
    if lower.len() != line.len() {
        return None;
    }
    let plain = |cadence| Schedule { cadence, follows: None, unless: Vec::new(), deadline: false, assumed: false };
    if let Some(rest) = lower.strip_prefix("every ").or_else(|| lower.strip_prefix("each ")) {
        return period(rest.trim()).map(plain);
    }
    if let Some(rest) = lower.strip_prefix("at ") {
        return time_of_day(rest.trim()).map(|it| plain(Cadence::Daily(it)));
    }
    if let Some(rest) = lower.strip_prefix("after ") {
        // "after 15 minutes after Order Placed": the rule word, and the sentence.
        if rest.contains(" after ") {
            return written(line.get("after ".len()..)?);
        }
        let (span, unless) = split(rest, " unless ");
        let skipped = line.len() - rest.len();
        let stop = unless.and_then(|it| line.get(skipped + rest.len() - it.len()..));
        let after = span.trim().parse::<Millis>().ok().filter(|it| it.0 > 0)?;
        let unless = stop.map(names).unwrap_or_default();
        return Some(Schedule { unless, deadline: true, ..plain(Cadence::After(after)) });
    }
    let at = lower.find(" after ")?;
    let after = lower.get(..at)?.trim().parse::<Millis>().ok().filter(|it| it.0 > 0)?;
    let rest = line.get(at + " after ".len()..)?;
    let low = lower.get(at + " after ".len()..)?;
    let (event, _) = split(low, " unless ");
    let follows = rest.get(..event.len())?.trim();
    let unless = rest.get((event.len() + " unless ".len()).min(rest.len())..).map(names).unwrap_or_default();
    let follows = (!follows.is_empty()).then(|| follows.to_owned());
    Some(Schedule { follows, unless, deadline: true, ..plain(Cadence::After(after)) })
}

/// What a name that says no time means.
fn by_words(name: &str) -> Schedule {
    let words = crate::kit::words(name);
    let has = |these: &[&str]| words.iter().any(|it| these.contains(&it.as_str()));
    let ends = |these: &[&str]| words.last().is_some_and(|it| these.contains(&it.as_str()));
    let deadline = ends(&["passed", "due", "elapsed", "expired", "deadline", "overdue", "reached", "timeout", "out"]);
    let cadence = if deadline {
        Cadence::After(Millis::DAY)
    } else if has(&["hour", "hourly"]) {
        Cadence::Every(Millis::HOUR)
    } else if has(&["week", "weekly"]) {
        Cadence::Every(Millis(7 * Millis::DAY.0))
    } else if has(&["month", "monthly"]) {
        Cadence::Every(Millis(30 * Millis::DAY.0))
    } else if has(&["year", "yearly"]) {
        Cadence::Every(Millis(365 * Millis::DAY.0))
    } else {
        Cadence::Every(Millis::DAY)
    };
    Schedule { cadence, follows: None, unless: Vec::new(), deadline, assumed: true }
}

/// What follows `every`.
fn period(text: &str) -> Option<Cadence> {
    let days = |count: i64| Some(Cadence::Every(Millis(count * Millis::DAY.0)));
    let hours = |count: i64| Some(Cadence::Daily(Millis(count * Millis::HOUR.0)));
    if let Ok(span) = text.parse::<Millis>().or_else(|_| format!("1 {text}").parse()) {
        return (span.0 > 0).then_some(Cadence::Every(span));
    }
    if let Some((day, at)) = text.split_once(" at ")
        && matches!(day.trim(), "day" | "morning" | "evening" | "night")
    {
        return time_of_day(at.trim()).map(Cadence::Daily);
    }
    match text.split_whitespace().next()? {
        "morning" => hours(8),
        "noon" => hours(12),
        "afternoon" => hours(15),
        "evening" => hours(18),
        "night" | "midnight" => hours(0),
        "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" => days(7),
        "month" => days(30),
        "quarter" => days(91),
        "year" | "january" | "february" | "march" | "april" | "may" | "june" | "july" | "august" | "september"
        | "october" | "november" | "december" | "spring" | "summer" | "autumn" | "winter" => days(365),
        _ => None,
    }
}

/// `08:00`, `8`, `noon`: milliseconds after midnight.
fn time_of_day(text: &str) -> Option<Millis> {
    match text {
        "midnight" => return Some(Millis::ZERO),
        "noon" => return Some(Millis(12 * Millis::HOUR.0)),
        _ => {}
    }
    let text = text.strip_suffix("o'clock").unwrap_or(text).trim();
    let (hour, minute) = text.split_once(':').unwrap_or((text, "0"));
    let (hour, minute) = (hour.trim().parse::<i64>().ok()?, minute.trim().parse::<i64>().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute))
        .then_some(Millis(hour * Millis::HOUR.0 + minute * Millis::MINUTE.0))
}

fn split<'a>(text: &'a str, at: &str) -> (&'a str, Option<&'a str>) {
    text.split_once(at).map_or((text, None), |(head, tail)| (head, Some(tail)))
}

/// `A or B, C`
fn names(text: &str) -> Vec<String> {
    let parts = text.split(',').flat_map(|it| it.split(" or "));
    parts.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write() {
        let day = Millis::DAY.0;
        let hour = Millis::HOUR.0;
        for (text, cadence, assumed) in [
            ("every 1 day", Cadence::Every(Millis(day)), false),
            ("Every day", Cadence::Every(Millis(day)), false),
            ("Every morning", Cadence::Daily(Millis(8 * hour)), false),
            ("Every September", Cadence::Every(Millis(365 * day)), false),
            ("every day at 07:30", Cadence::Daily(Millis(7 * hour + hour / 2)), false),
            ("at 08:00", Cadence::Daily(Millis(8 * hour)), false),
            ("at noon", Cadence::Daily(Millis(12 * hour)), false),
            ("after 2 hours", Cadence::After(Millis(2 * hour)), false),
            ("New day started", Cadence::Every(Millis(day)), true),
            ("Week ended", Cadence::Every(Millis(7 * day)), true),
            ("Payment Date Passed", Cadence::After(Millis(day)), true),
            ("Claim expired", Cadence::After(Millis(day)), true),
            ("at 25:00", Cadence::Every(Millis(day)), true),
            ("every so often", Cadence::Every(Millis(day)), true),
            ("every 0 days", Cadence::Every(Millis(day)), true),
            ("", Cadence::Every(Millis(day)), true),
        ] {
            let schedule = schedule([], text);
            assert_eq!((schedule.cadence, schedule.assumed), (cadence, assumed), "{text}");
        }
    }

    #[test]
    fn timers_that_follow_an_event() {
        let it = schedule(["3 days after Order Placed unless Order Paid or Order Cancelled"], "Payment overdue");
        assert_eq!(it.cadence, Cadence::After(Millis(3 * Millis::DAY.0)));
        assert_eq!(it.follows.as_deref(), Some("Order Placed"));
        assert_eq!(it.unless, ["Order Paid", "Order Cancelled"]);
        let it = schedule(["after 15 minutes after Order Placed unless Order Paid"], "");
        assert_eq!(it.cadence, Cadence::After(Millis(15 * Millis::MINUTE.0)));
        assert_eq!((it.follows.as_deref(), it.unless.len()), (Some("Order Placed"), 1));
        let it = schedule(["after 2 days unless Order Paid"], "Reminder");
        assert_eq!((it.follows, it.unless), (None, vec!["Order Paid".to_owned()]));
        let it = schedule([], "2 days after Bestellung Geprüft");
        assert_eq!(it.follows.as_deref(), Some("Bestellung Geprüft"));
    }
}
