//! Tests of copying, pasting and dropping.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Event, Key, Modifiers, OutputCommand};
use egui_kittest::kittest::Queryable as _;
use stormglass::board::{Board, Kind};
use stormglass::session::Pixels;

use super::{Desk, Pocket, row};

/// What the window put on the clipboard, within some frames.
fn copied(desk: &mut Desk) -> OutputCommand {
    for _ in 0..1_000 {
        if let Some(it) = desk.harness.output().platform_output.commands.first() {
            return it.clone();
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
        desk.steps(1);
    }
    panic!("nothing was copied");
}

fn copied_text(desk: &mut Desk) -> String {
    match copied(desk) {
        OutputCommand::CopyText(text) => text,
        other => panic!("{other:?}"),
    }
}

/// A key in one frame, so that its output is still there.
fn press(desk: &mut Desk, modifiers: Modifiers, key: Key) {
    let event = Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
    desk.harness.input_mut().events.push(event);
    desk.harness.step();
}

/// Frames until something holds.
fn wait(desk: &mut Desk, holds: impl Fn(&Desk) -> bool) {
    for _ in 0..1_000 {
        if holds(desk) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
        desk.steps(1);
    }
    panic!("never");
}

fn names(desk: &Desk) -> Vec<String> {
    let mut all: Vec<_> = desk.board().stickies().values().collect();
    all.sort_by_key(|it| (it.y, it.x));
    all.iter().map(|it| format!("{}: {}", it.kind.spec().key, it.text)).collect()
}

#[test]
fn a_selection_goes_to_another_board_as_elements_as_text_and_as_pictures() {
    let texts = [(Kind::COMMAND, "Place Order"), (Kind::DOMAIN_EVENT, "Order Placed\norder: uuid key\nsets a = 1")];
    let mut desk = Desk::new(row(&texts));
    desk.key_with(Modifiers::COMMAND, Key::A);
    desk.harness.event(Event::Copy);
    desk.harness.step();
    let own = copied_text(&mut desk);
    let choose = |desk: &mut Desk, name: &str| {
        desk.key_with(Modifiers::COMMAND, Key::K);
        desk.text(name);
        press(desk, Modifiers::NONE, Key::Enter);
    };
    choose(&mut desk, "copy as text");
    let text = copied_text(&mut desk);
    assert_eq!(text, "C: Place Order\nE: Order Placed(order: uuid key)\n    sets a = 1\n");
    for text in [own, text] {
        let mut other = Desk::new(Board::new());
        other.harness.event(Event::Paste(text));
        other.steps(2);
        assert_eq!(names(&other), names(&desk));
        other.key_with(Modifiers::COMMAND, Key::Z);
        assert!(other.board().is_empty(), "one undo step");
    }
    choose(&mut desk, "copy as svg");
    assert!(copied_text(&mut desk).contains("<svg"));
}

const PASTED: &str = "Photo: Pasted picture";

#[test]
fn a_picture_that_was_copied_here_is_pasted_as_a_photo() {
    let pocket = Arc::new(Pocket::default());
    let mut desk = Desk::new(row(&[(Kind::COMMAND, "Place Order"), (Kind::DOMAIN_EVENT, "Order Placed")]));
    desk.use_clipboard(&pocket);
    press(&mut desk, Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
    wait(&mut desk, |desk| desk.harness.query_by_label_contains("Copied as PNG").is_some());
    let copied = pocket.picture.lock().unwrap().clone().unwrap();
    assert!(copied.width > 400, "{} x {}", copied.width, copied.height);
    let mut other = Desk::new(Board::new());
    other.use_clipboard(&pocket);
    other.key_with(Modifiers::COMMAND, Key::V);
    wait(&mut other, |desk| desk.harness.query_by_label(PASTED).is_some());
    let photo = other.board().photos().values().next().unwrap().clone();
    assert_eq!(stormglass::session::photo_pixels(photo.data.bytes(), 9_999).unwrap(), copied);
    other.key_with(Modifiers::COMMAND, Key::Z);
    assert!(other.board().is_empty(), "one undo step");
}

#[test]
fn what_lies_on_the_clipboard_decides_what_is_pasted() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wall.png");
    std::fs::write(&file, wall(60, 40)).unwrap();
    let path = file.display().to_string();
    let dots = |count: usize| Some(Pixels { width: 2, height: 2, rgba: vec![200; count] });
    // (text, whether there is a file, picture, what is then seen)
    let cases = [
        (Some("Order Placed\r\nOrder Paid"), false, dots(16), "Domain event: Order Paid"),
        (None, false, dots(16), PASTED),
        (Some(""), false, dots(16), PASTED),
        (Some(path.as_str()), true, None, "Photo: wall.png"),
        (Some("file:///a/wall.png\r\n"), true, dots(16), "Photo: wall.png"),
        (None, true, dots(16), "Photo: wall.png"),
        (Some("Order Paid"), true, None, "Domain event: Order Paid"),
        (Some(path.as_str()), false, None, "Domain event: "),
        (None, false, None, "nothing that could be pasted"),
        (None, false, dots(0), "picture on the clipboard is damaged"),
        (None, false, dots(15), "some of its pixels are missing"),
    ];
    for (text, files, picture, seen) in cases {
        let pocket = Arc::new(Pocket::default());
        *pocket.text.lock().unwrap() = text.map(str::to_owned);
        *pocket.files.lock().unwrap() = files.then(|| file.clone()).into_iter().collect();
        *pocket.picture.lock().unwrap() = picture;
        let mut desk = Desk::new(Board::new());
        desk.use_clipboard(&pocket);
        desk.key_with(Modifiers::COMMAND, Key::V);
        wait(&mut desk, |desk| desk.harness.query_by_label_contains(seen).is_some());
    }
}

#[test]
fn what_is_pasted_goes_where_one_writes_and_pictures_on_the_board_alone() {
    let pocket = Arc::new(Pocket::default());
    *pocket.files.lock().unwrap() = vec![PathBuf::from("/nowhere/wall.png")];
    *pocket.text.lock().unwrap() = Some("/nowhere/wall.png".to_owned());
    let mut desk = Desk::new(Board::new());
    desk.use_clipboard(&pocket);
    // The path of a file that was copied is text where one writes.
    desk.key(Key::E);
    desk.key_with(Modifiers::COMMAND, Key::V);
    desk.key(Key::Escape);
    assert_eq!(names(&desk), ["domain_event: /nowhere/wall.png"]);
    desk.key_with(Modifiers::COMMAND, Key::F);
    desk.key_with(Modifiers::COMMAND, Key::V);
    let field = |desk: &Desk| desk.harness.get_by_label("Find on the board").value();
    wait(&mut desk, |desk| field(desk).as_deref() == Some("/nowhere/wall.png"));
    // A field takes no picture, and no dialog lets one through.
    *pocket.files.lock().unwrap() = Vec::new();
    *pocket.text.lock().unwrap() = None;
    *pocket.picture.lock().unwrap() = Some(Pixels { width: 1, height: 1, rgba: vec![9; 4] });
    desk.key_with(Modifiers::COMMAND, Key::V);
    wait(&mut desk, |desk| desk.harness.query_by_label_contains("click it first").is_some());
    desk.key(Key::Escape);
    desk.key_with(Modifiers::COMMAND, Key::K);
    desk.key_with(Modifiers::COMMAND, Key::V);
    desk.steps(4);
    desk.key(Key::Escape);
    assert!(desk.board().photos().is_empty());
    // The menu's entry pastes as the key does; it is placed while one looks at the map, too.
    desk.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::M);
    desk.menu("Edit", "Paste Ctrl+V");
    wait(&mut desk, |desk| desk.harness.query_by_label(PASTED).is_some());
}

#[test]
fn a_slow_clipboard_holds_nothing_up() {
    let pocket = Arc::new(Pocket::default());
    *pocket.text.lock().unwrap() = Some("Order Placed".to_owned());
    let mut desk = Desk::new(Board::new());
    desk.use_clipboard(&pocket);
    for board in 0..2 {
        let slow = pocket.slow.lock().unwrap();
        desk.key_with(Modifiers::COMMAND, Key::V);
        assert!(desk.harness.query_by_label("Reading the clipboard").is_some());
        desk.key(Key::E);
        desk.text("Order Paid");
        desk.key(Key::Escape);
        assert_eq!(names(&desk), ["domain_event: Order Paid"], "one goes on working");
        if board == 1 {
            // What is late for this board is not put on the next one.
            desk.menu("File", "New board");
            desk.harness.get_by_role_and_label(egui::accesskit::Role::Button, "Process").click();
            desk.steps(3);
            desk.click("Do not save");
            drop(slow);
            desk.steps(50);
            assert!(desk.board().is_empty());
            break;
        }
        drop(slow);
        wait(&mut desk, |desk| desk.board().stickies().len() == 2);
        desk.key_with(Modifiers::COMMAND, Key::Z);
        desk.key_with(Modifiers::COMMAND, Key::Z);
        desk.key_with(Modifiers::COMMAND, Key::Z);
        assert!(desk.board().is_empty());
    }
}

#[test]
fn pasting_much_is_asked_about_and_may_be_refused() {
    let mut desk = Desk::new(Board::new());
    desk.harness.event(Event::Paste("Order Placed\n".repeat(50_000)));
    desk.steps(2);
    wait(&mut desk, |desk| desk.harness.query_by_label("Paste 10000 stickies?").is_some());
    assert!(desk.harness.query_by_label_contains("40000 more were left out").is_some());
    desk.look("paste-many");
    desk.harness.get_by_label("Cancel").click();
    desk.steps(2);
    assert!(desk.board().is_empty());
    let some: String = (0..400).map(|it| format!("E: Event {it}\n")).collect();
    desk.harness.event(Event::Paste(some));
    desk.steps(2);
    wait(&mut desk, |desk| desk.harness.query_by_label("Paste 400 stickies?").is_some());
    desk.harness.get_by_label("Paste").click();
    desk.steps(2);
    assert_eq!(desk.board().stickies().len(), 400);
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert!(desk.board().is_empty());
    // Enter answers as the button does.
    desk.harness.event(Event::Paste("Order Placed\n".repeat(301)));
    desk.steps(2);
    wait(&mut desk, |desk| desk.harness.query_by_label("Paste 301 stickies?").is_some());
    desk.key(Key::Enter);
    assert_eq!(desk.board().stickies().len(), 301);
    assert!(desk.harness.query_by_label("Paste 301 stickies?").is_none());
    desk.key_with(Modifiers::COMMAND, Key::Z);
    // While one writes, a text that is too long is cut, and that is said.
    desk.key(Key::E);
    desk.harness.event(Event::Paste("a\u{0}b\u{1b}c".repeat(10_000)));
    desk.steps(2);
    assert!(desk.harness.query_by_label_contains("The text was cut").is_some());
    desk.key(Key::Escape);
    let text = desk.board().stickies().values().next().unwrap().text.clone();
    assert_eq!(text, "abc".repeat(10_000)[..10_000]);
    // What holds nothing is refused with a message.
    desk.harness.event(Event::Paste("\u{0}\u{1}\n\t".to_owned()));
    desk.steps(2);
    assert!(desk.harness.query_by_label_contains("nothing that could be pasted").is_some());
}

#[test]
fn what_is_copied_of_the_context_map_is_the_map() {
    let mut desk = Desk::new(crate::notation::board(
        "context \"Ordering\" @0,0 600x400\n context \"Kitchen\" @700,0 600x400\n \
         E e \"Order Placed\" @50,150\n C c \"Cook\" @750,150",
    ));
    for (map, seen, unseen) in [(false, "Cook", "nothing crosses yet"), (true, "1 command", "Cook")] {
        if map {
            let keys = Modifiers { ctrl: true, command: true, shift: true, ..Modifiers::NONE };
            desk.key_with(keys, Key::M);
            desk.steps(3);
        }
        desk.key_with(Modifiers::COMMAND, Key::K);
        desk.text("copy as svg");
        press(&mut desk, Modifiers::NONE, Key::Enter);
        let text = copied_text(&mut desk);
        assert!(text.contains(seen) && !text.contains(unseen), "{text:.3000}");
    }
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|it| it.to_string())
    }
}

/// A file of that name with these bytes falls on the window.
fn drop_file(desk: &mut Desk, folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    desk.harness.input_mut().hovered_files.push(egui::HoveredFile { path: Some(path.clone()), ..Default::default() });
    desk.steps(1);
    desk.look(&format!("hover-{name}"));
    desk.harness.input_mut().hovered_files.clear();
    desk.harness.input_mut().dropped_files.push(Arc::new(Dropped(path)));
    desk.steps(3);
}

#[test]
fn files_are_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::new(Board::new());
    drop_file(
        &mut desk,
        folder.path(),
        "list.csv",
        b"kind,name,fields\nevent,Order Placed,\"order: uuid\"\ncommand,Pay,",
    );
    wait(&mut desk, |desk| desk.board().stickies().len() == 2);
    assert_eq!(names(&desk), ["domain_event: Order Placed\norder: uuid", "command: Pay"]);
    let wide: Vec<u8> = "\u{feff}Bestellt\nBezahlt".encode_utf16().flat_map(u16::to_le_bytes).collect();
    drop_file(&mut desk, folder.path(), "liste.txt", &wide);
    wait(&mut desk, |desk| desk.board().stickies().len() == 4);
    drop_file(&mut desk, folder.path(), "program.bin", b"\x7fELF\0\0\0");
    wait(&mut desk, |desk| desk.harness.query_by_label("The file cannot be used").is_some());
    desk.harness.get_by_label("OK").click();
    desk.steps(2);
    // A board is opened; unsaved changes are asked about first.
    let board = stormglass::board::write(&row(&[(Kind::POLICY, "Whenever")]));
    drop_file(&mut desk, folder.path(), "other.storm.ron", board.as_bytes());
    assert!(desk.harness.query_by_label("Do not save").is_some());
    desk.look("drop-unsaved");
    desk.harness.get_by_label("Do not save").click();
    desk.steps(4);
    assert_eq!(names(&desk), ["policy: Whenever"]);
}

/// A picture of coloured squares, as the bytes of a PNG.
fn wall(width: u32, height: u32) -> Vec<u8> {
    let wall = image::RgbImage::from_fn(width, height, |x, y| match ((x / 100) + (y / 100)) % 3 {
        0 => image::Rgb([250, 170, 80]),
        1 => image::Rgb([130, 200, 240]),
        _ => image::Rgb([230, 226, 218]),
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    wall.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[test]
fn a_picture_that_is_being_read_does_not_land_on_the_next_board() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wall.png");
    std::fs::write(&path, wall(1_500, 1_500)).unwrap();
    let mut desk = Desk::new(Board::new());
    desk.menu("File", "New board");
    // It falls in the frame in which the other board is made.
    desk.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.clone())));
    desk.harness.get_by_role_and_label(egui::accesskit::Role::Button, "Process").click();
    for _ in 0..100 {
        std::thread::sleep(std::time::Duration::from_millis(2));
        desk.steps(1);
    }
    assert!(desk.board().is_empty());
    // With a board nothing else is taken: which of the two it belongs to, nobody can tell.
    let other = folder.path().join("other.storm.ron");
    std::fs::write(&other, stormglass::board::write(&row(&[(Kind::POLICY, "Whenever")]))).unwrap();
    for it in [path, other] {
        desk.harness.input_mut().dropped_files.push(Arc::new(Dropped(it)));
    }
    desk.steps(1);
    wait(&mut desk, |desk| !desk.board().is_empty());
    for _ in 0..100 {
        std::thread::sleep(std::time::Duration::from_millis(2));
        desk.steps(1);
    }
    assert_eq!((names(&desk), desk.board().photos().len()), (vec!["policy: Whenever".to_owned()], 0));
    desk.harness.get_by_label("Only the board is opened");
}

/// A picture of one colour.
fn plain(colour: [u8; 3]) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(300, 200, image::Rgb(colour)).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[test]
fn photos_lie_on_one_another_as_they_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::new(Board::new());
    let (red, blue) = ([200, 30, 30], [30, 30, 200]);
    drop_file(&mut desk, folder.path(), "red.png", &plain(red));
    wait(&mut desk, |desk| desk.harness.query_by_label("Photo: red.png").is_some());
    drop_file(&mut desk, folder.path(), "blue.png", &plain(blue));
    wait(&mut desk, |desk| desk.harness.query_by_label("Photo: blue.png").is_some());
    let at = desk.harness.get_by_label("Photo: blue.png").rect().center();
    let on_top = |desk: &mut Desk, name: &str, colour: [u8; 3]| {
        desk.steps(40);
        // In the window, under the pointer and in both pictures.
        let shown = desk.harness.render().unwrap();
        let dot = shown.get_pixel((at.x + 60.0) as u32, (at.y + 60.0) as u32).0;
        assert!(dot.iter().zip(colour).all(|(a, b)| a.abs_diff(b) < 12), "{name}: {dot:?}");
        desk.key(Key::Escape);
        desk.harness.hover_at(at);
        desk.harness.drag_at(at);
        desk.steps(1);
        desk.harness.drop_at(at);
        desk.steps(4);
        assert!(desk.harness.query_by_label_contains(&format!("Photo {name} selected")).is_some(), "{name}");
        let request = stormglass::session::PictureRequest::default();
        let png = stormglass::session::picture(desk.board(), "a.png", "light", &request).unwrap();
        let drawn = image::load_from_memory(&png.bytes).unwrap().to_rgb8();
        assert_eq!(drawn.get_pixel(drawn.width() / 2, drawn.height() / 2).0, colour, "{name}");
        let svg = stormglass::session::picture(desk.board(), "a.svg", "light", &request).unwrap();
        let svg = String::from_utf8(svg.bytes).unwrap();
        let top = desk.board().photos().values().find(|it| it.text == name).unwrap();
        let bytes = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, top.data.bytes());
        assert!(svg.rfind("<image").unwrap() < svg.find(&bytes).unwrap(), "{name}");
    };
    on_top(&mut desk, "blue.png", blue);
    // Of a selection of both the upper one passes nothing; alone it goes under the other by one step and back.
    let as_dropped = stormglass::board::write(desk.board());
    for (key, mods, upper) in [
        (Key::OpenBracket, Modifiers::ALT, "red"),
        (Key::OpenBracket, Modifiers::NONE, "blue"),
        (Key::OpenBracket, Modifiers::NONE, "red"),
        (Key::CloseBracket, Modifiers::ALT, "red"),
    ] {
        desk.key_with(mods, key);
        on_top(&mut desk, &format!("{upper}.png"), if upper == "red" { red } else { blue });
    }
    // A copy lies on top of both.
    let others = desk.board().photos().len();
    desk.key_with(Modifiers::COMMAND, Key::D);
    desk.steps(4);
    assert_eq!(desk.board().photos().len(), others + 1);
    assert_eq!(desk.board().photos_upward().last().map(|it| it.text.as_str()), Some("red.png"));
    let read = stormglass::board::read(stormglass::board::write(desk.board()).as_bytes());
    assert_eq!(read.as_ref(), Ok(desk.board()));
    for _ in 0..4 {
        desk.key_with(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(stormglass::board::write(desk.board()), as_dropped);
}

#[test]
fn a_picture_is_dropped_and_typed_over() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::new(Board::new());
    let bytes = wall(600, 400);
    drop_file(&mut desk, folder.path(), "wall.png", &bytes);
    wait(&mut desk, |desk| desk.harness.query_by_label("Photo: wall.png").is_some());
    desk.steps(20);
    let rect = desk.harness.get_by_label("Photo: wall.png").rect();
    assert!((rect.width() / rect.height() - 1.5).abs() < 0.02, "{rect:?}");
    desk.steps(40);
    assert!(desk.harness.query_by_label("Photo wall.png selected").is_some(), "the status bar says what it is");
    // Moved, resized in its proportions, locked; then a double click types over it.
    desk.drag(rect.center(), rect.center() + egui::vec2(40.0, 20.0));
    let moved = desk.harness.get_by_label("Photo: wall.png").rect();
    assert!((moved.left() - rect.left() - 40.0).abs() < 12.0, "{rect:?} {moved:?}");
    desk.drag(moved.right_bottom(), moved.right_bottom() - egui::vec2(150.0, 100.0));
    let smaller = desk.harness.get_by_label("Photo: wall.png").rect();
    assert!(smaller.width() < moved.width() - 90.0, "{moved:?} {smaller:?}");
    assert!((smaller.width() / smaller.height() - 1.5).abs() < 0.02, "{smaller:?}");
    desk.key_with(Modifiers::SHIFT, Key::F10);
    desk.steps(2);
    assert!(desk.harness.query_by_label_contains("Duplicate").is_some(), "the menu of the photo");
    assert!(desk.harness.query_by_label_contains("Edit text").is_none(), "nobody writes on a photo");
    desk.key(Key::Escape);
    desk.steps(2);
    desk.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    desk.drag(smaller.center(), smaller.center() + egui::vec2(60.0, 0.0));
    assert_eq!(desk.harness.get_by_label("Photo: wall.png, locked").rect(), smaller);
    desk.key(Key::E);
    desk.text("Order Placed");
    desk.key(Key::Escape);
    desk.steps(10);
    desk.look("photo");
    // It is in the file and in both pictures.
    let board = desk.board().clone();
    let text = stormglass::board::write(&board);
    assert_eq!(stormglass::board::read(text.as_bytes()).as_ref(), Ok(&board));
    let request = stormglass::session::PictureRequest::default();
    let svg = stormglass::session::picture(&board, "a.svg", "light", &request).unwrap();
    assert!(String::from_utf8(svg.bytes).unwrap().contains("href=\"data:image/png;base64,iVBOR"));
    let png = stormglass::session::picture(&board, "a.png", "light", &request).unwrap();
    let drawn = image::load_from_memory(&png.bytes).unwrap().to_rgb8();
    let orange = drawn.pixels().filter(|it| it.0 == [250, 170, 80]).count();
    assert!(orange > 1_000, "{orange}");
    while desk.app().session().history().can_undo().is_some() {
        desk.key_with(Modifiers::COMMAND, Key::Z);
    }
    assert!(desk.board().is_empty());
    // Damaged ones are refused with a message.
    drop_file(&mut desk, folder.path(), "half.png", &bytes[..200]);
    wait(&mut desk, |desk| desk.harness.query_by_label("The photo cannot be placed").is_some());
    assert!(desk.board().is_empty());
}
