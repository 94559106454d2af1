//! Text fields of panels: what is typed shows on the board at once and is one undo step when the field is left.

use std::hash::Hash;

use egui::{Response, TextEdit, Ui};

use super::App;
use crate::board::Edit;

/// The field that is being typed in.
#[derive(Debug)]
pub(crate) struct Live {
    field: egui::Id,
    buffer: String,
    /// The text that the edits start from: that of the whole element.
    whole: String,
}

/// What a field edits.
pub(crate) struct LiveField<'a> {
    /// Tells it from other fields.
    pub(crate) key: (&'static str, u128),
    /// Its accessible name.
    pub(crate) label: &'a str,
    /// What it shows while nobody types in it.
    pub(crate) value: &'a str,
    /// The text of the whole element, handed to the edits.
    pub(crate) whole: &'a str,
    /// More than one line.
    pub(crate) rows: usize,
    /// Shown while it is empty.
    pub(crate) hint: &'a str,
    /// Width in points.
    pub(crate) width: f32,
}

impl App {
    /// Shows the field. `edits` makes edits of the whole text before typing began and of what the field holds now.
    pub(crate) fn live(
        &mut self,
        ui: &mut Ui,
        field: LiveField<'_>,
        edits: impl Fn(&str, &str) -> Vec<Edit>,
    ) -> Response {
        let id = ui.make_persistent_id(field.key);
        let mine = self.live.as_ref().is_some_and(|it| it.field == id);
        let mut buffer = match &self.live {
            Some(live) if mine => live.buffer.clone(),
            Some(_) | None => field.value.to_owned(),
        };
        let edit = if field.rows > 1 {
            TextEdit::multiline(&mut buffer).desired_rows(field.rows)
        } else {
            TextEdit::singleline(&mut buffer)
        };
        let edit = edit.char_limit(crate::editor::pasting::TEXT_MOST);
        let response = ui.add(edit.id(id).hint_text(field.hint.to_owned()).desired_width(field.width));
        name(&response, field.label);
        if response.changed() {
            if !mine {
                self.finish_live();
                self.session.history_mut().begin(match field.label {
                    "Text" => "Write".to_owned(),
                    label => format!("Write {}", label.to_lowercase()),
                });
                self.live = Some(Live { field: id, buffer: field.value.to_owned(), whole: field.whole.to_owned() });
            }
            if let Some(live) = &mut self.live {
                live.buffer.clone_from(&buffer);
                let edits = edits(&live.whole, &buffer);
                if let Err(err) = self.session.history_mut().update(edits) {
                    self.say(err.to_string());
                }
            }
        }
        if mine && !response.has_focus() {
            self.finish_live();
        }
        response
    }

    /// Ends typing in a panel's field: what was typed is one undo step.
    pub(crate) fn finish_live(&mut self) {
        if self.live.take().is_some() {
            self.session.history_mut().finish();
        }
    }
}

/// Lets a screen reader say the text whenever it changes, when it has nothing else to say.
pub(crate) fn polite(response: &Response) {
    response.ctx.accesskit_node_builder(response.id, |it| it.set_live(egui::accesskit::Live::Polite));
}

/// Gives a text field its accessible name.
pub(crate) fn name(response: &Response, label: &str) {
    let label = label.to_owned();
    response.ctx.accesskit_node_builder(response.id, |it| it.set_label(label));
}

/// A stable number for a list place within an element.
pub(crate) fn place(id: crate::kit::Id, at: usize) -> u128 {
    use std::hash::Hasher as _;
    let mut hasher = std::collections::hash_map::DefaultHasher::new();
    (id.bits(), at).hash(&mut hasher);
    u128::from(hasher.finish())
}
