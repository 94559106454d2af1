//! Running every rule, and presenting what they found.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Finding;
use super::context::Context;
use super::rules;
use crate::board::{Board, Level};
use crate::flow::Flow;
use crate::kit::{Diagnostic, Id, Severity};

/// The most lines that a list of findings opens with.
const LINES: usize = 10;

/// Everything that was found at a level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The level of the check.
    #[serde(serialize_with = "key")]
    pub level: Level,
    /// The findings: errors first, then in the order of the rules, then from left to right; waived ones included.
    pub findings: Vec<Finding>,
}

fn key<S: serde::Serializer>(level: &Level, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(level.key())
}

/// The findings of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The rule's code.
    pub code: String,
    /// What the rule is about.
    pub title: String,
    /// The worst severity in the group.
    pub severity: Severity,
    /// How many findings are not waived.
    pub count: usize,
    /// Where they are in [`Report::findings`].
    pub findings: Vec<usize>,
}

/// What a list of findings opens with: at most ten lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The first groups: by severity, then by count.
    pub groups: Vec<Group>,
    /// How many groups are left out.
    pub more_groups: usize,
    /// How many findings those hold.
    pub more_findings: usize,
    /// How many findings are waived.
    pub waived: usize,
}

/// Checks a board at a level. `flow` was read from the board; what the model has to say (`problems`) joins the report.
/// While people explore nothing is found.
pub fn run(board: &Board, flow: &Flow, level: Level, problems: &[Diagnostic]) -> Report {
    if board.settings().exploring {
        return Report { level, findings: Vec::new() };
    }
    let context = Context::new(board, flow, level);
    let mut waivers: BTreeMap<(&str, Id), &str> = BTreeMap::new();
    for waiver in board.waivers().values() {
        waivers.entry((waiver.rule.as_str(), waiver.on)).or_insert(waiver.reason.as_str());
    }
    let waived = |code: &str, elements: &[Id]| {
        elements.iter().find_map(|it| waivers.get(&(code, *it))).map(|it| (*it).to_owned())
    };
    let mut findings: Vec<(usize, Finding)> = Vec::new();
    for (at, rule) in rules::ALL.iter().enumerate() {
        let Some(severity) = rule.severity_at(level) else { continue };
        let mut found = Vec::new();
        (rule.check)(&context, &mut found);
        findings.extend(found.into_iter().map(|it| {
            let finding = Finding {
                waived: waived(rule.code, &it.elements),
                code: rule.code.to_owned(),
                title: rule.title.to_owned(),
                severity: if it.mild { Severity::Hint } else { severity },
                message: it.message,
                elements: it.elements,
                help: None,
                fixes: it.fixes,
            };
            (at, finding)
        }));
    }
    findings.extend(problems.iter().map(|it| {
        let finding = Finding {
            code: it.code.clone(),
            title: title_of(&it.code).to_owned(),
            severity: it.severity,
            message: it.message.clone(),
            elements: it.elements.clone(),
            help: it.help.clone(),
            fixes: Vec::new(),
            waived: waived(&it.code, &it.elements),
        };
        (rules::ALL.len(), finding)
    }));
    findings.sort_by_cached_key(|(rule, it)| {
        let place = it.elements.first().map(|it| place(board, *it));
        (std::cmp::Reverse(it.severity), *rule, it.code.clone(), place, it.elements.clone())
    });
    Report { level, findings: findings.into_iter().map(|(_, it)| it).collect() }
}

/// What the model's codes are about.
fn title_of(code: &str) -> &'static str {
    match code {
        "M-key" => "The key is not clear",
        "M-field" => "Fields do not fit together",
        "M-type" => "An expression does not fit its types",
        "M-name" => "Nothing has that name",
        "M-scenario" => "A scenario cannot be run",
        "M-rule" => "A rule is not understood",
        "M-unknown" => "There is no such type",
        "M-record" => "A record cannot be built",
        "M-topic" => "A topic cannot be named so",
        _ => "The model is not clear here",
    }
}

/// Left to right, then downwards; a link is where it starts.
fn place(board: &Board, id: Id) -> (i32, i32) {
    let rect = board.rect(id).or_else(|| board.rect(board.link(id)?.from));
    rect.map_or((0, 0), |it| (it.x, it.y))
}

impl Report {
    /// The findings that nobody waived.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|it| it.waived.is_none())
    }

    /// How many open findings have that severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.open().filter(|it| it.severity == severity).count()
    }

    /// The worst severity of an open finding.
    pub fn worst(&self) -> Option<Severity> {
        self.open().map(|it| it.severity).max()
    }

    /// The open findings by rule: by severity, then by count, then in the order of the findings.
    pub fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let mut at: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, it) in self.findings.iter().enumerate().filter(|it| it.1.waived.is_none()) {
            let slot = *at.entry(it.code.as_str()).or_insert_with(|| {
                let (code, title) = (it.code.clone(), it.title.clone());
                groups.push(Group { code, title, severity: it.severity, count: 0, findings: Vec::new() });
                groups.len() - 1
            });
            if let Some(group) = groups.get_mut(slot) {
                group.count += 1;
                group.severity = group.severity.max(it.severity);
                group.findings.push(index);
            }
        }
        groups.sort_by_key(|it| (std::cmp::Reverse(it.severity), std::cmp::Reverse(it.count)));
        groups
    }

    /// What a list opens with: at most ten lines, the last of which says how many more there are.
    pub fn summary(&self) -> Summary {
        let mut groups = self.groups();
        let kept = if groups.len() > LINES { LINES - 1 } else { groups.len() };
        let more = groups.split_off(kept);
        Summary {
            groups,
            more_groups: more.len(),
            more_findings: more.iter().map(|it| it.count).sum(),
            waived: self.findings.len() - self.open().count(),
        }
    }

    /// The worst severity of the open findings of each element, for badges.
    pub fn by_element(&self) -> BTreeMap<Id, Severity> {
        let mut worst: BTreeMap<Id, Severity> = BTreeMap::new();
        for it in self.open() {
            if let Some(element) = it.elements.first() {
                let slot = worst.entry(*element).or_insert(it.severity);
                *slot = it.severity.max(*slot);
            }
        }
        worst
    }
}
