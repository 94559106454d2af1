//! decide: an aggregate: a command and the state in, events out, the state evolved by them.

use std::sync::Arc;

use super::ctx::empty_row;
use super::{Ctx, OpSpec, Operator};
use crate::kit::Id;
use crate::record::{RecordSchema, Value};
use crate::streams::{Assignments, Guard, Mapping, Message, Outcomes, ProgramError, StreamEffect, outcome};

pub(super) const SPEC: OpSpec = OpSpec {
    name: "decide",
    doc: "Handles commands against the state of their key, emits events and evolves the state by them.",
    parents: 1..=usize::MAX,
    params: &[
        ("store", "the store that holds the state of each instance"),
        ("commands", "for each command what it requires and what may come of it"),
        ("evolution", "for each event what it changes in the state"),
    ],
    changes_key: false,
};

/// Handles commands by key. Rows of programs: 0 is the command, 1 the state.
#[derive(Clone, Debug)]
pub struct Decide {
    /// The store of the states.
    pub store: Arc<str>,
    /// The commands.
    pub commands: Vec<CommandRule>,
    /// What events change.
    pub evolution: Arc<Evolution>,
}

/// How one command is handled.
#[derive(Clone, Debug)]
pub struct CommandRule {
    /// The command's full name.
    pub command: Arc<str>,
    /// The sticky of the command.
    pub provenance: Option<Id>,
    /// All of them must hold.
    pub requires: Vec<(Guard, Arc<str>)>,
    /// What may come of it.
    pub outcomes: Outcomes,
    /// What comes of it where a requirement does not hold; without it the command is rejected.
    pub refused: Option<Mapping>,
}

/// What events change in the state of an aggregate. Rows of programs: 0 is the event, 1 the state.
#[derive(Clone, Debug)]
pub struct Evolution {
    /// The schema of the state.
    pub state: Arc<RecordSchema>,
    /// One rule an event.
    pub events: Vec<EventRule>,
}

/// What one event changes.
#[derive(Clone, Debug)]
pub struct EventRule {
    /// The event's full name.
    pub event: Arc<str>,
    /// Fields of the state and what they become.
    pub sets: Assignments,
}

impl Evolution {
    /// The state after an event; unchanged if the event changes nothing.
    ///
    /// # Errors
    /// A program's.
    pub(in crate::streams) fn evolve(
        &self,
        ctx: &mut Ctx<'_>,
        event: &Message,
        state: &Value,
    ) -> Result<Value, ProgramError> {
        match self.events.iter().find(|it| *it.event == *event.type_name()) {
            Some(rule) => ctx.assign(&rule.sets, event, state.as_record().unwrap_or_default()),
            None => Ok(state.clone()),
        }
    }

    /// A new instance's state: all NULL.
    pub fn initial(&self) -> Value {
        Value::record(empty_row(&self.state))
    }
}

impl Operator for Decide {
    fn spec(&self) -> &'static OpSpec {
        &SPEC
    }

    fn stores(&self) -> Vec<&Arc<str>> {
        vec![&self.store]
    }

    fn process(&self, ctx: &mut Ctx<'_>, command: Arc<Message>) -> Result<(), ProgramError> {
        let Some(rule) = self.commands.iter().find(|it| *it.command == *command.type_name()) else {
            return Ok(());
        };
        let held = ctx.store(0).and_then(|it| it.get(&command.key)).map(|it| it.value.clone());
        let mut state = held.unwrap_or_else(|| self.evolution.initial());
        let rows = [command.row(), state.as_record().unwrap_or_default()];
        let mut unmet = None;
        for (guard, text) in &rule.requires {
            if !outcome::holds(
                ctx,
                guard,
                &command,
                &rows,
                outcome::Fork::Requirement(&rule.outcomes, rule.refused.as_ref()),
            )? {
                unmet = Some(text.clone());
                break;
            }
        }
        let mut events = Vec::new();
        match (&unmet, &rule.refused) {
            (None, _) => {
                for alternative in outcome::taken(ctx, &rule.outcomes, &command, &rows)? {
                    events.push(ctx.map(&alternative.mapping, &command, &rows)?);
                }
            }
            (Some(_), Some(refused)) => events.push(ctx.map(refused, &command, &rows)?),
            (Some(_), None) => {}
        }
        let node = ctx.node();
        if events.is_empty() {
            let reason = unmet.unwrap_or_else(|| Arc::from("no outcome applies"));
            ctx.effect(StreamEffect::Rejected {
                node,
                key: command.key.clone(),
                message: rule.command.clone(),
                reason,
                correlation: command.correlation.clone(),
                cause: command.cause.clone(),
            });
            return Ok(());
        }
        for event in &events {
            state = self.evolution.evolve(ctx, event, &state)?;
        }
        ctx.effect(StreamEffect::Decided {
            node,
            key: command.key.clone(),
            command: rule.command.clone(),
            events: events.iter().filter_map(|it| it.schema.as_ref()).map(|it| it.name.clone()).collect(),
            correlation: command.correlation.clone(),
            cause: command.cause.clone(),
        });
        ctx.put(0, &command, command.key.clone(), state);
        for event in events {
            ctx.forward(event);
        }
        Ok(())
    }
}
