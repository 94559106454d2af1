//! Code, schemas and topics from the resolved system: model in, set of files out.
//!
//! Pure: [`render`] gives the files that a system asks for, [`plan`] compares them with what lies on disk (handed in)
//! and says what to write, what to delete and what to leave alone. This room knows no geometry, reads no disk and
//! writes none; `session` carries a [`Plan`] out. Generated files are overwritten only while nobody edited them,
//! seeded files are written once and belong to the user from then on.

#![deny(clippy::disallowed_methods)]

mod manifest;
mod plan;
#[allow(dead_code)]
mod text;

pub use manifest::{FileKind, MANIFEST, Manifest, ManifestError};
pub use plan::{Conflict, Existing, File, Orphan, Output, Plan, Write, paths, plan_output};
