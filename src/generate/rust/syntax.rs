//! Functions and conditions as text.

use std::collections::BTreeSet;

use super::code::Code;

/// A function: its head on one line or several, its body as given. Parameters that the body does not read are left
/// out, but for the first `kept`. Returns the names of those that stay.
pub(in crate::generate) fn function_lines(
    code: &mut Code,
    visibility: &str,
    name: &str,
    params: &[String],
    kept: usize,
    result: &str,
    body: &str,
) -> Vec<String> {
    let words = variables(body);
    let mut used = Vec::new();
    let mut heads = Vec::new();
    for (at, param) in params.iter().enumerate() {
        let variable = param.split(':').next().unwrap_or_default();
        let read = param.starts_with('&') || words.contains(variable);
        if read || at < kept {
            used.push(variable.to_owned());
            heads.push(if read { param.clone() } else { format!("_{param}") });
        }
    }
    let params = heads;
    let result = if result.is_empty() { String::new() } else { format!(" -> {result}") };
    let one = format!("{visibility}fn {name}({}){result} {{", params.join(", "));
    if one.len() <= 110 {
        code.line(one);
    } else {
        code.line(format!("{visibility}fn {name}("));
        for param in &params {
            code.line(format!("{param},"));
        }
        code.line(format!("){result} {{"));
    }
    code.raw(body);
    code.line("}");
    used
}

/// The name at a place of a list, numbered where an earlier one or another's plain name is the same.
pub(in crate::generate) fn numbered(names: &[String], at: usize) -> String {
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut last = String::new();
    for plain in names.iter().take(at + 1) {
        last.clone_from(plain);
        let mut count = 1;
        while used.contains(&last) || count > 1 && names.contains(&last) {
            count += 1;
            last = format!("{plain}_{count}");
        }
        let _ = used.insert(last.clone());
    }
    last
}

/// The words of code that may be variables: outside comments and literals, no member behind a dot, no label of a field.
pub(in crate::generate) fn variables(body: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in body.lines().filter(|it| !it.trim_start().starts_with("//")) {
        let mut quoted = false;
        let mut word = String::new();
        let mut behind_dot = false;
        let mut previous = ' ';
        let mut before = ' ';
        let mut rest = line.chars().chain([' ']).peekable();
        while let Some(c) = rest.next() {
            if quoted {
                quoted = !(c == '"' && previous != '\\');
                previous = if previous == '\\' { ' ' } else { c };
                continue;
            }
            if c.is_alphanumeric() || c == '_' {
                if word.is_empty() {
                    behind_dot = previous == '.' && before != '.';
                }
                word.push(c);
            } else {
                let label = c == ':' && rest.peek() != Some(&':');
                if !word.is_empty() && !behind_dot && !label {
                    let _ = found.insert(std::mem::take(&mut word));
                }
                word.clear();
                quoted = c == '"';
            }
            before = previous;
            previous = c;
        }
    }
    found
}

/// The opposite of a condition.
pub(in crate::generate) fn negated(condition: &str) -> String {
    if let Some(inner) = condition.strip_suffix(".is_none()").filter(|it| is_place(it)) {
        return format!("{inner}.is_some()");
    }
    if let Some(inner) = condition.strip_suffix(".is_some()").filter(|it| is_place(it)) {
        return format!("{inner}.is_none()");
    }
    if let Some(turned) = turned(condition) {
        return turned;
    }
    let plain = condition.chars().all(|c| c.is_alphanumeric() || "_.:".contains(c));
    let call = condition.split_once('(').is_some_and(|(head, rest)| {
        head.chars().all(|c| c.is_alphanumeric() || "_.:".contains(c)) && closes_at_end(rest)
    });
    if plain || call { format!("!{condition}") } else { format!("!({condition})") }
}

/// A single comparison with its operator turned round. Floating point is never compared by an operator here, so that
/// this loses nothing.
fn turned(condition: &str) -> Option<String> {
    const SIGNS: &[(&str, &str)] =
        &[(" == ", " != "), (" != ", " == "), (" <= ", " > "), (" >= ", " < "), (" < ", " >= "), (" > ", " <= ")];
    let mut depth = 0usize;
    let mut quoted = false;
    let mut previous = ' ';
    let mut found: Option<(usize, &str, &str)> = None;
    for (at, c) in condition.char_indices() {
        match c {
            '"' if previous != '\\' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        previous = if previous == '\\' { ' ' } else { c };
        if quoted || depth > 0 {
            continue;
        }
        let rest = condition.get(at..).unwrap_or_default();
        if rest.starts_with(" && ") || rest.starts_with(" || ") || rest.starts_with("if ") && at == 0 {
            return None;
        }
        if let Some((sign, other)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
            if found.is_some() {
                return None;
            }
            found = Some((at, sign, other));
        }
    }
    let (at, sign, other) = found?;
    Some(format!("{}{other}{}", condition.get(..at)?, condition.get(at + sign.len()..)?))
}

fn is_place(code: &str) -> bool {
    code.chars().all(|c| c.is_alphanumeric() || "_.".contains(c))
}

/// Whether the parenthesis opened before closes with the last character and not earlier.
fn closes_at_end(rest: &str) -> bool {
    let mut depth = 1usize;
    let mut quoted = false;
    let mut previous = ' ';
    for (at, c) in rest.char_indices() {
        match c {
            '"' if previous != '\\' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        previous = if previous == '\\' { ' ' } else { c };
        if depth == 0 {
            return at + 1 == rest.len();
        }
    }
    false
}
