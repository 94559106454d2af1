//! Text of people, made harmless for comments, documentation and literals.

/// Whether a character may stand in generated text: no control character, nothing that changes the direction of what
/// follows (the compiler refuses those), nothing invisible.
fn is_plain(c: char) -> bool {
    !c.is_control()
        && !matches!(
            c,
            '\u{061c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Longest text of people that is copied in one piece.
const LONGEST: usize = 400;

/// One line of plain text: blanks for line breaks and controls, direction marks left out, cut at a sensible length.
pub(super) fn plain(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }).collect();
    let shown: String = spaced.chars().filter(|c| is_plain(*c)).collect();
    let line = shown.split(' ').filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let mut cut: String = line.chars().take(LONGEST).collect();
    cut.push('…');
    cut
}

/// One line of a statement that somebody wrote: whole, with its blanks, but for what is invisible or turns text round.
pub(super) fn statement(line: &str) -> String {
    let shown: String = line.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| is_plain(*c)).collect();
    shown.trim().to_owned()
}

/// [`plain`] for a Rust doc comment or a page: characters that Markdown would read as links, code, tags or the start of
/// a list are escaped. Nothing is said to be nothing, so that no comment is empty.
pub(super) fn doc(text: &str) -> String {
    let line = plain(text);
    if line.is_empty() {
        return "(no name)".to_owned();
    }
    let mut out = String::new();
    let mut previous = ' ';
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        // An underscore within a word and a number sign behind the start mean nothing.
        let within = previous.is_alphanumeric() && rest.peek().is_some_and(|it| it.is_alphanumeric());
        let escaped = match c {
            '\\' | '`' | '~' | '*' | '[' | ']' | '<' | '>' => true,
            '_' => !within,
            '#' | '-' | '+' | '=' => out.is_empty(),
            '.' | ')' => !out.is_empty() && out.chars().all(|it| it.is_ascii_digit()),
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        out.push(c);
        previous = c;
    }
    out
}

/// A Rust string literal with quotes.
pub(super) fn literal(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if is_plain(c) => out.push(c),
            c => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_direction_and_no_control() {
        assert_eq!(plain("a\u{202e}b\r\n\tc\0d\u{200b}"), "ab c d");
        assert_eq!(plain(&"x".repeat(10_000)).chars().count(), LONGEST + 1);
        assert_eq!(doc("*/ [x](y) <b> `c`"), r"\*/ \[x\](y) \<b\> \`c\`");
        assert_eq!(doc("# order_id _x_"), r"\# order_id \_x\_");
        assert_eq!(doc("- a - b ~~~"), r"\- a - b \~\~\~");
        assert_eq!(doc("12. of 1.5"), r"12\. of 1.5");
        assert_eq!(doc(" \u{200b}"), "(no name)");
        assert_eq!(literal("a\"#\\\u{202e}\n{{"), r##""a\"#\\\u{202e}\n{{""##);
    }
}
