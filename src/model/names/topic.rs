//! Parts of topic names: `order-placed`.

use crate::kit::kebab;

use super::{Output, OutputSpec};

pub(super) static SPEC: OutputSpec = OutputSpec {
    output: Output::Topic,
    key: "topic",
    title: "Topic",
    doc: "A part of `<context>.<aggregate>.events` and the like. Never `_`, which collides with `.` in metrics.",
    board_wide: false,
    joiner: "-",
    form: kebab,
    reserved: |_| false,
};

/// Kafka's longest topic name.
const MAX_TOPIC: usize = 249;

/// Why a text is not a topic's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TopicNameError {
    /// Nothing.
    #[error("a topic needs a name")]
    Empty,
    /// Longer than Kafka allows.
    #[error("a topic's name has at most 249 characters, this one has {0}")]
    TooLong(usize),
    /// `.` and `..`.
    #[error("a topic may not be called `.` or `..`")]
    Dots,
    /// A character that Kafka refuses.
    #[error("`{0}` may not be in a topic's name; Kafka allows letters, digits, `.`, `_` and `-`")]
    Illegal(char),
}

/// Whether Kafka takes this as the name of a topic.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn check_topic(name: &str) -> Result<(), TopicNameError> {
    if name.is_empty() {
        return Err(TopicNameError::Empty);
    }
    if name == "." || name == ".." {
        return Err(TopicNameError::Dots);
    }
    if let Some(bad) = name.chars().find(|c| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '_' | '-')) {
        return Err(TopicNameError::Illegal(bad));
    }
    if name.len() > MAX_TOPIC { Err(TopicNameError::TooLong(name.len())) } else { Ok(()) }
}
