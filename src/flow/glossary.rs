//! The glossary: every name by context, as it was written.

use std::collections::BTreeMap;

use super::graph::Flow;
use crate::board::Role;
use crate::kit::Id;

/// One name and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name as written.
    pub name: String,
    /// The definition.
    pub definition: Id,
    /// The part it plays.
    pub role: Role,
}

impl Flow {
    /// The names of all that flows and of all terms, by context (`None`: outside any), sorted by name and id.
    pub fn glossary(&self) -> BTreeMap<Option<Id>, Vec<Entry>> {
        let mut glossary: BTreeMap<Option<Id>, Vec<Entry>> = BTreeMap::new();
        let named = self.definitions.values().filter(|it| !it.name.is_empty());
        for it in named.filter(|it| it.role.flows() || it.role == Role::Term) {
            let entry = Entry { name: it.name.clone(), definition: it.id, role: it.role };
            glossary.entry(it.context).or_default().push(entry);
        }
        for names in glossary.values_mut() {
            names.sort_by(|a, b| (&a.name, a.definition).cmp(&(&b.name, b.definition)));
        }
        glossary
    }
}
