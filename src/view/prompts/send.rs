//! Send: a message by hand, in a form filled with plausible values.

use egui::{Grid, RichText, TextEdit, Ui};

use crate::editor::pasting::TEXT_MOST;
use crate::kit::Id;
use crate::session::FormField;
use crate::view::App;
use crate::view::dialogs::{Dialog, buttons, primary};
use crate::view::widgets::muted;

/// The form of one message.
pub(crate) struct Send {
    definition: Id,
    name: String,
    fields: Vec<FormField>,
    wrong: Option<String>,
}

impl Send {
    /// The form; `None` with a word in the status bar where there is nothing to send to.
    pub(crate) fn new(app: &mut App, id: Id) -> Option<Self> {
        let definition = app.session.board().definition(id)?.id;
        let Some(run) = app.session.run() else {
            app.say("Nothing runs yet: press Run, then send");
            return None;
        };
        let Some(fields) = run.form(definition) else {
            app.say("This cannot be sent: it takes no part in the run");
            return None;
        };
        let name = app.session.board().name(definition);
        Some(Self { definition, name, fields, wrong: None })
    }
}

impl Dialog for Send {
    fn key(&self) -> &'static str {
        "send"
    }

    fn title(&self) -> String {
        format!("Send {}", self.name)
    }

    fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        muted(ui, "The values are plausible ones; change what you like.");
        Grid::new("send").num_columns(3).spacing([12.0, 6.0]).show(ui, |ui| {
            for field in &mut self.fields {
                ui.label(if field.key { format!("{} (key)", field.name) } else { field.name.clone() });
                // A grid gives a field no room of its own accord.
                let edit = ui.add_sized([280.0, 26.0], TextEdit::singleline(&mut field.text).char_limit(TEXT_MOST));
                crate::view::live::name(&edit, &field.name);
                muted(ui, field.ty.clone());
                ui.end_row();
            }
        });
        if let Some(wrong) = &self.wrong {
            let color = crate::view::theme::tokens(ui.ctx()).error;
            ui.label(RichText::new(wrong).color(color));
        }
        let mut close = false;
        buttons(ui, |ui| {
            if primary(ui, "Send", true) {
                let texts: Vec<String> = self.fields.iter().map(|it| it.text.clone()).collect();
                let sent = app.session.run_mut().map(|it| it.send(self.definition, &texts));
                match sent {
                    Some(Ok(_)) => {
                        app.say(format!("{} sent", self.name));
                        app.play.player.play();
                        close = true;
                    }
                    Some(Err(why)) => self.wrong = Some(why),
                    None => close = true,
                }
            }
            close |= ui.button("Cancel").clicked();
        });
        close
    }
}
