//! The id of a record: where it lies.

use crate::kit::serde_as_text;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// The id of a record: topic, partition and offset. Written `topic/partition/offset`, as in the header
/// [`CAUSE`](super::CAUSE).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId {
    /// The topic.
    pub topic: Arc<str>,
    /// The partition, from 0.
    pub partition: i32,
    /// The offset in it.
    pub offset: i64,
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.topic, self.partition, self.offset)
    }
}

/// A text that is not a [`RecordId`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a record's id; write topic/partition/offset")]
pub struct ParseRecordIdError(String);

impl FromStr for RecordId {
    type Err = ParseRecordIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || {
            let (rest, offset) = text.rsplit_once('/')?;
            let (topic, partition) = rest.rsplit_once('/')?;
            Some(Self { topic: topic.into(), partition: partition.parse().ok()?, offset: offset.parse().ok()? })
        };
        read().ok_or_else(|| ParseRecordIdError(text.chars().take(80).collect()))
    }
}

serde_as_text!(RecordId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_it_reads() {
        let id = RecordId { topic: "ordering.order.events".into(), partition: 3, offset: 41 };
        assert_eq!(id.to_string(), "ordering.order.events/3/41");
        assert_eq!(id.to_string().parse(), Ok(id));
        for text in ["", "a/b", "a/1/x", "1/2"] {
            assert!(text.parse::<RecordId>().is_err(), "{text}");
        }
    }
}
