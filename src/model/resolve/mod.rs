//! From flow and text to the resolved system, step by step: structure, names, types, rules, parties, scenarios.

mod structure;
mod pairing;
mod fields;
mod lookup;
mod compile;
mod scenarios;
mod schedules;
mod messages;
mod topics;
mod fill;
mod decisions;
mod lookups;
mod reactions;
mod read_models;
mod parties;

use std::collections::{BTreeMap, BTreeSet};

use crate::board::{Board, Content, Role, parse_content};
use crate::flow::Flow;
use crate::kit::{Diagnostic, Id, Severity, fold};

use super::{Assumption, Context, NameTable, Named, RecordDef, System};
use messages::Messages;
use schedules::Resolved;
use structure::{Structure, first_place};

pub use structure::default_context;

/// The rule words of an aggregate's text, on a sticky or a frame.
const AGGREGATE_RULES: &[&str] = &["always"];

/// What all steps share.
pub(super) struct Resolver<'a> {
    board: &'a Board,
    flow: &'a Flow,
    structure: Structure,
    /// The text of every definition.
    contents: BTreeMap<Id, Content>,
    /// When time events fire.
    schedules: BTreeMap<Id, Resolved>,
    messages: Messages,
    /// The topics that people gave to events.
    own_topics: BTreeMap<Id, std::sync::Arc<str>>,
    system: System,
}

/// Resolves a board. Never fails: what could not be resolved is among the problems.
pub(super) fn resolve(board: &Board, flow: &Flow) -> System {
    let settings = board.settings();
    let system = System {
        title: settings.title.clone(),
        level: settings.level,
        notes: settings.notes.clone(),
        relies_on_ghosts: flow.ghosts().filter(|it| it.relation.causes() || it.relation.issues()).count(),
        ..System::default()
    };
    let mut resolver = Resolver {
        board,
        flow,
        structure: Structure::read(board, flow),
        contents: BTreeMap::new(),
        schedules: BTreeMap::new(),
        messages: Messages::default(),
        own_topics: BTreeMap::new(),
        system,
    };
    resolver.read_contents();
    resolver.read_contexts();
    resolver.read_names();
    resolver.schedules = schedules::read(&mut resolver);
    resolver.read_types();
    let mut timeline = resolver.with_role(Role::Event);
    timeline.extend(resolver.with_role(Role::Time));
    resolver.system.timeline = resolver.sorted(timeline);
    topics::read(&mut resolver);
    decisions::read(&mut resolver);
    reactions::read(&mut resolver);
    read_models::read(&mut resolver);
    parties::read(&mut resolver);
    scenarios::read(&mut resolver);
    let Resolver { mut system, structure, .. } = resolver;
    let mut seen = std::collections::BTreeSet::new();
    let definitions = flow.timeline().iter().map(|it| flow.definition_of(*it));
    system.timeline = definitions.filter(|it| seen.insert(*it)).collect();
    system.assumptions.extend(structure.assumptions);
    system.assumptions.sort_by(|a, b| (a.on, &a.text).cmp(&(b.on, &b.text)));
    system.assumptions.dedup();
    system.problems.sort_by(|a, b| {
        let key = |it: &Diagnostic| (std::cmp::Reverse(it.severity), it.elements.first().copied(), it.code.clone());
        (key(a), &a.message).cmp(&(key(b), &b.message))
    });
    system.problems.dedup();
    system
}

impl Resolver<'_> {
    /// Texts taken apart. Which names are records follows from which terms have fields, so terms come first.
    fn read_contents(&mut self) {
        // A field may be of a record type, which is not known yet: here the first line is the name.
        let first_line =
            |id: Id| fold(self.board.text(id).lines().find(|it| !it.trim().is_empty()).unwrap_or_default());
        let terms: Vec<(Id, String)> = self
            .flow
            .with_role(Role::Term)
            .map(|it| (it.id, first_line(it.id)))
            .filter(|(_, name)| !name.is_empty())
            .collect();
        let known: BTreeSet<&str> = terms.iter().map(|(_, it)| it.as_str()).collect();
        let with_fields: BTreeSet<String> = terms
            .iter()
            .filter(|(id, _)| {
                let any = |name: &str| known.contains(fold(name).as_str());
                parse_content(self.board.text(*id), &[], &any).fields().any(|it| it.ty.is_known())
            })
            .map(|(_, name)| name.clone())
            .collect();
        let is_record = |name: &str| with_fields.contains(&fold(name));
        for definition in self.flow.definitions().values() {
            let rules = match definition.role {
                Role::Aggregate => AGGREGATE_RULES,
                _ => self.board.definition(definition.id).map_or(&[][..], |it| it.kind.spec().rules),
            };
            let mut content = parse_content(self.board.text(definition.id), rules, &is_record);
            // A frame that stands for an aggregate sticky may say more of it.
            for placement in definition.placements.iter().filter(|it| **it != definition.id) {
                if self.board.frame(*placement).is_some() {
                    let more = parse_content(self.board.text(*placement), rules, &is_record);
                    content.lines.extend(more.lines);
                }
            }
            let _ = self.contents.insert(definition.id, content);
        }
    }

    fn read_contexts(&mut self) {
        let used: Vec<Id> = self.structure.contexts.values().copied().collect();
        for id in used {
            let frame = self.board.frame(id);
            let name = match frame {
                Some(_) => self.board.name(id),
                None if self.board.settings().title.trim().is_empty() => "Board".to_owned(),
                None => self.board.settings().title.trim().to_owned(),
            };
            let crud = frame.is_some_and(|it| it.has(crate::board::Mark::Crud));
            let context = Context { id, name, frame: frame.map(|it| it.id), crud };
            let _ = self.system.contexts.insert(id, context);
        }
        // The default context is listed only if something is in it.
        let holds = |context: Id| {
            let flows = |id: &Id| self.flow.definition(*id).is_none_or(|it| it.role.flows() || it.role == Role::Term);
            self.structure.contexts.iter().any(|(id, it)| *it == context && flows(id))
        };
        let empty: Vec<Id> = self.system.contexts.keys().copied().filter(|it| !holds(*it)).collect();
        for id in empty {
            let _ = self.system.contexts.remove(&id);
        }
    }

    fn read_names(&mut self) {
        let mut items: Vec<Named<'_>> = Vec::new();
        for context in self.system.contexts.values() {
            items.push(Named { id: context.id, name: &context.name, kind: "context", context: None, derived: false });
        }
        let derived: Vec<(Id, String, &'static str)> = self.derived_names();
        for definition in self.flow.definitions().values() {
            let named = definition.role.flows() && definition.role != Role::Ui || definition.role == Role::Term;
            if named {
                items.push(Named {
                    id: definition.id,
                    name: self.contents.get(&definition.id).map_or("", |it| it.name.as_str()),
                    kind: kind_word(definition.role),
                    context: Some(self.structure.context(definition.id)),
                    derived: false,
                });
            }
        }
        for (id, name, kind) in &derived {
            let context = Some(self.structure.context(*id));
            items.push(Named { id: *id, name, kind, context, derived: true });
        }
        self.system.names = NameTable::new(&items);
    }

    /// Names of what nobody drew.
    fn derived_names(&self) -> Vec<(Id, String, &'static str)> {
        let mut names = Vec::new();
        for id in self.structure.anonymous.keys() {
            names.push((*id, self.anonymous_name(*id), "handler"));
        }
        for (id, (trigger, edge)) in &self.structure.implicit {
            names.push((*id, self.implicit_name(*trigger, self.flow.definition_of(edge.to)), "policy"));
        }
        names
    }

    /// An anonymous aggregate is called after its first command.
    fn anonymous_name(&self, id: Id) -> String {
        let first = self.structure.anonymous.get(&id).and_then(|it| it.first()).copied();
        format!("{} handler", first.map_or("", |it| self.name(it)))
    }

    fn implicit_name(&self, trigger: Id, command: Id) -> String {
        format!("Whenever {}, {}", self.name(trigger), self.name(command))
    }

    fn read_types(&mut self) {
        let names = self.system.names.clone();
        let contexts = self.structure.contexts.clone();
        let contents = self.contents.clone();
        let terms = self.flow.with_role(Role::Term).filter_map(|it| {
            let content = contents.get(&it.id).filter(|it| it.fields().any(|it| it.ty.is_known()))?;
            Some((it.id, self.structure.context(it.id), fold(&content.name), content))
        });
        let terms: Vec<_> = terms.collect();
        let ids: Vec<Id> = terms.iter().map(|it| it.0).collect();
        let mut types = fields::Types::new(&names, &contexts, terms);
        for id in ids {
            if let Some(schema) = types.term(id) {
                let (name, context) = (self.name(id).to_owned(), self.structure.context(id));
                let _ = self.system.records.insert(id, RecordDef { id, name, context, schema });
            }
        }
        let messages = messages::read(self, &mut types);
        self.messages = messages;
        read_models::schemas(self, &mut types);
        self.system.problems.append(&mut types.problems);
    }

    /// Everything with fields of its own but terms and read models.
    fn typed_parts(&self) -> Vec<Id> {
        let typed = |role| matches!(role, Role::Command | Role::Event | Role::Time | Role::Aggregate);
        let drawn = self.flow.definitions().values().filter(|it| typed(it.role)).map(|it| it.id);
        drawn.chain(self.structure.anonymous.keys().copied()).collect()
    }

    /// Definitions of a role, by id.
    fn with_role(&self, role: Role) -> Vec<Id> {
        self.flow.with_role(role).map(|it| it.id).collect()
    }

    /// Aggregates that were drawn, then anonymous ones.
    fn aggregates(&self) -> Vec<Id> {
        let drawn = self.flow.with_role(Role::Aggregate).map(|it| it.id);
        drawn.chain(self.structure.anonymous.keys().copied()).collect()
    }

    /// The commands of an aggregate or external system, from left to right.
    fn commands_of(&self, handler: Id) -> Vec<Id> {
        self.structure.commands.get(&handler).cloned().unwrap_or_default()
    }

    /// The events of an aggregate, external system or timer, from left to right.
    fn events_of(&self, owner: Id) -> Vec<Id> {
        self.structure.events.get(&owner).cloned().unwrap_or_default()
    }

    fn messages_of(&self, owner: Id) -> Vec<Id> {
        let mut all = self.commands_of(owner);
        all.extend(self.events_of(owner));
        self.sorted(all)
    }

    fn sorted(&self, mut ids: Vec<Id>) -> Vec<Id> {
        ids.sort_by_key(|it| self.place(*it));
        ids
    }

    /// Where a definition lies first, as a key to sort by.
    fn place(&self, id: Id) -> (i32, i32, Id) {
        self.flow.definition(id).map_or((0, 0, id), |it| first_place(self.flow, &it.placements))
    }

    /// The name of a definition, drawn or not.
    fn name(&self, id: Id) -> &str {
        self.contents.get(&self.flow.definition_of(id)).map_or("", |it| it.name.as_str())
    }

    /// The name to make other names from: never empty.
    fn short_name(&self, id: Id) -> String {
        let name = match self.structure.anonymous.get(&id).and_then(|it| it.first()) {
            Some(first) => self.name(*first),
            None => self.name(id),
        };
        let name: String = name.chars().take(48).collect();
        if crate::kit::ascii_words(&name).is_empty() {
            let kind = self.flow.definition(id).map_or("part", |it| kind_word(it.role));
            return kind.to_owned();
        }
        name.trim().to_owned()
    }

    /// The name for a message to people.
    fn shown(&self, id: Id) -> String {
        if self.structure.anonymous.contains_key(&id) {
            return fields::shown(&self.short_name(id));
        }
        let name = self.name(id);
        if name.is_empty() {
            let kind = self.flow.definition(id).map_or("part", |it| kind_word(it.role));
            return format!("a nameless {kind}");
        }
        fields::shown(name)
    }

    /// The element that shows a part: itself, or the command of what nobody drew.
    fn element(&self, id: Id) -> Id {
        if let Some(first) = self.structure.anonymous.get(&id).and_then(|it| it.first()) {
            return *first;
        }
        self.structure.implicit.get(&id).map_or(id, |(_, edge)| self.flow.definition_of(edge.to))
    }

    fn problem(&mut self, severity: Severity, code: &str, elements: Vec<Id>, message: String, help: &str) {
        let help = Some(help.to_owned()).filter(|it| !it.is_empty());
        self.system.problems.push(Diagnostic { code: code.to_owned(), severity, message, elements, help });
    }

    fn assume(&mut self, on: Id, text: String) {
        let on = self.element(on);
        self.system.assumptions.push(Assumption { on, text });
    }

    /// Lines of a definition's text that are neither field nor rule.
    fn notes(&self, id: Id) -> Vec<String> {
        let lines = self.contents.get(&id).map(|it| it.lines.as_slice()).unwrap_or_default();
        let notes = lines.iter().filter_map(|it| match it {
            crate::board::Line::Note(text) => Some(text.trim().to_owned()),
            crate::board::Line::Field(_) | crate::board::Line::Rule(_) => None,
        });
        notes.filter(|it| !it.is_empty()).collect()
    }

    /// The bodies of the rules that open with a word.
    fn rules(&self, id: Id, word: &str) -> Vec<String> {
        let rules = self.contents.get(&id).into_iter().flat_map(Content::rules);
        rules.filter(|it| it.word == word).map(|it| it.body.clone()).collect()
    }

    /// The KSQL of a definition: what its `select` and `create` rules say.
    fn query(&self, id: Id) -> Option<String> {
        let rules = ["select", "create"].into_iter();
        let lines = rules.flat_map(|word| self.rules(id, word).into_iter().map(move |body| format!("{word} {body}")));
        let query: Vec<String> = lines.collect();
        (!query.is_empty()).then(|| query.join("\n"))
    }

    /// Whether a mark lies on any placement of a definition.
    fn marked(&self, id: Id, mark: crate::board::Mark) -> bool {
        let placements = self.flow.definition(id).map(|it| it.placements.as_slice()).unwrap_or_default();
        placements.iter().any(|it| {
            self.board.sticky(*it).is_some_and(|it| it.has(mark))
                || self.board.frame(*it).is_some_and(|it| it.has(mark))
        })
    }
}

/// The word for a role in names and messages.
fn kind_word(role: Role) -> &'static str {
    match role {
        Role::Event => "event",
        Role::Command => "command",
        Role::Policy => "policy",
        Role::External => "system",
        Role::Aggregate => "aggregate",
        Role::ReadModel => "view",
        Role::Actor => "actor",
        Role::Time => "timer",
        Role::Hotspot => "hotspot",
        Role::Ui => "screen",
        Role::Term => "record",
        Role::Annotation => "note",
    }
}
