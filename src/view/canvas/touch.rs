//! Fingers and pens: two fingers move and zoom the view, a finger that rests opens the menu.
//!
//! The toolkit also makes a pointer of the first finger, which works as the primary button does. What a second finger
//! or a long press makes of the touch takes that back.

use std::collections::BTreeMap;

use egui::{Event, Pos2, Rect, TouchPhase, Ui};

use crate::editor::{Button, Input, Mods};
use crate::kit::PointF;

/// How long a finger rests until the menu opens, in seconds.
const LONG: f64 = 0.5;
/// How far a resting finger may stray, in points.
const STRAY: f32 = 10.0;

/// What the fingers on the canvas do.
#[derive(Debug, Default)]
pub(crate) struct Touch {
    down: BTreeMap<u64, Pos2>,
    /// Where and when the one finger went down that may yet become a long press.
    resting: Option<(f64, Pos2)>,
    /// Whether the fingers that are down have done something, so that lifting them does nothing more.
    spent: bool,
}

impl Touch {
    /// Takes this frame's touches and hands back what they and the pointer mean together. `pointer` is what was made of
    /// the pointer's events, `over` whether the canvas lies under the pointer.
    pub(crate) fn take(&mut self, ui: &Ui, rect: Rect, over: bool, pointer: Vec<Input>) -> Vec<Input> {
        let now = ui.input(|it| it.time);
        let before = std::mem::take(&mut self.down);
        self.down.clone_from(&before);
        let mut lifted = false;
        ui.input(|input| {
            for event in &input.events {
                let Event::Touch { id, phase, pos, .. } = event else { continue };
                match phase {
                    TouchPhase::Start => {
                        self.down.insert(id.0, *pos);
                        self.resting = (self.down.len() == 1 && over && rect.contains(*pos)).then_some((now, *pos));
                    }
                    TouchPhase::Move => {
                        self.down.insert(id.0, *pos);
                        self.resting = self.resting.filter(|it| it.1.distance(*pos) <= STRAY);
                    }
                    TouchPhase::End | TouchPhase::Cancel => {
                        self.down.remove(&id.0);
                        lifted = true;
                    }
                }
            }
        });
        if self.down.is_empty() && !lifted {
            return pointer;
        }
        let local = |at: Pos2| PointF::new(at.x - rect.left(), at.y - rect.top());
        let spent = self.spent;
        let mut inputs = Vec::new();
        if self.down.len() > 1 {
            self.resting = None;
            if !self.spent {
                self.spent = true;
                inputs.push(Input::Cancel);
            }
            let middle = |all: &BTreeMap<u64, Pos2>| {
                let sum = all.values().fold(egui::Vec2::ZERO, |sum, it| sum + it.to_vec2());
                (sum / all.len().max(1) as f32).to_pos2()
            };
            if over && before.len() == self.down.len() {
                let (was, is) = (middle(&before), middle(&self.down));
                let spread = |all: &BTreeMap<u64, Pos2>, from: Pos2| {
                    all.values().map(|it| it.distance(from)).sum::<f32>() / all.len().max(1) as f32
                };
                let factor = spread(&self.down, is) / spread(&before, was).max(1.0);
                inputs.push(Input::Scroll { by: PointF::new(is.x - was.x, is.y - was.y) });
                if factor.is_finite() && (factor - 1.0).abs() > 1e-4 {
                    inputs.push(Input::Zoom { at: local(is), factor: factor.clamp(0.2, 5.0) });
                }
            }
        }
        if let Some((since, at)) = self.resting {
            if now - since >= LONG {
                (self.resting, self.spent) = (None, true);
                let at = local(at);
                inputs.push(Input::Cancel);
                inputs.push(Input::Press { at, button: Button::Secondary, mods: Mods::NONE, clicks: 1 });
                inputs.push(Input::Release { at, button: Button::Secondary, mods: Mods::NONE });
            } else {
                let rest = std::time::Duration::from_secs_f64((LONG - (now - since)).max(0.01));
                ui.ctx().request_repaint_after(rest);
            }
        }
        if self.down.is_empty() {
            (self.resting, self.spent) = (None, false);
        }
        if !spent && !self.spent {
            inputs.extend(pointer);
        } else if self.down.is_empty() {
            inputs.push(Input::Leave);
        }
        inputs
    }
}
