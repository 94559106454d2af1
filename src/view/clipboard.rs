//! The clipboard, read off the window's thread: a slow program, or a large picture, never holds the window up.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use egui::{Context, Event, FullOutput, Key, OutputCommand, Plugin, RawInput};

use super::{App, canvas, dropping};
use crate::session::{Job, Pixels, Polled, fit_pixels};

/// What was copied, here or in other programs. Its methods may take their time: they run on threads of their own.
pub trait Clipboard: Send + Sync {
    /// The text on it.
    fn text(&self) -> Option<String>;
    /// The files on it.
    fn files(&self) -> Vec<PathBuf>;
    /// The picture on it.
    ///
    /// # Errors
    /// A sentence for people: there is one, but it cannot be read.
    fn picture(&self) -> Result<Option<Pixels>, String>;
    /// Puts a text on it.
    ///
    /// # Errors
    /// A sentence for people.
    fn put_text(&self, text: String) -> Result<(), String>;
    /// Puts a picture on it.
    ///
    /// # Errors
    /// A sentence for people.
    fn put_picture(&self, picture: Pixels) -> Result<(), String>;
}

/// The system's clipboard, or one of our own where the system has none.
#[derive(Default)]
pub(super) struct SystemClipboard(Mutex<Opened>);

#[derive(Default)]
struct Opened {
    /// Open as long as the window is: what lies on it is handed out from here.
    system: Option<arboard::Clipboard>,
    own: Option<String>,
}

impl SystemClipboard {
    /// Works on it, one thread after the other; `otherwise` where the system has none.
    fn with<T>(
        &self,
        work: impl FnOnce(&mut arboard::Clipboard) -> Result<T, arboard::Error>,
        otherwise: impl FnOnce(&mut Option<String>) -> Result<T, arboard::Error>,
    ) -> Result<T, arboard::Error> {
        let mut opened = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if opened.system.is_none() {
            opened.system = arboard::Clipboard::new().ok();
        }
        let Opened { system, own } = &mut *opened;
        match system {
            Some(it) => work(it),
            None => otherwise(own),
        }
    }
}

fn nothing<T>(_: &mut Option<String>) -> Result<T, arboard::Error> {
    Err(arboard::Error::ContentNotAvailable)
}

impl Clipboard for SystemClipboard {
    fn text(&self) -> Option<String> {
        self.with(|it| it.get_text(), |own| own.clone().ok_or(arboard::Error::ContentNotAvailable)).ok()
    }

    fn files(&self) -> Vec<PathBuf> {
        self.with(|it| it.get().file_list(), nothing).unwrap_or_default()
    }

    fn picture(&self) -> Result<Option<Pixels>, String> {
        match self.with(|it| it.get_image(), nothing) {
            Ok(it) => {
                let [width, height] = [it.width, it.height].map(|it| it.try_into().unwrap_or(u32::MAX));
                Ok(Some(Pixels { width, height, rgba: it.bytes.into_owned() }))
            }
            Err(arboard::Error::ConversionFailure) => {
                Err("the picture on the clipboard is damaged, or too large to be read".to_owned())
            }
            Err(_) => Ok(None),
        }
    }

    fn put_text(&self, text: String) -> Result<(), String> {
        let kept = text.clone();
        let keep = |own: &mut Option<String>| {
            *own = Some(kept);
            Ok(())
        };
        self.with(|it| it.set_text(text), keep).map_err(|it| it.to_string())
    }

    fn put_picture(&self, picture: Pixels) -> Result<(), String> {
        let (width, height) = (picture.width as usize, picture.height as usize);
        let image = arboard::ImageData { width, height, bytes: picture.rgba.into() };
        self.with(|it| it.set_image(image), |_| Err(arboard::Error::ClipboardNotSupported)).map_err(|it| it.to_string())
    }
}

/// So long a frame waits for what is pasted, so that what is typed after it comes after it.
const PATIENCE: Duration = Duration::from_millis(100);

/// Makes the keys of the clipboard the events that widgets know, reads for them, and writes what they copy.
#[derive(Default)]
pub(super) struct Pasting {
    /// Without one the toolkit's own is used.
    clipboard: Option<Arc<dyn Clipboard>>,
    jobs: Mutex<Jobs>,
    /// Somebody chose to paste otherwise than by its key.
    asked: bool,
    /// What is to be told the application.
    taken: Option<Taken>,
}

/// Behind a lock only because whatever a plugin holds must be able to go to other threads.
#[derive(Default)]
struct Jobs {
    reading: Option<Job<Found>>,
    writing: Option<Job<Result<(), String>>>,
}

/// What lies on the clipboard, beside pictures.
struct Found {
    text: Option<String>,
    files: Vec<PathBuf>,
}

/// What comes of the clipboard that is no text.
enum Taken {
    /// These files are pasted.
    Files(Vec<PathBuf>),
    /// A picture is pasted, if there is one.
    Picture,
    /// What is pasted is not there yet.
    Late,
    /// This is why nothing was copied.
    Refused(String),
}

impl Pasting {
    pub(super) fn new(clipboard: Option<Arc<dyn Clipboard>>) -> Self {
        Self { clipboard, ..Self::default() }
    }

    fn jobs(&mut self) -> &mut Jobs {
        self.jobs.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&mut self, clipboard: Arc<dyn Clipboard>, text: String) {
        // What was copied last lies there in the end.
        let before = self.jobs().writing.take();
        self.jobs().writing = Some(Job::start(move |_| {
            before.and_then(Job::wait);
            clipboard.put_text(text)
        }));
    }

    fn read(&mut self) {
        let Some(from) = self.clipboard.clone() else { return };
        let jobs = self.jobs();
        let before = jobs.writing.take();
        jobs.reading.get_or_insert_with(|| {
            Job::start(move |_| {
                before.and_then(Job::wait);
                Found { files: from.files(), text: from.text() }
            })
        });
    }

    /// Takes what was read: text as an event, all else for the application.
    fn take(&mut self, ctx: &Context, patience: Duration) -> Option<Event> {
        let polled = self.jobs().reading.as_ref()?.poll_within(patience);
        if matches!(polled, Polled::Running) {
            ctx.request_repaint_after(Duration::from_millis(20));
            return None;
        }
        self.jobs().reading = None;
        let Polled::Done(found) = polled else { return None };
        let text = found.text.map(|it| it.replace("\r\n", "\n")).filter(|it| !it.is_empty());
        if !found.files.is_empty()
            && !canvas::text_wanted(ctx)
            && text.as_deref().is_none_or(|it| names_only(it, &found.files))
        {
            self.taken = Some(Taken::Files(found.files));
            return None;
        }
        if text.is_none() {
            self.taken = Some(Taken::Picture);
        }
        text.map(Event::Paste)
    }

    /// Reads for this frame if that is quick.
    fn paste(&mut self, ctx: &Context) -> Option<Event> {
        self.read();
        let event = self.take(ctx, PATIENCE);
        if self.jobs().reading.is_some() {
            self.taken = Some(Taken::Late);
        }
        event
    }
}

/// Whether a text only says where the files are, as file managers put it beside them.
fn names_only(text: &str, files: &[PathBuf]) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
    lines.all(|it| it.starts_with("file://") || files.iter().any(|file| file == Path::new(it)))
}

impl Plugin for Pasting {
    fn debug_name(&self) -> &'static str {
        "pasting"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        let mut events = Vec::with_capacity(input.events.len());
        events.extend(self.take(ctx, Duration::ZERO));
        if let Some(Polled::Done(Err(why))) = self.jobs().writing.as_ref().map(Job::poll) {
            self.taken = Some(Taken::Refused(why));
        }
        if std::mem::take(&mut self.asked) {
            events.extend(self.paste(ctx));
        }
        for event in input.events.drain(..) {
            match meant(&event) {
                Some(Meant::Event(it)) => events.push(it),
                Some(Meant::Paste) => events.extend(self.paste(ctx)),
                None => events.push(event),
            }
        }
        input.events = events;
    }

    fn output_hook(&mut self, _: &Context, output: &mut FullOutput) {
        let Some(clipboard) = self.clipboard.clone() else { return };
        output.platform_output.commands.retain_mut(|it| match it {
            OutputCommand::CopyText(text) => {
                self.write(Arc::clone(&clipboard), std::mem::take(text));
                false
            }
            _ => true,
        });
    }
}

/// What a key means to the clipboard.
enum Meant {
    Event(Event),
    Paste,
}

fn meant(event: &Event) -> Option<Meant> {
    let Event::Key { key, pressed: true, modifiers, .. } = event else { return None };
    let (command, windows) = (modifiers.command_only(), cfg!(target_os = "windows"));
    match key {
        Key::Cut => Some(Meant::Event(Event::Cut)),
        Key::Copy => Some(Meant::Event(Event::Copy)),
        Key::Paste => Some(Meant::Paste),
        Key::X if command => Some(Meant::Event(Event::Cut)),
        Key::C if command => Some(Meant::Event(Event::Copy)),
        Key::V if command => Some(Meant::Paste),
        Key::Delete if windows && modifiers.shift => Some(Meant::Event(Event::Cut)),
        Key::Insert if windows && modifiers.ctrl => Some(Meant::Event(Event::Copy)),
        Key::Insert if windows && modifiers.shift => Some(Meant::Paste),
        _ => None,
    }
}

impl App {
    /// Reads and writes that clipboard from now on; without one the toolkit's own.
    pub fn use_clipboard(&mut self, ctx: &Context, clipboard: Option<Arc<dyn Clipboard>>) {
        self.clipboard = clipboard.clone();
        ctx.with_plugin(|it: &mut Pasting| *it = Pasting::new(clipboard));
    }

    /// Pastes in the next frame, as the key does.
    pub(super) fn paste(&self, ctx: &Context) {
        ctx.with_plugin(|it: &mut Pasting| it.asked = true);
        ctx.request_repaint();
    }

    /// Forgets what is being read: it was meant for another board.
    pub(super) fn paste_nothing(&self, ctx: &Context) {
        ctx.with_plugin(|it: &mut Pasting| (it.jobs().reading, it.asked, it.taken) = (None, false, None));
    }

    /// Takes what was pasted and is no text.
    pub(super) fn take_pasted(&mut self, ctx: &Context) {
        let Some(taken) = ctx.with_plugin(|it: &mut Pasting| it.taken.take()).flatten() else { return };
        if !self.dialogs.is_empty() {
            return;
        }
        match taken {
            Taken::Late => self.say("Reading the clipboard"),
            Taken::Refused(why) => self.say(format!("Nothing was copied: {why}")),
            Taken::Files(files) => dropping::take_files(self, files),
            Taken::Picture if canvas::keyboard_elsewhere(ctx) => {
                self.say("The clipboard holds no text; a picture is pasted on the board: click it first");
            }
            Taken::Picture => {
                let Some(from) = self.clipboard.clone() else { return };
                let name = "Pasted picture";
                self.read_photo(name, move || match from.picture()? {
                    Some(it) => fit_pixels(it).map(Some).map_err(|it| format!("{name}: {it}")),
                    None => Ok(None),
                });
            }
        }
    }
}
