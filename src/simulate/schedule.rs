//! What is due when: a queue in virtual time. What is due at the same time comes in the order in which it was put.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::BinaryHeap;

use crate::kit::Timestamp;

/// A queue of things that will happen.
#[derive(Clone, Debug)]
pub(super) struct Schedule<T> {
    heap: BinaryHeap<Reverse<(Timestamp, u64)>>,
    items: BTreeMap<u64, T>,
    next: u64,
}

impl<T> Default for Schedule<T> {
    fn default() -> Self {
        Self { heap: BinaryHeap::new(), items: BTreeMap::new(), next: 0 }
    }
}

impl<T> Schedule<T> {
    /// Puts something on the queue.
    pub(super) fn put(&mut self, at: Timestamp, item: T) {
        self.heap.push(Reverse((at, self.next)));
        self.items.insert(self.next, item);
        self.next += 1;
    }

    /// When the next thing is due.
    pub(super) fn next_at(&self) -> Option<Timestamp> {
        self.heap.peek().map(|it| it.0.0)
    }

    /// Takes the next thing if it is due at `now`.
    pub(super) fn take(&mut self, now: Timestamp) -> Option<T> {
        if self.next_at()? > now {
            return None;
        }
        let Reverse((_, number)) = self.heap.pop()?;
        self.items.remove(&number)
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
