//! Rust modules and the files of that name: `order_placed`.

use crate::kit::{is_device, snake};

use super::{Output, OutputSpec, reserved};

pub(super) static SPEC: OutputSpec = OutputSpec {
    output: Output::RustModule,
    key: "rust_module",
    title: "Rust module",
    doc: "Modules, functions and variables in the generated crate, and files named after modules.",
    board_wide: false,
    joiner: "_",
    form: snake,
    reserved: |name| is_keyword(name) || is_device(name) || reserved::CODE.contains(&name),
};

/// Keywords of edition 2024, strict and reserved, and the weak ones that are better left alone.
pub(super) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

const KEYWORDS: &[&str] = &[
    "Self",
    "_",
    "abstract",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "macro_rules",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "pub",
    "raw",
    "ref",
    "return",
    "safe",
    "self",
    "static",
    "struct",
    "super",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "union",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
];
