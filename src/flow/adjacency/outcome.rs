//! An event comes from the nearest aggregate, external system, or command without a handler, left of it: in its row
//! or one pitch off, up to the next column of policies or commands. A second column of events is order, not cause.
//! An event that is marked as incoming comes from elsewhere.

use super::{Guess, PITCH, Reading, gap_y, same_row};
use crate::board::{Mark, Role};
use crate::flow::{Node, Relation};

pub(super) const GUESS: Guess = Guess { read };

fn read(reading: &mut Reading<'_>) {
    for event in reading.nodes().filter(|it| it.role == Role::Event) {
        let incoming = reading.board.sticky(event.definition).is_some_and(|it| it.has(Mark::Incoming));
        if incoming || reading.entering(event.id).any(|it| it.relation.brings()) {
            continue;
        }
        let left = reading.left_of(event, PITCH);
        let is_source = |it: &&&Node| match it.role {
            Role::Aggregate | Role::External => true,
            Role::Command => !reading.leaving(it.id).any(|it| it.relation.handles()),
            _ => false,
        };
        let sources = left.iter().filter(is_source).filter(|it| reading.is_open(it.id, event.id));
        let nearest = sources.min_by_key(|it| (gap_y(event, it).max(0), event.rect.x - it.rect.right(), it.id));
        let Some(source) = nearest.copied() else { continue };
        let between = |it: &&Node| {
            let steps = matches!(it.role, Role::Event | Role::Time | Role::Policy | Role::Command);
            steps && it.id != source.id && same_row(it, event) && it.rect.center().x >= source.rect.center().x
        };
        // A command in the row of its event that shares the handler one row off belongs to the same step.
        let shares = |it: &Node| reading.leaving(it.id).any(|it| it.relation.handles() && it.to == source.id);
        if left.iter().copied().filter(|it| between(it)).any(|it| !shares(it)) {
            continue;
        }
        let relation = if source.role == Role::Command { Relation::ResultsIn } else { Relation::Produces };
        let why = if same_row(source, event) { "stands left of" } else { "stands left of, one row off," };
        reading.guess(source, event, relation, why);
    }
}
