//! What is generated: one file a target.

mod foundation;
mod contexts;
mod scenarios;
mod schemas;
mod topics;
mod ksql;
mod workspace;

use std::collections::BTreeMap;

use crate::kit::Id;

use super::manifest::FileKind;
use super::plan::{File, Output, Want};
use super::project::Project;
use super::render::{TemplateError, Templates};
use super::rust::part::Script;

/// Every target, in the order in which they are made; the last one tells about the others.
pub static ALL: &[&TargetSpec] = &[
    &foundation::SPEC,
    &contexts::SPEC,
    &scenarios::SPEC,
    &schemas::SPEC,
    &topics::SPEC,
    &ksql::SPEC,
    &workspace::SPEC,
];

/// One kind of output.
pub struct TargetSpec {
    /// The word in files and messages.
    pub key: &'static str,
    /// The name that people read.
    pub title: &'static str,
    /// What it is good for, one sentence.
    pub doc: &'static str,
    pub(super) render: fn(&Job<'_, '_>, &mut Made) -> Result<(), TemplateError>,
}

/// What a target is made from.
pub(super) struct Job<'j, 'a> {
    pub project: &'j Project<'a>,
    pub templates: &'j Templates,
}

/// What has been made so far.
#[derive(Default)]
pub(super) struct Made {
    pub output: Output,
    /// Questions that the board leaves to the user: the file that asks, and the question.
    pub open: Vec<(String, String)>,
    /// The traits that the user implements, by context, as paths from the crate.
    pub traits: BTreeMap<Id, Vec<String>>,
    /// Questions that an example may answer.
    pub scripts: Vec<Asked>,
    /// ksqlDB scripts: the file, and what it is for.
    pub queries: Vec<(String, String)>,
}

/// A question, and the trait that asks it.
pub(super) struct Asked {
    /// The context.
    pub context: Id,
    /// The module of the trait, from the crate.
    pub module: String,
    /// The trait.
    pub of: &'static str,
    /// The question.
    pub script: Script,
}

impl Made {
    /// Adds a file that is ours.
    pub(super) fn generated(&mut self, path: impl Into<String>, text: String) {
        self.add(path.into(), FileKind::Generated, text);
    }

    /// Adds a file that is the user's once it is written.
    pub(super) fn seeded(&mut self, path: impl Into<String>, text: String) {
        self.add(path.into(), FileKind::Seeded, text);
    }

    /// Says what a file of the user must mention for the rest to build, and what to do if it does not.
    pub(super) fn wants(&mut self, path: String, mention: &str, advice: String) {
        self.output.wants.push(Want { path, mention: mention.to_owned(), advice });
    }

    fn add(&mut self, path: String, kind: FileKind, text: String) {
        let _ = self.output.files.insert(path, File { kind, text });
    }
}
