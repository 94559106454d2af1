//! Who may import whom, checked on every path that `src/` mentions.
//!
//! Think hard before you change the table: a change to it is rare, argued, and alone in its commit. A room missing from
//! it, an import against it, a reach past another room's facade, a permission that nobody uses, a file without module
//! docs, a catalogue that misses a file: all fail here. The rule is tested itself, at the end.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that panics has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// (room, rooms it may import, crates confined to it and others that name them), bottom layer first.
type Table = &'static [(&'static str, &'static [&'static str], &'static [&'static str])];

#[rustfmt::skip]
const ROOMS: Table = &[
    // 0 words
    ("kit", &[], &["rand_chacha", "sha2", "fractional_index", "heck", "deunicode", "unicode_normalization"]),
    // 1 vocabularies
    ("board", &["kit"], &["ron", "base64"]),
    ("record", &["kit"], &["base64", "sha2"]),
    // 2 readings
    ("journal", &["kit", "board"], &["crc32c"]),
    ("flow", &["kit", "board"], &["petgraph", "rstar"]),
    ("scene", &["kit", "board"], &["parley", "swash", "rstar", "rayon", "ron", "unicode_segmentation"]),
    ("expr", &["kit", "record"], &["sqlparser"]),
    ("trace", &["kit", "record"], &[]),
    // 3 one job each
    ("editor", &["kit", "board", "journal", "scene"], &[]),
    ("layout", &["kit", "board", "flow"], &[]),
    ("model", &["kit", "board", "record", "flow", "expr"], &[]),
    ("broker", &["kit"], &["crc32c"]),
    ("streams", &["kit", "record", "expr"], &[]),
    // 4 binding
    ("runtime", &["kit", "record", "broker", "streams"], &[]),
    // 5 translations
    ("checks", &["kit", "board", "flow"], &[]),
    ("lowering", &["kit", "record", "expr", "model", "streams", "runtime"], &[]),
    ("export", &["kit", "board", "scene"], &["tiny_skia", "image", "png", "flate2", "rayon", "simd_adler32", "base64"]),
    // 6 two worlds
    ("simulate", &["kit", "record", "expr", "trace", "model", "runtime", "lowering"], &[]),
    ("generate", &["kit", "record", "expr", "model"], &["tera", "diffy", "sha2"]),
    // 7 application
    ("session", &["kit", "board", "record", "journal", "flow", "scene", "trace", "layout", "model", "checks", "lowering", "export", "simulate", "generate"],
        &["ron", "sha2", "dirs", "getrandom"]),
    // 8 shells
    ("cli", &["session"], &["clap"]),
    ("view", &["kit", "board", "scene", "trace", "editor", "checks", "session"], &["arboard", "egui", "egui_winit", "eframe", "rfd", "softbuffer", "winit"]),
];

/// Crates that every room may use: they carry no room's job.
const FREE: &[&str] =
    &["serde", "serde_json", "thiserror", "indexmap", "rustc_hash", "bytes", "rust_decimal", "jiff", "uuid"];

/// Rooms that may touch clocks, files and threads; all others deny it at the head of their `mod.rs`.
const WORLDLY: &[&str] = &["session", "cli", "view"];

/// No file of `src/` may have more lines.
const LINES_MAX: usize = 800;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Ref {
    Room { name: String, depth: usize, second: String },
    Extern(String),
}

/// Collects every path in one file, resolved against the file's own module.
struct Paths<'a> {
    module: Vec<String>,
    externs: &'a BTreeSet<String>,
    modules: &'a BTreeSet<Vec<String>>,
    found: BTreeSet<(usize, Ref)>,
    tests: usize,
}

impl Paths<'_> {
    fn path(&mut self, line: usize, segments: &[String]) {
        let supers = segments.iter().take_while(|it| *it == "super").count();
        let absolute: Vec<String> = match segments[0].as_str() {
            "crate" => segments[1..].to_vec(),
            "self" => [&self.module[..], &segments[1..]].concat(),
            "super" => {
                let kept = self.module.len().saturating_sub(supers);
                [&self.module[..kept], &segments[supers..]].concat()
            }
            first if self.externs.contains(first) => {
                self.found.insert((line, Ref::Extern(first.to_owned())));
                return;
            }
            _ => return,
        };
        let depth = (1..=absolute.len()).rev().find(|n| self.modules.contains(&absolute[..*n]));
        if let Some(depth) = depth {
            let second = absolute.get(1).cloned().unwrap_or_default();
            self.found.insert((line, Ref::Room { name: absolute[0].clone(), depth, second }));
        }
    }

    fn use_tree(&mut self, line: usize, prefix: &mut Vec<String>, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(it) => {
                prefix.push(it.ident.to_string());
                self.use_tree(line, prefix, &it.tree);
                prefix.pop();
            }
            syn::UseTree::Group(it) => it.items.iter().for_each(|tree| self.use_tree(line, prefix, tree)),
            syn::UseTree::Name(syn::UseName { ident }) | syn::UseTree::Rename(syn::UseRename { ident, .. }) => {
                prefix.push(ident.to_string());
                self.path(line, prefix);
                prefix.pop();
            }
            syn::UseTree::Glob(_) => self.path(line, prefix),
        }
    }

    /// Inside a macro call there are only tokens: read `a :: b :: c` runs out of them.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == ':');
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(ident) => {
                    let line = ident.span().start().line;
                    let mut segments = vec![ident.to_string()];
                    while colon(at + 1)
                        && colon(at + 2)
                        && let Some(TokenTree::Ident(next)) = tokens.get(at + 3)
                    {
                        segments.push(next.to_string());
                        at += 3;
                    }
                    if 1 < segments.len() {
                        self.path(line, &segments);
                    }
                }
                _ => (),
            }
            at += 1;
        }
    }
}

impl<'ast> Visit<'ast> for Paths<'_> {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.use_tree(item.use_token.span.start().line, &mut Vec::new(), &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|it| it.ident.to_string()).collect();
        if 1 < segments.len() {
            self.path(path.segments[0].ident.span().start().line, &segments);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.tokens(call.tokens.clone());
        visit::visit_macro(self, call);
    }

    fn visit_meta_list(&mut self, list: &'ast syn::MetaList) {
        self.tokens(list.tokens.clone());
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        // A room's own tests may look at anything: they are not part of what is built.
        let test = module.attrs.iter().any(|it| it.path().is_ident("cfg") && quote_has_test(it));
        if test && module.content.is_some() {
            self.tests += 1;
            return;
        }
        self.module.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.module.pop();
    }
}

fn quote_has_test(attribute: &syn::Attribute) -> bool {
    attribute.parse_args::<syn::Ident>().is_ok_and(|it| it == "test")
}

/// `files` are (path below `src/`, text) pairs, so the rule itself can be tested.
fn check(table: Table, externs: &BTreeSet<String>, files: &[(PathBuf, String)]) -> Vec<String> {
    let rooms: BTreeMap<_, _> = table.iter().map(|(room, may, ext)| (*room, (*may, *ext))).collect();
    let modules: BTreeSet<Vec<String>> = files.iter().map(|(path, _)| module_of(path)).collect();
    let mut errors = Vec::new();
    let mut used = BTreeSet::new();
    for (path, text) in files {
        let at = path.display();
        let module = module_of(path);
        let room = module[0].clone();
        if !text.starts_with("//!") {
            errors.push(format!("{at}:1: no module docs"));
        }
        if text.lines().count() > LINES_MAX {
            errors.push(format!("{at}: {} lines; split it at {LINES_MAX}", text.lines().count()));
        }
        if room == "lib" || room == "main" {
            continue;
        }
        let Some((may, ext)) = rooms.get(room.as_str()) else {
            errors.push(format!("{at}: no room `{room}` in the table"));
            continue;
        };
        let mut paths = Paths { module, externs, modules: &modules, found: BTreeSet::new(), tests: 0 };
        match syn::parse_file(text) {
            Ok(file) => paths.visit_file(&file),
            Err(err) => errors.push(format!("{at}: {err}")),
        }
        for (line, found) in paths.found {
            match found {
                Ref::Room { name, .. } if name == room || !rooms.contains_key(name.as_str()) => (),
                Ref::Room { name, .. } if !may.contains(&name.as_str()) => {
                    errors.push(format!("{at}:{line}: `{room}` may not import `{name}`"));
                }
                Ref::Room { name, depth, second } => {
                    used.insert((room.clone(), name.clone()));
                    let open = depth == 2 && offers(files, &name, &second);
                    if 1 < depth && !open {
                        errors.push(format!("{at}:{line}: `{room}` reaches past the facade of `{name}`"));
                    }
                }
                Ref::Extern(name) if FREE.contains(&name.as_str()) => (),
                Ref::Extern(name) if !ext.contains(&name.as_str()) => {
                    errors.push(format!("{at}:{line}: `{room}` may not use crate `{name}`"));
                }
                Ref::Extern(name) => {
                    used.insert((room.clone(), name));
                }
            }
        }
    }
    for (room, may, ext) in table {
        for name in may.iter().chain(*ext) {
            if !used.contains(&((*room).to_owned(), (*name).to_owned())) {
                errors.push(format!("table: `{room}` may import `{name}` but does not; drop the permission"));
            }
        }
    }
    errors
}

/// Whether a room's facade offers that name: a catalogue that is open as a whole (`pub mod`), or something that it
/// offers and that is called as a module of its own.
fn offers(files: &[(PathBuf, String)], room: &str, name: &str) -> bool {
    let Some((_, facade)) = files.iter().find(|(path, _)| *path == Path::new(room).join("mod.rs")) else {
        return false;
    };
    let Ok(facade) = syn::parse_file(facade) else { return false };
    fn exported(tree: &syn::UseTree, name: &str) -> bool {
        match tree {
            syn::UseTree::Path(it) => exported(&it.tree, name),
            syn::UseTree::Name(it) => it.ident == name,
            syn::UseTree::Rename(it) => it.rename == name,
            syn::UseTree::Group(it) => it.items.iter().any(|it| exported(it, name)),
            syn::UseTree::Glob(_) => false,
        }
    }
    facade.items.iter().any(|item| match item {
        syn::Item::Mod(it) => matches!(it.vis, syn::Visibility::Public(_)) && it.ident == name,
        syn::Item::Use(it) => matches!(it.vis, syn::Visibility::Public(_)) && exported(&it.tree, name),
        syn::Item::Fn(it) => matches!(it.vis, syn::Visibility::Public(_)) && it.sig.ident == name,
        _ => false,
    })
}

/// Pure rooms deny clocks, files and threads at the head of their facade.
fn check_purity(table: Table, files: &[(PathBuf, String)]) -> Vec<String> {
    let denies = |room: &str| {
        let head = files.iter().find(|(path, _)| *path == Path::new(room).join("mod.rs"));
        head.is_some_and(|(_, text)| text.contains("#![deny(clippy::disallowed_methods)]"))
    };
    let pure = table.iter().map(|(room, ..)| *room).filter(|room| !WORLDLY.contains(room));
    pure.filter(|room| !denies(room))
        .map(|room| format!("{room}/mod.rs: no #![deny(clippy::disallowed_methods)]"))
        .collect()
}

/// A folder whose `mod.rs` has a list `ALL` is a catalogue: every file in it is declared there and stands in the list.
fn check_catalogues(files: &[(PathBuf, String)]) -> (usize, Vec<String>) {
    let mut errors = Vec::new();
    let mut catalogues = 0;
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with("mod.rs")) {
        let Some(start) = text.find("static ALL:").or_else(|| text.find("const ALL:")) else { continue };
        let folder = path.parent().unwrap_or(Path::new(""));
        catalogues += 1;
        let list = text[start..].split_once('=').map_or("", |(_, rest)| rest);
        let list = list.split_once("];").map_or(list, |(list, _)| list);
        let members = files.iter().filter_map(|(file, _)| {
            let parent = file.parent()?;
            let stem = file.file_stem()?.to_string_lossy().into_owned();
            if parent == folder && stem != "mod" {
                return Some(stem);
            }
            (parent.parent()? == folder && stem == "mod")
                .then(|| parent.file_name().unwrap().to_string_lossy().into_owned())
        });
        for member in members {
            if !text.contains(&format!("mod {member};")) {
                errors.push(format!("{}: {member}.rs is not declared", path.display()));
            }
            // `mod x; // shared` is what the members have in common and no member itself.
            let shared = text.contains(&format!("mod {member}; // shared"));
            if !shared && !list.contains(&format!("{member}::")) {
                errors.push(format!("{}: {member} is not in ALL", path.display()));
            }
        }
    }
    (catalogues, errors)
}

fn module_of(path: &Path) -> Vec<String> {
    let mut module: Vec<String> = path.with_extension("").iter().map(|it| it.to_string_lossy().into_owned()).collect();
    if 1 < module.len() && module.last().is_some_and(|it| it == "mod") {
        module.pop();
    }
    module
}

fn read_tree(dir: &Path, root: &Path, files: &mut Vec<(PathBuf, String)>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|it| it.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            read_tree(&path, root, files);
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push((path.strip_prefix(root).unwrap().to_owned(), fs::read_to_string(&path).unwrap()));
        }
    }
}

fn source() -> Vec<(PathBuf, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    read_tree(&src, &src, &mut files);
    files
}

#[test]
fn rooms_import_only_what_the_table_allows() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest: toml::Table = fs::read_to_string(home.join("Cargo.toml")).unwrap().parse().unwrap();
    let externs = manifest["dependencies"].as_table().unwrap().keys().map(|it| it.replace('-', "_")).collect();
    let errors = check(ROOMS, &externs, &source());
    assert!(errors.is_empty(), "\n{}\n", errors.join("\n"));
}

#[test]
fn pure_rooms_deny_clocks_files_and_threads() {
    let errors = check_purity(ROOMS, &source());
    assert!(errors.is_empty(), "\n{}\n", errors.join("\n"));
}

#[test]
fn catalogues_miss_no_file() {
    let (catalogues, errors) = check_catalogues(&source());
    assert!(errors.is_empty(), "\n{}\n", errors.join("\n"));
    assert!(catalogues >= 6, "only {catalogues} catalogues were found: has the form of the lists changed?");
}

#[test]
fn every_room_stands_in_the_architecture_page() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).unwrap();
    let missing: Vec<_> = ROOMS.iter().map(|it| it.0).filter(|room| !page.contains(&format!("| `{room}` |"))).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md has no row for {missing:?}");
}

/// Every file of the suite is declared: a forgotten test would never run.
#[test]
fn the_suite_forgets_no_file() {
    let suite = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let main = fs::read_to_string(suite.join("main.rs")).unwrap();
    for entry in fs::read_dir(&suite).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let module = path.extension().is_some_and(|it| it == "rs") || path.join("mod.rs").exists();
        assert!(stem == "main" || !module || main.contains(&format!("mod {stem};")), "{stem} is not declared");
    }
}

#[test]
fn the_rule_catches_each_way_around_it() {
    const TABLE: Table = &[("low", &[], &[]), ("high", &["low"], &["ron"])];
    let externs = BTreeSet::from(["ron".to_owned(), "egui".to_owned(), "serde".to_owned()]);
    let run = |path: &str, text: &str| {
        let files = [
            (PathBuf::from("low/mod.rs"), "//! d".to_owned()),
            (PathBuf::from("low/inner.rs"), "//! d".to_owned()),
            (PathBuf::from("high/mod.rs"), "//! d\nuse crate::low::{A, make};\nuse ron::ser;".to_owned()),
            (PathBuf::from(path), format!("//! d\n{text}")),
        ];
        check(TABLE, &externs, &files)
    };
    let fine = "use std::fmt; use self::inner::X; use super::Y; use crate::low::inner::Z; use serde::Serialize;";
    assert_eq!(run("low/a.rs", fine), [""; 0]);
    assert_eq!(run("high/a.rs", "fn f() { crate::low::make(); }"), [""; 0]);
    let open = |facade: &str| {
        let files = [
            (PathBuf::from("low/mod.rs"), format!("//! d\n{facade}")),
            (PathBuf::from("low/inner.rs"), "//! d".to_owned()),
            (PathBuf::from("high/mod.rs"), "//! d\nuse crate::low::inner::A;\nuse ron::ser;".to_owned()),
        ];
        check(TABLE, &externs, &files)
    };
    assert_eq!(open("pub mod inner;"), [""; 0]);
    assert_eq!(open("mod inner;\npub use inner::{B, inner};"), [""; 0]);
    assert!(!open("mod inner;\npub use inner::B;").is_empty());
    assert!(!open("pub(crate) mod inner;").is_empty());
    assert_eq!(run("low/a.rs", "#[cfg(test)] mod tests { use crate::high::B; }"), [""; 0]);
    for (path, text, want) in [
        ("low/a.rs", "use crate::high::B;", "may not import `high`"),
        ("low/a.rs", "use super::super::high::B;", "may not import `high`"),
        ("low/a.rs", "fn f(x: crate::high::B) {}", "may not import `high`"),
        ("low/a.rs", "fn f() { println!(\"{}\", crate::high::B); }", "may not import `high`"),
        ("low/a.rs", "#[cfg(feature = \"test\")] mod tests { use crate::high::B; }", "may not import `high`"),
        ("low/a.rs", "#[derive(egui::Thing)] struct S;", "may not use crate `egui`"),
        ("high/a.rs", "use crate::low::inner::A;", "past the facade"),
        ("high/a.rs", "use crate::low::{B, inner::{A, C}};", "past the facade"),
        ("other/a.rs", "", "no room `other`"),
        ("low/a.rs", &"\n".repeat(LINES_MAX + 1), "split it"),
    ] {
        let errors = run(path, text);
        assert!(errors.iter().any(|it| it.contains(want)), "{text}: {errors:?}");
    }
    let unused = check(&[("low", &[], &["egui"])], &externs, &[(PathBuf::from("low/mod.rs"), "//! d".to_owned())]);
    assert!(unused.iter().any(|it| it.contains("drop the permission")), "{unused:?}");
    let bare = check(&[("low", &[], &[])], &externs, &[(PathBuf::from("low/mod.rs"), String::new())]);
    assert!(bare.iter().any(|it| it.contains("no module docs")), "{bare:?}");
}

#[test]
fn the_catalogue_rule_catches_each_way_around_it() {
    let run = |text: &str| {
        let files = [("r/mod.rs", text), ("r/a.rs", ""), ("r/b.rs", ""), ("r/c/mod.rs", "")];
        let files: Vec<_> = files.iter().map(|(path, text)| (PathBuf::from(path), (*text).to_owned())).collect();
        check_catalogues(&files)
    };
    let whole = "mod a;\nmod b;\nmod c;\npub static ALL: &[&dyn X] = &[&a::A, &b::B, &c::C];";
    assert_eq!(run(whole), (1, Vec::new()));
    assert_eq!(run("mod a;"), (0, Vec::new()));
    let shared = whole.replace("mod b;", "mod b; // shared").replace("&b::B, ", "");
    assert_eq!(run(&shared), (1, Vec::new()));
    assert!(!run(&whole.replace("mod b;\n", "")).1.is_empty());
    assert!(!run(&whole.replace("&b::B, ", "")).1.is_empty());
    assert!(!run(&whole.replace(", &c::C", "")).1.is_empty());
    assert!(!run(&format!("{} // &b::B", whole.replace("&b::B, ", ""))).1.is_empty());
}

#[test]
fn the_purity_rule_catches_a_room_without_its_line() {
    let files = [(PathBuf::from("kit/mod.rs"), "//! d".to_owned())];
    assert!(!check_purity(&[("kit", &[], &[])], &files).is_empty());
    assert!(check_purity(&[("session", &[], &[])], &files).is_empty());
}
