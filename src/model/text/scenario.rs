//! The text of scenarios, taken apart line by line.
//!
//! First line title; then `given Order Placed(order = 'o1', total = 12.50)`, `when Place Order(order = 'o1')`,
//! `then Order Placed(total = 12.50)`, `then nothing`, `then rejected`; `and ...` goes on with the phase above it.
//! Laws, of one line: `always stock >= 0`; `every A leads to B or C within 2 days`. Other lines are remarks.

/// What stands on a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// An example.
    Example {
        /// The first line.
        title: String,
        /// Its steps in order.
        steps: Vec<(Phase, StepText)>,
    },
    /// `always ...`
    Always(String),
    /// `every ... leads to ...`
    LeadsTo {
        /// The cause.
        from: String,
        /// Any of these.
        to: Vec<String>,
        /// The time, as written.
        within: Option<String>,
    },
    /// Neither steps nor a law: a remark.
    Remark,
}

/// The phase of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// What happened before.
    Given,
    /// What is done.
    When,
    /// What is expected.
    Then,
}

/// A step before names are looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StepText {
    /// What follows the word, whole.
    pub(crate) body: String,
    /// The name before the parenthesis.
    pub(crate) name: String,
    /// `field = value`, as written.
    pub(crate) values: Vec<(String, String)>,
    /// Arguments that are not `field = value`.
    pub(crate) odd: Vec<String>,
    /// The line as written.
    pub(crate) text: String,
    /// The line of the scenario, from 0.
    pub(crate) line: usize,
}

/// Takes the text of a scenario apart.
pub(crate) fn read_scenario(text: &str) -> Reading {
    let mut steps = Vec::new();
    let mut phase = None;
    let mut title = None;
    let mut law = None;
    for (at, line) in text.lines().map(str::trim).enumerate().filter(|(_, it)| !it.is_empty()) {
        if law.is_none() {
            law = read_law(line);
        }
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        let next = match word.to_lowercase().as_str() {
            "given" => Some(Phase::Given),
            "when" => Some(Phase::When),
            "then" => Some(Phase::Then),
            "and" => phase,
            _ => None,
        };
        // The first line is the title, unless the text has none and begins with a step.
        if title.is_none() {
            let step = matches!(next, Some(Phase::Given | Phase::When)) && rest.contains('(');
            title = Some(line.to_owned());
            if !step {
                continue;
            }
        }
        if let Some(next) = next.filter(|_| !rest.is_empty()) {
            phase = Some(next);
            steps.push((next, step(rest, line, at)));
        }
    }
    match law {
        Some(law) if steps.is_empty() => law,
        _ if steps.is_empty() => Reading::Remark,
        _ => Reading::Example { title: title.unwrap_or_default(), steps },
    }
}

/// `always ...` or `every ... leads to ...`
fn read_law(line: &str) -> Option<Reading> {
    let starts = |word: &str| {
        let head = line.get(..word.len())?;
        head.eq_ignore_ascii_case(word).then(|| line.get(word.len()..).unwrap_or_default().trim())
    };
    if let Some(rest) = starts("always ").filter(|it| !it.is_empty()) {
        return Some(Reading::Always(rest.to_owned()));
    }
    let rest = starts("every ")?;
    let (from, rest) = split_word(rest, " leads to ")?;
    let (to, within) = match split_word(rest, " within ") {
        Some((to, within)) => (to, Some(within.trim().to_owned())),
        None => (rest, None),
    };
    let mut names = Vec::new();
    for part in to.split(',') {
        let mut part = part;
        while let Some((name, rest)) = split_word(part, " or ") {
            names.push(name.trim().to_owned());
            part = rest;
        }
        names.push(part.trim().to_owned());
    }
    names.retain(|it| !it.is_empty());
    Some(Reading::LeadsTo { from: from.trim().to_owned(), to: names, within })
}

/// Splits at ASCII words in any case.
fn split_word<'a>(text: &'a str, at: &str) -> Option<(&'a str, &'a str)> {
    let lower = text.to_ascii_lowercase();
    let start = lower.find(at)?;
    Some((text.get(..start)?, text.get(start + at.len()..)?))
}

fn step(body: &str, line: &str, at: usize) -> StepText {
    let mut step = StepText {
        body: body.to_owned(),
        name: body.to_owned(),
        values: Vec::new(),
        odd: Vec::new(),
        text: line.to_owned(),
        line: at,
    };
    let Some((name, rest)) = body.split_once('(') else { return step };
    let Some(inside) = rest.trim_end().strip_suffix(')') else { return step };
    step.name = name.trim().to_owned();
    for part in parts(inside) {
        match part.split_once('=') {
            Some((field, value)) if !field.trim().is_empty() => {
                step.values.push((field.trim().to_owned(), value.trim().to_owned()));
            }
            _ => step.odd.push(part.to_owned()),
        }
    }
    step
}

/// Splits at commas outside quotes and brackets.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth, mut quote) = (Vec::new(), 0, 0usize, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                parts.push(text.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            (None, _) => {}
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts.into_iter().map(str::trim).filter(|it| !it.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example() {
        let text = "A paid order\ngiven Order Placed(order = 'o1', total = 12.50)\nand Note(text = 'a, b = (c')\n\
                    a remark\nwhen Pay Order(order = 'o1')\nThen nothing";
        let Reading::Example { title, steps } = read_scenario(text) else { panic!("no scenario") };
        assert_eq!(title, "A paid order");
        let read: Vec<String> =
            steps.iter().map(|(phase, it)| format!("{phase:?} {} {:?}", it.name, it.values)).collect();
        assert_eq!(
            read,
            [
                r#"Given Order Placed [("order", "'o1'"), ("total", "12.50")]"#,
                r#"Given Note [("text", "'a, b = (c'")]"#,
                r#"When Pay Order [("order", "'o1'")]"#,
                "Then nothing []",
            ]
        );
    }

    #[test]
    fn laws() {
        assert_eq!(read_scenario("always stock >= 0"), Reading::Always("stock >= 0".to_owned()));
        assert_eq!(
            read_scenario("Every Order Placed leads to Order Shipped or Order Cancelled within 2 days"),
            Reading::LeadsTo {
                from: "Order Placed".to_owned(),
                to: vec!["Order Shipped".to_owned(), "Order Cancelled".to_owned()],
                within: Some("2 days".to_owned()),
            }
        );
        assert_eq!(read_scenario("Every morning"), Reading::Remark);
        assert_eq!(read_scenario(""), Reading::Remark);
        assert_eq!(read_scenario("given\nthen"), Reading::Remark);
    }

    #[test]
    fn a_title_may_begin_with_a_word_of_a_step() {
        let Reading::Example { title, steps } = read_scenario("When the kitchen is closed\nwhen Place Order") else {
            panic!("no scenario")
        };
        assert_eq!((title.as_str(), steps.len()), ("When the kitchen is closed", 1));
    }
}
