//! A read model is looked at by the person or policy above it in its column, through other read models, up to five
//! deep; or by the person right beside it.

use super::{Guess, PITCH, Reading, gap_x, same_row};
use crate::board::Role;
use crate::flow::{Node, Relation};
use crate::kit::Rect;

/// The free space between a read model and the person right of it.
const BESIDE: i32 = 80;

pub(super) const GUESS: Guess = Guess { read };

fn read(reading: &mut Reading<'_>) {
    for model in reading.nodes().filter(|it| it.role == Role::ReadModel) {
        let looks = |it| matches!(it, Relation::Observed | Relation::Consulted | Relation::Supports | Relation::Shown);
        if reading.leaving(model.id).any(|it| looks(it.relation)) {
            continue;
        }
        let rect = model.rect;
        let column = Rect { y: rect.y - 5 * PITCH, h: 5 * PITCH, ..rect };
        let above = reading.within(column).into_iter();
        let above = above.filter(|it| it.role != Role::ReadModel && gap_x(it, model) < 0);
        let above = above.filter(|it| it.rect.center().y < rect.y).max_by_key(|it| (it.rect.bottom(), it.id));
        let is_reader = |it: &Node| matches!(it.role, Role::Actor | Role::Policy);
        if let Some(it) = above.filter(|it| is_reader(it)) {
            let relation = if it.role == Role::Actor { Relation::Observed } else { Relation::Consulted };
            reading.guess(model, it, relation, "stands below");
            continue;
        }
        let right = reading.right_of(model, 0).into_iter();
        let person = right.filter(|it| it.role == Role::Actor && same_row(it, model) && gap_x(it, model) <= BESIDE);
        if let Some(actor) = person.min_by_key(|it| (it.rect.x, it.id)) {
            reading.guess(model, actor, Relation::Observed, "stands beside");
        }
    }
}
