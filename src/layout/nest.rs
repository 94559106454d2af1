//! What lies in what: frames as containers, elements in the smallest frame round their middle.

use std::collections::{BTreeMap, BTreeSet};

use crate::board::Board;
use crate::kit::{Id, Rect};

/// The nesting of a board.
pub(super) struct Nest {
    /// What lies directly in a frame, or in none.
    pub(super) inside: BTreeMap<Option<Id>, Vec<Id>>,
    /// The frame that an element or frame lies directly in.
    pub(super) parent: BTreeMap<Id, Id>,
    /// Frames that share an element without one holding the other: each with all that share with it. They and what
    /// lies in them cannot be laid out one by one, so they keep their shape.
    pub(super) fused: BTreeMap<Id, Id>,
}

impl Nest {
    pub(super) fn new(board: &Board) -> Self {
        let mut frames: Vec<(Id, Rect)> = board.frames().values().map(|it| (it.id, it.rect())).collect();
        frames.sort_by_key(|(id, rect)| (rect.area(), *id));
        let holders = |id: Id, rect: Rect| {
            let at = rect.center();
            let holds = move |it: &&(Id, Rect)| it.0 != id && it.1.area() > rect.area() && it.1.contains(at);
            frames.iter().filter(holds).map(|it| it.0)
        };
        let mut nest = Self { inside: BTreeMap::new(), parent: BTreeMap::new(), fused: BTreeMap::new() };
        let mut chains: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for (id, rect) in &frames {
            chains.insert(*id, holders(*id, *rect).collect());
        }
        let stickies = board.stickies().values().map(|it| (it.id, it.rect()));
        let scenarios = board.scenarios().values().map(|it| (it.id, it.rect()));
        let places: Vec<(Id, Rect)> = stickies.chain(scenarios).chain(frames.iter().copied()).collect();
        let mut shared: BTreeSet<(Id, Id)> = BTreeSet::new();
        for (id, rect) in &places {
            let mut all = holders(*id, *rect);
            let innermost = all.next();
            let known = innermost.and_then(|it| chains.get(&it)).map(Vec::as_slice).unwrap_or_default();
            if let Some(innermost) = innermost {
                nest.parent.insert(*id, innermost);
                shared.extend(all.filter(|it| !known.contains(it)).map(|it| (innermost, it)));
            }
            nest.inside.entry(innermost).or_default().push(*id);
        }
        for (a, b) in shared {
            let (a, b) = (nest.whole(a), nest.whole(b));
            if a != b {
                nest.fused.insert(a.max(b), a.min(b));
            }
        }
        nest
    }

    /// The frame that stands for all that are fused with it; itself for most.
    pub(super) fn whole(&self, frame: Id) -> Id {
        let mut at = frame;
        while let Some(next) = self.fused.get(&at) {
            at = *next;
        }
        at
    }

    /// Whether a frame is fused with another.
    pub(super) fn is_fused(&self, frame: Id) -> bool {
        self.fused.contains_key(&frame) || self.fused.values().any(|it| *it == frame)
    }

    /// The frames that an element lies in, innermost first.
    pub(super) fn chain(&self, of: Id) -> Vec<Id> {
        let mut chain = Vec::new();
        let mut at = of;
        while let Some(frame) = self.parent.get(&at) {
            chain.push(*frame);
            at = *frame;
        }
        chain
    }

    /// All that lies in a frame, at any depth.
    pub(super) fn all_inside(&self, frame: Id) -> Vec<Id> {
        let mut all = Vec::new();
        let mut open = vec![frame];
        while let Some(at) = open.pop() {
            for id in self.inside.get(&Some(at)).into_iter().flatten() {
                all.push(*id);
                open.push(*id);
            }
        }
        all
    }
}
