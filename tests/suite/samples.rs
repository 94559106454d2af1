//! Every board in `samples/` reads, and writes the bytes that it was read from.

use std::path::{Path, PathBuf};

use stormglass::board;

/// All boards under `samples/`, sorted.
fn boards(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            boards(&path, into);
        } else if path.to_string_lossy().ends_with(".storm.ron") {
            into.push(path);
        }
    }
    into.sort();
}

#[test]
fn every_sample_is_written_as_it_is_read() {
    let mut paths = Vec::new();
    boards(&Path::new(env!("CARGO_MANIFEST_DIR")).join("samples"), &mut paths);
    assert!(!paths.is_empty());
    for path in paths {
        let bytes = std::fs::read(&path).unwrap();
        let board = board::read(&bytes).unwrap_or_else(|err| panic!("{}: {err}", path.display()));
        let written = board::write(&board);
        for (number, (read, wrote)) in String::from_utf8_lossy(&bytes).lines().zip(written.lines()).enumerate() {
            assert_eq!(read, wrote, "{} line {}", path.display(), number + 1);
        }
        assert_eq!(bytes, written.as_bytes(), "{}", path.display());
        assert!(!board.settings().title.is_empty() && !board.settings().notes.is_empty(), "{}", path.display());
    }
}

#[test]
fn nothing_on_a_sample_overlaps() {
    let mut paths = Vec::new();
    boards(&Path::new(env!("CARGO_MANIFEST_DIR")).join("samples"), &mut paths);
    for path in paths {
        let board = board::read(&std::fs::read(&path).unwrap()).unwrap();
        let rects: Vec<_> = (board.stickies().values().map(|it| (it.id, it.rect())))
            .chain(board.scenarios().values().map(|it| (it.id, it.rect())))
            .collect();
        for (at, (a, first)) in rects.iter().enumerate() {
            for (b, second) in &rects[at + 1..] {
                let names = || format!("{}: {} and {}", path.display(), board.name(*a), board.name(*b));
                assert_eq!(first.intersection(*second), None, "{}", names());
            }
        }
    }
}
