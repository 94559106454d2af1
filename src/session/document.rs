//! Reading a board from a file and writing it back.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::Disk;
use super::disk::{FILE_MAX, Synced};
use crate::board::{self, Board, FormatError};
use crate::kit::Id;

/// Why a file could not be opened. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file cannot be read.
    #[error("{path}: cannot be read: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is not a board.
    #[error("{path}: {source}")]
    Format {
        /// The file.
        path: PathBuf,
        /// Why, with line and element.
        source: FormatError,
    },
}

/// Why a board could not be saved. The file is as it was and the board stays unsaved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The file changed on the disk since it was read.
    #[error(
        "{0}: the file has changed on the disk since it was opened; reload it, overwrite it or save under another name"
    )]
    ChangedOnDisk(PathBuf),
    /// Another Stormglass has the board open.
    #[error("{0}: another Stormglass has this board open, here it is read-only; save under another name")]
    ReadOnly(PathBuf),
    /// The board has no file yet.
    #[error("the board has no file yet; say where to save it")]
    Untitled,
    /// The file cannot be written.
    #[error("{path}: cannot be saved: {source}; the old file is as it was, the board is still unsaved")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// SHA-256 of some bytes, in hex.
pub(super) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|it| format!("{it:02x}")).collect()
}

/// Reads a board and its file's hash. Never writes.
pub fn load(disk: &Disk, path: &Path) -> Result<(Board, String), OpenError> {
    let bytes = read_file(disk, path)?;
    let board = board_of(path, &bytes)?;
    Ok((board, hash(&bytes)))
}

/// The board that the bytes of a file hold.
pub fn board_of(path: &Path, bytes: &[u8]) -> Result<Board, OpenError> {
    board::read(bytes).map_err(|source| OpenError::Format { path: path.to_owned(), source })
}

/// Replaces a file by `bytes`, atomically. Where `expected` is given the file must still have that hash.
/// Says whether the file system could promise that the bytes are on the disk.
pub fn save_bytes(disk: &Disk, path: &Path, bytes: &[u8], expected: Option<&str>) -> Result<bool, SaveError> {
    if bytes.len() as u64 > FILE_MAX {
        let why =
            format!("it would have {} MB, and more than {} are not read again", bytes.len() >> 20, FILE_MAX >> 20);
        return Err(SaveError::Io { path: path.to_owned(), source: io::Error::new(io::ErrorKind::FileTooLarge, why) });
    }
    if let Some(expected) = expected
        && disk.exists(path)
    {
        let there = disk.read(path, FILE_MAX).map_err(|source| SaveError::Io { path: path.to_owned(), source })?;
        if hash(&there) != expected {
            return Err(SaveError::ChangedOnDisk(path.to_owned()));
        }
    }
    match disk.replace(path, bytes) {
        Ok(synced) => Ok(synced == Synced::Yes),
        Err(source) => Err(SaveError::Io { path: path.to_owned(), source }),
    }
}

/// Reads a file as it is.
pub fn read_file(disk: &Disk, path: &Path) -> Result<Vec<u8>, OpenError> {
    disk.read(path, FILE_MAX).map_err(|source| OpenError::Io { path: path.to_owned(), source })
}

/// The text of a board's file. Equal boards give equal texts.
pub fn board_text(board: &Board) -> String {
    board::write(board)
}

/// The lines of a board's file, from 1, on which its elements stand.
pub fn lines_of_elements(text: &str) -> BTreeMap<Id, usize> {
    let id = |line: &str| line.split_once("id: \"")?.1.split('"').next()?.parse().ok();
    let mut lines = BTreeMap::new();
    for (at, line) in text.lines().enumerate() {
        if let Some(id) = id(line) {
            lines.entry(id).or_insert(at + 1);
        }
    }
    lines
}
