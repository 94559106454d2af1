//! Words and casing of names that people wrote.

use std::fmt::Display;

use heck::{ToKebabCase as _, ToLowerCamelCase as _, ToShoutySnakeCase as _, ToSnakeCase as _, ToUpperCamelCase as _};
use unicode_normalization::UnicodeNormalization as _;

/// The name folded for comparison: NFC, lower case, white space as single blanks.
pub fn fold(name: &str) -> String {
    let text: String = name.nfc().collect::<String>().to_lowercase();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a name in lower case, split at everything that is neither letter nor digit.
pub fn words(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|it| !it.is_empty()).map(str::to_lowercase).collect()
}

/// `1 sticky`, `2 stickies`: a number with its noun, which is given in the singular.
pub fn counted<N: Display + PartialEq + From<u8>>(count: N, noun: &str) -> String {
    if count == N::from(1) {
        return format!("{count} {noun}");
    }
    match noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u'])) {
        Some(stem) => format!("{count} {stem}ies"),
        None => format!("{count} {noun}s"),
    }
}

/// The name as blank-separated ASCII words, transliterated; empty if nothing is left.
pub fn ascii_words(name: &str) -> String {
    if name.is_ascii() {
        return plain_words(name);
    }
    plain_words(&deunicode::deunicode(&name.nfc().collect::<String>()))
}

/// The words of an ASCII text, with one blank between them.
fn plain_words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|it| !it.is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

/// `order_placed`
pub fn snake(name: &str) -> String {
    ascii_words(name).to_snake_case()
}

/// `OrderPlaced`
pub fn pascal(name: &str) -> String {
    ascii_words(name).to_upper_camel_case()
}

/// `orderPlaced`
pub fn camel(name: &str) -> String {
    ascii_words(name).to_lower_camel_case()
}

/// `order-placed`
pub fn kebab(name: &str) -> String {
    ascii_words(name).to_kebab_case()
}

/// `ORDER_PLACED`
pub fn screaming(name: &str) -> String {
    ascii_words(name).to_shouty_snake_case()
}

/// Names that Windows gives to devices; no file is called so on any system, so that what is written is the same on all.
pub fn is_device(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    matches!(name.as_str(), "con" | "prn" | "aux" | "nul")
        || name
            .strip_prefix("com")
            .or_else(|| name.strip_prefix("lpt"))
            .is_some_and(|it| it.len() == 1 && it.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn casing() {
        assert_eq!(snake("Order  Placed!"), "order_placed");
        assert_eq!(pascal("Bestellung aufgegeben (größer)"), "BestellungAufgegebenGrosser");
        assert_eq!(kebab("Open Orders"), "open-orders");
        assert_eq!(screaming("order line"), "ORDER_LINE");
        assert_eq!(fold("  O\u{301}rder\n placed "), "órder placed");
        assert_eq!(words("Payed/Paid, don't"), ["payed", "paid", "don't"]);
    }
}
