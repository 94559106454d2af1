//! Words that every room uses: ids, geometry, time, chance, names, diagnostics.
//!
//! This room knows nothing of boards, brokers or windows, reads no clock and draws no entropy:
//! the time and the seed are handed in.

#![deny(clippy::disallowed_methods)]

mod as_text;
mod diagnostic;
mod duration;
mod geometry;
mod id;
mod names;
mod order;
mod random;
mod time;

pub(crate) use as_text::serde_as_text;
pub use diagnostic::{Diagnostic, Severity};
pub use duration::{Millis, ParseMillisError};
pub use geometry::{GRID, Point, PointF, Rect, RectF, Size};
pub use id::{Id, IdSource, ParseIdError};
pub use names::{ascii_words, camel, counted, fold, is_device, kebab, pascal, screaming, snake, words};
pub use order::{OrderKey, ParseOrderKeyError};
pub use random::{Rng, Streams};
pub use time::{Clock, Timestamp, VirtualClock};
