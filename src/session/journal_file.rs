//! The journal on the disk: written by a thread of its own, read back after a crash.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::SystemTime;

use super::{Disk, Lock, StateDir};
use crate::board::Board;
use crate::journal::{Header, Transaction, read_log, record};

/// A journal larger than this is not read back.
const JOURNAL_MAX: u64 = 1 << 30;

/// Writes transactions to a journal as they come. Every batch is synced at once, so that the delay is that of the disk
/// and never that of a timer.
#[derive(Debug)]
pub struct JournalWriter {
    path: PathBuf,
    to: Option<Sender<Transaction>>,
    thread: Option<JoinHandle<()>>,
    failed: Arc<Mutex<Option<String>>>,
}

impl JournalWriter {
    /// Starts a journal at `path`; what was there is replaced. `header` is asked for on the thread that writes: a board
    /// with photos is some hundred megabytes of text.
    pub fn start(disk: Disk, path: PathBuf, header: impl FnOnce() -> Header + Send + 'static) -> Self {
        let (to, from) = channel::<Transaction>();
        let failed = Arc::new(Mutex::new(None));
        let thread = {
            let (path, failed) = (path.clone(), Arc::clone(&failed));
            std::thread::spawn(move || write_all(&disk, &path, header().to_bytes(), &from, &failed))
        };
        Self { path, to: Some(to), thread: Some(thread), failed }
    }

    /// Hands a transaction over; returns at once.
    pub fn write(&self, transaction: Transaction) {
        if let Some(to) = &self.to {
            let _ = to.send(transaction);
        }
    }

    /// Why the journal cannot be written, if it cannot: to be shown until it can.
    pub fn failure(&self) -> Option<String> {
        self.failed.lock().map_or(None, |it| it.clone())
    }

    /// Waits until everything is on the disk and stops.
    pub fn finish(mut self) {
        self.stop();
    }

    /// Stops and removes the journal: the document was closed cleanly.
    pub fn discard(mut self, disk: &Disk) {
        self.stop();
        let _ = disk.remove(&self.path);
    }

    fn stop(&mut self) {
        self.to = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for JournalWriter {
    fn drop(&mut self) {
        self.stop();
    }
}

fn write_all(disk: &Disk, path: &Path, head: Vec<u8>, from: &Receiver<Transaction>, failed: &Mutex<Option<String>>) {
    let say = |message: Option<String>| {
        if let Ok(mut slot) = failed.lock() {
            *slot = message;
        }
    };
    // Everything that the file must hold: after a failure the whole is written anew, so that no gap can arise.
    let mut whole = head;
    let mut file = None;
    let mut written = 0;
    loop {
        let result = (|| {
            if file.is_none() {
                if let Some(folder) = path.parent() {
                    disk.create_folder(folder)?;
                }
                // As a whole and by renaming: what an older journal of this name holds is not lost half-way.
                disk.replace(path, &whole)?;
                written = whole.len();
                file = Some(disk.open_append(path)?);
            }
            if let Some(file) = &mut file
                && let Some(rest) = whole.get(written..).filter(|it| !it.is_empty())
            {
                disk.append(file, rest)?;
                written = whole.len();
            }
            std::io::Result::Ok(())
        })();
        match result {
            Ok(()) => say(None),
            Err(err) => {
                file = None;
                say(Some(format!(
                    "{}: unsaved changes cannot be kept safe: {err}; save the board now",
                    path.display()
                )));
            }
        }
        match from.recv() {
            Ok(it) => whole.extend(record(&it)),
            Err(_) => return,
        }
        while let Ok(it) = from.try_recv() {
            whole.extend(record(&it));
        }
    }
}

/// Work that was not saved when Stormglass ended without closing.
#[derive(Debug)]
pub struct Recovery {
    /// The document's file, if it had one.
    pub path: Option<PathBuf>,
    /// When the last change was written down.
    pub when: Option<SystemTime>,
    /// The labels of the changes, oldest first.
    pub changes: Vec<String>,
    /// The board with all of them.
    pub board: Board,
    /// The hash of the file that the changes were made to.
    pub(super) base_hash: String,
    /// The journal.
    pub(super) journal: PathBuf,
    /// Held so that no second instance offers the same.
    pub(super) lock: Lock,
}

impl Recovery {
    /// Puts the journal aside: it stays in the folder `declined` of the state folder.
    pub fn decline(self, disk: &Disk) {
        if let (Some(folder), Some(name)) = (self.journal.parent(), self.journal.file_name()) {
            let aside = folder.join("declined");
            let _ = disk.create_folder(&aside);
            let _ = disk.rename(&self.journal, &aside.join(name));
        }
        drop(self.lock);
    }
}

/// What [`recoveries`] found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Work to offer.
    pub(super) recoveries: Vec<Recovery>,
    /// Journals that could not be read; they were put into quarantine.
    pub(super) messages: Vec<String>,
}

/// The journals of documents that no living process holds. Corrupt ones are put into quarantine and named.
pub(super) fn recoveries(disk: &Disk, state: &StateDir) -> Found {
    let mut found = Found::default();
    for journal in disk.list(&state.journals()) {
        if journal.extension().is_none_or(|it| it != "journal") {
            continue;
        }
        let key = journal.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        let Ok(Some(lock)) = state.lock(disk, &key) else { continue };
        let when = std::fs::metadata(&journal).and_then(|it| it.modified()).ok();
        let bytes = match disk.read(&journal, JOURNAL_MAX) {
            Ok(bytes) => bytes,
            Err(err) => {
                found.messages.push(format!("{}: the recovery journal cannot be read: {err}", journal.display()));
                continue;
            }
        };
        let read = read_log(&bytes).and_then(|it| it.replay().map(|board| (it, board)));
        match read {
            Ok((log, _)) if log.transactions.is_empty() => {
                let _ = disk.remove(&journal);
            }
            Ok((log, board)) => found.recoveries.push(Recovery {
                path: log.header.path.as_ref().map(PathBuf::from),
                when,
                changes: Transaction::labels_done(&log.transactions),
                board,
                base_hash: log.header.base_hash.clone(),
                journal,
                lock,
            }),
            Err(err) => {
                let aside = state.journals().join("quarantine");
                let _ = disk.create_folder(&aside);
                let name = journal.file_name().map(PathBuf::from).unwrap_or_default();
                let _ = disk.rename(&journal, &aside.join(&name));
                found.messages.push(format!("{}: {err}; it was moved to {}", journal.display(), aside.display()));
            }
        }
    }
    found
}
