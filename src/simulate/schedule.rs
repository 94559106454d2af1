//! What is due when: a queue in virtual time. What is due at the same time comes in the order in which it was put.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::kit::Timestamp;

/// A queue of things that will happen.
#[derive(Clone, Debug)]
pub(super) struct Schedule<T> {
    heap: BinaryHeap<Entry<T>>,
    next: u64,
}

/// What is due, and when. The one that comes first is the greatest, as the heap wants it.
#[derive(Clone, Debug)]
struct Entry<T> {
    at: Timestamp,
    number: u64,
    item: T,
}

impl<T> Ord for Entry<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.number).cmp(&(self.at, self.number))
    }
}

impl<T> PartialOrd for Entry<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> PartialEq for Entry<T> {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl<T> Eq for Entry<T> {}

impl<T> Default for Schedule<T> {
    fn default() -> Self {
        Self { heap: BinaryHeap::new(), next: 0 }
    }
}

impl<T> Schedule<T> {
    /// Puts something on the queue.
    pub(super) fn put(&mut self, at: Timestamp, item: T) {
        self.heap.push(Entry { at, number: self.next, item });
        self.next += 1;
    }

    /// When the next thing is due.
    pub(super) fn next_at(&self) -> Option<Timestamp> {
        self.heap.peek().map(|it| it.at)
    }

    /// Takes the next thing if it is due at `now`.
    pub(super) fn take(&mut self, now: Timestamp) -> Option<T> {
        if self.next_at()? > now {
            return None;
        }
        Some(self.heap.pop()?.item)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_order_of_time_then_of_putting() {
        let mut schedule = Schedule::default();
        for (at, item) in [(5, 'c'), (1, 'a'), (5, 'd'), (1, 'b')] {
            schedule.put(Timestamp(at), item);
        }
        assert_eq!(schedule.take(Timestamp(0)), None);
        let mut taken = Vec::new();
        while let Some(at) = schedule.next_at() {
            taken.extend(schedule.take(at));
        }
        assert_eq!(taken, ['a', 'b', 'c', 'd']);
    }
}
