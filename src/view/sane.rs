//! What devices send that is no number, or far outside every screen, never reaches the window.

use egui::{Context, Event, Plugin, Pos2, RawInput, Vec2};

/// No screen is that far away, in points.
const FAR: f32 = 1e6;
/// No wheel turns that far in one frame, in points.
const TURN: f32 = 1e4;

/// Looks through every frame's input first.
#[derive(Default)]
pub(super) struct Sane {
    /// Where the pointer was last.
    last: Pos2,
}

impl Plugin for Sane {
    fn debug_name(&self) -> &'static str {
        "sane input"
    }

    fn input_hook(&mut self, _: &Context, input: &mut RawInput) {
        input.events.retain_mut(|event| self.keep(event));
    }
}

impl Sane {
    /// Puts an event right, or says that it is to be left out.
    fn keep(&mut self, event: &mut Event) -> bool {
        match event {
            Event::PointerMoved(pos) => self.place(pos),
            Event::PointerButton { pos, .. } => {
                // A button that goes up must not get lost: it goes up where the pointer was.
                self.place(pos);
                true
            }
            Event::MouseMoved(by) => is_number(*by),
            Event::Touch { pos, force, .. } => {
                self.place(pos);
                *force = force.filter(|it| it.is_finite()).map(|it| it.clamp(0.0, 1.0));
                true
            }
            Event::MouseWheel { delta, .. } => {
                let sound = is_number(*delta);
                *delta = delta.clamp(Vec2::splat(-TURN), Vec2::splat(TURN));
                sound
            }
            Event::Zoom(factor) => {
                let sound = factor.is_finite() && *factor > 0.0;
                *factor = factor.clamp(0.1, 10.0);
                sound
            }
            _ => true,
        }
    }

    /// Puts a place within reach; says whether it was a place at all.
    fn place(&mut self, pos: &mut Pos2) -> bool {
        let sound = is_number(pos.to_vec2());
        *pos = if sound { pos.clamp(Pos2::new(-FAR, -FAR), Pos2::new(FAR, FAR)) } else { self.last };
        self.last = *pos;
        sound
    }
}

fn is_number(it: Vec2) -> bool {
    it.x.is_finite() && it.y.is_finite()
}
