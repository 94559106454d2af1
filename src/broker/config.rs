//! Settings of topics and of the broker, with Kafka's names and defaults.

use super::{BrokerError, Millis};

/// What happens to old records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CleanupPolicy {
    /// Old segments are deleted.
    Delete,
    /// Only the last record of each key is kept.
    Compact,
    /// Both.
    CompactDelete,
}

impl CleanupPolicy {
    /// Whether segments are deleted by age and size.
    pub const fn deletes(self) -> bool {
        matches!(self, Self::Delete | Self::CompactDelete)
    }

    /// Whether the cleaner keeps the last record of each key only.
    pub const fn compacts(self) -> bool {
        matches!(self, Self::Compact | Self::CompactDelete)
    }
}

/// Whose clock stamps the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampType {
    /// The producer's; it may go backwards.
    CreateTime,
    /// The broker's.
    LogAppendTime,
}

/// The settings of a topic. `i64::MAX` stands for no limit where Kafka has a limit by default.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicConfig {
    /// `cleanup.policy`
    pub cleanup_policy: CleanupPolicy,
    /// `retention.ms`; -1 keeps for ever.
    pub retention: Millis,
    /// `retention.bytes`; -1 is no limit.
    pub retention_bytes: i64,
    /// `segment.bytes`; Kafka's lower bound of 1 MiB is not kept, so that small logs can be seen to age
    pub segment_bytes: i64,
    /// `segment.ms`
    pub segment: Millis,
    /// `delete.retention.ms`
    pub delete_retention: Millis,
    /// `min.cleanable.dirty.ratio`
    pub min_cleanable_dirty_ratio: f64,
    /// `min.compaction.lag.ms`
    pub min_compaction_lag: Millis,
    /// `max.compaction.lag.ms`
    pub max_compaction_lag: Millis,
    /// `max.message.bytes`
    pub max_message_bytes: i64,
    /// `message.timestamp.type`
    pub timestamp_type: TimestampType,
    /// `message.timestamp.after.max.ms`
    pub timestamp_after_max: Millis,
}

impl Default for TopicConfig {
    fn default() -> Self {
        Self {
            cleanup_policy: CleanupPolicy::Delete,
            retention: Millis(7 * Millis::DAY.0),
            retention_bytes: -1,
            segment_bytes: 1 << 30,
            segment: Millis(7 * Millis::DAY.0),
            delete_retention: Millis::DAY,
            min_cleanable_dirty_ratio: 0.5,
            min_compaction_lag: Millis::ZERO,
            max_compaction_lag: Millis(i64::MAX),
            max_message_bytes: 1_048_588,
            timestamp_type: TimestampType::CreateTime,
            timestamp_after_max: Millis::HOUR,
        }
    }
}

impl TopicConfig {
    /// The names of the settings, as Kafka writes them, in the order of [`Self::entries`].
    pub const NAMES: &[&str] = &[
        "cleanup.policy",
        "retention.ms",
        "retention.bytes",
        "segment.bytes",
        "segment.ms",
        "delete.retention.ms",
        "min.cleanable.dirty.ratio",
        "min.compaction.lag.ms",
        "max.compaction.lag.ms",
        "max.message.bytes",
        "message.timestamp.type",
        "message.timestamp.after.max.ms",
    ];

    /// Kept for ever: for topics that are a system's memory, as events.
    pub fn kept() -> Self {
        Self { retention: Millis(-1), ..Self::default() }
    }

    /// Compacted: for topics that hold the last value of each key.
    pub fn compacted() -> Self {
        Self { cleanup_policy: CleanupPolicy::Compact, ..Self::default() }
    }

    /// Whether records of the topic may be removed one day.
    pub fn is_mortal(&self) -> bool {
        let limited = self.retention.0 >= 0 || self.retention_bytes >= 0;
        self.cleanup_policy.compacts() || (self.cleanup_policy.deletes() && limited)
    }

    /// Every setting by Kafka's name, as Kafka writes its value.
    pub fn entries(&self) -> Vec<(&'static str, String)> {
        let policy = match self.cleanup_policy {
            CleanupPolicy::Delete => "delete",
            CleanupPolicy::Compact => "compact",
            CleanupPolicy::CompactDelete => "compact,delete",
        };
        let time = match self.timestamp_type {
            TimestampType::CreateTime => "CreateTime",
            TimestampType::LogAppendTime => "LogAppendTime",
        };
        let values = [
            policy.to_owned(),
            self.retention.0.to_string(),
            self.retention_bytes.to_string(),
            self.segment_bytes.to_string(),
            self.segment.0.to_string(),
            self.delete_retention.0.to_string(),
            self.min_cleanable_dirty_ratio.to_string(),
            self.min_compaction_lag.0.to_string(),
            self.max_compaction_lag.0.to_string(),
            self.max_message_bytes.to_string(),
            time.to_owned(),
            self.timestamp_after_max.0.to_string(),
        ];
        Self::NAMES.iter().copied().zip(values).collect()
    }

    /// Sets one setting by Kafka's name.
    ///
    /// # Errors
    /// [`BrokerError::InvalidConfig`] for a name that is not in [`Self::NAMES`] or a value out of range.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), BrokerError> {
        let wrong = BrokerError::InvalidConfig;
        let number = |least: i64| value.parse::<i64>().ok().filter(|it| *it >= least).ok_or(wrong);
        match name {
            "cleanup.policy" => {
                self.cleanup_policy = match value {
                    "delete" => CleanupPolicy::Delete,
                    "compact" => CleanupPolicy::Compact,
                    "compact,delete" | "delete,compact" => CleanupPolicy::CompactDelete,
                    _ => return Err(wrong),
                }
            }
            "retention.ms" => self.retention = Millis(number(-1)?),
            "retention.bytes" => self.retention_bytes = number(-1)?,
            "segment.bytes" => self.segment_bytes = number(14)?,
            "segment.ms" => self.segment = Millis(number(1)?),
            "delete.retention.ms" => self.delete_retention = Millis(number(0)?),
            "min.cleanable.dirty.ratio" => {
                let ratio = value.parse::<f64>().ok().filter(|it| (0.0..=1.0).contains(it));
                self.min_cleanable_dirty_ratio = ratio.ok_or(wrong)?;
            }
            "min.compaction.lag.ms" => self.min_compaction_lag = Millis(number(0)?),
            "max.compaction.lag.ms" => self.max_compaction_lag = Millis(number(1)?),
            "max.message.bytes" => self.max_message_bytes = number(0)?,
            "message.timestamp.type" => {
                self.timestamp_type = match value {
                    "CreateTime" => TimestampType::CreateTime,
                    "LogAppendTime" => TimestampType::LogAppendTime,
                    _ => return Err(wrong),
                }
            }
            "message.timestamp.after.max.ms" => self.timestamp_after_max = Millis(number(0)?),
            _ => return Err(wrong),
        }
        Ok(())
    }
}

/// The settings of a broker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokerConfig {
    /// `group.initial.rebalance.delay.ms`: how long the first member of an empty group waits for others.
    pub group_initial_rebalance_delay: Millis,
    /// `log.retention.check.interval.ms`: how often old segments are looked for and the cleaner runs.
    pub log_retention_check_interval: Millis,
    /// `offsets.retention.minutes`, in milliseconds: how long committed offsets outlive their group's last member.
    pub offsets_retention: Millis,
}

impl Default for BrokerConfig {
    fn default() -> Self {
        Self {
            group_initial_rebalance_delay: Millis(3_000),
            log_retention_check_interval: Millis(300_000),
            offsets_retention: Millis(7 * Millis::DAY.0),
        }
    }
}
