//! The record of what was written: `.stormglass/manifest.json`.
//!
//! It holds paths relative to the output folder, what kind of file each is and the hash of what was written; no time,
//! no absolute path, no name of a person, sorted, so that equal outputs have equal manifests.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::kit;

/// Where the manifest lies below the output folder.
pub const MANIFEST: &str = ".stormglass/manifest.json";

/// The format this version writes.
const FORMAT: u32 = 1;

/// Who a file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileKind {
    /// Ours: written again whenever the board changes, as long as nobody edited it.
    Generated,
    /// Written once; the user's ever after.
    Seeded,
}

/// One recorded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Who it belongs to.
    pub kind: FileKind,
    /// SHA-256 of what was written, in hexadecimal.
    pub sha256: String,
}

/// What was written into an output folder, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    pub(super) files: BTreeMap<String, Entry>,
}

/// A manifest that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    /// Not what we write.
    #[error("{MANIFEST} cannot be read ({0}); restore it from version control, or move the output folder away")]
    Malformed(String),
    /// Written by a later version.
    #[error("{MANIFEST} has format {0}, this version reads format {FORMAT}; use the newer Stormglass that wrote it")]
    Newer(u32),
}

#[derive(Serialize, Deserialize)]
struct Document {
    format: u32,
    files: Vec<Line>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    path: String,
    kind: FileKind,
    sha256: String,
}

impl Manifest {
    /// Reads a manifest. Entries whose path is not safe below the output folder are passed over.
    pub fn read(bytes: &[u8]) -> Result<Self, ManifestError> {
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        let malformed = |error: serde_json::Error| ManifestError::Malformed(error.to_string());
        let head: Head = serde_json::from_slice(bytes).map_err(malformed)?;
        if head.format > FORMAT {
            return Err(ManifestError::Newer(head.format));
        }
        let document: Document = serde_json::from_slice(bytes).map_err(malformed)?;
        let files = document.files.into_iter().filter(|it| is_safe(&it.path));
        Ok(Self { files: files.map(|it| (it.path, Entry { kind: it.kind, sha256: it.sha256 })).collect() })
    }

    /// The manifest's text.
    pub fn write(&self) -> String {
        let files =
            self.files.iter().map(|(path, it)| Line { path: path.clone(), kind: it.kind, sha256: it.sha256.clone() });
        let document = Document { format: FORMAT, files: files.collect() };
        // A document of texts and numbers always serialises.
        serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
    }

    /// The recorded paths, with what kind each is.
    pub fn paths(&self) -> impl Iterator<Item = (&str, FileKind)> {
        self.files.iter().map(|(path, it)| (path.as_str(), it.kind))
    }
}

/// SHA-256 in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Whether a path stays below the folder that it is joined to, on every system: relative, `/` as separator, no `..`,
/// no drive, no back-slash, no control character, no name that Windows keeps for itself.
pub(super) fn is_safe(path: &str) -> bool {
    let reserved = |name: &str| kit::is_device(name.split('.').next().unwrap_or_default());
    let segment = |name: &str| {
        !name.is_empty()
            && name != "."
            && name != ".."
            && name.len() <= 200
            && !name.ends_with(['.', ' '])
            && !name.starts_with(' ')
            && name.chars().all(|c| !c.is_control() && !"<>:\"|?*\\".contains(c))
            && !reserved(name)
    };
    path.len() <= 1_000 && path.split('/').all(segment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_it_reads() {
        let entry = Entry { kind: FileKind::Seeded, sha256: sha256(b"x") };
        let manifest = Manifest { files: [("a/b.rs".to_owned(), entry)].into() };
        assert_eq!(Manifest::read(manifest.write().as_bytes()), Ok(manifest));
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        assert_eq!(Manifest::read(br#"{"format": 2, "what": []}"#), Err(ManifestError::Newer(2)));
        assert!(matches!(Manifest::read(b"{"), Err(ManifestError::Malformed(_))));
    }

    #[test]
    fn a_path_stays_inside() {
        for path in ["a", "a/b.rs", ".stormglass/manifest.json", "crates/x/src/lib.rs", "con_/x", "community.md"] {
            assert!(is_safe(path), "{path}");
        }
        for path in [
            "",
            "/a",
            "a/",
            "a//b",
            "..",
            "a/../b",
            "./a",
            "C:/x",
            "a\\b",
            "a\0",
            "nul",
            "x/AUX.txt",
            "com1",
            "a.",
            "a ",
            "a\nb",
        ] {
            assert!(!is_safe(path), "{path}");
        }
        let evil = br#"{"format":1,"files":[{"path":"../../x","kind":"generated","sha256":""}]}"#;
        assert_eq!(Manifest::read(evil).map(|it| it.paths().count()), Ok(0));
    }
}
