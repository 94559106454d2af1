//! T1: effects stand right of their causes.

use super::{Context, Found, I, Rule, W};
use crate::board::{Field, Role};
use crate::checks::Fix;
use crate::flow::{Edge, Relation};
use crate::kit::{Point, Size};

pub(super) static RULE: Rule = Rule {
    code: "T1",
    title: "Effects stand right of their causes",
    why: "The board is read as time, left to right; what stands left of its cause is read as earlier.",
    example: "\"Order Paid\" left of \"Pay Order\".",
    exempt: "Arrows that close a loop (T2 speaks of them); a new row further down, or another context, may begin left.",
    fix: "Moves the effect right of its cause.",
    severity: [I, W, W],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for edge in context.flow.edges().filter(|it| runs_backwards(context, it) && !closes_loop(context, it)) {
        let (from, to) = (context.name(edge.from), context.name(edge.to));
        let message = format!("{} stands left of its cause {from}.", Context::sentence(to));
        let elements = [edge.to, edge.from].into_iter().chain(edge.link()).collect();
        found.push(Found::new(message, elements).fix(fix(context, edge)));
    }
}

/// Whether the effect at the end of an arrow lies wholly left of the cause at its start, in the same stretch of board.
pub(super) fn runs_backwards(context: &Context<'_>, edge: &Edge) -> bool {
    let is_order = match edge.relation {
        Relation::InvokedOn
        | Relation::SentTo
        | Relation::Produces
        | Relation::ResultsIn
        | Relation::Activates
        | Relation::Issues
        | Relation::Elapses
        | Relation::Starts
        | Relation::Follows
        | Relation::ReactsWithoutPolicy => true,
        Relation::Decides
        | Relation::Observed
        | Relation::Consulted
        | Relation::Supports
        | Relation::Shown
        | Relation::UsedBy
        | Relation::Uses
        | Relation::Offers
        | Relation::CarriedOut
        | Relation::Feeds
        | Relation::Stimulates
        | Relation::Annotates
        | Relation::Outside => false,
    };
    if !is_order {
        return false;
    }
    let (Some(from), Some(to)) = (context.flow.node(edge.from), context.flow.node(edge.to)) else { return false };
    // A frame is round what it handles, not beside it.
    let framed = |it: &crate::flow::Node| it.role == Role::Aggregate && context.board.frame(it.id).is_some();
    let is_new_row = to.rect.y >= from.rect.bottom() + from.rect.h;
    let same_context = from.context == to.context;
    to.rect.right() <= from.rect.x && !is_new_row && same_context && !framed(from) && !framed(to)
}

/// Whether an arrow is part of a cycle. Handlers are part of none: what counts is the command or event beside them.
pub(super) fn closes_loop(context: &Context<'_>, edge: &Edge) -> bool {
    let handles = |it| context.flow.node(it).is_some_and(|it| matches!(it.role, Role::Aggregate | Role::External));
    let (from, to) = (context.cycle_of(edge.from), context.cycle_of(edge.to));
    match (handles(edge.from), handles(edge.to)) {
        (true, _) => to.is_some(),
        (_, true) => from.is_some(),
        (false, false) => from.is_some() && from == to,
    }
}

fn fix(context: &Context<'_>, edge: &Edge) -> Option<Fix> {
    let (from, to) = (context.flow.node(edge.from)?, context.flow.node(edge.to)?);
    let at = Point::new(from.rect.right() + 60, to.rect.y);
    let at = context.grid.free(at, Size::new(to.rect.w, to.rect.h), Some(to.id));
    Some(Fix::new("Move it right").set(context.board, to.id, Field::At(at)))
}
