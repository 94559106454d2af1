//! Code, schemas and topics from the resolved system: model in, set of files out.
//!
//! Pure: [`render`] gives the files that a system asks for, [`plan`] compares them with what lies on disk (handed in)
//! and says what to write, what to delete and what to leave alone. This room knows no geometry, reads no disk and
//! writes none; `session` carries a [`Plan`] out. Generated files are overwritten only while nobody edited them,
//! seeded files are written once and belong to the user from then on.

#![deny(clippy::disallowed_methods)]

mod manifest;
mod plan;
mod text;
mod project;
mod rust;
mod render;
pub mod targets;

pub use manifest::{FileKind, MANIFEST, Manifest, ManifestError};
pub use plan::{Conflict, Existing, File, Orphan, Output, Plan, Want, Write, paths, plan_output};
pub use render::TemplateError;
pub use targets::TargetSpec;

use crate::model::System;

/// What the user decides about a generation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether to go on although the system relies on ghost links, which nobody accepted.
    pub allow_ghosts: bool,
}

/// Why nothing is generated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GenerateError {
    /// Arrows were guessed from places on the board, so that moving a sticky would change code in silence.
    #[error(
        "this board relies on {0} ghost links, read from where stickies lie; accept or refuse them on the board, or allow \
         them for this run"
    )]
    Ghosts(usize),
    /// There is nothing on the board that becomes code.
    #[error("there is nothing to generate: the board has no event, command, policy or read model that can be resolved")]
    Nothing,
    /// The manifest of the output folder.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// A template of ours.
    #[error(transparent)]
    Template(#[from] TemplateError),
}

/// The files that a system asks for.
///
/// # Errors
/// [`GenerateError::Ghosts`] unless they are allowed; [`GenerateError::Nothing`] for a board without flow.
pub fn render(system: &System, options: Options) -> Result<Output, GenerateError> {
    if system.relies_on_ghosts > 0 && !options.allow_ghosts {
        return Err(GenerateError::Ghosts(system.relies_on_ghosts));
    }
    let project = project::Project::new(system);
    if project.crates.is_empty() {
        return Err(GenerateError::Nothing);
    }
    let templates = render::Templates::new()?;
    let job = targets::Job { project: &project, templates: &templates };
    let mut made = targets::Made::default();
    for target in targets::ALL {
        (target.render)(&job, &mut made)?;
    }
    Ok(made.output)
}

/// What to do to an output folder that holds `existing`, see [`paths`].
///
/// # Errors
/// Those of [`render`], and a manifest that cannot be read.
pub fn plan(system: &System, existing: &Existing, options: Options) -> Result<Plan, GenerateError> {
    Ok(plan_output(&render(system, options)?, existing)?)
}
