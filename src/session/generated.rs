//! Carrying a plan of generated files out on the disk: all or nothing, and never outside the folder.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::Disk;
use crate::generate::{
    Existing, GenerateError, MANIFEST, ManifestError, Options, Output, Plan, paths, plan_output, render,
};
use crate::model::System;

/// A file larger than this is not read from an output folder.
const FILE_MAX: u64 = 64 << 20;

/// Why nothing was generated. The folder is as it was.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The board cannot be generated as it is.
    #[error(transparent)]
    Board(#[from] GenerateError),
    /// The manifest that is there cannot be used.
    #[error("{path}: {source}")]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// Why.
        source: ManifestError,
    },
    /// A path leads out of the folder.
    #[error("{0}: it leads out of the output folder (through a link); nothing was written")]
    Outside(PathBuf),
    /// A file cannot be read or written.
    #[error("{path}: {source}; nothing else was changed")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// The files that a system becomes, in memory: for a preview.
///
/// # Errors
/// Where there is nothing to generate, or the system relies on ghost links and `allow_ghosts` is not set.
pub fn preview(system: &System, allow_ghosts: bool) -> Result<Output, GenerateError> {
    render(system, Options { allow_ghosts })
}

/// What generating a system into a folder would do. Writes nothing.
///
/// # Errors
/// Those of [`preview`]; a manifest or file that cannot be read; a path that leads out of the folder.
pub fn plan_into(disk: &Disk, root: &Path, system: &System, allow_ghosts: bool) -> Result<Plan, OutputError> {
    plan_in(disk, root, &preview(system, allow_ghosts)?)
}

/// Generates a system into a folder: all or nothing. Returns what was done.
///
/// # Errors
/// Those of [`plan_into`], and what cannot be written.
pub fn generate_into(disk: &Disk, root: &Path, system: &System, allow_ghosts: bool) -> Result<Plan, OutputError> {
    let plan = plan_into(disk, root, system, allow_ghosts)?;
    carry_out(disk, root, &plan)?;
    Ok(plan)
}

/// Reads what is there and plans what to do.
fn plan_in(disk: &Disk, root: &Path, output: &Output) -> Result<Plan, OutputError> {
    let manifest_path = root.join(MANIFEST);
    let manifest = read(disk, root, MANIFEST)?;
    let wrong = |source| OutputError::Manifest { path: manifest_path.clone(), source };
    let mut existing = Existing::new();
    for path in paths(output, manifest.as_deref()).map_err(wrong)? {
        if let Some(bytes) = read(disk, root, &path)? {
            existing.insert(path, bytes);
        }
    }
    plan_output(output, &existing).map_err(wrong)
}

fn read(disk: &Disk, root: &Path, path: &str) -> Result<Option<Vec<u8>>, OutputError> {
    let full = inside(root, path)?;
    if !disk.exists(&full) {
        return Ok(None);
    }
    disk.read(&full, FILE_MAX).map(Some).map_err(|source| OutputError::Io { path: full, source })
}

/// The path below the root, if it stays there: plain components only, and no link on the way.
fn inside(root: &Path, path: &str) -> Result<PathBuf, OutputError> {
    let mut full = root.to_owned();
    for component in Path::new(path).components() {
        let Component::Normal(name) = component else { return Err(OutputError::Outside(PathBuf::from(path))) };
        full.push(name);
        if std::fs::symlink_metadata(&full).is_ok_and(|it| it.file_type().is_symlink()) {
            return Err(OutputError::Outside(full));
        }
    }
    Ok(full)
}

/// Carries a plan out. Everything is first written into a staging folder inside the root; only when all of it is there
/// are the files renamed into place, the manifest last, and the deleted ones removed.
fn carry_out(disk: &Disk, root: &Path, plan: &Plan) -> Result<(), OutputError> {
    if plan.writes.is_empty() && plan.deletes.is_empty() {
        return Ok(());
    }
    let staging = root.join(".stormglass").join(format!("staging-{}", std::process::id()));
    let staged = stage(disk, root, &staging, plan);
    let done = staged.and_then(|()| swap(disk, root, &staging, plan));
    // What is left of the staging folder is of no use to anybody.
    let _ = std::fs::remove_dir_all(&staging);
    done
}

fn stage(disk: &Disk, root: &Path, staging: &Path, plan: &Plan) -> Result<(), OutputError> {
    for write in &plan.writes {
        let to = inside(root, &write.path)?;
        let at = staging.join(&write.path);
        let folder = at.parent().unwrap_or(staging);
        disk.create_folder(folder)
            .and_then(|()| disk.replace(&at, write.text.as_bytes()))
            .map_err(|source| OutputError::Io { path: to, source })?;
    }
    Ok(())
}

fn swap(disk: &Disk, root: &Path, staging: &Path, plan: &Plan) -> Result<(), OutputError> {
    for write in &plan.writes {
        let to = inside(root, &write.path)?;
        let folder = to.parent().unwrap_or(root);
        disk.create_folder(folder)
            .and_then(|()| disk.rename(&staging.join(&write.path), &to))
            .map_err(|source| OutputError::Io { path: to.clone(), source })?;
    }
    for (path, _) in &plan.deletes {
        let at = inside(root, path)?;
        disk.remove(&at).map_err(|source| OutputError::Io { path: at.clone(), source })?;
        let mut folder = at.parent();
        // A folder that holds nothing any more goes too; one that does refuses by itself.
        while let Some(empty) = folder.filter(|it| *it != root && it.starts_with(root)) {
            if std::fs::remove_dir(empty).is_err() {
                break;
            }
            folder = empty.parent();
        }
    }
    Ok(())
}
