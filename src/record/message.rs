//! Records as a topic holds them: key, value, time and headers.

use std::borrow::Cow;

use bytes::Bytes;

use super::Value;
use crate::kit::Timestamp;

/// Header: the full name of the value's schema.
pub const TYPE: &str = "type";
/// Header: the record that caused this one, as `topic/partition/offset`.
pub const CAUSE: &str = "cause";
/// Header: the command of an actor, timer or external system with which the story began.
pub const CORRELATION: &str = "correlation";

/// A record, typed (`Record`) or as bytes ([`RawRecord`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record<P = Value> {
    /// What decides the partition, and on a compacted topic the identity.
    pub key: Option<P>,
    /// The content; none is a tombstone.
    pub value: Option<P>,
    /// When it happened.
    pub timestamp: Timestamp,
    /// What is said about it.
    pub headers: Headers,
}

/// A record whose key and value are bytes, as a broker stores it.
pub type RawRecord = Record<Bytes>;

impl<P> Record<P> {
    /// A record without headers.
    pub fn new(key: Option<P>, value: Option<P>, timestamp: Timestamp) -> Self {
        Self { key, value, timestamp, headers: Headers::default() }
    }
}

/// One header. Its value may be null, as in Kafka.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its name; the well-known ones are not allocated.
    pub key: Cow<'static, str>,
    /// Its value.
    pub value: Option<Bytes>,
}

/// Headers in order; a name may occur more than once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers(Vec<Header>);

impl Headers {
    /// No headers, with room for `count`.
    pub fn with_capacity(count: usize) -> Self {
        Self(Vec::with_capacity(count))
    }

    /// Adds one at the end.
    pub fn push(&mut self, key: &str, value: impl Into<Bytes>) {
        self.push_raw(key, Some(value.into()));
    }

    /// Adds one at the end, whose value may be null.
    pub fn push_raw(&mut self, key: &str, value: Option<Bytes>) {
        let key = match key {
            TYPE => Cow::Borrowed(TYPE),
            CAUSE => Cow::Borrowed(CAUSE),
            CORRELATION => Cow::Borrowed(CORRELATION),
            other => Cow::Owned(other.to_owned()),
        };
        self.0.push(Header { key, value });
    }

    /// Replaces all of that name by one.
    pub fn set(&mut self, key: &str, value: impl Into<Bytes>) {
        self.0.retain(|it| it.key != key);
        self.push(key, value);
    }

    /// The value of the last one of that name.
    pub fn get(&self, key: &str) -> Option<&Bytes> {
        self.0.iter().rev().find(|it| it.key == key)?.value.as_ref()
    }

    /// The value of the last one of that name, if it is text.
    pub fn text(&self, key: &str) -> Option<&str> {
        std::str::from_utf8(self.get(key)?).ok()
    }

    /// All in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Header> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> IntoIterator for &'a Headers {
    type Item = &'a Header;
    type IntoIter = std::slice::Iter<'a, Header>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_header_of_a_name_counts() {
        let mut headers = Headers::default();
        headers.push(TYPE, "a");
        headers.push("x", "1");
        headers.push(TYPE, "b");
        assert_eq!((headers.text(TYPE), headers.len()), (Some("b"), 3));
        headers.set(TYPE, "c");
        assert_eq!((headers.text(TYPE), headers.len()), (Some("c"), 2));
        headers.push_raw("x", None);
        assert_eq!(headers.get("x"), None);
        headers.push("bad", vec![0xff]);
        assert_eq!(headers.text("bad"), None);
    }
}
