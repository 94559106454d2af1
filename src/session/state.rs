//! The user's state folder: journals, locks, preferences. Nothing of it lies beside a board.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Disk;
use super::document::hash;

/// At most so many recent files are remembered.
const RECENT_MAX: usize = 10;

/// The folder that holds what belongs to the user and not to a board.
#[derive(Clone, Debug)]
pub struct StateDir {
    root: PathBuf,
}

impl StateDir {
    /// The folder named by the variable `STORMGLASS_STATE`, else the system's state folder for this user, else a
    /// folder of this user in the temporary folder.
    pub fn of_user() -> Self {
        if let Some(root) = std::env::var_os("STORMGLASS_STATE").filter(|it| !it.is_empty()) {
            return Self { root: PathBuf::from(root) };
        }
        let base = dirs::state_dir().or_else(dirs::data_local_dir).unwrap_or_else(std::env::temp_dir);
        Self { root: base.join("stormglass") }
    }

    /// That folder.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// Where journals and locks lie.
    pub(super) fn journals(&self) -> PathBuf {
        self.root.join("journals")
    }

    /// The journal of a document: by its canonical path, or by a key of its own while it is untitled.
    pub(super) fn journal(&self, key: &str) -> PathBuf {
        self.journals().join(format!("{key}.journal"))
    }

    /// The key of a document with that path.
    pub(super) fn key(path: &Path) -> String {
        let full =
            std::fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned());
        hash(full.as_os_str().as_encoded_bytes()).chars().take(24).collect()
    }

    /// Takes the lock of a document; `None` if another process holds it.
    pub(super) fn lock(&self, disk: &Disk, key: &str) -> std::io::Result<Option<Lock>> {
        disk.create_folder(&self.journals())?;
        let path = self.journals().join(format!("{key}.lock"));
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path)?;
        Ok(file.try_lock().is_ok().then_some(Lock { _file: file }))
    }

    /// What the user prefers; the defaults if that cannot be read.
    pub fn preferences(&self, disk: &Disk) -> Preferences {
        let bytes = disk.read(&self.root.join("preferences.ron"), 1 << 20).unwrap_or_default();
        std::str::from_utf8(&bytes).ok().and_then(|it| ron::from_str(it).ok()).unwrap_or_default()
    }

    /// Writes down what the user prefers.
    pub fn set_preferences(&self, disk: &Disk, preferences: &Preferences) -> std::io::Result<()> {
        disk.create_folder(&self.root)?;
        let text = ron::ser::to_string_pretty(preferences, ron::ser::PrettyConfig::default()).unwrap_or_default();
        disk.replace(&self.root.join("preferences.ron"), text.as_bytes()).map(|_| ())
    }
}

/// Where files are looked for and saved first: the user's documents, else the home folder, else the current folder.
pub fn default_folder() -> PathBuf {
    dirs::document_dir().filter(|it| it.is_dir()).or_else(dirs::home_dir).unwrap_or_else(|| PathBuf::from("."))
}

/// Where the tour without a window puts its results: `stormglass-tour` in the current folder, else in the temporary one.
pub fn tour_folder() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let folder = here.join("stormglass-tour");
    if std::fs::create_dir_all(&folder).is_ok() { folder } else { std::env::temp_dir().join("stormglass-tour") }
}

/// A document's lock, held until it is dropped or its process ends. The file stays: removing it would let two
/// processes hold locks of the same name.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// What is remembered from one start to the next.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Files that were open, the latest first.
    pub recent: Vec<PathBuf>,
    /// `light`, `dark`, `contrast`, or empty to follow the system.
    pub appearance: String,
    /// Whether kinds are told apart by patterns too.
    pub patterns: bool,
    /// Whether the five steps of the first minutes were dismissed.
    pub steps_dismissed: bool,
    /// The steps of the first minutes that were done.
    pub steps_done: Vec<String>,
    /// Whether the grid is neither shown nor snapped to.
    pub grid_off: bool,
    /// Whether nothing snaps to what lies beside it.
    pub snap_off: bool,
    /// Whether the whole board is shown in a corner.
    pub minimap: bool,
    /// Whether what is clicked is large enough for fingers; where nothing is said, from the first touch on.
    pub touch: Option<bool>,
    /// Whether the kinds on the board are listed in a corner.
    pub legend: bool,
    /// The keys that the user changed: the command's word, and its keys.
    pub keys: std::collections::BTreeMap<String, Vec<String>>,
}

impl Preferences {
    /// Puts a file to the front of the recent ones.
    pub fn remember(&mut self, path: &Path) {
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|it| *it != path);
        self.recent.insert(0, path);
        self.recent.truncate(RECENT_MAX);
    }
}
