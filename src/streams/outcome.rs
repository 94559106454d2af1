//! Which alternatives are taken: forks as the board means them.

use std::sync::Arc;

use super::ops::Ctx;
use super::{Alternative, Guard, Mapping, Message, Mode, Outcomes, ProgramError, Question, Sentence, StreamEffect};
use crate::record::Value;

/// What hangs on a guard.
#[derive(Clone, Copy)]
pub(super) enum Fork<'a> {
    /// Whether anything follows at all.
    Alone,
    /// Whether the alternative at that place is taken.
    Alternative(&'a Outcomes, usize),
    /// Whether a command is accepted, or refused with what comes of that.
    Requirement(&'a Outcomes, Option<&'a Mapping>),
}

impl Fork<'_> {
    /// The types of what follows from a yes, and from a no.
    fn leads_to(self) -> (Vec<Arc<str>>, Vec<Arc<str>>) {
        let name = |it: &Alternative| it.mapping.schema.name.clone();
        match self {
            Self::Alone => (Vec::new(), Vec::new()),
            Self::Alternative(of, at) => {
                let (own, others): (Vec<_>, Vec<_>) = of.alternatives.iter().enumerate().partition(|it| it.0 == at);
                (own.into_iter().map(|it| name(it.1)).collect(), others.into_iter().map(|it| name(it.1)).collect())
            }
            Self::Requirement(of, refused) => {
                let accepted = of.alternatives.iter().filter(|it| !matches!(it.guard, Guard::Otherwise)).map(name);
                (accepted.collect(), refused.map(|it| it.schema.name.clone()).into_iter().collect())
            }
        }
    }
}

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
    for (at, alternative) in outcomes.alternatives.iter().enumerate() {
        let holds = match &alternative.guard {
            Guard::Always => {
                open.push(alternative);
                outcomes.mode == Mode::All
            }
            Guard::Otherwise => false,
            guard => holds(ctx, guard, message, rows, Fork::Alternative(outcomes, at))?,
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
    fork: Fork<'_>,
) -> Result<bool, ProgramError> {
    match guard {
        Guard::Always => Ok(true),
        Guard::Otherwise => Ok(false),
        Guard::When(program) => ctx.test(program, message, rows),
        Guard::Prose { sentence, weight } => {
            let (yes, no) = fork.leads_to();
            let about = message.type_name();
            let yes = ctx.holds(message, &Sentence { text: sentence, weight: *weight, about, yes: &yes, no: &no });
            tell(ctx, message, Question::Whether(sentence.clone(), *weight), usize::from(yes));
            Ok(yes)
        }
    }
}

fn tell(ctx: &mut Ctx<'_>, message: &Message, question: Question, answer: usize) {
    let node = ctx.node();
    ctx.effect(StreamEffect::Chose {
        node,
        key: message.key.clone(),
        question,
        answer,
        correlation: message.correlation.clone(),
        cause: message.cause.clone(),
    });
}
