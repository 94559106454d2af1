//! A list that grows for as long as a run does.

use std::iter::Flatten;
use std::slice::Iter;

/// How many things lie together.
const SIZE: usize = 4_096;

/// Things in the order in which they were pushed. It grows by a chunk at a time and never moves what it holds, as a
/// vector does with all of it each time that it is full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunks<T> {
    /// All but the last are full.
    chunks: Vec<Vec<T>>,
}

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Self { chunks: Vec::new() }
    }
}

impl<T> Chunks<T> {
    /// Adds one at the end.
    pub(super) fn push(&mut self, item: T) {
        match self.chunks.last_mut() {
            Some(last) if last.len() < SIZE => last.push(item),
            // Most runs are short: only a second chunk is made for its full size.
            Some(_) => {
                let mut next = Vec::with_capacity(SIZE);
                next.push(item);
                self.chunks.push(next);
            }
            None => self.chunks.push(vec![item]),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match self.chunks.split_last() {
            Some((last, full)) => full.len() * SIZE + last.len(),
            None => 0,
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// The one at that place.
    pub fn get(&self, at: usize) -> Option<&T> {
        self.chunks.get(at / SIZE)?.get(at % SIZE)
    }

    /// The last one.
    pub fn last(&self) -> Option<&T> {
        self.chunks.last()?.last()
    }

    /// All in order.
    pub fn iter(&self) -> Flatten<Iter<'_, Vec<T>>> {
        self.chunks.iter().flatten()
    }

    /// All from that place on.
    pub fn since(&self, from: usize) -> impl Iterator<Item = &T> {
        let mut chunks = self.chunks.get(from / SIZE..).unwrap_or_default().iter();
        let first = chunks.next().and_then(|it| it.get(from % SIZE..)).unwrap_or_default();
        first.iter().chain(chunks.flatten())
    }

    /// How many come before the first for which `before` does not hold; it must hold for all of those and for no other.
    pub fn partition_point(&self, mut before: impl FnMut(&T) -> bool) -> usize {
        let full = self.chunks.partition_point(|it| it.last().is_some_and(&mut before));
        // Past the last chunk, which need not be full, come all that there are.
        self.chunks.get(full).map_or(self.len(), |it| full * SIZE + it.partition_point(&mut before))
    }
}

impl<'a, T> IntoIterator for &'a Chunks<T> {
    type Item = &'a T;
    type IntoIter = Flatten<Iter<'a, Vec<T>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_in_chunks_is_a_list() {
        for count in [0, 1, SIZE - 1, SIZE, SIZE + 1, 3 * SIZE] {
            let all: Vec<usize> = (0..count).collect();
            let mut chunks = Chunks::default();
            all.iter().for_each(|it| chunks.push(*it));
            assert_eq!((chunks.len(), chunks.is_empty()), (count, count == 0));
            assert_eq!(chunks.last(), all.last());
            assert!(chunks.iter().eq(&all) && chunks.iter().rev().eq(all.iter().rev()), "{count}");
            for at in [0, 1, SIZE - 1, SIZE, SIZE + 1, 3 * SIZE, 9 * SIZE] {
                assert_eq!(chunks.get(at), all.get(at));
                assert!(chunks.since(at).eq(all.get(at..).unwrap_or_default()), "{count} since {at}");
                assert_eq!(chunks.partition_point(|it| *it < at), all.partition_point(|it| *it < at));
            }
        }
    }
}
