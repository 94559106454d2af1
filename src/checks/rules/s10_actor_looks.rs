//! S10: an actor who decides looks at something.

use super::{Context, Found, I, O, Rule};
use crate::board::{Kind, Role};
use crate::checks::Fix;
use crate::checks::fix::End;
use crate::flow::Relation;

pub(super) static RULE: Rule = Rule {
    code: "S10",
    title: "An actor who decides looks at something",
    why: "People decide on what they see. The question what that is finds read models, and questions of trust.",
    example: "\"Clerk\" who approves claims and has nothing to look at.",
    exempt: "A command that a read model or a screen supports directly.",
    fix: "Adds a read model for the actor.",
    severity: [O, I, I],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let flow = context.flow;
    for actor in context.all(Role::Actor) {
        let outgoing = flow.outgoing(actor.id);
        let decides: Vec<_> = outgoing.iter().filter(|it| it.edge.relation == Relation::Decides).collect();
        let supported = |id| {
            let supports = |it: Relation| matches!(it, Relation::Supports | Relation::Offers);
            flow.incoming(id).iter().any(|it| supports(it.edge.relation))
        };
        let uses = outgoing.iter().any(|it| it.edge.relation == Relation::Uses);
        if decides.is_empty()
            || uses
            || !flow.consulted(actor.id).is_empty()
            || decides.iter().all(|it| supported(it.definition))
        {
            continue;
        }
        let message = format!("{} decides, but looks at nothing.", Context::sentence(context.name(actor.id)));
        let view = match (context.words, actor.name.is_empty()) {
            (Some(_), false) => format!("{} View", actor.name),
            (Some(_), true) => "View".to_owned(),
            (None, _) => actor.name.clone(),
        };
        let at = context.below(actor.id, Kind::READ_MODEL);
        let fix = Fix::new("Add a read model").sticky(Kind::READ_MODEL, at, view);
        found.push(Found::new(message, vec![actor.id]).fix(Some(fix.link(End::New(0), End::Old(actor.id)))));
    }
}
