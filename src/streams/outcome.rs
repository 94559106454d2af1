//! Which alternatives are taken: forks as the board means them.

use std::sync::Arc;

use super::ops::Ctx;
use super::{Alternative, Guard, Message, Mode, Outcomes, ProgramError, Question, TaskEffect};
use crate::record::Value;

/// The alternatives that are taken, in order; none if nothing applies.
///
/// Of `either` the first whose guard is TRUE is taken; else one without a guard, by choice of the driver where there
/// are several; else the one marked otherwise. Of `all` every one that holds or has no guard; if there is none, the
/// one marked otherwise.
pub(super) fn taken<'a>(
    ctx: &mut Ctx<'_>,
    outcomes: &'a Outcomes,
    message: &Message,
    rows: &[&[Value]],
) -> Result<Vec<&'a Alternative>, ProgramError> {
    let mut taken = Vec::new();
    let mut open = Vec::new();
    for alternative in &outcomes.alternatives {
        let holds = match &alternative.guard {
            Guard::Always => {
                open.push(alternative);
                outcomes.mode == Mode::All
            }
            Guard::Otherwise => false,
            guard => holds(ctx, guard, message, rows)?,
        };
        if holds {
            taken.push(alternative);
            if outcomes.mode == Mode::Either {
                return Ok(taken);
            }
        }
    }
    if taken.is_empty() && outcomes.mode == Mode::Either {
        match open.as_slice() {
            [] => {}
            [only] => taken.push(only),
            several => {
                let names: Vec<Arc<str>> = several.iter().map(|it| it.mapping.schema.name.clone()).collect();
                let answer = ctx.choose(message, &names);
                taken.extend(several.get(answer).or(several.first()));
                tell(ctx, message, Question::Which(names), answer);
            }
        }
    }
    if taken.is_empty() {
        let otherwise = |it: &&Alternative| matches!(it.guard, Guard::Otherwise);
        taken.extend(outcomes.alternatives.iter().find(otherwise));
    }
    Ok(taken)
}

/// Whether a guard holds. `Otherwise` alone never does.
pub(super) fn holds(
    ctx: &mut Ctx<'_>,
    guard: &Guard,
    message: &Message,
    rows: &[&[Value]],
) -> Result<bool, ProgramError> {
    match guard {
        Guard::Always => Ok(true),
        Guard::Otherwise => Ok(false),
        Guard::When(program) => ctx.test(program, message, rows),
        Guard::Prose { sentence, weight } => {
            let yes = ctx.holds(message, sentence, *weight);
            tell(ctx, message, Question::Whether(sentence.clone(), *weight), usize::from(yes));
            Ok(yes)
        }
    }
}

fn tell(ctx: &mut Ctx<'_>, message: &Message, question: Question, answer: usize) {
    let node = ctx.node();
    ctx.effect(TaskEffect::Chose {
        node,
        key: message.key.clone(),
        question,
        answer,
        correlation: message.correlation.clone(),
        cause: message.cause.clone(),
    });
}
