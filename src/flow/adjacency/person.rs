//! A person issues the command, or carries out the policy, that the small note touches: the one above it first.

use super::{Guess, Reading, gap_x, gap_y};
use crate::board::Role;
use crate::flow::Relation;

/// How far apart two notes may lie and still touch.
const TOUCH: i32 = 20;

pub(super) const GUESS: Guess = Guess { read };

fn read(reading: &mut Reading<'_>) {
    for actor in reading.nodes().filter(|it| it.role == Role::Actor) {
        let acts = |it: Relation| matches!(it, Relation::Decides | Relation::CarriedOut | Relation::Uses);
        if reading.leaving(actor.id).chain(reading.entering(actor.id)).any(|it| acts(it.relation)) {
            continue;
        }
        let touched = reading.within(actor.rect.grown(TOUCH));
        let touched = touched.into_iter().filter(|it| matches!(it.role, Role::Command | Role::Policy));
        let nearest = touched.min_by_key(|it| {
            let above = gap_x(it, actor) < 0 && it.rect.center().y < actor.rect.center().y;
            (!above, gap_y(it, actor).max(0) + gap_x(it, actor).max(0), it.id)
        });
        match nearest {
            Some(command) if command.role == Role::Command => {
                reading.guess(actor, command, Relation::Decides, "touches");
            }
            Some(policy) => {
                reading.guess(policy, actor, Relation::CarriedOut, "is touched by");
            }
            None => {}
        }
    }
}
