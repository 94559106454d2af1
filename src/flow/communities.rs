//! Communities of a weighted graph by modularity (Blondel et al. 2008, "Fast unfolding of communities in large
//! networks"), with a last pass over single nodes. Whole weights and a fixed order make it deterministic.

use std::collections::BTreeMap;

/// A weighted graph without direction.
#[derive(Clone, Debug, Default)]
pub(super) struct Weighted {
    near: Vec<BTreeMap<usize, i64>>,
    /// The weight of a node's ties to itself, counted once.
    own: Vec<i64>,
}

impl Weighted {
    pub(super) fn new(count: usize) -> Self {
        Self { near: vec![BTreeMap::new(); count], own: vec![0; count] }
    }

    /// Adds a tie.
    pub(super) fn tie(&mut self, a: usize, b: usize, weight: i64) {
        if a == b {
            if let Some(it) = self.own.get_mut(a) {
                *it += weight;
            }
            return;
        }
        for (from, to) in [(a, b), (b, a)] {
            if let Some(it) = self.near.get_mut(from) {
                *it.entry(to).or_default() += weight;
            }
        }
    }

    /// The nodes that a node is tied to, with the weights.
    pub(super) fn near(&self, of: usize) -> impl Iterator<Item = (usize, i64)> {
        self.near.get(of).into_iter().flatten().map(|(at, weight)| (*at, *weight))
    }

    fn degree(&self, of: usize) -> i64 {
        self.near(of).map(|it| it.1).sum::<i64>() + 2 * self.own.get(of).copied().unwrap_or(0)
    }

    /// The community of each node, numbered from 0 in the order of their first nodes. `fineness` above 100 makes more
    /// and smaller ones, below 100 fewer and larger ones.
    pub(super) fn communities(&self, fineness: i64) -> Vec<usize> {
        let mut of: Vec<usize> = (0..self.near.len()).collect();
        let mut graph = self.clone();
        loop {
            let mut local: Vec<usize> = (0..graph.near.len()).collect();
            if !graph.settle(&mut local, fineness) {
                break;
            }
            let local = numbered(&local);
            of = of.into_iter().map(|it| local.get(it).copied().unwrap_or(it)).collect();
            graph = graph.merged(&local);
        }
        // A node may have been carried along by its community; alone it may choose better.
        self.settle(&mut of, fineness);
        numbered(&of)
    }

    /// Moves nodes one by one into the community that gains most, until none gains; says whether any moved.
    fn settle(&self, of: &mut [usize], fineness: i64) -> bool {
        let count = self.near.len();
        let degrees: Vec<i64> = (0..count).map(|it| self.degree(it)).collect();
        let total: i64 = degrees.iter().sum();
        let mut sums: BTreeMap<usize, i64> = BTreeMap::new();
        for (at, community) in of.iter().enumerate() {
            *sums.entry(*community).or_default() += degrees.get(at).copied().unwrap_or(0);
        }
        let mut any = false;
        // Each move gains; the bound only guards against rounding that never settles.
        for _ in 0..50 {
            let mut moved = false;
            for at in 0..count {
                let (Some(here), Some(degree)) = (of.get(at).copied(), degrees.get(at).copied()) else { continue };
                let mut ties: BTreeMap<usize, i64> = BTreeMap::from([(here, 0)]);
                for (other, weight) in self.near(at) {
                    *ties.entry(of.get(other).copied().unwrap_or(other)).or_default() += weight;
                }
                *sums.entry(here).or_default() -= degree;
                let gain = |community: usize, tie: i64| {
                    let sum = sums.get(&community).copied().unwrap_or(0);
                    i128::from(tie) * i128::from(total) * 100
                        - i128::from(degree) * i128::from(sum) * i128::from(fineness)
                };
                let stay = gain(here, ties.get(&here).copied().unwrap_or(0));
                let best =
                    ties.iter().map(|(community, tie)| (gain(*community, *tie), std::cmp::Reverse(*community))).max();
                let to = match best {
                    Some((value, std::cmp::Reverse(community))) if value > stay => community,
                    Some(_) | None => here,
                };
                *sums.entry(to).or_default() += degree;
                if to != here {
                    if let Some(it) = of.get_mut(at) {
                        *it = to;
                    }
                    (moved, any) = (true, true);
                }
            }
            if !moved {
                break;
            }
        }
        any
    }

    /// Each community as one node.
    fn merged(&self, of: &[usize]) -> Self {
        let count = of.iter().max().map_or(0, |it| it + 1);
        let mut merged = Self::new(count);
        for at in 0..self.near.len() {
            let here = of.get(at).copied().unwrap_or(0);
            if let Some(it) = merged.own.get_mut(here) {
                *it += self.own.get(at).copied().unwrap_or(0);
            }
            for (other, weight) in self.near(at).filter(|it| it.0 > at) {
                merged.tie(here, of.get(other).copied().unwrap_or(0), weight);
            }
        }
        merged
    }
}

/// The communities numbered in the order of their first nodes.
fn numbered(of: &[usize]) -> Vec<usize> {
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    of.iter()
        .map(|it| {
            let next = numbers.len();
            *numbers.entry(*it).or_insert(next)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_circles_joined_by_one_tie_are_two_communities() {
        let mut graph = Weighted::new(8);
        for (a, b) in [(0, 1), (1, 2), (2, 3), (3, 0), (0, 2), (4, 5), (5, 6), (6, 7), (7, 4), (5, 7)] {
            graph.tie(a, b, 10);
        }
        graph.tie(3, 4, 10);
        assert_eq!(graph.communities(100), [0, 0, 0, 0, 1, 1, 1, 1]);
        assert_eq!(graph.communities(1), [0; 8], "coarse enough, all is one");
    }
}
