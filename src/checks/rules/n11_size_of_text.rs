//! N11: a name that is there and fits.

use super::{Context, E, Found, I, Rule, W};
use crate::board::{FrameKind, Level, Role};
use crate::checks::Fix;

pub(super) static RULE: Rule = Rule {
    code: "N11",
    title: "A name is there, and fits",
    why: "A sticky without a name says nothing; one with a paragraph is read by nobody from where they stand.",
    example: "An empty event; a command with three sentences in its name (write them below, after an empty line).",
    exempt: "Screens; aggregates before design level, as they are named at the end.",
    fix: "Takes an empty sticky off that nothing is joined to.",
    severity: [I, W, E],
    check,
};

/// The board units that one character of a name takes at the smallest size that can be read across a room.
const AREA_PER_CHARACTER: i64 = 100;

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for it in context.flow.definitions().values() {
        let unnamed_allowed = it.role == Role::Ui || (it.role == Role::Aggregate && context.level < Level::Design);
        let Some(rect) = context.flow.node(it.id).map(|it| it.rect) else { continue };
        if it.name.is_empty() {
            if !unnamed_allowed {
                let message = Context::sentence(format!("{}.", context.name(it.id)));
                let unused = context.board.referrers(it.id).next().is_none() && context.board.sticky(it.id).is_some();
                let fix = unused.then(|| Fix::new("Take it off").remove(context.board, it.id));
                found.push(Found::new(message, vec![it.id]).fix(fix));
            }
            continue;
        }
        let room = (rect.area() / AREA_PER_CHARACTER).max(40);
        let length = it.name.chars().count() as i64;
        if it.role.flows() && length > room {
            let message =
                format!("The name {} has {length} characters; {room} can be read there.", context.name(it.id));
            found.push(Found::new(message, vec![it.id]));
        }
    }
    for frame in context.board.frames().values().filter(|it| it.kind == FrameKind::BoundedContext) {
        if context.board.name(frame.id).is_empty() {
            let message = Context::sentence(format!("{}.", context.frame(frame.id)));
            found.push(Found::new(message, vec![frame.id]));
        }
    }
}
