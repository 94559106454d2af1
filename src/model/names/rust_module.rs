//! Rust modules and the files of that name: `order_placed`.

use crate::kit::snake;

use super::{Output, OutputSpec, is_device};

pub(super) static SPEC: OutputSpec = OutputSpec {
    output: Output::RustModule,
    key: "rust_module",
    title: "Rust module",
    doc: "Modules, functions and variables in the generated crate, and files named after modules.",
    board_wide: false,
    joiner: "_",
    form: snake,
    reserved: |name| is_keyword(name) || is_device(name) || MODULES.contains(&name),
};

/// Modules that every generated crate has, and crates in the prelude.
const MODULES: &[&str] = &[
    "alloc",
    "commands",
    "core",
    "decisions",
    "events",
    "generated",
    "handlers",
    "lib",
    "main",
    "policies",
    "read_models",
    "serde",
    "serde_json",
    "std",
    "test",
    "tests",
    "topics",
    "types",
    "uuid",
];

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
