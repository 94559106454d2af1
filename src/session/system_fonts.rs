//! Fonts of this machine, for characters that the bundled ones lack.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Disk;
use crate::scene::{FontBook, covered};

/// Which fonts a picture may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fonts {
    /// The bundled ones alone: the picture is the same on every machine.
    Bundled,
    /// Fonts of this machine for characters that the bundled ones lack; they are named.
    #[default]
    System,
}

/// A font file larger than this is passed over.
const FONT_MAX: u64 = 64 << 20;
/// No more bytes of font files than this are read in one search.
const READ_MAX: u64 = 1 << 30;
/// Folders are looked into this deep.
const DEPTH: usize = 5;
/// No more files and folders than this are looked at.
const ENTRIES_MAX: usize = 20_000;

/// The bundled fonts, and behind them the first fonts of this machine, by path, that show what is lacking. Also
/// returns the names of those.
pub fn system_fonts(disk: &Disk, lacking: &BTreeSet<char>) -> (FontBook, Vec<String>) {
    find(disk, &folders(), lacking)
}

fn find(disk: &Disk, folders: &[PathBuf], lacking: &BTreeSet<char>) -> (FontBook, Vec<String>) {
    let mut book = FontBook::bundled();
    let mut names = Vec::new();
    let mut lacking = lacking.clone();
    let mut read = 0;
    for file in files(disk, folders) {
        if lacking.is_empty() || read > READ_MAX {
            break;
        }
        let Ok(bytes) = disk.read(&file, FONT_MAX) else { continue };
        read += bytes.len() as u64;
        let shown = covered(&bytes, &lacking);
        if !shown.is_empty() {
            lacking.retain(|it| !shown.contains(it));
            names.extend(book.with_system(bytes));
        }
    }
    (book, names)
}

/// Where systems keep fonts.
fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = Vec::new();
    folders.extend(dirs::font_dir());
    folders.extend(dirs::home_dir().map(|it| it.join(".fonts")));
    let fixed =
        ["/usr/local/share/fonts", "/usr/share/fonts", "/Library/Fonts", "/System/Library/Fonts", "C:\\Windows\\Fonts"];
    folders.extend(fixed.map(PathBuf::from));
    folders
}

/// The font files in these folders and those below, by path within each.
fn files(disk: &Disk, folders: &[PathBuf]) -> Vec<PathBuf> {
    let is_font = |path: &Path| {
        let ending = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
        ["ttf", "otf", "ttc", "otc"].iter().any(|it| ending.eq_ignore_ascii_case(it))
    };
    let mut found = Vec::new();
    let mut seen = 0;
    let mut open: Vec<(PathBuf, usize)> = folders.iter().rev().map(|it| (it.clone(), 0)).collect();
    while let Some((folder, depth)) = open.pop() {
        let mut below = Vec::new();
        for path in disk.list(&folder) {
            seen += 1;
            if seen > ENTRIES_MAX {
                return found;
            }
            if is_font(&path) {
                found.push(path);
            } else if depth < DEPTH && path.extension().is_none() {
                below.push((path, depth + 1));
            }
        }
        open.extend(below.into_iter().rev());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_font_that_shows_something_lacking_is_taken_and_named() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("a/b");
        std::fs::create_dir_all(&below).unwrap();
        std::fs::write(folder.path().join("1.ttf"), b"no font").unwrap();
        std::fs::write(below.join("2.TTF"), include_bytes!("../../assets/fonts/hebrew-bold.ttf")).unwrap();
        std::fs::write(below.join("3.ttf"), include_bytes!("../../assets/fonts/hebrew-bold.ttf")).unwrap();
        let folders = [folder.path().to_owned(), folder.path().join("none")];
        let names = |lacking: &str| find(&Disk::real(), &folders, &lacking.chars().collect()).1;
        assert_eq!(names("אב"), ["Noto Sans Hebrew Bold"]);
        assert_eq!(names("한"), [""; 0]);
        assert_eq!(names(""), [""; 0]);
    }
}
