//! The timeline: events left to right, cut by pivotal events.

use super::graph::Flow;
use crate::board::{Board, Mark, Role};
use crate::kit::Id;

/// The events between two pivotal events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    /// The pivotal event that opens it; `None` for the first stretch.
    pub from: Option<Id>,
    /// The pivotal event that ends it; `None` for the last stretch.
    pub to: Option<Id>,
    /// The events and times in it, in timeline order, the opening one included.
    pub events: Vec<Id>,
}

impl Flow {
    pub(super) fn line_up(&mut self, board: &Board) {
        let is_event = |it: Role| matches!(it, Role::Event | Role::Time);
        let mut events: Vec<Id> = self.nodes().filter(|it| is_event(it.role)).map(|it| it.id).collect();
        events.sort_by_key(|it| self.reading_order(*it));
        let pivotal = |it: &Id| board.sticky(*it).is_some_and(|it| it.has(Mark::Pivotal));
        self.pivotal = events.iter().copied().filter(pivotal).collect();
        self.timeline = events;
    }

    /// Placements of events and times in the order of the story: left to right, then downwards.
    pub fn timeline(&self) -> &[Id] {
        &self.timeline
    }

    /// The placements of pivotal events in timeline order.
    pub fn pivotal(&self) -> &[Id] {
        &self.pivotal
    }

    /// The timeline cut before each pivotal event; one stretch where there is none.
    pub fn stretches(&self) -> Vec<Stretch> {
        let mut stretches = vec![Stretch::default()];
        for event in &self.timeline {
            if self.pivotal.contains(event) {
                if let Some(last) = stretches.last_mut() {
                    last.to = Some(*event);
                }
                stretches.push(Stretch { from: Some(*event), ..Stretch::default() });
            }
            if let Some(last) = stretches.last_mut() {
                last.events.push(*event);
            }
        }
        stretches.retain(|it| it.from.is_some() || !it.events.is_empty());
        stretches
    }
}
