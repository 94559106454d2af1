//! The journal's bytes: one record a transaction, each with its length and checksum.
//!
//! A record is `length: u32 LE`, `crc32c of the body: u32 LE`, body: JSON. A torn or zeroed tail ends the journal; what
//! lies before it counts. The first record is the [`Header`].

use serde::{Deserialize, Serialize};

use super::Transaction;
use crate::board::{Board, EditError, FormatError, apply_all, read, write};

/// The version of this layout.
const VERSION: u32 = 1;

/// A record longer than this is not one of ours.
const RECORD_MAX: usize = 256 << 20;

/// What a journal starts from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The version of the layout.
    version: u32,
    /// The document's path, if it has one.
    pub path: Option<String>,
    /// SHA-256 of the document's file when the journal began, in hex; empty for an untitled board.
    pub base_hash: String,
    /// The board when the journal began, as the text of its file.
    base: String,
}

impl Header {
    /// A journal of `board`, which was read from `path` with these bytes' hash.
    pub fn new(board: &Board, path: Option<String>, base_hash: String) -> Self {
        Self { version: VERSION, path, base_hash, base: write(board) }
    }

    /// The board when the journal began.
    pub fn board(&self) -> Result<Board, FormatError> {
        read(self.base.as_bytes())
    }

    /// The record's bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        frame(self)
    }
}

/// The bytes of a transaction's record.
pub fn record(transaction: &Transaction) -> Vec<u8> {
    frame(transaction)
}

fn frame<T: Serialize>(value: &T) -> Vec<u8> {
    // Serialising plain data to memory has no way to fail.
    let body = serde_json::to_vec(value).unwrap_or_default();
    let mut bytes = Vec::with_capacity(body.len() + 8);
    bytes.extend_from_slice(&(body.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&crc32c::crc32c(&body).to_le_bytes());
    bytes.extend_from_slice(&body);
    bytes
}

/// A journal that was read back.
#[derive(Clone, Debug)]
pub struct Recovered {
    /// What it started from.
    pub header: Header,
    /// The transactions, oldest first.
    pub transactions: Vec<Transaction>,
    /// How many bytes at the end were torn and are left out.
    pub torn: usize,
}

/// Why a journal cannot be used at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// Not even the header can be read.
    #[error("the journal's first record cannot be read; nothing can be recovered from it")]
    NoHeader,
    /// A newer version wrote it.
    #[error("the journal has version {0}, this Stormglass reads version {VERSION}; recover with a newer version")]
    Newer(u32),
    /// The board it starts from cannot be read.
    #[error("the journal's first board cannot be read: {0}")]
    Base(FormatError),
    /// A transaction does not apply.
    #[error("transaction {0} of the journal does not apply: {1}")]
    Replay(usize, EditError),
}

/// Reads a journal up to the last whole record.
pub fn read_log(bytes: &[u8]) -> Result<Recovered, LogError> {
    let (head, mut rest) = next(bytes).ok_or(LogError::NoHeader)?;
    let header: Header = serde_json::from_slice(head).map_err(|_| LogError::NoHeader)?;
    if header.version > VERSION {
        return Err(LogError::Newer(header.version));
    }
    let mut transactions = Vec::new();
    while let Some((body, after)) = next(rest) {
        let Ok(transaction) = serde_json::from_slice(body) else { break };
        transactions.push(transaction);
        rest = after;
    }
    Ok(Recovered { header, transactions, torn: rest.len() })
}

/// The body of the first record and the bytes after it; `None` if it is not whole.
fn next(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (crc, rest) = rest.split_first_chunk::<4>()?;
    let length = u32::from_le_bytes(*length) as usize;
    if length == 0 || length > RECORD_MAX {
        return None;
    }
    let (body, rest) = rest.split_at_checked(length)?;
    (crc32c::crc32c(body) == u32::from_le_bytes(*crc)).then_some((body, rest))
}

impl Recovered {
    /// The board that the journal ends with.
    pub fn replay(&self) -> Result<Board, LogError> {
        let mut board = self.header.board().map_err(LogError::Base)?;
        for (at, transaction) in self.transactions.iter().enumerate() {
            apply_all(&mut board, &transaction.edits).map_err(|err| LogError::Replay(at, err))?;
        }
        Ok(board)
    }
}
