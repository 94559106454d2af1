//! Chance for the engine: every choice that the board leaves open, drawn from the seed.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::kit::{Rng, Streams};
use crate::record::Value;
use crate::runtime::{Chance, ChoicePoint};

/// Answers the engine's questions from the seed.
#[derive(Clone, Debug)]
pub(super) struct Seeded {
    rng: Rng,
    /// Types that are taken where there is a choice, so that an example shows what it wants to show.
    preferred: BTreeSet<Arc<str>>,
}

impl Seeded {
    pub(super) fn new(streams: &Streams) -> Self {
        Self { rng: streams.stream("choices"), preferred: BTreeSet::new() }
    }

    /// From here on these types are taken wherever there is a choice, and prose holds.
    pub(super) fn prefer(&mut self, types: impl IntoIterator<Item = Arc<str>>) {
        self.preferred = types.into_iter().collect();
    }

    /// The place of one of some weighted alternatives.
    pub(super) fn weighted(&mut self, alternatives: &[(Arc<str>, u32)]) -> usize {
        if let Some(at) = alternatives.iter().position(|(name, _)| self.preferred.contains(name)) {
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
    pub(super) fn sentence(&mut self, weight: f64) -> bool {
        !self.preferred.is_empty() || self.rng.chance(weight)
    }
}

impl Chance for Seeded {
    fn choose(&mut self, _at: ChoicePoint<'_>, alternatives: &[Arc<str>]) -> usize {
        let preferred = alternatives.iter().position(|it| self.preferred.contains(it));
        preferred.unwrap_or_else(|| self.rng.below(alternatives.len() as u64) as usize)
    }

    fn holds(&mut self, _at: ChoicePoint<'_>, _sentence: &str, weight: f64) -> bool {
        self.sentence(weight)
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
