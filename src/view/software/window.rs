//! The window itself: what the system tells, when a frame is painted, and how its pixels get there.

use std::num::NonZeroU32;
use std::rc::Rc;
use std::time::{Duration, Instant};

use eframe::UserEvent;
use egui::{Context, FullOutput, ViewportBuilder, ViewportEvent, ViewportId, ViewportInfo};
use egui_winit::accesskit_winit::{Event as AccessibilityEvent, WindowEvent as Accessibility};
use egui_winit::{ActionRequested, State};
use softbuffer::Surface;
use winit::application::ApplicationHandler;
use winit::event::{StartCause, WindowEvent};
use winit::event_loop::{ActiveEventLoop, ControlFlow, EventLoopProxy, OwnedDisplayHandle};
use winit::window::{Window, WindowId};

use super::painter::Painter;
use super::triangles::Canvas;
use crate::view::App;

/// Pictures are at most so wide and high, in pixels.
const LARGEST_TEXTURE: usize = 8192;
/// A window that is not seen is run no more often than this.
const UNSEEN: Duration = Duration::from_millis(100);
/// The first frame after so long a rest is shown as a whole: whatever lay over the window may have taken parts of it away.
const REST: Duration = Duration::from_millis(200);

/// Whether this machine is better served without OpenGL: it has no graphics card to paint with. What `STORMGLASS_RENDERER`
/// says goes before: `software` or `opengl`.
pub(in crate::view) fn fits() -> bool {
    match std::env::var("STORMGLASS_RENDERER").as_deref() {
        Ok("software") => return true,
        Ok("opengl") => return false,
        _ => {}
    }
    if !cfg!(target_os = "linux") {
        return false;
    }
    let wanted = std::env::var("LIBGL_ALWAYS_SOFTWARE").is_ok_and(|it| it == "1" || it == "true");
    let card = || {
        let nodes = std::fs::read_dir("/dev/dri").into_iter().flatten().flatten();
        let renders = nodes.into_iter().any(|it| it.file_name().to_string_lossy().starts_with("renderD"));
        // Drivers that have no node there: NVIDIA's own, and the one of Windows' subsystem.
        renders || ["/dev/nvidiactl", "/dev/dxg"].iter().any(|it| std::path::Path::new(it).exists())
    };
    wanted || !card()
}

/// Runs the window on an event loop.
pub(in crate::view) struct Software<F> {
    builder: ViewportBuilder,
    /// Makes the application once there is something to show it in.
    begin: F,
    proxy: EventLoopProxy<UserEvent>,
    open: Option<Open>,
    /// Why the window could not be opened, or not be painted on.
    pub(in crate::view) failed: Option<String>,
    /// When the next frame is due.
    due: Option<Instant>,
}

/// A window that is open.
struct Open {
    app: App,
    ctx: Context,
    window: Rc<Window>,
    state: State,
    info: ViewportInfo,
    actions: Vec<ActionRequested>,
    surface: Surface<OwnedDisplayHandle, Rc<Window>>,
    painter: Painter,
    begun: Instant,
    /// When pixels were handed over last.
    shown: Option<Instant>,
    /// Whether the next frame was asked for here, and not by the system.
    asked: bool,
    /// Whether the system may have lost some of what it was handed.
    lost: bool,
}

impl<F: FnMut(&Context) -> Option<App>> Software<F> {
    pub(in crate::view) fn new(builder: ViewportBuilder, proxy: EventLoopProxy<UserEvent>, begin: F) -> Self {
        Self { builder, begin, proxy, open: None, failed: None, due: None }
    }

    fn open(&mut self, event_loop: &ActiveEventLoop) -> Result<Open, String> {
        let ctx = Context::default();
        ctx.set_embed_viewports(false);
        if let Some(two) = std::num::NonZeroUsize::new(2) {
            ctx.options_mut(|it| it.max_passes = two);
        }
        // It is shown with its first frame.
        let mut builder = self.builder.clone().with_visible(false);
        let screens = event_loop.available_monitors().map(|it| it.size().to_logical::<f32>(it.scale_factor()));
        let largest = screens.map(|it| egui::vec2(it.width, it.height)).reduce(egui::Vec2::max);
        if let (Some(wanted), Some(largest)) = (builder.inner_size, largest.filter(|it| it.min_elem() > 0.0)) {
            builder = builder.with_inner_size(wanted.min(largest));
        }
        let window = egui_winit::create_window(&ctx, event_loop, &builder).map_err(|it| it.to_string())?;
        let window = Rc::new(window);
        let display = event_loop.owned_display_handle();
        let surface = softbuffer::Context::new(display).and_then(|it| Surface::new(&it, Rc::clone(&window)));
        let scale = Some(window.scale_factor() as f32);
        let (root, theme, side) = (ViewportId::ROOT, window.theme(), Some(LARGEST_TEXTURE));
        let mut state = State::new(ctx.clone(), root, event_loop, scale, theme, side);
        state.set_clipboard_shortcuts(false);
        state.init_accesskit(event_loop, &window, self.proxy.clone());
        let mut info = ViewportInfo::default();
        egui_winit::update_viewport_info(&mut info, &ctx, &window, true);
        let app = (self.begin)(&ctx).ok_or("it was opened before")?;
        let surface = surface.map_err(|it| it.to_string())?;
        Ok(Open {
            app,
            ctx,
            window,
            state,
            info,
            actions: Vec::new(),
            surface,
            painter: Painter::default(),
            begun: Instant::now(),
            shown: None,
            asked: false,
            lost: true,
        })
    }

    /// Runs a frame, and ends where the frame or its painting says so.
    fn frame(&mut self, event_loop: &ActiveEventLoop) {
        let Some(open) = &mut self.open else { return };
        match open.frame(event_loop) {
            Ok(true) => {}
            Ok(false) => event_loop.exit(),
            Err(err) => {
                self.failed = Some(err);
                event_loop.exit();
            }
        }
    }

    /// Asks for the frame that is due, and sleeps until the next one is.
    fn wait(&mut self, event_loop: &ActiveEventLoop) {
        let now = Instant::now();
        if self.due.is_some_and(|it| it <= now) {
            self.due = None;
            if let Some(open) = &mut self.open {
                if open.window.is_minimized() == Some(true) || open.window.is_visible() == Some(false) {
                    // The system asks for no frames of it.
                    self.frame(event_loop);
                    self.due = self.due.map(|it| it.max(now + UNSEEN));
                } else {
                    open.asked = true;
                    open.window.request_redraw();
                }
            }
        }
        event_loop.set_control_flow(self.due.map_or(ControlFlow::Wait, ControlFlow::WaitUntil));
    }

    fn ask(&mut self, when: Instant) {
        self.due = Some(self.due.map_or(when, |it| it.min(when)));
    }
}

impl<F: FnMut(&Context) -> Option<App>> ApplicationHandler<UserEvent> for Software<F> {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        if self.open.is_some() {
            return;
        }
        match self.open(event_loop) {
            Ok(open) => {
                self.open = Some(open);
                self.frame(event_loop);
                if let Some(open) = &self.open {
                    open.window.set_visible(true);
                }
                self.ask(Instant::now());
            }
            Err(err) => {
                self.failed = Some(err);
                event_loop.exit();
            }
        }
        self.wait(event_loop);
    }

    fn new_events(&mut self, event_loop: &ActiveEventLoop, _: StartCause) {
        self.wait(event_loop);
    }

    fn user_event(&mut self, event_loop: &ActiveEventLoop, event: UserEvent) {
        let Some(open) = &mut self.open else { return };
        match event {
            UserEvent::RequestRepaint { when, cumulative_pass_nr, viewport_id } => {
                let current = open.ctx.cumulative_pass_nr_for(viewport_id);
                // What an older frame asked for has been painted since.
                if current == cumulative_pass_nr || current == cumulative_pass_nr + 1 {
                    self.ask(when);
                }
            }
            UserEvent::AccessKitActionRequest(AccessibilityEvent { window_event, .. }) => {
                match window_event {
                    Accessibility::InitialTreeRequested => open.ctx.enable_accesskit(),
                    Accessibility::ActionRequested(request) => open.state.on_accesskit_action_request(request),
                    Accessibility::AccessibilityDeactivated => open.ctx.disable_accesskit(),
                }
                self.ask(Instant::now());
            }
        }
        self.wait(event_loop);
    }

    fn window_event(&mut self, event_loop: &ActiveEventLoop, _: WindowId, event: WindowEvent) {
        let Some(open) = &mut self.open else { return };
        match &event {
            WindowEvent::RedrawRequested => {
                open.lost |= !std::mem::take(&mut open.asked);
                self.frame(event_loop);
                return self.wait(event_loop);
            }
            WindowEvent::CloseRequested => {
                open.info.events.push(ViewportEvent::Close);
                open.ctx.request_repaint();
            }
            WindowEvent::Occluded(occluded) => {
                open.info.occluded = Some(*occluded);
                open.lost = true;
            }
            WindowEvent::Resized(_) | WindowEvent::Moved(_) | WindowEvent::Focused(_) => open.lost = true,
            _ => {}
        }
        if open.state.on_window_event(&open.window, &event).repaint {
            self.ask(Instant::now());
        }
        self.wait(event_loop);
    }

    fn exiting(&mut self, _: &ActiveEventLoop) {
        if let Some(mut open) = self.open.take() {
            open.app.leave();
        }
    }
}

impl Open {
    /// Runs and paints a frame; false if it is the last one.
    fn frame(&mut self, event_loop: &ActiveEventLoop) -> Result<bool, String> {
        egui_winit::update_viewport_info(&mut self.info, &self.ctx, &self.window, false);
        let mut input = self.state.take_egui_input(&self.window);
        input.time = Some(self.begun.elapsed().as_secs_f64());
        input.viewports = std::iter::once((ViewportId::ROOT, self.info.clone())).collect();
        let closing = input.viewport().close_requested();
        let ground = self.app.ground();
        let output = self.ctx.run_ui(input, |ui| self.app.frame(ui));
        let FullOutput { platform_output, mut textures_delta, shapes, pixels_per_point, mut viewport_output } = output;
        let commands = viewport_output.remove(&ViewportId::ROOT).map(|it| it.commands).unwrap_or_default();
        let stays = commands.contains(&egui::ViewportCommand::CancelClose);
        self.info.events.clear();
        self.state.handle_platform_output_with_event_loop(&self.window, event_loop, platform_output);
        self.painter.take(&mut textures_delta);
        let primitives = self.ctx.tessellate(shapes, pixels_per_point);
        let painted = self.paint(&primitives, pixels_per_point, ground);
        self.painter.free(&mut textures_delta);
        painted?;
        let (info, actions) = (&mut self.info, &mut self.actions);
        egui_winit::process_viewport_commands(&self.ctx, info, commands, &self.window, actions);
        for action in self.actions.drain(..) {
            let events = &mut self.state.egui_input_mut().events;
            match action {
                ActionRequested::Cut => events.push(egui::Event::Cut),
                ActionRequested::Copy => events.push(egui::Event::Copy),
                // The clipboard is read by a plugin, off this thread; of pictures of itself the window makes none.
                ActionRequested::Paste | ActionRequested::Screenshot(_) | ActionRequested::PaintWhileHidden => {}
            }
        }
        Ok(!closing || stays)
    }

    fn paint(
        &mut self,
        primitives: &[egui::ClippedPrimitive],
        pixels_per_point: f32,
        ground: egui::Color32,
    ) -> Result<(), String> {
        let size = self.window.inner_size();
        let (Some(width), Some(height)) = (NonZeroU32::new(size.width), NonZeroU32::new(size.height)) else {
            // It is minimised.
            return Ok(());
        };
        let failed = |it: softbuffer::SoftBufferError| it.to_string();
        self.surface.resize(width, height).map_err(failed)?;
        let mut buffer = self.surface.buffer_mut().map_err(failed)?;
        let age = buffer.age();
        let mut canvas = Canvas { pixels: &mut buffer, width: width.get() as usize };
        let rested = self.shown.is_none_or(|it| it.elapsed() >= REST);
        let whole = std::mem::take(&mut self.lost) || rested;
        let changed = self.painter.paint(&mut canvas, age, whole, primitives, pixels_per_point, ground);
        if whole {
            self.window.pre_present_notify();
            buffer.present().map_err(failed)?;
        } else if changed.is_empty() {
            return Ok(());
        } else {
            let side = |from: usize, to: usize| u32::try_from(to - from).ok().and_then(NonZeroU32::new);
            let rects = changed.iter().filter_map(|it| {
                let (x, y) = (u32::try_from(it.left).ok()?, u32::try_from(it.top).ok()?);
                Some(softbuffer::Rect { x, y, width: side(it.left, it.right)?, height: side(it.top, it.bottom)? })
            });
            let rects: Vec<_> = rects.collect();
            self.window.pre_present_notify();
            buffer.present_with_damage(&rects).map_err(failed)?;
        }
        self.shown = Some(Instant::now());
        Ok(())
    }
}
