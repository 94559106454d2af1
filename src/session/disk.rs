//! The one door to the file system. Every operation goes through [`Disk`], so that a test can let the n-th one fail.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A file larger than this is not read as a board.
pub(super) const FILE_MAX: u64 = 256 << 20;

/// Lets operations fail on purpose.
#[derive(Debug)]
pub struct FaultPlan {
    done: AtomicUsize,
    fail_at: usize,
    dead_after: bool,
    kind: io::ErrorKind,
}

impl FaultPlan {
    /// The operation number `fail_at` (from 0) fails with `kind`; with `dead_after` every later one fails too, as if
    /// the process had been killed there.
    pub fn new(fail_at: usize, kind: io::ErrorKind, dead_after: bool) -> Self {
        Self { done: AtomicUsize::new(0), fail_at, dead_after, kind }
    }

    /// How many operations were asked for.
    pub fn done(&self) -> usize {
        self.done.load(Ordering::SeqCst)
    }

    fn strike(&self) -> io::Result<()> {
        let at = self.done.fetch_add(1, Ordering::SeqCst);
        if at == self.fail_at || (self.dead_after && at > self.fail_at) {
            return Err(io::Error::new(self.kind, "a planned fault"));
        }
        Ok(())
    }
}

/// The file system, with faults where a plan says so.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    faults: Option<Arc<FaultPlan>>,
}

impl Disk {
    /// The file system as it is.
    pub fn real() -> Self {
        Self::default()
    }

    /// The file system with planned faults.
    pub fn faulty(plan: Arc<FaultPlan>) -> Self {
        Self { faults: Some(plan) }
    }

    fn strike(&self) -> io::Result<()> {
        self.faults.as_ref().map_or(Ok(()), |it| it.strike())
    }

    /// Reads a regular file of at most `max` bytes. A folder, device or pipe is refused without reading from it.
    pub(super) fn read(&self, path: &Path, max: u64) -> io::Result<Vec<u8>> {
        self.strike()?;
        let kind = fs::metadata(path)?;
        if !kind.is_file() {
            let what = if kind.is_dir() { "a folder" } else { "not a regular file" };
            return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("it is {what}; name a file")));
        }
        if kind.len() > max {
            let message = format!("it has {} bytes; at most {max} are read", kind.len());
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
        let mut bytes = Vec::new();
        File::open(path)?.take(max + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > max {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                format!("it grew past {max} bytes while it was read"),
            ));
        }
        Ok(bytes)
    }

    /// Whether there is something at that path (a broken link counts).
    pub fn exists(&self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok()
    }

    /// Replaces a file as a whole: a temporary file beside it, synced, renamed over it, the folder synced. A link is
    /// followed and kept; the permissions of the old file are kept. Says whether syncing is supported there.
    pub(super) fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<Synced> {
        let target = match fs::canonicalize(path) {
            Ok(target) => target,
            Err(err) if err.kind() == io::ErrorKind::NotFound => path.to_owned(),
            Err(err) => return Err(err),
        };
        let folder = match target.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            Some(_) | None => PathBuf::from("."),
        };
        let name =
            target.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "it has no file name"))?;
        let old = fs::metadata(&target).ok();
        if old.as_ref().is_some_and(|it| it.permissions().readonly()) {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
        }
        let temp = folder.join(format!(".{}.{}.tmp", short(&name.to_string_lossy()), std::process::id()));
        let written = self.write_temp(&temp, bytes, old.map(|it| it.permissions()));
        let synced = match written {
            Ok(synced) => synced,
            Err(err) => {
                let _ = self.remove(&temp);
                return Err(err);
            }
        };
        let renamed = self.strike().and_then(|()| fs::rename(&temp, &target));
        if let Err(err) = renamed {
            let _ = self.remove(&temp);
            return Err(err);
        }
        self.strike()?;
        match File::open(&folder).and_then(|it| it.sync_all()) {
            Ok(()) => Ok(synced),
            Err(err) if unsupported(&err) => Ok(Synced::Unsupported),
            Err(err) => Err(err),
        }
    }

    fn write_temp(&self, temp: &Path, bytes: &[u8], permissions: Option<fs::Permissions>) -> io::Result<Synced> {
        let _ = fs::remove_file(temp);
        self.strike()?;
        let mut file = OpenOptions::new().write(true).create_new(true).open(temp)?;
        if let Some(permissions) = permissions {
            self.strike()?;
            file.set_permissions(permissions)?;
        }
        // In pieces, so that a planned fault leaves a part behind as a full disk would.
        for piece in bytes.chunks(bytes.len().div_ceil(3).max(1)) {
            self.strike()?;
            file.write_all(piece)?;
        }
        self.strike()?;
        match file.sync_all() {
            Ok(()) => Ok(Synced::Yes),
            Err(err) if unsupported(&err) => Ok(Synced::Unsupported),
            Err(err) => Err(err),
        }
    }

    /// Makes a folder and those above it.
    pub(super) fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.strike()?;
        fs::create_dir_all(path)
    }

    /// Removes a file.
    pub(super) fn remove(&self, path: &Path) -> io::Result<()> {
        self.strike()?;
        fs::remove_file(path)
    }

    /// Renames a file.
    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.strike()?;
        fs::rename(from, to)
    }

    /// Opens a file for appending.
    pub(super) fn open_append(&self, path: &Path) -> io::Result<File> {
        self.strike()?;
        OpenOptions::new().append(true).open(path)
    }

    /// Appends and syncs.
    pub(super) fn append(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        self.strike()?;
        file.write_all(bytes)?;
        self.strike()?;
        match file.sync_data() {
            Err(err) if !unsupported(&err) => Err(err),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// The files of a folder, sorted; empty if there is no such folder.
    pub(super) fn list(&self, folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|it| it.path()).collect();
        paths.sort();
        paths
    }
}

/// Whether what was written is known to be on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Synced {
    /// Yes.
    Yes,
    /// The file system cannot tell (some network drives).
    Unsupported,
}

fn unsupported(err: &io::Error) -> bool {
    matches!(err.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// A name that still fits a file system when something is put round it.
fn short(name: &str) -> &str {
    let mut end = name.len().min(180);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name.get(..end).unwrap_or_default()
}
