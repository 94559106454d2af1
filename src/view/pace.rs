//! When the next frame is drawn.
//!
//! egui asks for two frames after each input. While nothing but the pointer moves the second one shows what the first one
//! did: it is put off, and mostly the next move comes first.

use std::cell::Cell;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use egui::{Context, Event, Plugin, RawInput, RequestRepaintInfo, Ui};

/// So long after the pointer has come to rest everything is drawn once more.
const REST: Duration = Duration::from_millis(250);

thread_local! {
    /// Whether egui takes in moves of the pointer just now, on this thread: what is asked for meanwhile is its second frame.
    static MOVES: Cell<bool> = const { Cell::new(false) };
}

/// What is asked for, and was passed on.
struct Asked {
    event_loop: Box<dyn Fn(RequestRepaintInfo) + Send>,
    /// The shortest delay that was passed on since the last frame began.
    soonest: Duration,
    /// Whether a frame at once was asked for: then there are two, since some things are only in place with the second.
    again: bool,
}

impl Asked {
    fn ask(&mut self, info: RequestRepaintInfo) {
        if info.delay >= self.soonest {
            return;
        }
        self.soonest = info.delay;
        (self.event_loop)(info);
    }
}

/// Stands between egui's wishes for frames and the event loop.
pub(super) struct Pace(Arc<Mutex<Asked>>);

impl Pace {
    /// Takes over from the event loop's own way of hearing of wishes; `event_loop` is told of those that count.
    pub(super) fn install(ctx: &Context, event_loop: impl Fn(RequestRepaintInfo) + Send + 'static) {
        let event_loop = Box::new(event_loop);
        let asked = Arc::new(Mutex::new(Asked { event_loop, soonest: Duration::MAX, again: false }));
        let heard = Arc::clone(&asked);
        ctx.set_repaint_observer(move |mut info| {
            let mut asked = heard.lock().unwrap_or_else(PoisonError::into_inner);
            if MOVES.get() {
                info.delay = info.delay.max(REST);
            }
            asked.again |= info.delay.is_zero();
            asked.ask(info);
        });
        // The observer hears of everything before it.
        ctx.set_request_repaint_callback(|_| {});
        ctx.add_plugin(Self(asked));
    }
}

impl Plugin for Pace {
    fn debug_name(&self) -> &'static str {
        "pace"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        let moves = |it: &Event| matches!(it, Event::PointerMoved(_) | Event::MouseMoved(_));
        let files = input.hovered_files.len() + input.dropped_files.len();
        MOVES.set(files == 0 && input.events.iter().all(moves));
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        asked.soonest = Duration::MAX;
        if std::mem::take(&mut asked.again) {
            let viewport_id = input.viewport_id;
            let current_cumulative_pass_nr = ctx.cumulative_pass_nr_for(viewport_id);
            asked.ask(RequestRepaintInfo { viewport_id, delay: Duration::ZERO, current_cumulative_pass_nr });
        }
    }

    fn on_begin_pass(&mut self, _: &mut Ui) {
        MOVES.set(false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The delays that the event loop hears of in a frame with these events in which `ui` is shown, and in the next one.
    fn heard(events: Vec<Event>, ui: impl Fn(&Context)) -> [Vec<Duration>; 2] {
        let ctx = Context::default();
        let all = Arc::new(Mutex::new(Vec::new()));
        let sent = Arc::clone(&all);
        Pace::install(&ctx, move |it| sent.lock().unwrap().push(it.delay));
        let frame = |events: Vec<Event>, shown: bool| {
            all.lock().unwrap().clear();
            let input = RawInput { events, ..RawInput::default() };
            ctx.run_ui(input, |it| {
                if shown {
                    ui(it.ctx())
                }
            })
            .textures_delta
            .clear();
            all.lock().unwrap().clone()
        };
        // Whatever the first frames want.
        for _ in 0..4 {
            frame(Vec::new(), false);
        }
        [frame(events, true), frame(Vec::new(), false)]
    }

    #[test]
    fn moves_of_the_pointer_ask_for_one_frame_and_everything_else_for_two() {
        let moved = || Event::PointerMoved(egui::pos2(5.0, 5.0));
        let key = Event::Text("a".to_owned());
        let at_once = vec![Duration::ZERO];
        let none = |_: &Context| {};
        let tick = |it: &Context| it.request_repaint_after(Duration::from_millis(40));
        assert_eq!(heard(Vec::new(), none), [vec![], vec![]]);
        assert_eq!(heard(vec![moved()], none), [vec![REST], vec![]]);
        assert_eq!(heard(vec![moved()], tick), [vec![REST, Duration::from_millis(40)], vec![]]);
        assert_eq!(heard(vec![moved(), key.clone()], none), [at_once.clone(), at_once.clone()]);
        assert_eq!(heard(vec![key], none), [at_once.clone(), at_once.clone()]);
        let wish = |it: &Context| it.request_repaint();
        assert_eq!(heard(vec![moved()], wish), [vec![REST, Duration::ZERO], at_once.clone()]);
        assert_eq!(heard(Vec::new(), wish), [at_once.clone(), at_once]);
    }
}
