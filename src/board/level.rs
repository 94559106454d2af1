//! Settings of a whole board.

use serde::{Deserialize, Serialize};

/// How deep the board means to go; sets the severity of findings and what is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The whole business as a timeline of events.
    #[default]
    BigPicture,
    /// The grammar of commands, policies and read models.
    Process,
    /// Aggregates, fields, rules: enough to generate code.
    Design,
}

impl Level {
    /// Every level, shallow to deep.
    pub const ALL: [Self; 3] = [Self::BigPicture, Self::Process, Self::Design];

    /// The name that people read.
    pub fn name(self) -> &'static str {
        match self {
            Self::BigPicture => "Big picture",
            Self::Process => "Process",
            Self::Design => "Design",
        }
    }

    /// The word in files and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::BigPicture => "big_picture",
            Self::Process => "process",
            Self::Design => "design",
        }
    }
}

/// The settings of a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What the board is called.
    pub title: String,
    /// How deep it means to go.
    pub level: Level,
    /// The language of its words, as a BCP 47 tag; rules about words run only where there is a word list.
    pub language: String,
    /// What the reader should know; for samples the source and what is ours.
    pub notes: String,
    /// Whether a group is still exploring: checks and ghost links are off.
    pub exploring: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            title: String::new(),
            level: Level::BigPicture,
            language: "en".to_owned(),
            notes: String::new(),
            exploring: false,
        }
    }
}
