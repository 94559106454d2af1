//! Boundaries: bounded contexts that the coupling of the board suggests.

use std::sync::Arc;

use egui::{RichText, Ui};

use super::PanelSpec;
use crate::kit::counted;
use crate::session::{AdviceGrain, Boundaries};
use crate::view::boundaries::color;
use crate::view::commands::Command;
use crate::view::widgets::{heading, muted, section};
use crate::view::{App, theme};

pub(super) const SPEC: PanelSpec = PanelSpec {
    key: "boundaries",
    name: "Boundaries",
    help: "Bounded contexts that the coupling of this board suggests",
    manual: &[
        "Stickies that lie in no bounded context are divided by what leads to what and by the words they share. Aggregates are the cores; a policy leans to the command it issues, a read model to who looks at it.",
        "On the board the members of each proposal are ringed and numbered; where they lie together a ghost frame is drawn. Red dashes are the links that would cross. Nothing changes until you accept.",
        "Accepting draws the frame as one undo step. Where the members are scattered they are gathered and the board is tidied; what is pinned or locked stays. Ghost links that would be lost with the places they were read from become links.",
    ],
    show,
};

fn show(app: &mut App, ui: &mut Ui) {
    heading(ui, "Boundaries");
    muted(ui, "Contexts that the coupling of this board suggests. Nothing changes until you accept.");
    ui.horizontal(|ui| {
        muted(ui, "Contexts:");
        for grain in AdviceGrain::ALL {
            if ui.selectable_label(app.boundaries.grain == grain, grain.name()).clicked() {
                app.boundaries.grain = grain;
            }
        }
    });
    let Some(advice) = app.boundaries.advice().map(Arc::clone) else {
        let lost = "Reading the board ended with an internal error; it is read again with the next change.";
        muted(ui, if app.boundaries.is_lost() { lost } else { "Reading\u{2026}" });
        return;
    };
    if advice.proposals.iter().all(|it| it.members.is_empty()) {
        ui.add_space(theme::UNIT * 2.0);
        ui.label(nothing_proposed(advice.outside));
        return;
    }
    if app.boundaries.is_drawing() {
        ui.horizontal(|ui| {
            ui.spinner();
            muted(ui, "Drawing the frames\u{2026}");
        });
        return;
    }
    let accept = ui.button("Accept all").on_hover_text("Draws every frame, as one undo step");
    if accept.clicked() {
        let new = advice.proposals.iter().filter(|it| !it.members.is_empty());
        app.accept_boundaries(new.cloned().collect());
    }
    for at in 0..advice.proposals.len() {
        proposal(app, ui, &advice, at);
    }
    crossing(app, ui, &advice);
}

/// Why there is no proposal, by how many stickies lie in no bounded context.
fn nothing_proposed(outside: usize) -> String {
    match outside {
        0 => "Every sticky that takes part in the flow lies in a bounded context.".to_owned(),
        count => format!(
            "{} in no bounded context: too few for one of their own, and too little ties them to one that is there.",
            if count == 1 { "1 sticky lies".to_owned() } else { format!("{count} stickies lie") }
        ),
    }
}

fn proposal(app: &mut App, ui: &mut Ui, advice: &Boundaries, at: usize) {
    let Some(it) = advice.proposals.get(at).filter(|it| !it.members.is_empty()) else { return };
    ui.add_space(theme::UNIT * 2.0);
    let count = counted(it.members.len(), "sticky");
    ui.horizontal_wrapped(|ui| {
        let title = format!("{} {}", at + 1, it.name);
        let color = color(at, ui.visuals().dark_mode);
        ui.label(RichText::new(title).font(theme::bold(theme::BODY)).color(color));
        let inside = format!("{count}, {} % of the coupling stays inside", it.inside);
        muted(ui, inside);
    });
    if let Some(there) = it.joins {
        muted(ui, format!("They lean to {}, which is there already", app.session.board().name(there)));
    }
    ui.horizontal(|ui| {
        let accept = ui.button("Accept").on_hover_text("Draws the frame round its members, as one undo step");
        crate::view::live::name(&accept, &format!("Accept {}", it.name));
        if accept.clicked() {
            app.accept_boundaries(vec![it.clone()]);
        }
        let select = ui.button("Select").on_hover_text("Selects its stickies");
        crate::view::live::name(&select, &format!("Select {}", it.name));
        if select.clicked() {
            app.do_later(Command::GoToAll(it.members.iter().map(|it| it.id).collect()));
        }
        let open = app.boundaries.open == Some(at);
        let why = ui.selectable_label(open, "Why").on_hover_text("Says of each sticky why it is here");
        crate::view::live::name(&why, &format!("Why {}", it.name));
        if why.clicked() {
            app.boundaries.open = (!open).then_some(at);
        }
    });
    if app.boundaries.open == Some(at) {
        for member in it.members.iter().take(200) {
            let name = app.session.board().name(member.id);
            let text = if name.is_empty() { "(no name)".to_owned() } else { name };
            if ui.link(text).clicked() {
                app.do_later(Command::GoToAll(vec![member.id]));
            }
            ui.indent(member.id, |ui| muted(ui, member.reason.clone()));
        }
    }
}

fn crossing(app: &mut App, ui: &mut Ui, advice: &Boundaries) {
    section(ui, "Links that would cross");
    if advice.crossing.is_empty() {
        muted(ui, "None.");
        return;
    }
    for it in advice.crossing.iter().take(100) {
        let board = app.session.board();
        let text = format!("{} {} {}", board.name(it.from), it.relation.verb(), board.name(it.to));
        let places = format!("{} \u{2192} {}", it.from_in + 1, it.to_in + 1);
        let clicked = ui
            .horizontal_wrapped(|ui| {
                muted(ui, places);
                ui.link(text).clicked()
            })
            .inner;
        if clicked {
            app.do_later(Command::GoToAll(vec![it.from, it.to]));
        }
    }
    if advice.crossing.len() > 100 {
        muted(ui, format!("and {} more", advice.crossing.len() - 100));
    }
}
