//! The rules: one file each, in the order in which people read them.
//!
//! Numbers are those of the catalogue that collects them from the ddd-crew glossary, Brandolini and published checkers;
//! those that need fields or types are not here.

mod n1_event_happened;
mod n2_command_imperative;
mod n3_policy_reacts;
mod n4_aggregate_noun;
mod n5_actor_role;
mod n6_question;
mod n7_one_fact;
mod n9_spelling;
mod n11_size_of_text;
mod s1_issuer;
mod s2_handler;
mod s3_outcome;
mod s4_source;
mod s5_policy_between;
mod s6_event_to_event;
mod s7_policy_complete;
mod s8_grammar;
mod s9_read_model;
mod s10_actor_looks;
mod s11_system_used;
mod s14_aggregate_local;
mod s15_command_crosses;
mod s17_cycle;
mod s20_alone;
mod s21_hotspots;
mod t1_effects_right;
mod t2_backwards;
mod t3_overlap;
mod m1_relationship_lost;
mod m2_separate_ways;

use super::Fix;
use super::context::{Context, Found};
use crate::board::Level;
use crate::flow::Edge;
use crate::kit::Severity;

/// Every rule, in the order of its code.
pub static ALL: &[&Rule] = &[
    &n1_event_happened::RULE,
    &n2_command_imperative::RULE,
    &n3_policy_reacts::RULE,
    &n4_aggregate_noun::RULE,
    &n5_actor_role::RULE,
    &n6_question::RULE,
    &n7_one_fact::RULE,
    &n9_spelling::RULE,
    &n11_size_of_text::RULE,
    &s1_issuer::RULE,
    &s2_handler::RULE,
    &s3_outcome::RULE,
    &s4_source::RULE,
    &s5_policy_between::RULE,
    &s6_event_to_event::RULE,
    &s7_policy_complete::RULE,
    &s8_grammar::RULE,
    &s9_read_model::RULE,
    &s10_actor_looks::RULE,
    &s11_system_used::RULE,
    &s14_aggregate_local::RULE,
    &s15_command_crosses::RULE,
    &s17_cycle::RULE,
    &s20_alone::RULE,
    &s21_hotspots::RULE,
    &t1_effects_right::RULE,
    &t2_backwards::RULE,
    &t3_overlap::RULE,
    &m1_relationship_lost::RULE,
    &m2_separate_ways::RULE,
];

/// The rule with that code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    ALL.iter().find(|it| it.code == code).copied()
}

/// A rule: what it wants and how it is checked.
#[derive(Debug)]
pub struct Rule {
    /// Its code, as `S5`.
    pub code: &'static str,
    /// What it wants, a few words.
    pub title: &'static str,
    /// Why it is worth keeping, one or two sentences.
    pub why: &'static str,
    /// What breaks it, and what would not.
    pub example: &'static str,
    /// What it lets pass; empty if nothing.
    pub exempt: &'static str,
    /// What its quick fix does; empty if there is none.
    pub fix: &'static str,
    /// Severity at big picture, process and design level; `None` is off.
    pub severity: [Option<Severity>; 3],
    pub(super) check: fn(&Context<'_>, &mut Vec<Found>),
}

impl Rule {
    /// How much it matters at a level; `None` if it is off there.
    pub fn severity_at(&self, level: Level) -> Option<Severity> {
        let [big_picture, process, design] = self.severity;
        match level {
            Level::BigPicture => big_picture,
            Level::Process => process,
            Level::Design => design,
        }
    }
}

/// Off.
const O: Option<Severity> = None;
/// Hint.
const I: Option<Severity> = Some(Severity::Hint);
/// Warning.
const W: Option<Severity> = Some(Severity::Warning);
/// Error.
const E: Option<Severity> = Some(Severity::Error);

/// The fix that first takes a drawn link off, with the waivers that hang on it; `None` if the edge is no link.
fn without_link(context: &Context<'_>, fix: Fix, edge: &Edge) -> Option<Fix> {
    let link = edge.link()?;
    let waivers = context.board.waivers().values().filter(|it| it.on == link);
    Some(waivers.fold(fix, |fix, it| fix.remove(context.board, it.id)).remove(context.board, link))
}
