//! T3: a sticky hides another, or lies across a border.

use super::{Context, Found, I, Rule, W};
use crate::board::{Field, FrameKind, Role, Sticky};
use crate::checks::Fix;
use crate::kit::{Point, Rect};

pub(super) static RULE: Rule = Rule {
    code: "T3",
    title: "A sticky hides another, or lies across a border",
    why: "What is hidden is not read, and what lies on a border belongs to nobody knows which side.",
    example: "Two events on top of each other; a command half inside \"Shipping\".",
    exempt: "Actors on the edge of a command or policy, hotspots and remarks: they lie on what they speak of.",
    fix: "Nudges them apart, or into the frame.",
    severity: [I, I, W],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for sticky in context.board.stickies().values().filter(|it| role(context, it).flows()) {
        let rect = sticky.rect();
        // Each is spoken of once, with the oldest that it lies with: a heap of a hundred is a hundred findings.
        let covered = |it: &Sticky| it.id < sticky.id && role(context, it).flows() && hides(context, sticky, it);
        if let Some(other) = context.grid.first(rect, covered) {
            let (here, there) = (Context::sentence(context.name(sticky.id)), context.name(other.id));
            let at = context.grid.free(Point::new(sticky.x, sticky.y), size(sticky), Some(sticky.id));
            let fix = Fix::new("Nudge apart").set(context.board, sticky.id, Field::At(at));
            let message = format!("{here} and {there} hide each other.");
            found.push(Found::new(message, vec![sticky.id, other.id]).fix(Some(fix)));
        }
        for frame in context.board.frames().values().filter(|it| it.kind == FrameKind::BoundedContext) {
            let Some(inside) = rect.intersection(frame.rect()) else { continue };
            let share = inside.area() * 100 / rect.area().max(1);
            if !(15..=85).contains(&share) {
                continue;
            }
            let name = Context::sentence(context.name(sticky.id));
            let message = format!("{name} lies across the border of {}.", context.frame(frame.id));
            let at = beside(rect, frame.rect(), share >= 50);
            let fix = Fix::new(if share >= 50 { "Move it inside" } else { "Move it outside" });
            let fix = fix.set(context.board, sticky.id, Field::At(at));
            found.push(Found::new(message, vec![sticky.id, frame.id]).fix(Some(fix)));
        }
    }
}

fn role(context: &Context<'_>, sticky: &Sticky) -> Role {
    context.flow.node(sticky.id).map_or_else(|| sticky.kind.role(), |it| it.role)
}

fn size(sticky: &Sticky) -> crate::kit::Size {
    let rect = sticky.rect();
    crate::kit::Size::new(rect.w, rect.h)
}

/// Whether a third of the smaller one is covered and it is not notation.
fn hides(context: &Context<'_>, a: &Sticky, b: &Sticky) -> bool {
    let Some(common) = a.rect().intersection(b.rect()) else { return false };
    let smaller = a.rect().area().min(b.rect().area()).max(1);
    let notation = |person: &Sticky, on: &Sticky| {
        role(context, person) == Role::Actor
            && matches!(role(context, on), Role::Command | Role::Policy)
            && person.rect().center().y > on.rect().center().y
    };
    common.area() * 100 / smaller >= 33 && !notation(a, b) && !notation(b, a)
}

/// The nearest corner at which a sticky lies wholly inside or outside a frame.
fn beside(rect: Rect, frame: Rect, inside: bool) -> Point {
    let gap = 10;
    if inside {
        let fit = |at: i32, size: i32, low: i32, high: i32| at.min(high - size - gap).max(low + gap);
        return Point::new(fit(rect.x, rect.w, frame.x, frame.right()), fit(rect.y, rect.h, frame.y, frame.bottom()));
    }
    let moves = [
        (frame.x - gap - rect.right(), 0),
        (frame.right() + gap - rect.x, 0),
        (0, frame.y - gap - rect.bottom()),
        (0, frame.bottom() + gap - rect.y),
    ];
    let shortest = moves.into_iter().min_by_key(|(x, y)| x.abs() + y.abs()).unwrap_or_default();
    Point::new(rect.x, rect.y).moved(shortest.0, shortest.1)
}
