//! The real window, under Xvfb where that is installed with xdotool; else these tests are skipped, and say so.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use stormglass::session::{Disk, Session, StateDir};

fn installed(program: &str) -> bool {
    Command::new(program).arg("-version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

/// A display of our own, ended with the test.
pub(crate) struct Display {
    server: Child,
    number: String,
}

impl Display {
    /// `None` where Xvfb or xdotool is missing: the test is skipped.
    pub(crate) fn start(width: u32, height: u32) -> Option<Self> {
        if !installed("Xvfb") || !installed("xdotool") {
            eprintln!("skipped: 1 test of the real window, because Xvfb and xdotool are not both installed");
            return None;
        }
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", &format!("{width}x{height}x24"), "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        std::io::BufRead::read_line(&mut std::io::BufReader::new(server.stdout.take().unwrap()), &mut line).unwrap();
        Some(Self { server, number: format!(":{}", line.trim()) })
    }

    pub(crate) fn window(&self, state: &Path, board: &Path) -> Child {
        self.window_painted_by("software", state, board)
    }

    fn window_painted_by(&self, renderer: &str, state: &Path, board: &Path) -> Child {
        Command::new(env!("CARGO_BIN_EXE_stormglass"))
            .arg(board)
            .env("STORMGLASS_RENDERER", renderer)
            .env("DISPLAY", &self.number)
            .env_remove("WAYLAND_DISPLAY")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("STORMGLASS_STATE", state)
            .env("XDG_DATA_HOME", state)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    pub(crate) fn xdotool(&self, arguments: &[&str]) -> bool {
        let status =
            Command::new("xdotool").args(arguments).env("DISPLAY", &self.number).stdout(Stdio::null()).status();
        status.is_ok_and(|it| it.success())
    }

    /// What is on the screen.
    fn picture(&self) -> image::RgbImage {
        let taken = Command::new("import").args(["-window", "root", "png:-"]).env("DISPLAY", &self.number).output();
        image::load_from_memory(&taken.unwrap().stdout).unwrap().into_rgb8()
    }

    pub(crate) fn wait_for_window(&self) {
        let end = Instant::now() + Duration::from_secs(60);
        while !self.xdotool(&["search", "--onlyvisible", "--name", "Stormglass"]) {
            assert!(Instant::now() < end, "no window came up in a minute");
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Kill -9 while somebody writes: what was on the screen for a second is offered at the next start.
#[test]
fn nothing_older_than_a_second_is_lost_by_a_kill() {
    let Some(display) = Display::start(1280, 800) else { return };
    let folder = tempfile::tempdir().unwrap();
    let (state, board) = (folder.path().join("state"), folder.path().join("b.storm.ron"));
    std::fs::write(&board, "(\n  format: 1,\n  level: big_picture,\n)\n").unwrap();
    let before = std::fs::read(&board).unwrap();
    let mut window = display.window(&state, &board);
    display.wait_for_window();
    let names = |session: &mut Session| -> Vec<String> {
        let recovered = session.recoveries();
        recovered
            .iter()
            .flat_map(|it| it.board.stickies().keys().map(|id| it.board.name(*id)).collect::<Vec<_>>())
            .collect()
    };
    display.xdotool(&["search", "--onlyvisible", "--name", "Stormglass", "windowfocus"]);
    display.xdotool(&["mousemove", "600", "560", "click", "1"]);
    // A window that has just come up may not take keys yet: E makes an event, and that is in the journal at once.
    let journals = state.join("journals");
    let has_journal = || {
        let files = std::fs::read_dir(&journals).into_iter().flatten().flatten();
        files.map(|it| it.path()).any(|it| it.extension().is_some_and(|it| it == "journal"))
    };
    let end = Instant::now() + Duration::from_secs(60);
    while !has_journal() {
        assert!(Instant::now() < end, "the window takes no keys");
        display.xdotool(&["key", "Escape", "e"]);
        std::thread::sleep(Duration::from_secs(3));
    }
    std::thread::sleep(Duration::from_millis(700));
    display.xdotool(&["type", "--delay", "40", "Order Placed"]);
    std::thread::sleep(Duration::from_millis(700));
    display.xdotool(&["key", "Return"]);
    std::thread::sleep(Duration::from_millis(700));
    display.xdotool(&["type", "--delay", "40", "Order Pai"]);
    // The second within which a change may still be lost.
    std::thread::sleep(Duration::from_millis(1000));
    window.kill().unwrap();
    window.wait().unwrap();
    assert_eq!(std::fs::read(&board).unwrap(), before, "the file itself is untouched");
    let mut session = Session::new(Disk::real(), StateDir::at(&state));
    let found = names(&mut session);
    for want in ["Order Placed", "Order Pai"] {
        assert!(found.iter().any(|it| it == want), "`{want}` was on the screen for a second and is lost: {found:?}");
    }
}

/// Task bars and switchers show the icon of a window, whoever paints it.
#[test]
fn the_window_has_an_icon() {
    if !installed("xprop") {
        eprintln!("skipped: 1 test of the real window, because xprop is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let board = folder.path().join("b.storm.ron");
    std::fs::write(&board, "(\n  format: 1,\n)\n").unwrap();
    for renderer in ["software", "opengl"] {
        let Some(display) = Display::start(1280, 800) else { return };
        let mut window = display.window_painted_by(renderer, &folder.path().join(renderer), &board);
        display.wait_for_window();
        let found = Command::new("xdotool")
            .args(["search", "--onlyvisible", "--name", "Stormglass"])
            .env("DISPLAY", &display.number)
            .output()
            .unwrap();
        let id = String::from_utf8(found.stdout).unwrap().lines().next().unwrap().to_owned();
        let end = Instant::now() + Duration::from_secs(20);
        loop {
            let said = Command::new("xprop")
                .args(["-id", &id, "32c", "_NET_WM_ICON"])
                .env("DISPLAY", &display.number)
                .output()
                .unwrap();
            let said = String::from_utf8(said.stdout).unwrap();
            // Width and height come first, then a number a pixel; the first pixel is clear.
            if said.starts_with("_NET_WM_ICON(CARDINAL) = 64, 64, 0,") {
                break;
            }
            assert!(Instant::now() < end, "{renderer}: {said:.80}");
            std::thread::sleep(Duration::from_millis(200));
        }
        window.kill().unwrap();
        window.wait().unwrap();
    }
}

/// The processor paints what OpenGL paints, but for rounding and where an edge runs through the middle of a pixel.
#[test]
fn the_window_looks_the_same_with_and_without_opengl() {
    if !installed("import") {
        eprintln!("skipped: 1 test of the real window, because ImageMagick is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let board = folder.path().join("b.storm.ron");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/food-ordering.storm.ron");
    std::fs::copy(sample, &board).unwrap();
    let pictures = ["software", "opengl"].map(|renderer| {
        let display = Display::start(1280, 800)?;
        let mut window = display.window_painted_by(renderer, &folder.path().join(renderer), &board);
        display.wait_for_window();
        display.xdotool(&["search", "--onlyvisible", "--name", "Stormglass", "windowsize", "1280", "800"]);
        display.xdotool(&["mousemove", "600", "400"]);
        // It is done when nothing has changed for a second.
        let end = Instant::now() + Duration::from_secs(60);
        let mut last = display.picture();
        loop {
            std::thread::sleep(Duration::from_secs(1));
            let now = display.picture();
            let seen: std::collections::BTreeSet<_> = now.pixels().map(|it| it.0).collect();
            if now == last && seen.len() > 50 {
                break;
            }
            assert!(Instant::now() < end, "the picture does not come to rest");
            last = now;
        }
        window.kill().unwrap();
        window.wait().unwrap();
        Some(last)
    });
    let [Some(ours), Some(theirs)] = pictures else { return };
    assert_eq!(ours.dimensions(), theirs.dimensions());
    let apart = |(a, b): (&image::Rgb<u8>, &image::Rgb<u8>)| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > 12);
    let differ = ours.pixels().zip(theirs.pixels()).filter(|it| apart(*it)).count();
    assert!(differ < 500, "{differ} of {} pixels differ", ours.pixels().len());
}
