//! Inspector: what is selected, as a form.

use egui::{ComboBox, RichText, Ui};

use super::PanelSpec;
use crate::board::{Edit, Field, FrameKind, Inputs, Kind, Line, Outputs, Role, Setting, Sticky, parse_content};
use crate::kit::{Id, Millis};
use crate::view::commands::Command;
use crate::view::live::{LiveField, name as label, place};
use crate::view::menu::marks_of;
use crate::view::widgets::{choices, heading, key_value, muted, section, swatch};
use crate::view::{App, theme};

pub(super) const SPEC: PanelSpec = PanelSpec {
    key: "inspector",
    name: "Inspector",
    help: "What is selected, as a form",
    manual: &[
        "The inspector shows what is selected. What you change here is written into the text of the sticky, and what you write there shows here: both are the same.",
        "A line of the text is a field if it reads `name: type`, and a rule if it opens with one of the kind's words. Everything else is a note and never wrong.",
        "With nothing selected it shows the board: its title, how deep it means to go, and notes for the reader.",
    ],
    show,
};

fn show(app: &mut App, ui: &mut Ui) {
    if app.map.open {
        return crate::view::map::inspect(app, ui);
    }
    let selected: Vec<Id> = app.editor.selection.iter().copied().collect();
    match selected.as_slice() {
        [] => board(app, ui),
        [id] => one(app, ui, *id),
        many => several(app, ui, many),
    }
}

fn board(app: &mut App, ui: &mut Ui) {
    let settings = app.session.board().settings().clone();
    heading(ui, "Board");
    section(ui, "Title");
    let width = f32::INFINITY;
    let key = |name| (name, 0);
    let field = LiveField {
        key: key("title"),
        label: "Title",
        value: &settings.title,
        whole: &settings.title,
        rows: 1,
        hint: "What this board is about",
        width,
    };
    app.live(ui, field, |old, new| {
        vec![Edit::Settings { old: Setting::Title(old.to_owned()), new: Setting::Title(new.to_owned()) }]
    });
    section(ui, "Level");
    ui.horizontal_wrapped(|ui| {
        for level in crate::board::Level::ALL {
            if ui.radio(level == settings.level, level.name()).clicked() && level != settings.level {
                let edit = Edit::Settings { old: Setting::Level(settings.level), new: Setting::Level(level) };
                app.do_later(Command::Apply("Change level".to_owned(), vec![edit]));
            }
        }
    });
    let mut exploring = settings.exploring;
    let text = "Exploring: no findings, no ghost links";
    if ui.checkbox(&mut exploring, text).clicked() {
        let edit = Edit::Settings { old: Setting::Exploring(!exploring), new: Setting::Exploring(exploring) };
        app.do_later(Command::Apply(
            if exploring { "Start exploring" } else { "End exploring" }.to_owned(),
            vec![edit],
        ));
    }
    section(ui, "Language");
    let field = LiveField {
        key: key("language"),
        label: "Language",
        value: &settings.language,
        whole: &settings.language,
        rows: 1,
        hint: "en",
        width: 80.0,
    };
    app.live(ui, field, |old, new| {
        vec![Edit::Settings { old: Setting::Language(old.to_owned()), new: Setting::Language(new.to_owned()) }]
    });
    section(ui, "Notes");
    let field = LiveField {
        key: key("notes"),
        label: "Notes",
        value: &settings.notes,
        whole: &settings.notes,
        rows: 5,
        hint: "What the reader should know: the source, what is agreed, what is left out",
        width,
    };
    app.live(ui, field, |old, new| {
        vec![Edit::Settings { old: Setting::Notes(old.to_owned()), new: Setting::Notes(new.to_owned()) }]
    });
    section(ui, "What lies on it");
    for (kind, count) in app.kinds().iter().copied() {
        ui.horizontal(|ui| {
            swatch(ui, kind, 13.0);
            key_value(ui, kind.name(), &count.to_string());
        });
    }
    let board = app.session.board();
    for (name, count) in
        [("Links", board.links().len()), ("Frames", board.frames().len()), ("Scenarios", board.scenarios().len())]
    {
        if count > 0 {
            key_value(ui, name, &count.to_string());
        }
    }
}

fn several(app: &mut App, ui: &mut Ui, ids: &[Id]) {
    heading(ui, &format!("{} selected", ids.len()));
    let stickies = ids.iter().filter(|it| app.session.board().sticky(**it).is_some()).count();
    if stickies > 0 {
        section(ui, "Kind");
        kind_choice(app, ui, None);
    }
    section(ui, "Arrange");
    ui.horizontal_wrapped(|ui| {
        for (key, name) in [
            ("align_left", "Left"),
            ("align_center", "Centre"),
            ("align_right", "Right"),
            ("align_top", "Top"),
            ("align_middle", "Middle"),
            ("align_bottom", "Bottom"),
            ("distribute_across", "Across"),
            ("distribute_down", "Down"),
        ] {
            if ui.button(name).clicked() {
                app.do_later(Command::Action(key));
            }
        }
    });
    section(ui, "Group into a frame");
    ui.horizontal_wrapped(|ui| {
        for kind in FrameKind::ALL {
            if ui.button(kind.name()).on_hover_text(kind.meaning()).clicked() {
                app.do_later(Command::Action(crate::editor::actions::frame_action(kind)));
            }
        }
    });
}

fn kind_choice(app: &mut App, ui: &mut Ui, now: Option<Kind>) {
    let text = now.map_or("Change to\u{2026}", Kind::name);
    let list = ComboBox::from_id_salt("kind").selected_text(text).width(180.0);
    let response = choices(ui, list, |ui| {
        for kind in Kind::all() {
            ui.horizontal(|ui| {
                swatch(ui, kind, 13.0);
                if ui.selectable_label(now == Some(kind), kind.name()).clicked() {
                    app.do_later(Command::ChangeKind(kind));
                }
            });
        }
    });
    label(&response, "Kind");
}

fn one(app: &mut App, ui: &mut Ui, id: Id) {
    let board = app.session.board();
    if let Some(sticky) = board.sticky(id).cloned() {
        sticky_form(app, ui, &sticky);
    } else if let Some(photo) = board.photos().get(&id).cloned() {
        heading(ui, "Photo");
        muted(ui, "It lies behind everything and means nothing to the machine: type over it. Its corners resize it.");
        section(ui, "Name");
        text_field(app, ui, id, &photo.text, 1, "What it shows");
        key_value(ui, "Size", &format!("{} kB", photo.data.bytes().len().div_ceil(1_000)));
        let mut locked = photo.locked;
        if ui.checkbox(&mut locked, "Locked: the pointer passes through it").clicked() {
            let edit = Edit::Set { id, old: Field::Locked(!locked), new: Field::Locked(locked) };
            app.do_later(Command::Apply(if locked { "Lock" } else { "Unlock" }.to_owned(), vec![edit]));
        }
    } else if let Some(frame) = board.frame(id).cloned() {
        heading(ui, "Frame");
        section(ui, "Kind");
        ui.horizontal_wrapped(|ui| {
            for kind in FrameKind::ALL {
                if ui.radio(frame.kind == kind, kind.name()).on_hover_text(kind.meaning()).clicked() {
                    let edit = Edit::Set { id, old: Field::FrameKind(frame.kind), new: Field::FrameKind(kind) };
                    app.do_later(Command::Apply("Change kind".to_owned(), vec![edit]));
                }
            }
        });
        muted(ui, frame.kind.meaning());
        section(ui, "Name");
        text_field(app, ui, id, &frame.text, 3, "Name, and for an aggregate fields and rules");
        let mut collapsed = frame.collapsed;
        if ui.checkbox(&mut collapsed, "Show as a card").clicked() {
            let edit = Edit::Set { id, old: Field::Collapsed(!collapsed), new: Field::Collapsed(collapsed) };
            app.do_later(Command::Apply(if collapsed { "Collapse" } else { "Expand" }.to_owned(), vec![edit]));
        }
    } else if let Some(link) = board.link(id).cloned() {
        let (from, to) = (board.name(link.from), board.name(link.to));
        heading(ui, "Link");
        key_value(ui, "From", &from);
        key_value(ui, "To", &to);
        section(ui, "Guard, mapping or remark");
        text_field(app, ui, id, &link.text, 3, "when total > credit\notherwise\norder = order_id");
        muted(ui, "One a line: `when` and an expression, `otherwise`, `field = expression`, or a remark in prose.");
        if ui.button("Turn round").clicked() {
            // One end after the other would join an element to itself, so the link is made anew.
            let turned = crate::board::Link { from: link.to, to: link.from, ..link.clone() };
            let edits = vec![
                Edit::Remove(Box::new(crate::board::Element::Link(link))),
                Edit::Add(Box::new(crate::board::Element::Link(turned))),
            ];
            app.do_later(Command::Apply("Turn link round".to_owned(), edits));
        }
    } else if let Some(scenario) = board.scenarios().get(&id).cloned() {
        heading(ui, "Scenario");
        text_field(
            app,
            ui,
            id,
            &scenario.text,
            8,
            "Title\ngiven Order Placed(order = 'o1')\nwhen Pay(order = 'o1')\nthen Order Paid",
        );
        muted(
            ui,
            "given: events that happened; when: commands; then: the events that must follow. Or one line: `always stock >= 0`, `every A leads to B within 2 days`.",
        );
        crate::view::play::scenario_row(app, ui, id);
    }
}

/// All of an element's text.
fn text_field(app: &mut App, ui: &mut Ui, id: Id, text: &str, rows: usize, hint: &str) {
    let field = LiveField {
        key: ("text", id.bits()),
        label: "Text",
        value: text,
        whole: text,
        rows,
        hint,
        width: f32::INFINITY,
    };
    app.live(ui, field, |old, new| set_text(id, old, new.to_owned()));
}

fn set_text(id: Id, old: &str, new: String) -> Vec<Edit> {
    if old == new {
        return Vec::new();
    }
    vec![Edit::Set { id, old: Field::Text(old.to_owned()), new: Field::Text(new) }]
}

fn sticky_form(app: &mut App, ui: &mut Ui, sticky: &Sticky) {
    let spec = sticky.kind.spec();
    let board = app.session.board();
    let definition = board.definition(sticky.id).map_or(sticky.id, |it| it.id);
    let text = board.text(sticky.id).to_owned();
    let places: Vec<Id> = board.placements(definition).map(|it| it.id).collect();
    ui.horizontal(|ui| {
        swatch(ui, sticky.kind, 18.0);
        heading(ui, spec.name);
    });
    muted(ui, spec.meaning);
    section(ui, "Text");
    text_field(app, ui, definition, &text, 3, spec.example);
    if places.len() > 1 {
        ui.horizontal(|ui| {
            muted(ui, format!("{} placements of one thing", places.len()));
            if crate::view::widgets::small_button(ui, "Show all").clicked() {
                app.do_later(Command::GoToAll(places.clone()));
            }
            if crate::view::widgets::small_button(ui, "Make its own")
                .on_hover_text("This sticky becomes a thing of its own")
                .clicked()
            {
                app.do_later(Command::Action("own_thing"));
            }
        });
    }
    section(ui, "Kind");
    kind_choice(app, ui, Some(sticky.kind));
    if sticky.kind.role().flows() || sticky.kind.role() == Role::Term {
        fields(app, ui, definition, sticky, &text);
        rules(app, ui, definition, sticky, &text);
    }
    marks(app, ui, sticky);
    forks(app, ui, sticky);
    if sticky.kind.role() == Role::Event {
        section(ui, "Topic");
        let own = sticky.topic.clone().unwrap_or_default();
        let field = LiveField {
            key: ("topic", sticky.id.bits()),
            label: "Own topic",
            value: &own,
            whole: &own,
            rows: 1,
            hint: "shared with the other events of its aggregate",
            width: f32::INFINITY,
        };
        let id = sticky.id;
        let topic = |it: &str| Field::Topic((!it.is_empty()).then(|| it.to_owned()));
        app.live(ui, field, move |old, new| match old == new {
            true => Vec::new(),
            false => vec![Edit::Set { id, old: topic(old), new: topic(new) }],
        });
        muted(
            ui,
            "One topic an aggregate keeps order among its events. A topic of its own loses that order, and lets others read this event alone.",
        );
    }
    if !spec.runs.is_empty() {
        section(ui, "When it runs");
        muted(ui, spec.runs);
    }
    crate::view::play::inspect(app, ui, definition);
    names(app, ui, definition);
}

fn fields(app: &mut App, ui: &mut Ui, id: Id, sticky: &Sticky, text: &str) {
    section(ui, "Fields");
    let records = app.record_names();
    let content = parse_content(text, sticky.kind.spec().rules, &|it| records.contains(it));
    let fields: Vec<_> = content.fields().cloned().collect();
    for field in &fields {
        ui.horizontal(|ui| {
            let line = field.line;
            let ty = field.ty.to_string();
            let key = field.key;
            let name = field.name.clone();
            let name_field = LiveField {
                key: ("field name", place(id, line)),
                label: "Field name",
                value: &name,
                whole: text,
                rows: 1,
                hint: "name",
                width: 110.0,
            };
            let with_type = ty.clone();
            app.live(ui, name_field, |old, new| {
                set_text(id, old, with_line(old, line, Some(field_line(new, &with_type, key))))
            });
            let type_field = LiveField {
                key: ("field type", place(id, line)),
                label: "Field type",
                value: &ty,
                whole: text,
                rows: 1,
                hint: "text",
                width: 104.0,
            };
            app.live(ui, type_field, |old, new| {
                set_text(id, old, with_line(old, line, Some(field_line(&name, new, key))))
            });
            let mut is_key = key;
            if ui.checkbox(&mut is_key, "key").on_hover_text("Tells which instance a message belongs to").clicked() {
                let edits = set_text(id, text, with_line(text, line, Some(field_line(&name, &ty, is_key))));
                app.do_later(Command::Apply("Change field".to_owned(), edits));
            }
            let remove = crate::view::widgets::small_button(ui, "\u{2715}").on_hover_text("Remove this field");
            label(&remove, &format!("Remove field {name}"));
            if remove.clicked() {
                let edits = set_text(id, text, with_line(text, line, None));
                app.do_later(Command::Apply("Remove field".to_owned(), edits));
            }
        });
    }
    if crate::view::widgets::small_button(ui, "Add field").clicked() {
        let mut count = fields.len() + 1;
        while fields.iter().any(|it| it.name == format!("field {count}")) {
            count += 1;
        }
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let at = fields.last().map_or(lines.len(), |it| it.line + 1).min(lines.len());
        lines.insert(at, format!("field {count}: text"));
        app.do_later(Command::Apply("Add field".to_owned(), set_text(id, text, lines.join("\n"))));
    }
}

fn field_line(name: &str, ty: &str, key: bool) -> String {
    format!("{name}: {ty}{}", if key { " key" } else { "" })
}

/// The text with one line replaced, or without it.
fn with_line(text: &str, at: usize, line: Option<String>) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    match line {
        Some(line) => {
            if let Some(slot) = lines.get_mut(at) {
                *slot = line;
            }
        }
        None if at < lines.len() => drop(lines.remove(at)),
        None => {}
    }
    lines.join("\n")
}

fn rules(app: &mut App, ui: &mut Ui, id: Id, sticky: &Sticky, text: &str) {
    let words = sticky.kind.spec().rules;
    if words.is_empty() {
        return;
    }
    section(ui, "Rules");
    let records = app.record_names();
    let content = parse_content(text, words, &|it| records.contains(it));
    for line in &content.lines {
        let Line::Rule(rule) = line else { continue };
        ui.horizontal_wrapped(|ui| {
            let color = theme::tokens(ui.ctx()).accent;
            ui.label(RichText::new(&rule.word).monospace().color(color));
            ui.label(RichText::new(&rule.body).monospace());
        });
    }
    ui.horizontal_wrapped(|ui| {
        for word in words {
            if crate::view::widgets::small_button(ui, format!("+ {word}"))
                .on_hover_text("Adds such a line to the text above")
                .clicked()
            {
                let mut longer = text.trim_end().to_owned();
                longer.push_str(&format!("\n{word} "));
                app.do_later(Command::Apply("Add rule".to_owned(), set_text(id, text, longer)));
            }
        }
    });
}

fn marks(app: &mut App, ui: &mut Ui, sticky: &Sticky) {
    let marks = marks_of(sticky.kind.role());
    if marks.is_empty() {
        return;
    }
    section(ui, "Marks");
    for (mark, name, help) in marks {
        let mut on = sticky.has(*mark);
        if ui.checkbox(&mut on, *name).on_hover_text(*help).clicked() {
            app.do_later(Command::Mark(*mark, on));
        }
    }
}

fn forks(app: &mut App, ui: &mut Ui, sticky: &Sticky) {
    let id = sticky.id;
    let board = app.session.board();
    let outputs = board.links().values().filter(|it| it.from == id).count();
    let inputs = board.links().values().filter(|it| it.to == id).count();
    if outputs > 1 {
        section(ui, "Several outputs");
        ui.horizontal(|ui| {
            for (value, name) in
                [(None, "As usual"), (Some(Outputs::Either), "One of them"), (Some(Outputs::All), "All")]
            {
                if ui.radio(sticky.outputs == value, name).clicked() && sticky.outputs != value {
                    let edit = Edit::Set { id, old: Field::Outputs(sticky.outputs), new: Field::Outputs(value) };
                    app.do_later(Command::Apply("Change fork".to_owned(), vec![edit]));
                }
            }
        });
    }
    if inputs > 1 && sticky.kind.role() == Role::Policy {
        section(ui, "Several inputs");
        let all = matches!(sticky.inputs, Some(Inputs::All { .. }));
        ui.horizontal(|ui| {
            let set = |new| vec![Edit::Set { id, old: Field::Inputs(sticky.inputs), new: Field::Inputs(new) }];
            if ui.radio(!all, "Any of them").clicked() && all {
                app.do_later(Command::Apply("Change join".to_owned(), set(None)));
            }
            if ui.radio(all, "All, of the same key").clicked() && !all {
                let new = Some(Inputs::All { within: Millis::DAY });
                app.do_later(Command::Apply("Change join".to_owned(), set(new)));
            }
        });
        if let Some(Inputs::All { within }) = sticky.inputs {
            ui.horizontal(|ui| {
                ui.label("within");
                let now = within.to_string();
                let field = LiveField {
                    key: ("within", id.bits()),
                    label: "Within",
                    value: &now,
                    whole: &now,
                    rows: 1,
                    hint: "2 days",
                    width: 120.0,
                };
                let all = |text: &str| -> Option<Field> {
                    let within = text.parse().ok().filter(|it| *it > Millis::ZERO)?;
                    Some(Field::Inputs(Some(Inputs::All { within })))
                };
                app.live(ui, field, |old, new| match (all(old), all(new)) {
                    (Some(old), Some(new)) if old != new => vec![Edit::Set { id, old, new }],
                    (_, _) => Vec::new(),
                });
            });
        }
    }
}

/// The name table of one definition.
fn names(app: &App, ui: &mut Ui, definition: Id) {
    let Some(readings) = app.findings.readings() else { return };
    let names = readings.names(definition);
    if names.is_empty() {
        return;
    }
    section(ui, "Names");
    let mut changed = false;
    for (output, name, noted) in &names {
        changed |= noted;
        key_value(ui, output, &if *noted { format!("{name} *") } else { name.clone() });
    }
    if changed {
        muted(ui, "* changed, because the plain name is taken, reserved or too long there");
    }
}
