//! Boundary advice: which stickies belong together, by what leads to what and by the words they share.
//!
//! Aggregates are the cores: their commands and events are tied to them most. A policy leans to the command it issues,
//! a read model to who looks at it. Stickies that lie in a bounded context stay in it; advice is for the others.

use std::collections::{BTreeMap, BTreeSet};

use super::communities::Weighted;
use super::graph::{Edge, Flow, Node};
use super::relation::Relation;
use crate::board::Role;
use crate::kit::{Id, fold, words};

/// Fewer stickies than this are no context of their own.
const LEAST: usize = 3;
/// A word that more definitions share, or more than a third of all, says nothing.
const COMMON: usize = 12;
/// How large the contexts are that are proposed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grain {
    /// Few and large ones.
    Coarse,
    /// What suits most boards.
    #[default]
    Medium,
    /// Many and small ones: about one an aggregate.
    Fine,
}

impl Grain {
    /// Every grain, from coarse to fine.
    pub const ALL: [Self; 3] = [Self::Coarse, Self::Medium, Self::Fine];

    /// The name that people read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Coarse => "Few",
            Self::Medium => "Some",
            Self::Fine => "Many",
        }
    }

    /// As [`Weighted::communities`] wants it. Measured on boards whose contexts are known.
    fn fineness(self) -> i64 {
        match self {
            Self::Coarse => 10,
            Self::Medium => 20,
            Self::Fine => 45,
        }
    }
}

/// What the coupling of a board advises.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Boundaries {
    /// The contexts proposed, those of most stickies first.
    pub proposals: Vec<Proposal>,
    /// The arrows that would cross, by the places of the two proposals in the list.
    pub crossing: Vec<CrossingLink>,
    /// How many stickies that flow lie in no bounded context.
    pub outside: usize,
}

/// A bounded context that is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What it might be called: its largest aggregate, else the word it uses most.
    pub name: String,
    /// The context that is there already and that the members lean to.
    pub joins: Option<Id>,
    /// Who belongs to it, by id.
    pub members: Vec<Member>,
    /// How much of the coupling of its members stays inside, in percent.
    pub inside: u8,
}

/// A sticky that belongs to a proposed context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The sticky.
    pub id: Id,
    /// Why it is here, one sentence.
    pub reason: String,
}

/// An arrow from one proposed context to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrossingLink {
    /// The proposal it leaves.
    pub from_in: usize,
    /// The proposal it enters.
    pub to_in: usize,
    /// The sticky at the start.
    pub from: Id,
    /// The sticky at the end.
    pub to: Id,
    /// What it means.
    pub relation: Relation,
}

/// How much an arrow ties its ends, in tenths.
fn tie(relation: Relation) -> i64 {
    match relation {
        Relation::ResultsIn => 30,
        Relation::Issues | Relation::Decides | Relation::Offers => 40,
        Relation::InvokedOn | Relation::Produces => 30,
        Relation::CarriedOut | Relation::Elapses | Relation::SentTo | Relation::Stimulates => 30,
        Relation::Observed | Relation::Supports | Relation::Shown | Relation::UsedBy | Relation::Uses => 30,
        Relation::Consulted | Relation::Starts => 20,
        Relation::Activates | Relation::ReactsWithoutPolicy => 12,
        Relation::Feeds => 10,
        Relation::Follows => 6,
        Relation::Annotates | Relation::Outside => 1,
    }
}

/// How much two stickies are tied by a word that few others use, in tenths.
const WORD: i64 = 12;

/// How much neighbours without arrows are tied, in tenths, and how near they are.
const PLACE: i64 = 15;
const BESIDE: i32 = 160;
/// The most neighbours that one sticky has.
const AROUND: usize = 64;

impl Flow {
    /// Proposes bounded contexts for the stickies that lie in none.
    pub fn boundaries(&self, grain: Grain) -> Boundaries {
        let units = Units::new(self);
        let mut graph = Weighted::new(units.count);
        for edge in self.edges() {
            if let (Some(a), Some(b)) = (units.of.get(&edge.from), units.of.get(&edge.to)) {
                graph.tie(*a, *b, tie(edge.relation));
            }
        }
        self.tie_by_words(&units, &mut graph);
        self.tie_by_places(&units, &mut graph);
        let of = graph.communities(grain.fineness());
        let groups = self.grouped(&units, &graph, of);
        self.proposed(&units, &graph, groups)
    }

    fn tie_by_words(&self, units: &Units, graph: &mut Weighted) {
        let mut by_word: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for node in
            self.nodes().filter(|it| matches!(it.role, Role::Event | Role::Command | Role::Aggregate | Role::ReadModel))
        {
            let Some(unit) = units.of.get(&node.id) else { continue };
            for word in words(self.name(node.id)).into_iter().filter(|it| it.chars().count() > 3) {
                by_word.entry(stem(&word)).or_default().insert(*unit);
            }
        }
        let most = COMMON.min(units.count / 3).max(2);
        for together in by_word.into_values().filter(|it| (2..=most).contains(&it.len())) {
            let weight = (WORD * 2 / together.len() as i64).max(1);
            let together: Vec<usize> = together.into_iter().collect();
            for (at, a) in together.iter().enumerate() {
                for b in together.get(at + 1..).unwrap_or_default() {
                    graph.tie(*a, *b, weight);
                }
            }
        }
    }

    /// Where nobody drew or could guess an arrow, as in a big picture, neighbours on the wall belong together as long
    /// as no pivotal event stands between them.
    fn tie_by_places(&self, units: &Units, graph: &mut Weighted) {
        let alone =
            |it: &&Node| it.role.flows() && self.edges_from(it.id).is_empty() && self.edges_to(it.id).is_empty();
        let mut nodes: Vec<&Node> = self.nodes().filter(alone).collect();
        nodes.sort_by_key(|it| (it.rect.x, it.rect.y, it.id));
        let mut tapes: Vec<i32> = self.pivotal().iter().filter_map(|id| self.node(*id)).map(|it| it.rect.x).collect();
        tapes.sort_unstable();
        // A pivotal event opens what is right of it.
        let stretch = |it: &Node| tapes.partition_point(|tape| *tape <= it.rect.x);
        for (at, one) in nodes.iter().enumerate() {
            let reach = one.rect.right().saturating_add(BESIDE);
            let right = nodes.iter().skip(at + 1).take_while(|it| it.rect.x <= reach).take(AROUND);
            for other in right.filter(|it| it.rect.intersection(one.rect.grown(BESIDE)).is_some()) {
                if stretch(one) == stretch(other)
                    && let (Some(a), Some(b)) = (units.of.get(&one.id), units.of.get(&other.id))
                {
                    graph.tie(*a, *b, PLACE);
                }
            }
        }
    }

    /// The units of each group; groups too small for a context join the one they are tied to most.
    fn grouped(&self, units: &Units, graph: &Weighted, mut of: Vec<usize>) -> BTreeMap<usize, Vec<usize>> {
        // Two contexts that are there already are never advised to be one.
        let mut owner: BTreeMap<usize, usize> = BTreeMap::new();
        let mut next = of.len();
        for unit in units.contexts.values() {
            let Some(group) = of.get_mut(*unit) else { continue };
            if owner.contains_key(group) {
                *group = next;
                next += 1;
            }
            owner.insert(*group, *unit);
        }
        loop {
            let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for (unit, group) in of.iter().enumerate() {
                groups.entry(*group).or_default().push(unit);
            }
            let size = |it: &Vec<usize>| it.iter().map(|unit| units.size(*unit)).sum::<usize>();
            let small = groups.iter().filter(|(group, it)| size(it) < LEAST && !owner.contains_key(group));
            let target = |group: usize, members: &[usize]| {
                let mut ties: BTreeMap<usize, i64> = BTreeMap::new();
                for (other, weight) in members.iter().flat_map(|it| graph.near(*it)) {
                    if let Some(there) = of.get(other).filter(|it| **it != group) {
                        *ties.entry(*there).or_default() += weight;
                    }
                }
                ties.into_iter().max_by_key(|(group, weight)| (*weight, std::cmp::Reverse(*group))).map(|it| it.0)
            };
            let found = small.filter_map(|(group, it)| Some((*group, target(*group, it)?))).next();
            let Some((group, to)) = found else { return groups };
            for it in of.iter_mut().filter(|it| **it == group) {
                *it = to;
            }
        }
    }

    fn proposed(&self, units: &Units, graph: &Weighted, groups: BTreeMap<usize, Vec<usize>>) -> Boundaries {
        let mut listed: Vec<(Vec<usize>, Option<Id>)> = Vec::new();
        for group in groups.into_values() {
            let joins = units.contexts.iter().find(|(_, unit)| group.contains(unit)).map(|it| *it.0);
            listed.push((group, joins));
        }
        let new = |(group, _): &(Vec<usize>, Option<Id>)| {
            group.iter().filter(|it| !units.is_context(**it)).map(|it| units.size(*it)).sum::<usize>()
        };
        listed.retain(|it| if it.1.is_some() { true } else { new(it) >= LEAST });
        listed.sort_by_key(|it| (it.1.is_some(), std::cmp::Reverse(new(it)), it.0.first().copied()));
        let mut place: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, (group, _)) in listed.iter().enumerate() {
            place.extend(group.iter().map(|unit| (*unit, at)));
        }
        // Two contexts of one name could not be told apart, and code for them would have to be renamed.
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let proposal = |(group, joins): &(Vec<usize>, Option<Id>)| {
            let units_in: BTreeSet<usize> = group.iter().copied().collect();
            let ids: BTreeSet<Id> = units.of.iter().filter(|it| units_in.contains(it.1)).map(|it| *it.0).collect();
            let (mut inside, mut all) = (0, 0);
            for (other, weight) in group.iter().flat_map(|it| graph.near(*it)) {
                all += weight;
                inside += if units_in.contains(&other) { weight } else { 0 };
            }
            let outside = |id: &&Id| joins.is_none() || self.node(**id).is_some_and(|it| it.context.is_none());
            let members = ids.iter().filter(outside).map(|id| Member { id: *id, reason: self.reason(*id, &ids) });
            Proposal {
                name: match joins {
                    None => self.context_name(&ids, &mut taken),
                    // It keeps the name that it has.
                    Some(_) => self.context_name(&ids, &mut BTreeSet::new()),
                },
                joins: *joins,
                members: members.collect(),
                inside: (inside * 100).checked_div(all).unwrap_or(100).clamp(0, 100) as u8,
            }
        };
        let proposals: Vec<Proposal> = listed.iter().map(proposal).collect();
        let crossing = self.edges().filter_map(|it| {
            let from_in = *place.get(units.of.get(&it.from)?)?;
            let to_in = *place.get(units.of.get(&it.to)?)?;
            (from_in != to_in).then_some(CrossingLink {
                from_in,
                to_in,
                from: it.from,
                to: it.to,
                relation: it.relation,
            })
        });
        let outside = self.nodes().filter(|it| it.role.flows() && it.context.is_none()).count();
        Boundaries { proposals, crossing: crossing.collect(), outside }
    }

    /// Why a sticky belongs to a group: the arrow that ties it most, and how many lead out.
    fn reason(&self, id: Id, group: &BTreeSet<Id>) -> String {
        let edges: Vec<&Edge> = self.edges_from(id).into_iter().chain(self.edges_to(id)).collect();
        let other = |it: &Edge| if it.from == id { it.to } else { it.from };
        let out = edges.iter().filter(|it| !group.contains(&other(it))).count();
        let name = |id: Id| match self.name(id) {
            "" => self.node(id).map_or("it", |it| super::article(it.role)).to_owned(),
            name => format!("\u{201c}{name}\u{201d}"),
        };
        let strongest = edges
            .iter()
            .filter(|it| group.contains(&other(it)))
            .max_by_key(|it| (tie(it.relation), std::cmp::Reverse(other(it))));
        let mut reason = match strongest {
            Some(it) if it.from == id => format!("It {} {}", it.relation.verb(), name(it.to)),
            Some(it) => format!("{} {} it", name(it.from), it.relation.verb()),
            None => "It shares words with the others".to_owned(),
        };
        match out {
            0 => reason.push_str("; nothing crosses"),
            1 => reason.push_str("; 1 of its links would cross"),
            out => reason.push_str(&format!("; {out} of its links would cross")),
        }
        reason
    }

    /// What a group might be called: as its aggregate with most arrows; where that is taken as the next, as an external
    /// system, or as the word used most.
    fn context_name(&self, ids: &BTreeSet<Id>, taken: &mut BTreeSet<String>) -> String {
        let mut systems: BTreeSet<&str> = BTreeSet::new();
        let mut aggregates: BTreeMap<&str, usize> = BTreeMap::new();
        let mut used: BTreeMap<String, usize> = BTreeMap::new();
        for node in ids.iter().filter_map(|id| self.node(*id)) {
            let name = self.name(node.id);
            if node.role == Role::Aggregate && !name.is_empty() {
                *aggregates.entry(name).or_default() +=
                    1 + self.edges_to(node.id).len() + self.edges_from(node.id).len();
            }
            if node.role == Role::External && !name.is_empty() {
                systems.insert(name);
            }
            for word in words(name).into_iter().filter(|it| it.chars().count() > 3) {
                *used.entry(word).or_default() += 1;
            }
        }
        let mut aggregates: Vec<(&str, usize)> = aggregates.into_iter().collect();
        aggregates.sort_by_key(|it| (std::cmp::Reverse(it.1), it.0));
        let mut used: Vec<(String, usize)> = used.into_iter().collect();
        used.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let capital = |(word, _): (String, usize)| {
            let mut letters = word.chars();
            letters.next().map(|it| it.to_uppercase().chain(letters).collect::<String>())
        };
        let mut names: Vec<String> = aggregates.into_iter().map(|it| it.0.to_owned()).collect();
        let first = names.first().cloned();
        let words: Vec<String> = used.into_iter().filter_map(capital).collect();
        let plain = first.or_else(|| words.first().cloned()).unwrap_or_else(|| "Context".to_owned());
        // Without an aggregate the word says more than a system outside.
        names.extend(words.first().filter(|_| names.is_empty()).cloned());
        names.extend(systems.into_iter().map(str::to_owned));
        names.extend(words);
        let numbered = (2..).map(|it| format!("{plain} {it}"));
        let free = names.into_iter().chain(numbered).find(|it| taken.insert(fold(it)));
        free.unwrap_or(plain)
    }
}

fn stem(word: &str) -> String {
    word.strip_suffix('s').filter(|it| !it.ends_with('s')).unwrap_or(word).to_owned()
}

/// What is moved as one: all placements of a command, event or aggregate; each placement of anything else; a bounded
/// context that is there already with all that lies in it.
struct Units {
    of: BTreeMap<Id, usize>,
    contexts: BTreeMap<Id, usize>,
    sizes: Vec<usize>,
    count: usize,
}

impl Units {
    fn new(flow: &Flow) -> Self {
        let mut units = Self { of: BTreeMap::new(), contexts: BTreeMap::new(), sizes: Vec::new(), count: 0 };
        let mut known: BTreeMap<Id, usize> = BTreeMap::new();
        let mut nodes: Vec<&Node> = flow.nodes().filter(|it| it.role.flows()).collect();
        nodes.sort_by_key(|it| (it.rect.x, it.rect.y, it.id));
        for node in nodes {
            let key = match (node.context, node.role) {
                (Some(context), _) => context,
                (None, Role::Event | Role::Command | Role::Aggregate) => node.definition,
                (None, _) => node.id,
            };
            let unit = *known.entry(key).or_insert_with(|| {
                units.sizes.push(0);
                units.sizes.len() - 1
            });
            if let Some(size) = units.sizes.get_mut(unit) {
                *size += 1;
            }
            if let Some(context) = node.context {
                units.contexts.insert(context, unit);
            }
            units.of.insert(node.id, unit);
        }
        units.count = units.sizes.len();
        units
    }

    fn size(&self, unit: usize) -> usize {
        self.sizes.get(unit).copied().unwrap_or(0)
    }

    fn is_context(&self, unit: usize) -> bool {
        self.contexts.values().any(|it| *it == unit)
    }
}
