//! Names in texts become definitions.

use crate::board::Role;
use crate::expr::did_you_mean;
use crate::kit::{Id, Severity, fold};

use super::Resolver;
use super::fields::shown;

impl Resolver<'_> {
    /// The definition that a text names. Roles are tried in order; among several of a role the one in `near`'s
    /// context wins, then the leftmost. `Context: Name` names one in that context.
    pub(super) fn named(&self, text: &str, roles: &[Role], near: Option<Id>) -> Option<Id> {
        self.named_exactly(text, roles, near).or_else(|| {
            let (context, name) = text.split_once(':')?;
            let context = self.system.contexts.values().find(|it| fold(&it.name) == fold(context))?.id;
            let found = self.named_exactly(name, roles, Some(context))?;
            (self.structure.context(found) == context).then_some(found)
        })
    }

    fn named_exactly(&self, text: &str, roles: &[Role], near: Option<Id>) -> Option<Id> {
        let folded = fold(text);
        roles.iter().find_map(|role| {
            let found = self.flow.with_role(*role).map(|it| it.id);
            let found = found.filter(|it| !folded.is_empty() && fold(self.name(*it)) == folded);
            found.min_by_key(|id| (Some(self.structure.context(*id)) != near, self.place(*id)))
        })
    }

    /// As [`Self::named`]; an unknown name is a problem of `on`.
    pub(super) fn named_or_told(
        &mut self,
        text: &str,
        roles: &[Role],
        near: Option<Id>,
        on: Id,
        what: &str,
    ) -> Option<Id> {
        if let Some(found) = self.named(text, roles, near) {
            return Some(found);
        }
        let known = self.flow.definitions().values().filter(|it| roles.contains(&it.role));
        let known: Vec<&str> = known.map(|it| self.name(it.id)).filter(|it| !it.is_empty()).collect();
        let help = did_you_mean(text, known).map(|it| format!("did you mean \u{201c}{}\u{201d}?", shown(it)));
        let message = format!("{what}: nothing on the board is called \u{201c}{}\u{201d}", shown(text));
        self.problem(Severity::Error, "M-name", vec![on], message, &help.unwrap_or_default());
        None
    }
}
