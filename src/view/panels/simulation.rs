//! Simulation: the run, its records with causes and effects, topics, what came of it, and what can be broken.

use egui::{CollapsingHeader, DragValue, Grid, Label, RichText, Sense, Ui};

use super::PanelSpec;
use crate::board::Role;
use crate::kit::Id;
use crate::session::{RunOptions, RunState};
use crate::trace::RecordNo;
use crate::view::commands::Command;
use crate::view::play::{clock, fail_row, is_law, player, scenario_row, sentence};
use crate::view::widgets::{heading, key_value, muted, section};
use crate::view::{App, theme};

pub(super) const SPEC: PanelSpec = PanelSpec {
    key: "simulation",
    name: "Simulation",
    help: "Run the board, look into it, break it",
    manual: &[
        "Run deploys the board on an embedded cluster and lets actors, policies and external systems act, in virtual time. The same seed gives the same run.",
        "Click a record to see what caused it and what it caused, here and as rings on the board: blue is cause, green is effect.",
        "Make an external system fail, or stop a sticky and let it go on: its records wait in its topic meanwhile. Right-click a command and choose Send to act yourself.",
        "A part that cannot run is hatched with its reason; the rest runs. On a board of events only the timeline is played in order.",
    ],
    show,
};

fn show(app: &mut App, ui: &mut Ui) {
    heading(ui, "Simulation");
    let tokens = theme::tokens(ui.ctx());
    ui.horizontal(|ui| {
        let mut seed = app.play.seed.unwrap_or(RunOptions::default().seed);
        ui.label("Seed");
        let drag = ui.add(DragValue::new(&mut seed));
        crate::view::live::name(&drag, "Seed");
        if drag.changed() {
            app.play.seed = Some(seed);
        }
        if ui.button("Start again").on_hover_text("Run from the beginning with this seed").clicked() {
            app.do_later(Command::Run);
        }
    });
    match app.session.run_state() {
        RunState::None => {
            muted(ui, "Nothing runs yet. Run plays the board in virtual time: one seed, one outcome.");
            faults(app, ui);
            return;
        }
        RunState::Starting => {
            ui.spinner();
            return;
        }
        RunState::Failed(why) => {
            ui.label(RichText::new(format!("The board cannot run: {why}")).color(tokens.error));
            return;
        }
        RunState::Running(_) => {}
    }
    if app.run_is_stale() {
        muted(ui, "The board has changed since this run began; Start again runs it as it is now.");
    }
    ui.horizontal(|ui| player(app, ui, 64.0));
    clock(app, ui);
    let not_run = app.play.not_run().to_vec();
    if !not_run.is_empty() {
        CollapsingHeader::new(format!("{} parts do not run", not_run.len())).show(ui, |ui| {
            for (id, reason) in &not_run {
                let name = app.session.board().name(*id);
                if link(ui, &format!("{name}: {reason}")) {
                    app.do_later(Command::GoToAll(vec![*id]));
                }
            }
        });
    }
    if let Some(record) = app.play.selected {
        chosen(app, ui, record);
    }
    records(app, ui);
    faults(app, ui);
    scenarios(app, ui);
    report(app, ui);
    topics(app, ui);
}

/// A line of text that can be clicked.
fn link(ui: &mut Ui, text: &str) -> bool {
    let response = ui.add(Label::new(text).truncate().selectable(false).sense(Sense::click()));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, text));
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if response.hovered() {
        let color = theme::tokens(ui.ctx()).accent;
        let line = [response.rect.left_bottom(), response.rect.right_bottom()];
        ui.painter().line_segment(line, egui::Stroke::new(1.0, color));
    }
    response.clicked()
}

fn title(app: &App, record: RecordNo) -> Option<String> {
    let trace = app.session.run()?.trace();
    let it = trace.record(record)?;
    let name = match it.message {
        Some(id) => trace.name(id).to_owned(),
        // A task that waits, or what could not be handled: whose it is tells it from the message itself.
        None => {
            let short = it.type_name.rsplit('.').next().unwrap_or_default();
            it.from.map_or_else(|| short.to_owned(), |from| format!("{short} ({})", shortened(trace.name(from))))
        }
    };
    Some(format!("{record} {name}"))
}

/// A name that leaves a row of the panel in its width.
fn shortened(name: &str) -> String {
    match name.char_indices().nth(22) {
        Some((end, _)) => format!("{}\u{2026}", name.get(..end).unwrap_or_default().trim_end()),
        None => name.to_owned(),
    }
}

fn records(app: &mut App, ui: &mut Ui) {
    let Some(run) = app.session.run() else { return };
    let now = app.play.player.time();
    let all = run.trace().records();
    let shown = all.partition_point(|it| it.at <= now);
    section(ui, &format!("Records ({shown})"));
    if shown == 0 {
        muted(ui, "None yet.");
    }
    let latest = (0..shown).rev().take(14).filter_map(|at| all.get(at));
    let latest: Vec<(RecordNo, String)> = latest.map(|it| (it.id, it.at.to_string())).collect();
    for (record, at) in latest {
        let Some(text) = title(app, record) else { continue };
        let row = egui::vec2(ui.available_width(), ui.spacing().interact_size.y);
        ui.allocate_ui_with_layout(row, egui::Layout::right_to_left(egui::Align::Center), |ui| {
            muted(ui, at.get(11..19).unwrap_or(&at).to_owned());
            // The name has what the time leaves of the width.
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                if link(ui, &text) {
                    app.choose_record(record);
                }
            });
        });
    }
}

fn chosen(app: &mut App, ui: &mut Ui, record: RecordNo) {
    let Some(run) = app.session.run() else { return };
    let Some(it) = run.trace().record(record) else {
        app.play.selected = None;
        return;
    };
    let (topic, place) = (it.topic.to_string(), format!("{} / {}", it.partition, it.offset));
    let key = it.key.to_string();
    let at = it.at.to_string();
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut value = String::new();
    match (it.value.as_ref(), &it.schema) {
        (Some(content), Some(schema)) if content.as_record().is_some_and(|it| it.len() == schema.fields.len()) => {
            let values = content.as_record().unwrap_or_default();
            let named = schema.fields.iter().zip(values);
            fields.extend(named.map(|(field, value)| (field.label.to_string(), value.to_string())));
        }
        (Some(content), _) => value = content.to_string(),
        (None, _) => "deleted".clone_into(&mut value),
    }
    let tree = app.play.index.tree(run.trace(), record);
    let heading_text = title(app, record).unwrap_or_default();
    let mut close = false;
    egui::Frame::group(ui.style()).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.strong(heading_text);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let button = crate::view::widgets::small_button(ui, "\u{2715}");
                crate::view::live::name(&button, "Close record");
                close = button.clicked();
            });
        });
        key_value(ui, "At", &at);
        key_value(ui, "Topic", &topic);
        key_value(ui, "Partition / offset", &place);
        key_value(ui, "Key", &key);
        if !fields.is_empty() {
            ui.separator();
        }
        for (name, value) in &fields {
            key_value(ui, name, value);
        }
        if !value.is_empty() {
            ui.add(Label::new(RichText::new(value).monospace().size(theme::SMALL)).wrap());
        }
        let causes: Vec<RecordNo> = tree.causes.iter().copied().filter(|it| *it != record).collect();
        section(ui, "Caused by");
        if causes.is_empty() {
            muted(ui, "Nothing: the story begins here.");
        }
        for cause in causes {
            let text = title(app, cause).unwrap_or_default();
            if link(ui, &text) {
                app.choose_record(cause);
            }
        }
        section(ui, "Caused");
        let effects: Vec<_> = tree.effects.iter().filter(|it| it.0 != record).take(40).copied().collect();
        if effects.is_empty() {
            muted(ui, "Nothing so far.");
        }
        for (effect, depth) in effects {
            ui.horizontal(|ui| {
                ui.add_space(10.0 * (depth.min(12) as f32 - 1.0));
                let text = title(app, effect).unwrap_or_default();
                if link(ui, &text) {
                    app.choose_record(effect);
                }
            });
        }
    });
    if close {
        app.play.selected = None;
    }
}

fn faults(app: &mut App, ui: &mut Ui) {
    let board = app.session.board();
    let externals: Vec<Id> = board
        .stickies()
        .values()
        .filter(|it| it.of.is_none() && it.kind.role() == Role::External)
        .map(|it| it.id)
        .collect();
    if externals.is_empty() {
        return;
    }
    section(ui, "Break it");
    for id in externals {
        fail_row(app, ui, id);
    }
}

fn scenarios(app: &mut App, ui: &mut Ui) {
    let scenarios: Vec<(Id, String)> =
        app.session.board().scenarios().values().map(|it| (it.id, it.title().to_owned())).collect();
    let scenarios: Vec<_> = scenarios.into_iter().filter(|it| !is_law(&it.1)).collect();
    if scenarios.is_empty() {
        return;
    }
    section(ui, "Scenarios");
    if ui.button("Run all scenarios").clicked() {
        let seed = app.play.seed.unwrap_or(RunOptions::default().seed);
        for (id, _) in &scenarios {
            app.session.run_scenario(*id, seed);
        }
    }
    for (id, title) in scenarios {
        ui.push_id(("scenario", id.bits()), |ui| {
            if link(ui, &title) {
                app.do_later(Command::GoToAll(vec![id]));
            }
            scenario_row(app, ui, id);
        });
    }
}

fn report(app: &mut App, ui: &mut Ui) {
    let tokens = theme::tokens(ui.ctx());
    let Some(report) = app.report(ui.input(|it| it.time)) else { return };
    CollapsingHeader::new("Report").default_open(false).show(ui, |ui| {
        if let Some(remark) = &report.order_only {
            ui.label(sentence(remark));
        }
        key_value(ui, "Virtual time", &report.virtual_ms.to_string());
        key_value(ui, "Records", &report.records.to_string());
        if report.ghost_links > 0 {
            key_value(ui, "Ghost links relied on", &report.ghost_links.to_string());
        }
        if !report.stickies.is_empty() {
            section(ui, "Stickies");
            Grid::new("report of stickies").num_columns(4).striped(true).show(ui, |ui| {
                for name in ["", "count", "handled", "refused"] {
                    muted(ui, name);
                }
                ui.end_row();
                for line in &report.stickies {
                    ui.add(Label::new(&line.name).truncate());
                    for count in [line.count, line.handled, line.rejected + line.failed] {
                        ui.label(if count == 0 { String::new() } else { count.to_string() });
                    }
                    ui.end_row();
                }
            });
        }
        if !report.latencies.is_empty() {
            section(ui, "From command to event (virtual ms: half, 99 of 100)");
            for line in &report.latencies {
                key_value(
                    ui,
                    &format!("{} \u{2192} {}", line.from, line.to),
                    &format!("{}, {}", line.p50_ms, line.p99_ms),
                );
            }
        }
        if !report.stuck.is_empty() {
            section(ui, "Stuck");
            for line in &report.stuck {
                ui.label(format!("{}: {} ({})", line.name, line.what, line.count));
            }
        }
        if !report.rejections.is_empty() {
            section(ui, "Refused");
            for line in &report.rejections {
                ui.label(format!("{}: {} ({})", line.name, line.reason, line.count));
            }
        }
        if !report.invariants.is_empty() {
            section(ui, "Invariants");
            for line in &report.invariants {
                let color = if line.broken > 0 { tokens.error } else { tokens.success };
                let sign = if line.broken > 0 { "\u{2718}" } else { "\u{2714}" };
                ui.label(RichText::new(format!("{sign} {}", line.text)).color(color));
                for it in &line.violations {
                    muted(ui, format!("{}: {}", it.at, it.why));
                }
            }
        }
        for line in &report.loops {
            let text = format!("A loop was stopped after {} steps: {}", line.steps, line.stickies.join(", "));
            ui.label(RichText::new(text).color(tokens.error));
        }
    });
}

fn topics(app: &mut App, ui: &mut Ui) {
    let Some(run) = app.session.run() else { return };
    CollapsingHeader::new("Topics").default_open(false).show(ui, |ui| {
        for topic in run.topics() {
            let records: i64 = topic.partitions.iter().map(|it| it.1 - it.0).sum();
            CollapsingHeader::new(format!("{} ({records})", topic.name)).id_salt(&topic.name).show(ui, |ui| {
                for (at, (start, end, bytes)) in topic.partitions.iter().enumerate() {
                    key_value(ui, &format!("Partition {at}"), &format!("{start} to {end}, {bytes} bytes"));
                }
                for (group, lag) in &topic.lags {
                    key_value(ui, group, &format!("{lag} behind"));
                }
                for (key, value) in &topic.config {
                    key_value(ui, key, value);
                }
            });
        }
    });
}
