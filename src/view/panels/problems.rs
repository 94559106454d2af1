//! Problems: findings by rule, at most ten lines to begin with.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use egui::{Color32, RichText, TextEdit, Ui};

use super::PanelSpec;
use crate::checks::{Finding, Group, RULES};
use crate::kit::{Id, Severity, counted};
use crate::scene::Tone;
use crate::session::Readings;
use crate::view::commands::Command;
use crate::view::theme::Tokens;
use crate::view::widgets::{LINE, heading, muted, section};
use crate::view::{App, theme};

pub(super) const SPEC: PanelSpec = PanelSpec {
    key: "problems",
    name: "Problems",
    help: "What the grammar of Event Storming has to say about this board",
    manual: &[
        "Findings are grouped by rule, the gravest first. A click on a finding goes to its sticky; a button beside it does what would put it right, as one undo step.",
        "Nothing here blocks anything. The level of the board decides how severe a finding is: what is a mistake in a design is of no matter in a big picture.",
        "If the group decides to live with a finding, waive it and say why: the reason is stored on the board.",
    ],
    show,
};

/// How elements are marked.
pub(crate) type Marked = BTreeMap<Id, Tone>;

/// How a finding marks its elements.
fn tone(severity: Severity) -> Option<Tone> {
    match severity {
        Severity::Error => Some(Tone::Error),
        Severity::Warning => Some(Tone::Warning),
        Severity::Hint => None,
    }
}

/// What the panel remembers.
#[derive(Default)]
pub(crate) struct FindingsView {
    readings: Option<Arc<Readings>>,
    /// How many are open, errors, warnings, hints: counted once a reading.
    counts: [usize; 4],
    /// Elements with errors or warnings.
    marked: Arc<Marked>,
    open: BTreeSet<String>,
    /// Whether all groups are listed.
    all: bool,
    /// Whether waived findings are listed.
    waived: bool,
    /// The finding that is being waived, and why.
    waiving: Option<(String, usize, String)>,
}

impl FindingsView {
    /// Takes the latest reading; says whether it is another one.
    pub(crate) fn take(&mut self, readings: Option<&Arc<Readings>>) -> bool {
        let same = match (&self.readings, readings) {
            (Some(old), Some(new)) => Arc::ptr_eq(old, new),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        if same {
            return false;
        }
        self.readings = readings.cloned();
        (self.counts, self.marked) = ([0; 4], Arc::default());
        if let Some(Readings { report, .. }) = readings.map(Arc::as_ref) {
            let count = |it| report.count(it);
            let [errors, warnings, hints] = [Severity::Error, Severity::Warning, Severity::Hint].map(count);
            self.counts = [report.open().count(), errors, warnings, hints];
            let marked = report.by_element().into_iter();
            self.marked = Arc::new(marked.filter_map(|(id, severity)| Some((id, tone(severity)?))).collect());
        }
        true
    }

    /// The elements with errors or warnings, and how they are marked.
    pub(crate) fn marked(&self) -> &Arc<Marked> {
        &self.marked
    }

    /// The reading in use.
    pub(crate) fn readings(&self) -> Option<&Arc<Readings>> {
        self.readings.as_ref()
    }

    /// The name on the tab, with the number of findings.
    pub(crate) fn tab_name(&self) -> String {
        match self.counts {
            [0, ..] => SPEC.name.to_owned(),
            // All tabs stand in one row.
            [open, ..] if open > 999 => format!("{} 999+", SPEC.name),
            [open, ..] => format!("{} {open}", SPEC.name),
        }
    }

    /// What the status bar says of them.
    pub(crate) fn status(&self, tokens: &Tokens) -> (String, Color32) {
        if self.readings.is_none() {
            return ("Reading\u{2026}".to_owned(), tokens.muted);
        }
        let [_, errors, warnings, hints] = self.counts;
        match (errors, warnings, hints) {
            (0, 0, 0) => ("No problems".to_owned(), tokens.success),
            (0, 0, hints) => (counted(hints, "hint"), tokens.muted),
            (0, warnings, _) => (counted(warnings, "warning"), tokens.warning),
            (errors, _, _) => (counted(errors, "error"), tokens.error),
        }
    }
}

fn color(severity: Severity, tokens: &Tokens) -> Color32 {
    match severity {
        Severity::Error => tokens.error,
        Severity::Warning => tokens.warning,
        Severity::Hint => tokens.hint,
    }
}

fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "\u{25cf}",
        Severity::Warning => "\u{25b2}",
        Severity::Hint => "\u{25c7}",
    }
}

fn show(app: &mut App, ui: &mut Ui) {
    let tokens = theme::tokens(ui.ctx());
    heading(ui, "Problems");
    let settings = app.session.board().settings();
    if settings.exploring {
        muted(ui, "The group is exploring: nothing is checked. Switch that off in the inspector of the board.");
        return;
    }
    muted(ui, format!("At the level {}. Findings never block.", settings.level.name().to_lowercase()));
    let Some(readings) = app.findings.readings.clone() else { return };
    let report = &readings.report;
    let summary = report.summary();
    if summary.groups.is_empty() {
        ui.add_space(8.0);
        ui.label(RichText::new("\u{2714} Nothing to complain about.").color(tokens.success));
    }
    let groups = if app.findings.all { report.groups() } else { summary.groups };
    for group in &groups {
        group_lines(app, ui, &readings, group, &tokens);
    }
    if summary.more_groups > 0 && !app.findings.all {
        let text =
            format!("{} more in {}", counted(summary.more_findings, "finding"), counted(summary.more_groups, "rule"));
        if ui.button(text).clicked() {
            app.findings.all = true;
        }
    }
    if summary.waived > 0 {
        let mut shown = app.findings.waived;
        if ui.checkbox(&mut shown, format!("{} waived", summary.waived)).clicked() {
            app.findings.waived = shown;
        }
        if shown {
            for finding in report.findings.iter().filter(|it| it.waived.is_some()) {
                ui.horizontal_wrapped(|ui| {
                    muted(ui, format!("{} {}", finding.code, finding.message));
                    muted(ui, format!("\u{2013} {}", finding.waived.as_deref().unwrap_or_default()));
                    let board = app.session.board();
                    let waiver = board
                        .waivers()
                        .values()
                        .find(|it| it.rule == finding.code && finding.elements.contains(&it.on))
                        .cloned();
                    if let Some(waiver) = waiver
                        && crate::view::widgets::small_button(ui, "Take back").clicked()
                    {
                        let edit = crate::board::Edit::Remove(Box::new(crate::board::Element::Waiver(waiver)));
                        app.do_later(Command::Apply("Take waiver back".to_owned(), vec![edit]));
                    }
                });
            }
        }
    }
    ghosts(app, ui, &readings);
}

fn group_lines(app: &mut App, ui: &mut Ui, readings: &Arc<Readings>, group: &Group, tokens: &Tokens) {
    let open = app.findings.open.contains(&group.code);
    ui.add_space(2.0);
    let head = format!("{} {}", sign(group.severity), group.title);
    let text = RichText::new(head).color(color(group.severity, tokens)).strong();
    let response = ui
        .horizontal(|ui| {
            let response = ui.add(egui::Label::new(text).truncate().selectable(false).sense(egui::Sense::click()));
            let label = format!("{} {}, {}", group.code, group.title, counted(group.count, "finding"));
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
            muted(ui, format!("{} \u{00d7} {}", group.code, group.count));
            response
        })
        .inner;
    if let Some(rule) = RULES.iter().find(|it| it.code == group.code) {
        response.clone().on_hover_text(rule.why);
    }
    // A group of one needs no opening.
    if response.clicked() && group.count > 1 {
        if open {
            app.findings.open.remove(&group.code);
        } else {
            app.findings.open.insert(group.code.clone());
        }
    }
    if !open && group.count > 1 {
        return;
    }
    for at in group.findings.iter().take(if app.findings.all { 200 } else { 25 }) {
        if let Some(finding) = readings.report.findings.get(*at) {
            line(app, ui, finding, *at, tokens);
        }
    }
}

fn line(app: &mut App, ui: &mut Ui, finding: &Finding, at: usize, tokens: &Tokens) {
    ui.indent(("finding", finding.code.as_str(), at), |ui| {
        let text = RichText::new(&finding.message).color(tokens.text);
        let response = ui.add(egui::Label::new(text).wrap().selectable(false).sense(egui::Sense::click()));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &finding.message));
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
        if response.clicked() {
            app.do_later(Command::GoToAll(finding.elements.clone()));
        }
        if let Some(help) = &finding.help {
            muted(ui, help);
        }
        ui.horizontal_wrapped(|ui| {
            for fix in &finding.fixes {
                if crate::view::widgets::small_button(ui, &fix.label)
                    .on_hover_text("Puts it right, as one undo step")
                    .clicked()
                {
                    let edits = fix.edits(app.session.ids());
                    app.do_later(Command::Apply(fix.label.clone(), edits));
                }
            }
            let waive =
                crate::view::widgets::small_button(ui, "Waive\u{2026}").on_hover_text("Live with it, and say why");
            if waive.clicked() {
                app.findings.waiving = Some((finding.code.clone(), at, String::new()));
            }
        });
        let mut done = false;
        if let Some((_, _, reason)) = app.findings.waiving.as_mut().filter(|it| it.0 == finding.code && it.1 == at) {
            ui.horizontal(|ui| {
                let field =
                    ui.add(TextEdit::singleline(reason).char_limit(LINE).hint_text("Why?").desired_width(180.0));
                crate::view::live::name(&field, "Reason for the waiver");
                let entered = field.lost_focus() && ui.input(|it| it.key_pressed(egui::Key::Enter));
                let ready = !reason.trim().is_empty();
                if (ui.add_enabled(ready, egui::Button::new("Waive")).clicked() || entered) && ready {
                    done = true;
                }
            });
        }
        if done && let Some((_, _, reason)) = app.findings.waiving.take() {
            let board = app.session.board().clone();
            if let Some(edit) = finding.waive(&board, reason.trim(), app.session.ids()) {
                app.do_later(Command::Apply(format!("Waive {}", finding.code), vec![edit]));
            }
        }
    });
}

fn ghosts(app: &mut App, ui: &mut Ui, readings: &Readings) {
    let ghosts: Vec<_> = readings.ghosts.iter().map(|it| (it.from, it.to)).collect();
    if !ghosts.is_empty() {
        section(ui, "Ghost links");
        muted(ui, format!("{} read from what lies side by side.", counted(ghosts.len(), "link")));
        crate::view::links::list(app, ui, &ghosts);
    }
    crate::view::links::refused(app, ui);
}

/// Help on the codes.
pub(crate) fn findings_help(_: &App, ui: &mut Ui) {
    for rule in RULES {
        ui.label(RichText::new(format!("{}  {}", rule.code, rule.title)).strong());
        ui.label(rule.why);
        if !rule.example.is_empty() {
            muted(ui, format!("Example: {}", rule.example));
        }
        ui.add_space(8.0);
    }
}
