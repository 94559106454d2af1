//! S2: every command is handled by exactly one aggregate or external system.

use super::{Context, E, Found, I, O, Rule};
use crate::board::{Kind, Role};
use crate::checks::Fix;
use crate::checks::fix::End;
use crate::flow::{Definition, Relation};
use crate::kit::fold;

pub(super) static RULE: Rule = Rule {
    code: "S2",
    title: "Every command is handled in one place",
    why: "One place decides, so that its rules hold. With none the rules have no home; with two they can contradict each \
          other.",
    example: "\"Place Order\" that goes to both \"Order\" and \"Basket\", or to neither.",
    exempt: "",
    fix: "Places an aggregate, named by the event's noun, between the command and its events.",
    severity: [O, I, E],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for command in context.all(Role::Command) {
        let handlers = context.flow.handlers(command.id);
        let name = context.name(command.id);
        match handlers.as_slice() {
            [_] => {}
            [] => {
                let message = format!("No aggregate or external system handles the command {name}.");
                found.push(Found::new(message, vec![command.id]).fix(fix(context, command)));
            }
            several => {
                let names: Vec<String> = several.iter().map(|it| context.name(it.definition)).collect();
                let message =
                    format!("The command {name} is handled in {} places: {}.", several.len(), names.join(", "));
                let elements = std::iter::once(command.id).chain(several.iter().map(|it| it.definition));
                found.push(Found::new(message, elements.collect()));
            }
        }
    }
}

fn fix(context: &Context<'_>, command: &Definition) -> Option<Fix> {
    let outgoing = context.flow.outgoing(command.id);
    let results: Vec<_> = outgoing.iter().filter(|it| it.edge.relation == Relation::ResultsIn).collect();
    let first = results.first()?;
    let noun = context.words?.noun_of(context.flow.name(first.definition))?;
    let at = context.between(command.id, first.edge.to, Kind::AGGREGATE);
    let same = |it: &&Definition| it.context == command.context && fold(&it.name) == fold(&noun);
    let known = context.all(Role::Aggregate).find(same).filter(|it| context.board.sticky(it.id).is_some());
    let label = format!("Handle it in \"{noun}\"");
    let fix = match known {
        Some(it) => Fix::new(label).placement(Kind::AGGREGATE, at, it.id),
        None => Fix::new(label).sticky(Kind::AGGREGATE, at, noun),
    };
    let fix = fix.link(End::Old(command.id), End::New(0));
    let produced = |id| context.flow.edges_to(id).iter().any(|it| it.relation == Relation::Produces);
    let bare = results.iter().filter(|it| !produced(it.edge.to));
    Some(bare.fold(fix, |fix, it| fix.link(End::New(0), End::Old(it.edge.to))))
}
