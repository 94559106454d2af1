//! An event or a time activates the nearest policy right of it in its row, also beyond a pivotal line where none stands
//! before it. Of several events in a row the rightmost does. An event that is marked as the end of a path does not.

use super::{Guess, Reading, same_row};
use crate::board::{Mark, Role};
use crate::flow::{Node, Relation};

pub(super) const GUESS: Guess = Guess { read };

fn read(reading: &mut Reading<'_>) {
    for event in reading.nodes().filter(|it| matches!(it.role, Role::Event | Role::Time)) {
        let answered = |it: Relation| matches!(it, Relation::Activates | Relation::ReactsWithoutPolicy);
        if reading.board.sticky(event.definition).is_some_and(|it| it.has(Mark::Final)) {
            continue;
        }
        if reading.leaving(event.id).any(|it| answered(it.relation) || it.relation == Relation::Elapses) {
            continue;
        }
        let right = reading.right_of(event, 0);
        let row: Vec<&Node> = right.into_iter().filter(|it| same_row(it, event)).collect();
        let policies = row.iter().filter(|it| it.role == Role::Policy && reading.is_open(event.id, it.id));
        let Some(policy) = policies.min_by_key(|it| (it.rect.x, it.id)).copied() else { continue };
        let stops =
            |it: &&Node| matches!(it.role, Role::Event | Role::Time | Role::Command | Role::Aggregate | Role::External);
        if row.iter().copied().any(|it| stops(&it) && it.rect.x < policy.rect.x) {
            continue;
        }
        reading.guess(event, policy, Relation::Activates, "stands left of");
    }
}
