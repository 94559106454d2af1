//! The inspector while the context map is seen: a context, what is between two, or the map as a whole.

use egui::{ComboBox, RichText, Ui};

use super::{Chosen, has_place};
use crate::board::{Edit, Element, Field, Kind, Pattern, PatternSide, Relationship, Upstream};
use crate::kit::Id;
use crate::session::{ContextMap, ContextRelation, Crossing, CrossingKind, MappedContext};
use crate::view::commands::Command;
use crate::view::live::{LiveField, name as label};
use crate::view::widgets::{choices, heading, key_value, muted, section, swatch};
use crate::view::{App, theme};

/// Shows what is selected on the map.
pub(crate) fn inspect(app: &mut App, ui: &mut Ui) {
    let map = app.session.readings().map(|it| it.map.clone()).unwrap_or_default();
    match app.map.chosen {
        Some(Chosen::Context(id)) => match map.contexts.iter().find(|it| it.id == id) {
            Some(chosen) => context(app, ui, &map, chosen),
            None => whole(app, ui, &map),
        },
        // A relationship that was just made is not read yet.
        Some(Chosen::Line(a, b))
            if app.session.board().frame(a).is_some() && app.session.board().frame(b).is_some() =>
        {
            let fresh = ContextRelation { ends: (a, b), crossings: Vec::new(), upstream: None, relationship: None };
            let relation = map.relations.iter().find(|it| it.ends == (a, b)).cloned().unwrap_or(fresh);
            between(app, ui, &relation);
        }
        Some(Chosen::Line(..)) | None => whole(app, ui, &map),
    }
}

/// The name of a context, for people.
fn name(app: &App, id: Id) -> String {
    let name = app.session.board().name(id);
    if name.is_empty() { "Context without a name".to_owned() } else { name }
}

fn whole(app: &mut App, ui: &mut Ui, map: &ContextMap) {
    heading(ui, "Context map");
    muted(
        ui,
        "The bounded contexts and what is between them. Lines show the events, commands and read models that cross; U is upstream, D downstream. Click a line to say how the two work together.",
    );
    section(ui, "Relations");
    if map.relations.is_empty() {
        muted(ui, "Nothing crosses between two contexts yet.");
    }
    for it in &map.relations {
        line_button(app, ui, it);
    }
    if !map.lost.is_empty() {
        section(ui, "Of contexts that are gone");
        for id in &map.lost {
            let Some(it) = app.session.board().relationships().get(id).cloned() else { continue };
            ui.horizontal(|ui| {
                let patterns: Vec<&str> = it.patterns.iter().map(|it| it.name()).collect();
                let text = if patterns.is_empty() { "A relationship".to_owned() } else { patterns.join(", ") };
                ui.label(text);
                if crate::view::widgets::small_button(ui, "Take off").clicked() {
                    let edit = Edit::Remove(Box::new(Element::Relationship(it.clone())));
                    app.do_later(Command::Apply("Take relationship off".to_owned(), vec![edit]));
                }
            });
        }
    }
}

/// A relation in one line, which selects it.
fn line_button(app: &mut App, ui: &mut Ui, it: &ContextRelation) {
    let (a, b) = it.ends;
    let (first, sign, second) = match it.upstream {
        Some(up) if up == b => (b, "\u{2192}", a),
        Some(_) => (a, "\u{2192}", b),
        None => (a, "\u{2013}", b),
    };
    let text = format!("{} {sign} {}", name(app, first), name(app, second));
    let said = it.relationship.and_then(|id| app.session.board().relationships().get(&id));
    let patterns = said.map(|it| it.patterns.iter().map(|it| it.name()).collect::<Vec<_>>()).unwrap_or_default();
    let hint = if patterns.is_empty() { format!("{} cross", it.crossings.len()) } else { patterns.join(", ") };
    if ui.button(text).on_hover_text(&hint).clicked() {
        app.map.chosen = Some(Chosen::Line(a, b));
    }
}

fn context(app: &mut App, ui: &mut Ui, map: &ContextMap, chosen: &MappedContext) {
    heading(ui, &name(app, chosen.id));
    key_value(ui, "Events", &chosen.events.to_string());
    key_value(ui, "Commands", &chosen.commands.to_string());
    if !chosen.aggregates.is_empty() {
        section(ui, "Aggregates");
        ui.label(chosen.aggregates.join(", "));
    }
    section(ui, "Relations");
    let mine: Vec<&ContextRelation> =
        map.relations.iter().filter(|it| it.ends.0 == chosen.id || it.ends.1 == chosen.id).collect();
    for it in &mine {
        line_button(app, ui, it);
    }
    let known = |id: Id| id == chosen.id || mine.iter().any(|it| it.ends.0 == id || it.ends.1 == id);
    let others: Vec<Id> = map.contexts.iter().map(|it| it.id).filter(|id| !known(*id)).collect();
    if !others.is_empty() {
        let list = ComboBox::from_id_salt("relate").selected_text("Relate to\u{2026}").width(180.0);
        let response = choices(ui, list, |ui| {
            for other in others {
                if ui.selectable_label(false, name(app, other)).clicked() {
                    let it = Relationship::new(app.session.ids().next_id(), chosen.id, other);
                    let edit = Edit::Add(Box::new(Element::Relationship(it)));
                    app.do_later(Command::Apply("Relate two contexts".to_owned(), vec![edit]));
                    app.map.chosen = Some(Chosen::Line(chosen.id.min(other), chosen.id.max(other)));
                }
            }
        });
        label(&response, "Relate to");
        muted(ui, "For what needs no message: a shared kernel, a partnership, separate ways.");
    }
    section(ui, "Place");
    ui.horizontal_wrapped(|ui| {
        if ui.button("Show on the board").clicked() {
            app.do_later(Command::GoToAll(vec![chosen.id]));
        }
        if has_place(app.session.board(), chosen.id)
            && ui.button("Lay out by itself").on_hover_text("Forget where the context was put").clicked()
            && let Ok(edit) = app.session.board().set(chosen.id, Field::Map(None))
        {
            app.do_later(Command::Apply("Lay a context out by itself".to_owned(), vec![edit]));
        }
    });
}

fn between(app: &mut App, ui: &mut Ui, relation: &ContextRelation) {
    let (a, b) = relation.ends;
    let (first, second) = (name(app, a), name(app, b));
    heading(ui, &format!("{first} \u{2013} {second}"));
    let said = app.session.board().relationship(a, b).cloned();
    direction(app, ui, relation, said.as_ref());
    patterns(app, ui, relation, said.as_ref());
    section(ui, "What crosses");
    if relation.crossings.is_empty() {
        muted(ui, "Nothing: no event, command or read model of one is used in the other.");
    }
    for it in &relation.crossings {
        crossing(app, ui, it);
    }
    section(ui, "Remark");
    let text = said.as_ref().map(|it| it.text.clone()).unwrap_or_default();
    // What the first letters of this remark made is made anew with the next, under the same id.
    let made = said.as_ref().map(|it| it.id).filter(|it| app.session.history().is_added_by_gesture(*it));
    let fresh = Relationship::new(made.unwrap_or_else(|| app.session.ids().next_id()), a, b);
    let field = LiveField {
        key: ("relationship", a.bits() ^ b.bits().rotate_left(40)),
        label: "Remark",
        value: &text,
        whole: &text,
        rows: 3,
        hint: "What the two teams agreed on",
        width: f32::INFINITY,
    };
    let known = said.as_ref().map(|it| it.id).filter(|_| made.is_none());
    app.live(ui, field, move |old, new| match known {
        Some(id) if old != new => {
            vec![Edit::Set { id, old: Field::Text(old.to_owned()), new: Field::Text(new.to_owned()) }]
        }
        None if !new.is_empty() => {
            let it = Relationship { text: new.to_owned(), ..fresh.clone() };
            vec![Edit::Add(Box::new(Element::Relationship(it)))]
        }
        Some(_) | None => Vec::new(),
    });
    if let Some(it) = said {
        ui.add_space(theme::UNIT);
        let forget =
            ui.button("Forget what was said").on_hover_text("Patterns, direction and remark go; what crosses stays");
        if forget.clicked() {
            let edit = Edit::Remove(Box::new(Element::Relationship(it)));
            app.do_later(Command::Apply("Forget what was said of two contexts".to_owned(), vec![edit]));
        }
    }
}

fn crossing(app: &mut App, ui: &mut Ui, it: &Crossing) {
    let kind = match it.kind {
        CrossingKind::Event => Kind::DOMAIN_EVENT,
        CrossingKind::Command => Kind::COMMAND,
        CrossingKind::Query => Kind::READ_MODEL,
    };
    ui.horizontal(|ui| {
        swatch(ui, kind, 14.0);
        let text = app.session.board().name(it.message);
        let link = ui.link(text).on_hover_text("Show it on the board");
        if link.clicked() {
            app.do_later(Command::GoToAll(it.by.clone()));
        }
        muted(ui, format!("to {}", name(app, it.to)));
        if it.guessed {
            muted(ui, "(ghost link)").on_hover_text("Read from where stickies lie; no arrow says so");
        }
    });
}

/// A radio button for each direction; what crosses decides where nobody chose.
fn direction(app: &mut App, ui: &mut Ui, relation: &ContextRelation, said: Option<&Relationship>) {
    section(ui, "Direction");
    let (a, b) = relation.ends;
    let now = said.map_or(Upstream::AsRead, |it| it.upstream);
    // What is stored names the sides of the relationship, which may be the other way round.
    let (of_a, of_b) = match said {
        Some(it) if it.from == b => (Upstream::To, Upstream::From),
        Some(_) | None => (Upstream::From, Upstream::To),
    };
    let read = match relation.upstream {
        Some(up) if now == Upstream::AsRead => format!("As what crosses says: {} is upstream", name(app, up)),
        _ => "As what crosses says".to_owned(),
    };
    let choices = [
        (Upstream::AsRead, read),
        (of_a, format!("{} is upstream", name(app, a))),
        (of_b, format!("{} is upstream", name(app, b))),
        (Upstream::Neither, "Neither: they depend on one another, or on nothing".to_owned()),
    ];
    for (choice, text) in choices {
        if ui.radio(now == choice, text).clicked() && now != choice {
            change(app, relation, said, Field::Upstream(choice));
        }
    }
}

fn patterns(app: &mut App, ui: &mut Ui, relation: &ContextRelation, said: Option<&Relationship>) {
    section(ui, "Patterns");
    let side = |it: Option<Id>| it.map(|id| name(app, id));
    let groups = [
        (PatternSide::Both, "Both".to_owned()),
        (PatternSide::Upstream, side(relation.upstream).map_or("Upstream".to_owned(), |it| format!("Upstream: {it}"))),
        (
            PatternSide::Downstream,
            side(relation.downstream()).map_or("Downstream".to_owned(), |it| format!("Downstream: {it}")),
        ),
    ];
    for (side, title) in groups {
        ui.label(RichText::new(title).size(theme::SMALL).color(theme::tokens(ui.ctx()).muted));
        for pattern in Pattern::ALL.into_iter().filter(|it| it.side() == side) {
            let mut on = said.is_some_and(|it| it.patterns.contains(&pattern));
            let (up, down) = pattern.signs();
            let sign = match (up, down) {
                (up, down) if up == down => up.to_owned(),
                (up, "") => up.to_owned(),
                ("", down) => down.to_owned(),
                (up, down) => format!("{up}/{down}"),
            };
            let text = if sign.is_empty() { pattern.name().to_owned() } else { format!("{} ({sign})", pattern.name()) };
            if ui.checkbox(&mut on, text).on_hover_text(pattern.meaning()).clicked() {
                change(app, relation, said, Field::Pattern(pattern, on));
            }
        }
    }
}

/// Says it of the two contexts, as one undo step.
fn change(app: &mut App, relation: &ContextRelation, said: Option<&Relationship>, field: Field) {
    let edit = match said {
        Some(it) => app.session.board().set(it.id, field).ok(),
        None => {
            let mut it = Relationship::new(app.session.ids().next_id(), relation.ends.0, relation.ends.1);
            match field {
                Field::Upstream(upstream) => it.upstream = upstream,
                Field::Pattern(pattern, true) => drop(it.patterns.insert(pattern)),
                _ => {}
            }
            Some(Edit::Add(Box::new(Element::Relationship(it))))
        }
    };
    app.do_later(Command::Apply("Change relation of contexts".to_owned(), edit.into_iter().collect()));
}
