//! The `use` lines of a generated module: exactly what its code mentions.

use std::collections::BTreeSet;

/// The line that stands for the imports in a template.
const HERE: &str = "//@imports";

/// Names that our code mentions unqualified, and where they come from, in the order in which they are written.
const KNOWN: &[(&str, &str)] = &[
    ("BTreeMap", "std::collections::BTreeMap"),
    ("InMemory", "foundation::bus"),
    ("Service", "foundation::bus"),
    ("Envelope", "foundation::message"),
    ("Failure", "foundation::message"),
    ("Message", "foundation::message"),
    ("Story", "foundation::message"),
    ("sql", "foundation"),
    ("Date", "jiff::civil"),
    ("Time", "jiff::civil"),
    ("Timestamp", "jiff"),
    ("Decimal", "rust_decimal"),
    ("Deserialize", "serde"),
    ("Serialize", "serde"),
    ("Uuid", "uuid"),
];

/// Modules beside or above the generated one.
const SIBLINGS: &[&str] =
    &["aggregates", "commands", "contracts", "events", "externals", "policies", "read_models", "timers", "types"];

/// The text with its imports filled in and its blank lines evened out.
pub(in crate::generate) fn complete(text: &str) -> String {
    let used = mentioned(text);
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    let mut opened = true;
    for line in text.lines() {
        let line = line.trim_end();
        if let Some(siblings) = line.strip_prefix(HERE) {
            let siblings = siblings.trim();
            for line in uses(&used, siblings) {
                if blank && !line.is_empty() {
                    out.push('\n');
                }
                if !line.is_empty() {
                    out.push_str(&line);
                    out.push('\n');
                }
                (blank, opened) = (line.is_empty(), false);
            }
            blank = true;
            continue;
        }
        if line.is_empty() {
            blank = true;
            continue;
        }
        let closes = line.trim_start().starts_with(['}', ')', ']']);
        if blank && !opened && !closes {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        blank = false;
        opened = line.ends_with(['{', '(', '[']) && !line.trim_start().starts_with("//");
    }
    out
}

/// The `use` lines: other crates, then siblings, which are reached through `above` (empty: none are imported).
fn uses(used: &BTreeSet<String>, above: &str) -> Vec<String> {
    let (above, with_message) = match above.strip_suffix(" Message") {
        Some(above) => (above, true),
        None => (above, false),
    };
    let mut lines: Vec<String> = Vec::new();
    let mut std: Vec<String> = Vec::new();
    let mut by_source: Vec<(&str, Vec<&str>)> = Vec::new();
    for (name, source) in KNOWN.iter().filter(|(name, _)| used.contains(*name)) {
        if source.starts_with("std::") {
            std.push(format!("use {source};"));
        } else {
            match by_source.iter_mut().find(|(it, _)| it == source) {
                Some((_, names)) => names.push(name),
                None => by_source.push((source, vec![name])),
            }
        }
    }
    if with_message {
        // Only its constants are read.
        match by_source.iter_mut().find(|(it, _)| *it == "foundation::message") {
            Some((_, names)) => names.push("Message as _"),
            None => by_source.push(("foundation::message", vec!["Message as _"])),
        }
    }
    if !std.is_empty() {
        lines.append(&mut std);
        lines.push(String::new());
    }
    for (source, names) in &by_source {
        match names.as_slice() {
            [name] => lines.push(format!("use {source}::{name};")),
            names => lines.push(format!("use {source}::{{{}}};", names.join(", "))),
        }
    }
    if !by_source.is_empty() {
        lines.push(String::new());
    }
    if !above.is_empty() {
        let siblings: Vec<&str> = SIBLINGS.iter().filter(|it| used.contains(**it)).copied().collect();
        match siblings.as_slice() {
            [] => {}
            [name] => lines.push(format!("use {above}::{name};")),
            names => lines.push(format!("use {above}::{{{}}};", names.join(", "))),
        }
        if !siblings.is_empty() {
            lines.push(String::new());
        }
    }
    lines
}

/// The identifiers that code mentions unqualified: not in comments, not in literals, not behind `::`, not declared.
pub(in crate::generate) fn mentioned(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in text.lines() {
        // Neither a comment nor a bare variant of an enum mentions anything.
        let bare =
            |it: &str| it.strip_suffix(',').is_some_and(|it| it.chars().all(|c| c.is_alphanumeric() || c == '_'));
        if line.trim_start().starts_with("//") || bare(line.trim_start()) {
            continue;
        }
        let chars: Vec<char> = line.chars().collect();
        let mut at = 0;
        let mut previous = ' ';
        while let Some(c) = chars.get(at).copied() {
            if c == '"' {
                at += 1;
                while let Some(c) = chars.get(at) {
                    at += if *c == '\\' { 2 } else { 1 };
                    if *c == '"' {
                        break;
                    }
                }
                previous = '"';
            } else if c == '/' && chars.get(at + 1) == Some(&'/') {
                break;
            } else if c.is_alphabetic() || c == '_' {
                let start = at;
                while chars.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_') {
                    at += 1;
                }
                let word: String = chars.get(start..at).unwrap_or_default().iter().collect();
                let leads = chars.get(at) == Some(&':') && chars.get(at + 1) == Some(&':');
                // A variant on a line of its own is a name that the module declares.
                let variant = chars.get(at) == Some(&',') && chars.iter().take(start).all(|c| c.is_whitespace());
                let free = previous != '.' && !behind_path(&chars, start) && !variant;
                // A lower-case word is a module only where a path goes on behind it.
                if free && (leads || word.starts_with(char::is_uppercase)) {
                    let _ = found.insert(word);
                }
                previous = 'a';
            } else {
                if !c.is_whitespace() {
                    previous = c;
                }
                at += 1;
            }
        }
    }
    found
}

/// Whether `::` stands directly before a place.
fn behind_path(chars: &[char], at: usize) -> bool {
    at >= 2 && chars.get(at - 1) == Some(&':') && chars.get(at - 2) == Some(&':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_what_is_mentioned() {
        let text = "//! Doc of Uuid.\n\n//@imports super\n\n\n/// A Decimal\nfn f(a: Uuid) -> types::Date {\n\n    \
                    let x = \"Timestamp \\\" Time\"; // Story\n    jiff::Timestamp::now(); a.sql\n\n}\n";
        let want = "//! Doc of Uuid.\n\nuse uuid::Uuid;\n\nuse super::types;\n\n/// A Decimal\n\
                    fn f(a: Uuid) -> types::Date {\n    let x = \"Timestamp \\\" Time\"; // Story\n    \
                    jiff::Timestamp::now(); a.sql\n}\n";
        assert_eq!(complete(text), want);
    }
}
