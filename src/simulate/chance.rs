//! Chance for the engine: every choice that the board leaves open, drawn from the seed.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::kit::{Rng, Streams};
use crate::record::Value;
use crate::runtime::{Chance, ChoicePoint, Sentence};

/// Answers the engine's questions from the seed.
#[derive(Clone, Debug)]
pub(super) struct Seeded {
    rng: Rng,
    /// What an example wants to show; none in a run of its own.
    wanted: Option<Wanted>,
}

/// What an example wants to show: choices and sentences fall so that it can.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// The types of what is to come.
    pub(super) types: BTreeSet<Arc<str>>,
    /// Nothing is to come.
    pub(super) nothing: bool,
    /// The type of the command that is to be rejected.
    pub(super) rejected: Option<Arc<str>>,
}

impl Wanted {
    fn any(&self, types: &[Arc<str>]) -> bool {
        types.iter().any(|it| self.types.contains(it))
    }

    /// Whether a sentence holds: as it must for what is to come. What leads elsewhere holds, so that the way there is
    /// open.
    fn says(&self, sentence: &Sentence<'_>) -> bool {
        if self.rejected.as_deref() == Some(sentence.about) {
            return false;
        }
        self.any(sentence.yes) || !(self.any(sentence.no) || self.nothing)
    }
}

impl Seeded {
    pub(super) fn new(streams: &Streams) -> Self {
        Self { rng: streams.stream("choices"), wanted: None }
    }

    /// From here on this is to come, wherever there is a choice.
    pub(super) fn want(&mut self, wanted: Wanted) {
        self.wanted = Some(wanted);
    }

    /// From here on commands of that type are to be rejected, where a sentence decides that.
    pub(super) fn want_rejected(&mut self, command: Arc<str>) {
        self.wanted.get_or_insert_default().rejected = Some(command);
    }

    fn is_wanted(&self, name: &Arc<str>) -> bool {
        self.wanted.as_ref().is_some_and(|it| it.types.contains(name))
    }

    /// The place of one of some weighted alternatives.
    pub(super) fn weighted(&mut self, alternatives: &[(Arc<str>, u32)]) -> usize {
        if let Some(at) = alternatives.iter().position(|(name, _)| self.is_wanted(name)) {
            return at;
        }
        let total: u64 = alternatives.iter().map(|(_, weight)| u64::from(*weight)).sum();
        let mut drawn = self.rng.below(total);
        for (at, (_, weight)) in alternatives.iter().enumerate() {
            match drawn.checked_sub(u64::from(*weight)) {
                Some(rest) => drawn = rest,
                None => return at,
            }
        }
        0
    }

    /// Whether a sentence holds.
    pub(super) fn sentence(&mut self, sentence: &Sentence<'_>) -> bool {
        match &self.wanted {
            Some(wanted) => wanted.says(sentence),
            None => self.rng.chance(sentence.weight),
        }
    }
}

impl Chance for Seeded {
    fn choose(&mut self, _at: ChoicePoint<'_>, alternatives: &[Arc<str>]) -> usize {
        let wanted = alternatives.iter().position(|it| self.is_wanted(it));
        wanted.unwrap_or_else(|| self.rng.below(alternatives.len() as u64) as usize)
    }

    fn holds(&mut self, _at: ChoicePoint<'_>, sentence: &Sentence<'_>) -> bool {
        self.sentence(sentence)
    }
}

/// A key for a new instance: a random UUID, or the next number with the field's name.
pub(super) fn new_key(field: &crate::record::FieldSchema, number: u64, rng: &mut Rng) -> Value {
    use crate::record::Type;
    match field.ty.required() {
        Type::Uuid => super::plausible::uuid(rng),
        Type::Int => i32::try_from(number).map_or(Value::Null, Value::Int),
        Type::Long => i64::try_from(number).map_or(Value::Null, Value::Long),
        Type::Text => Value::text(format!("{}-{number}", crate::kit::kebab(&field.label))),
        _ => super::plausible::field(field, rng, crate::kit::Timestamp::EPOCH),
    }
}
