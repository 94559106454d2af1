//! The text of a link: guards, mappings, prose; one a line.

/// The lines of a link's text, sorted by what they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Label {
    /// What follows `when`.
    pub(crate) when: Vec<String>,
    /// Whether a line says `otherwise`.
    pub(crate) otherwise: bool,
    /// Everything else: mappings (`field = expr`), bare guards, prose.
    pub(crate) lines: Vec<String>,
}

/// Takes a link's text apart.
pub(crate) fn label(text: &str) -> Label {
    let mut label = Label::default();
    for line in text.lines().map(str::trim).filter(|it| !it.is_empty()) {
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if word.eq_ignore_ascii_case("when") && !rest.trim().is_empty() {
            label.when.push(rest.trim().to_owned());
        } else if line.eq_ignore_ascii_case("otherwise") || line.eq_ignore_ascii_case("else") {
            label.otherwise = true;
        } else {
            label.lines.push(line.to_owned());
        }
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_sorted() {
        let label = label("when total > credit\n  Otherwise \n\norder = order_id\nif VIP\nwhen");
        assert_eq!(label.when, ["total > credit"]);
        assert!(label.otherwise);
        assert_eq!(label.lines, ["order = order_id", "if VIP", "when"]);
    }
}
