//! What to write, delete and leave alone, from what is wanted and what is there.

use std::collections::{BTreeMap, BTreeSet};

use super::manifest::{Entry, FileKind, MANIFEST, Manifest, ManifestError, is_safe, sha256};

/// The files of the output folder as they are, by path with `/`: at least those that [`paths`] names, if they exist.
pub type Existing = BTreeMap<String, Vec<u8>>;

/// One wanted file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Who it belongs to.
    pub kind: FileKind,
    /// Its text, with `\n` line ends.
    pub text: String,
}

/// The set of files that a system asks for, by path relative to the output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// The files.
    pub files: BTreeMap<String, File>,
    /// What the user should know: parts left out, sentences to be filled in.
    pub notes: Vec<String>,
    /// What files of the user must mention for the rest to build.
    pub wants: Vec<Want>,
}

/// Something that a file of the user must mention for the rest to build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Want {
    /// Which file.
    pub path: String,
    /// What it must mention.
    pub mention: String,
    /// What to do if it does not.
    pub advice: String,
}

/// One file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// Where, relative to the output folder.
    pub path: String,
    /// What.
    pub text: String,
    /// What is there now.
    pub old: Option<String>,
}

/// A file of ours that somebody edited and that would change now. It is left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Which file.
    pub path: String,
    /// From what is on disk to what would be written, as a unified diff.
    pub diff: String,
}

/// A file that we wrote once and that the board asks for no longer. It is left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    /// Which file.
    pub path: String,
    /// Who it belongs to: the user's own, or one of ours that was edited.
    pub kind: FileKind,
}

/// What to do to an output folder. Carried out by `session`, writes in this order (the manifest comes last).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files to write.
    pub writes: Vec<Write>,
    /// Files to delete: ours, unedited, and wanted no longer.
    pub deletes: Vec<(String, String)>,
    /// Files left alone that differ from what is wanted.
    pub conflicts: Vec<Conflict>,
    /// Files left alone that nothing asks for any longer.
    pub orphans: Vec<Orphan>,
    /// How many files are as they should be.
    pub unchanged: usize,
    /// What the user should know.
    pub notes: Vec<String>,
}

impl Plan {
    /// Whether the folder is as the board asks for: nothing to write, to delete or to reconcile.
    pub fn is_up_to_date(&self) -> bool {
        self.writes.is_empty() && self.deletes.is_empty() && self.conflicts.is_empty()
    }

    /// What would change, as a unified diff by path; the manifest is left out.
    pub fn diff(&self) -> String {
        let mut parts: BTreeMap<&str, String> = BTreeMap::new();
        for write in self.writes.iter().filter(|it| it.path != MANIFEST) {
            parts.insert(&write.path, unified(&write.path, write.old.as_deref(), Some(&write.text)));
        }
        for (path, old) in &self.deletes {
            parts.insert(path, unified(path, Some(old), None));
        }
        for conflict in &self.conflicts {
            parts.insert(&conflict.path, conflict.diff.clone());
        }
        parts.into_values().collect()
    }
}

/// The paths whose content [`plan_output`] needs to see, given the manifest that is there.
pub fn paths(output: &Output, manifest: Option<&[u8]>) -> Result<BTreeSet<String>, ManifestError> {
    let old = manifest.map(Manifest::read).transpose()?.unwrap_or_default();
    let mut all: BTreeSet<String> = output.files.keys().chain(old.files.keys()).cloned().collect();
    all.insert(MANIFEST.to_owned());
    Ok(all)
}

/// Compares what is wanted with what is there.
///
/// A file of ours is overwritten or deleted only if it still is what the manifest says we wrote (line ends aside); a
/// seeded file is written only if it never was. The result for its own outcome is empty.
pub fn plan_output(output: &Output, existing: &Existing) -> Result<Plan, ManifestError> {
    let old = existing.get(MANIFEST).map(|it| Manifest::read(it)).transpose()?.unwrap_or_default();
    let mut plan = Plan { notes: output.notes.clone(), ..Plan::default() };
    let mut new = Manifest::default();
    for (path, file) in output.files.iter().filter(|(path, _)| is_safe(path) && *path != MANIFEST) {
        let recorded = old.files.get(path);
        let there = existing.get(path).map(|it| unix(it));
        let wanted = Entry { kind: file.kind, sha256: sha256(file.text.as_bytes()) };
        let write = |old: Option<&Vec<u8>>| Write {
            path: path.clone(),
            text: file.text.clone(),
            old: old.map(|it| String::from_utf8_lossy(it).into_owned()),
        };
        let entry = match (file.kind, &there) {
            (FileKind::Seeded, Some(_)) => {
                plan.unchanged += 1;
                Some(recorded.filter(|it| it.kind == FileKind::Seeded).cloned().unwrap_or(wanted))
            }
            (FileKind::Seeded, None) => match recorded.filter(|it| it.kind == FileKind::Seeded) {
                Some(deleted) => Some(deleted.clone()),
                None => {
                    plan.writes.push(write(None));
                    Some(wanted)
                }
            },
            (FileKind::Generated, None) => {
                plan.writes.push(write(None));
                Some(wanted)
            }
            (FileKind::Generated, Some(there)) if *there == file.text.as_bytes() => {
                plan.unchanged += 1;
                Some(wanted)
            }
            (FileKind::Generated, Some(there)) => {
                let ours = recorded.filter(|it| it.kind == FileKind::Generated && it.sha256 == sha256(there));
                if ours.is_some() {
                    plan.writes.push(write(Some(there)));
                    Some(wanted)
                } else {
                    let old = String::from_utf8_lossy(there);
                    let diff = unified(path, Some(&old), Some(&file.text));
                    plan.conflicts.push(Conflict { path: path.clone(), diff });
                    recorded.cloned()
                }
            }
        };
        if let Some(entry) = entry {
            new.files.insert(path.clone(), entry);
        }
    }
    for (path, entry) in old.files.iter().filter(|(path, _)| !output.files.contains_key(*path)) {
        let Some(there) = existing.get(path).map(|it| unix(it)) else { continue };
        if entry.kind == FileKind::Generated && entry.sha256 == sha256(&there) {
            plan.deletes.push((path.clone(), String::from_utf8_lossy(&there).into_owned()));
        } else {
            plan.orphans.push(Orphan { path: path.clone(), kind: entry.kind });
            new.files.insert(path.clone(), entry.clone());
        }
    }
    for want in &output.wants {
        let Some(there) = existing.get(&want.path) else { continue };
        if !String::from_utf8_lossy(there).contains(&want.mention) {
            plan.notes.push(format!("{} is yours: {}", want.path, want.advice));
        }
    }
    let text = new.write();
    let there = existing.get(MANIFEST).map(|it| unix(it));
    if there.as_deref() != Some(text.as_bytes()) {
        let old = there.map(|it| String::from_utf8_lossy(&it).into_owned());
        plan.writes.push(Write { path: MANIFEST.to_owned(), text, old });
    }
    Ok(plan)
}

/// The bytes with `\n` line ends, so that a checkout with other line ends counts as unedited.
fn unix(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter().peekable();
    while let Some(byte) = rest.next() {
        if *byte != b'\r' || rest.peek() != Some(&&b'\n') {
            out.push(*byte);
        }
    }
    out
}

/// A unified diff; `None` is a file that is not there.
fn unified(path: &str, old: Option<&str>, new: Option<&str>) -> String {
    let name = |side: &str, text: Option<&str>| match text {
        Some(_) => format!("{side}/{path}"),
        None => "/dev/null".to_owned(),
    };
    let mut options = diffy::DiffOptions::new();
    options.set_original_filename(name("a", old)).set_modified_filename(name("b", new));
    options.create_patch(old.unwrap_or_default(), new.unwrap_or_default()).to_string()
}
