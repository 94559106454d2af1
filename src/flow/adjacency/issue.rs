//! A policy issues the commands right of it, up to the next column: the one in its row, and those of the same stack
//! that nobody else issues.

use super::{Guess, PITCH, Reading, gap_y, same_row};
use crate::board::Role;
use crate::flow::{Node, Relation};

pub(super) const GUESS: Guess = Guess { read };

fn read(reading: &mut Reading<'_>) {
    for command in reading.nodes().filter(|it| it.role == Role::Command) {
        if reading.entering(command.id).any(|it| it.relation.issues() && !it.is_ghost()) {
            continue;
        }
        let is_decided = reading.entering(command.id).any(|it| it.relation.issues());
        let left = reading.left_of(command, PITCH / 2);
        let policies = left.iter().filter(|it| it.role == Role::Policy && reading.is_open(it.id, command.id));
        let nearest = policies.min_by_key(|it| (gap_y(command, it).max(0), command.rect.x - it.rect.right(), it.id));
        let Some(policy) = nearest.copied() else { continue };
        let in_row = same_row(policy, command);
        let between = |it: &&Node| {
            it.id != policy.id
                && matches!(it.role, Role::Event | Role::Time | Role::Aggregate | Role::External | Role::Command)
                && same_row(it, command)
                && it.rect.center().x >= policy.rect.center().x
        };
        if (!in_row && is_decided) || left.iter().any(between) {
            continue;
        }
        let why = if in_row { "stands left of" } else { "stands left of, one row off," };
        reading.guess(policy, command, Relation::Issues, why);
    }
}
