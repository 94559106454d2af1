//! What comes out of a task, and what it asks its driver.

use std::sync::Arc;

use super::Message;
use crate::kit::Timestamp;
use crate::record::{RecordId, Type, Value};

/// What a stream task did. Nodes and stores are named by their place in the topology.
#[derive(Clone, Debug, PartialEq)]
pub enum StreamEffect {
    /// A sink hands a message out.
    Sent {
        /// The sink.
        node: usize,
        /// The topic.
        topic: Arc<str>,
        /// The message.
        message: Arc<Message>,
    },
    /// A node looked at a message and let it pass, or not.
    Filtered {
        /// The node.
        node: usize,
        /// The type of the message.
        message: Arc<str>,
        /// Whether it passed.
        passed: bool,
    },
    /// An aggregate handled a command.
    Decided {
        /// The node.
        node: usize,
        /// The instance.
        key: Value,
        /// The command's type.
        command: Arc<str>,
        /// The types of the events that came of it.
        events: Vec<Arc<str>>,
        /// The story.
        correlation: Option<Arc<str>>,
        /// The command.
        cause: Option<RecordId>,
    },
    /// An aggregate or a policy refused a message.
    Rejected {
        /// The node.
        node: usize,
        /// The instance.
        key: Value,
        /// The message's type.
        message: Arc<str>,
        /// Why.
        reason: Arc<str>,
        /// The story.
        correlation: Option<Arc<str>>,
        /// The message.
        cause: Option<RecordId>,
    },
    /// The driver made a choice that the board leaves open.
    Chose {
        /// The node.
        node: usize,
        /// The key of the message.
        key: Value,
        /// What was asked.
        question: Question,
        /// The place of the answer; for a sentence 1 is yes and 0 is no.
        answer: usize,
        /// The story.
        correlation: Option<Arc<str>>,
        /// The message.
        cause: Option<RecordId>,
    },
    /// A timer was set.
    TimerSet {
        /// The node.
        node: usize,
        /// For which key.
        key: Value,
        /// When it is due.
        due: Timestamp,
    },
    /// A timer was called off.
    TimerCancelled {
        /// The node.
        node: usize,
        /// For which key.
        key: Value,
    },
    /// A timer went off.
    TimerFired {
        /// The node.
        node: usize,
        /// For which key; NULL for one that has none.
        key: Value,
    },
    /// A row of a store changed.
    StoreChanged {
        /// The node that changed it; none where it was rebuilt from its log.
        node: Option<usize>,
        /// The store's place in the topology.
        store: usize,
        /// The key.
        key: Value,
        /// The new value; `None` if it was deleted.
        value: Option<Value>,
        /// The message.
        cause: Option<RecordId>,
    },
    /// An expression gave no value for something that may be without one: NULL was taken.
    NoValue {
        /// The node.
        node: usize,
        /// What it was to be the value of.
        of: Arc<str>,
        /// Why.
        reason: String,
        /// The message.
        cause: Option<RecordId>,
    },
    /// A message was dropped because the operator cannot use it, as one without a key.
    Dropped {
        /// The node.
        node: usize,
        /// Why.
        reason: &'static str,
    },
}

/// A question that the board leaves open.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Which of several alternatives without a guard, by the names of their types.
    Which(Vec<Arc<str>>),
    /// Whether a sentence holds, and how likely that is (0 to 1).
    Whether(Arc<str>, f64),
}

/// A sentence in prose, to which somebody must say yes or no, and what hangs on it.
#[derive(Clone, Copy, Debug)]
pub struct Sentence<'a> {
    /// The sentence.
    pub text: &'a str,
    /// How likely it is to hold, 0 to 1.
    pub weight: f64,
    /// The type of the message that it is about.
    pub about: &'a str,
    /// The types of what may come of it with a yes, as far as it leads there at once.
    pub yes: &'a [Arc<str>],
    /// The types of what may come of it with a no.
    pub no: &'a [Arc<str>],
}

/// What a task asks of the world around it. The driver answers; the same answers give the same run.
pub trait World {
    /// The place of one of the alternatives, below `alternatives.len()`.
    fn choose(&mut self, node: usize, key: &Value, alternatives: &[Arc<str>]) -> usize;

    /// Whether a sentence in prose holds.
    fn holds(&mut self, node: usize, key: &Value, sentence: &Sentence<'_>) -> bool;

    /// The key of the instance that this story already made of an aggregate, else of a new one.
    fn instance(&mut self, aggregate: &Arc<str>, correlation: Option<&str>, ty: &Type) -> Value;

    /// A number that was not handed out before in this run.
    fn number(&mut self) -> u64;
}
