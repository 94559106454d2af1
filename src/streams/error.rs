//! Why a task could not handle a message.

use std::sync::Arc;

use crate::record::RecordId;

/// A message that could not be handled. The task is as it was before.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaskError {
    /// An expression gave no value.
    #[error("{node}: {reason}")]
    Program {
        /// The node's name.
        node: Arc<str>,
        /// Why.
        reason: String,
    },
    /// One message made more messages than a task hands on for one.
    #[error("{node}: one message made more than {limit} others; look for a list that explodes")]
    Budget {
        /// The node's name.
        node: Arc<str>,
        /// The limit.
        limit: usize,
    },
    /// What a timer brought about could not be handled. The timer is gone.
    #[error("{error}")]
    Timer {
        /// Why.
        error: Box<TaskError>,
        /// The record that had set it, if one had.
        cause: Option<RecordId>,
    },
}
