//! What an operator may do while it handles a message.

use std::sync::Arc;

use crate::kit::{Id, Timestamp};
use crate::record::{FieldSchema, RecordSchema, Value};
use crate::streams::{
    Assignments, Inputs, Mapping, Message, Plan, Program, ProgramError, Sentence, Store, StreamEffect, Term, World,
};

/// The place of a node in a running task.
pub struct Ctx<'a> {
    pub(in crate::streams) node: usize,
    pub(in crate::streams) plan: &'a Plan,
    pub(in crate::streams) stores: &'a mut [Store],
    pub(in crate::streams) world: &'a mut dyn World,
    pub(in crate::streams) effects: &'a mut Vec<StreamEffect>,
    pub(in crate::streams) outputs: &'a mut Vec<(usize, Arc<Message>)>,
    pub(in crate::streams) now: Timestamp,
    pub(in crate::streams) stream_time: Timestamp,
}

impl Ctx<'_> {
    /// The node's place in the topology.
    pub fn node(&self) -> usize {
        self.node
    }

    /// The sticky that the node comes from.
    pub fn provenance(&self) -> Option<Id> {
        self.plan.topology.nodes.get(self.node).and_then(|it| it.provenance)
    }

    /// Wall-clock time, as handed in by the driver.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The largest timestamp that the task has seen.
    pub fn stream_time(&self) -> Timestamp {
        self.stream_time
    }

    /// Hands a message to all children that take its type.
    pub fn forward(&mut self, message: impl Into<Arc<Message>>) {
        let message: Arc<Message> = message.into();
        let Some(children) = self.plan.children.get(self.node) else { return };
        let plan = self.plan;
        for child in children.iter().filter(|it| plan.takes(**it, message.type_name())) {
            self.outputs.push((*child, message.clone()));
        }
    }

    /// Hands a message to one child, counted from 0 in the order of the topology; none if there is no such child.
    pub fn forward_to(&mut self, child: usize, message: Arc<Message>) {
        if let Some(child) = self.plan.children.get(self.node).and_then(|it| it.get(child)) {
            self.outputs.push((*child, message));
        }
    }

    /// How many children there are.
    pub fn children(&self) -> usize {
        self.plan.children.get(self.node).map_or(0, Vec::len)
    }

    /// Tells the driver something.
    pub fn effect(&mut self, effect: StreamEffect) {
        self.effects.push(effect);
    }

    /// Says that a message is dropped.
    pub fn dropped(&mut self, reason: &'static str) {
        let node = self.node;
        self.effect(StreamEffect::Dropped { node, reason });
    }

    fn store_place(&self, which: usize) -> Option<usize> {
        self.plan.stores.get(self.node)?.get(which).copied()
    }

    /// One of the node's stores, counted in the order of [`super::Operator::stores`].
    pub fn store(&self, which: usize) -> Option<&Store> {
        self.stores.get(self.store_place(which)?)
    }

    /// Sets a row of one of the node's stores and says so.
    pub fn put(&mut self, which: usize, message: &Message, key: Value, value: Value) {
        let Some(place) = self.store_place(which) else { return };
        if let Some(store) = self.stores.get_mut(place) {
            store.put(key.clone(), value.clone(), message.timestamp);
        }
        let cause = message.cause.clone();
        self.effect(StreamEffect::StoreChanged { node: Some(self.node), store: place, key, value: Some(value), cause });
    }

    /// Deletes a row of one of the node's stores and says so; tells whether there was one.
    pub fn delete(&mut self, which: usize, message: &Message, key: &Value) -> bool {
        let Some(place) = self.store_place(which) else { return false };
        let had = self.stores.get_mut(place).is_some_and(|it| it.delete(key));
        if had {
            let (key, cause) = (key.clone(), message.cause.clone());
            self.effect(StreamEffect::StoreChanged { node: Some(self.node), store: place, key, value: None, cause });
        }
        had
    }

    /// Sets or deletes a row of bookkeeping that nobody wants to hear of.
    pub(super) fn put_quietly(&mut self, which: usize, time: Timestamp, key: Value, value: Option<Value>) {
        let Some(store) = self.store_place(which).and_then(|it| self.stores.get_mut(it)) else { return };
        match value {
            Some(value) => store.put(key, value, time),
            None => {
                store.delete(&key);
            }
        }
    }

    /// Asks the driver for one of several alternatives.
    pub(in crate::streams) fn choose(&mut self, message: &Message, alternatives: &[Arc<str>]) -> usize {
        self.world.choose(self.node, &message.key, alternatives)
    }

    /// Asks the driver whether a sentence holds.
    pub(in crate::streams) fn holds(&mut self, message: &Message, sentence: &Sentence<'_>) -> bool {
        self.world.holds(self.node, &message.key, sentence)
    }

    fn inputs<'m>(&self, message: &'m Message, rows: &'m [&'m [Value]]) -> Inputs<'m> {
        Inputs { rows, key: &message.key, timestamp: message.timestamp, now: self.now }
    }

    /// Whether a program is TRUE.
    ///
    /// # Errors
    /// The program's.
    pub fn test(
        &mut self,
        program: &Arc<dyn Program>,
        message: &Message,
        rows: &[&[Value]],
    ) -> Result<bool, ProgramError> {
        program.test(&self.inputs(message, rows))
    }

    /// The value of a term.
    ///
    /// # Errors
    /// The program's.
    pub fn value(&mut self, term: &Term, message: &Message, rows: &[&[Value]]) -> Result<Value, ProgramError> {
        Ok(match term {
            Term::Field { row, at } => rows.get(*row).and_then(|it| it.get(*at)).cloned().unwrap_or_default(),
            Term::Key => message.key.clone(),
            Term::Time => Value::Timestamp(message.timestamp),
            Term::Literal(value) => value.clone(),
            Term::Program(program) => program.eval(&self.inputs(message, rows))?,
            Term::OrNull { program, of } => match program.eval(&self.inputs(message, rows)) {
                Ok(value) => value,
                Err(error) => {
                    let (node, of, cause) = (self.node, of.clone(), message.cause.clone());
                    self.effect(StreamEffect::NoValue { node, of, reason: error.0, cause });
                    Value::Null
                }
            },
            Term::First(terms) => {
                for term in terms {
                    let value = self.value(term, message, rows)?;
                    if !value.is_null() {
                        return Ok(value);
                    }
                }
                Value::Null
            }
            Term::Fresh(word) => Value::uuid_of_word(&format!("{word}/{}/{}", message.key, self.world.number())),
            Term::Instance { aggregate, ty } => self.world.instance(aggregate, message.correlation.as_deref(), ty),
        })
    }

    /// A record of the values of those terms.
    ///
    /// # Errors
    /// A program's.
    pub fn record(&mut self, terms: &[Term], message: &Message, rows: &[&[Value]]) -> Result<Value, ProgramError> {
        Value::try_record(terms.len(), |at| match terms.get(at) {
            Some(term) => self.value(term, message, rows),
            None => Ok(Value::Null),
        })
    }

    /// The record that a mapping makes, in the story of `message`.
    ///
    /// # Errors
    /// A program's; a required field without a value.
    pub fn map(&mut self, mapping: &Mapping, message: &Message, rows: &[&[Value]]) -> Result<Message, ProgramError> {
        let key = self.value(&mapping.key, message, rows)?;
        let value = self.record(&mapping.fields, message, rows)?;
        // Found here, before anything is kept that follows from a record which cannot be written.
        let missing = |(value, field): &(&Value, &FieldSchema)| value.is_null() && !field.ty.is_optional();
        let fields = value.as_record().unwrap_or_default();
        if let Some((_, field)) = fields.iter().zip(&mapping.schema.fields).find(missing) {
            let reason = format!("`{}` of {} must not be NULL", field.label, mapping.schema.short_name());
            return Err(ProgramError(reason));
        }
        Ok(Message {
            key,
            value,
            schema: Some(mapping.schema.clone()),
            timestamp: message.timestamp,
            correlation: message.correlation.clone(),
            cause: message.cause.clone(),
            headers: message.headers.clone(),
        })
    }

    /// The row after some of its fields were set; all terms see the row as it was.
    ///
    /// # Errors
    /// A program's.
    pub fn assign(
        &mut self,
        assignments: &Assignments,
        message: &Message,
        row: &[Value],
    ) -> Result<Value, ProgramError> {
        let rows = [message.row(), row];
        let mut after: Arc<[Value]> = row.iter().cloned().collect();
        let Some(slots) = Arc::get_mut(&mut after) else { return Ok(Value::Null) };
        for (at, term) in assignments {
            let value = self.value(term, message, &rows)?;
            if let Some(slot) = slots.get_mut(*at) {
                *slot = value;
            }
        }
        Ok(Value::Record(after))
    }
}

/// A row of that schema in which nothing is known yet.
pub(super) fn empty_row(schema: &RecordSchema) -> Vec<Value> {
    vec![Value::Null; schema.fields.len()]
}
