//! Tests of `session`: what is saved is saved whole, what is not saved survives, nothing is written that was not asked
//! for.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use stormglass::board::{Board, Edit, Element, Kind, Level, Sticky, read, write};
use stormglass::journal::{Header, Transaction};
use stormglass::kit::Point;
use stormglass::session::{Disk, FaultPlan, JournalWriter, SaveError, Session, StateDir};

struct Home {
    dir: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    fn state(&self) -> StateDir {
        StateDir::at(self.dir.path().join("state"))
    }

    fn session(&self) -> Session {
        Session::new(Disk::real(), self.state())
    }

    fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }
}

fn add(project: &mut Session, text: &str) {
    let sticky = Sticky::new(project.ids().next_id(), Kind::DOMAIN_EVENT, Point::new(0, 0), text);
    project.history_mut().commit("Add", vec![Edit::Add(Box::new(Element::Sticky(sticky)))]).unwrap();
    project.pump();
}

fn names(board: &Board) -> Vec<String> {
    let mut names: Vec<String> = board.stickies().keys().map(|it| board.name(*it)).collect();
    names.sort();
    names
}

#[test]
fn saved_boards_read_back_and_are_clean() {
    let home = Home::new();
    let mut project = home.session();
    assert!(!project.is_dirty());
    assert!(matches!(project.save(), Err(SaveError::Untitled)));
    add(&mut project, "Order Placed");
    assert!(project.is_dirty());
    let file = home.file("a b ü.storm.ron");
    project.save_as(&file).unwrap();
    assert!(!project.is_dirty());
    assert_eq!(&read(&fs::read(&file).unwrap()).unwrap(), project.board());
    add(&mut project, "Order Paid");
    project.history_mut().undo();
    assert!(!project.is_dirty(), "undone to what is saved");
    assert_eq!(project.preferences().recent.len(), 1);
}

/// Case 1 and 3: whatever operation fails or is the last before a kill, the file is the old one or the new one.
#[test]
fn a_save_that_fails_anywhere_leaves_the_old_file_or_the_new_one() {
    for dead_after in [false, true] {
        let mut at = 0;
        loop {
            let home = Home::new();
            let file = home.file("b.storm.ron");
            let old = write(&Board::new());
            fs::write(&file, &old).unwrap();
            let plan = Arc::new(FaultPlan::new(at, ErrorKind::StorageFull, dead_after));
            let mut board = Board::new();
            let sticky = Sticky::new(stormglass::kit::Id::from_bits(5), Kind::COMMAND, Point::new(0, 0), "Place Order");
            stormglass::board::apply(&mut board, &Edit::Add(Box::new(Element::Sticky(sticky)))).unwrap();
            let new = write(&board);
            let disk = Disk::faulty(Arc::clone(&plan));
            let result = stormglass::session::save_bytes(&disk, &file, new.as_bytes(), None);
            let there = fs::read_to_string(&file).unwrap();
            assert!(there == old || there == new, "operation {at}: a mix");
            if result.is_ok() {
                assert_eq!(there, new);
                assert!(at > 4, "the plan reached the operations of a save");
                break;
            }
            if !dead_after {
                let left: Vec<_> = fs::read_dir(home.dir.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
                assert_eq!(left.len(), 1, "operation {at}: no temporary file stays: {left:?}");
            }
            at += 1;
        }
    }
}

/// Cases 9 and 10: links are followed and kept, and so are permissions.
#[cfg(unix)]
#[test]
fn links_and_permissions_are_kept() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let home = Home::new();
    let mut project = home.session();
    add(&mut project, "Order Placed");
    let (target, link) = (home.file("target.storm.ron"), home.file("link.storm.ron"));
    fs::write(&target, "x").unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o600)).unwrap();
    symlink(&target, &link).unwrap();
    project.save_as(&link).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().file_type().is_symlink());
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(&read(&fs::read(&target).unwrap()).unwrap(), project.board());
}

/// Case 11: a file that changed meanwhile is not overwritten in silence.
#[test]
fn a_file_that_changed_on_the_disk_is_not_overwritten() {
    let home = Home::new();
    let file = home.file("c.storm.ron");
    let mut project = home.session();
    project.save_as(&file).unwrap();
    fs::write(&file, "(format: 1, title: \"theirs\")").unwrap();
    add(&mut project, "Order Placed");
    assert!(matches!(project.save(), Err(SaveError::ChangedOnDisk(_))));
    assert!(fs::read_to_string(&file).unwrap().contains("theirs") && project.is_dirty());
    project.save_over().unwrap();
    assert!(fs::read_to_string(&file).unwrap().contains("Order Placed"));
}

/// Case 12: a second instance cannot overwrite the first one's work.
#[test]
fn a_second_instance_is_read_only() {
    let home = Home::new();
    let file = home.file("d.storm.ron");
    let mut first = home.session();
    first.save_as(&file).unwrap();
    drop(first);
    let (mut first, mut second) = (home.session(), home.session());
    first.open(&file).unwrap();
    second.open(&file).unwrap();
    assert!(second.is_read_only() && !first.is_read_only());
    assert!(matches!(second.save(), Err(SaveError::ReadOnly(_))));
    add(&mut first, "First");
    add(&mut second, "Second");
    first.save().unwrap();
    assert!(second.save().is_err());
    second.save_as(&home.file("e.storm.ron")).unwrap();
    assert_eq!(names(&read(&fs::read(&file).unwrap()).unwrap()), ["First"]);
}

fn crash(project: Session) {
    // The writer's thread has all transactions; a kill leaves the files as they are now.
    let state = project;
    std::mem::forget(state);
}

/// Pumps as a window does every frame until the journal holds `want`.
fn wait_for_journal(project: &mut Session, state: &StateDir, want: &str) {
    for _ in 0..200 {
        project.pump();
        let journals = fs::read_dir(state.path().join("journals")).into_iter().flatten().flatten();
        for entry in journals {
            let text = fs::read(entry.path()).map(|it| String::from_utf8_lossy(&it).into_owned()).unwrap_or_default();
            if text.contains(want) {
                return;
            }
        }
        std::thread::sleep(std::time::Duration::from_millis(25));
    }
    panic!("`{want}` did not reach the journal");
}

/// Case 13: after a crash the work is offered; declined it stays on the disk.
#[test]
fn unsaved_work_is_offered_after_a_crash() {
    // Locks belong to this process, so the crashed project's folder is copied as a dead process would leave it.
    let home = Home::new();
    let file = home.file("f.storm.ron");
    let mut project = home.session();
    project.save_as(&file).unwrap();
    add(&mut project, "Order Placed");
    project.history_mut().begin("Type");
    let sticky = Sticky::new(project.ids().next_id(), Kind::COMMAND, Point::new(0, 0), "half typ");
    project.history_mut().update(vec![Edit::Add(Box::new(Element::Sticky(sticky)))]).unwrap();
    wait_for_journal(&mut project, &home.state(), "half typ");
    let after = home.file("state-after");
    copy(&home.state().path().join("journals"), &after.join("journals"));
    crash(project);
    let state = StateDir::at(&after);
    let mut next = Session::new(Disk::real(), state.clone());
    let mut found = next.recoveries();
    assert_eq!(found.len(), 1);
    let recovery = found.remove(0);
    assert_eq!(recovery.path.as_deref(), Some(file.as_path()));
    assert_eq!(recovery.changes, ["Add", "Type"]);
    assert_eq!(names(&recovery.board), ["Order Placed", "half typ"]);
    recovery.decline(&Disk::real());
    assert!(next.recoveries().is_empty());
    assert_eq!(fs::read_dir(after.join("journals/declined")).unwrap().count(), 1);
    let kept = fs::read_dir(after.join("journals/declined")).unwrap().next().unwrap().unwrap().path();
    fs::rename(&kept, after.join("journals").join(kept.file_name().unwrap())).unwrap();
    let recovery = next.recoveries().remove(0);
    next.recover(recovery);
    assert!(next.is_dirty() && next.path() == Some(file.as_path()));
    next.save().unwrap();
    assert_eq!(names(&read(&fs::read(&file).unwrap()).unwrap()), ["Order Placed", "half typ"]);
    assert!(next.recoveries().is_empty(), "a saved board leaves no journal");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// Case 14: a corrupt journal does not keep the program from starting.
#[test]
fn a_corrupt_journal_is_put_into_quarantine() {
    let home = Home::new();
    let journals = home.state().path().join("journals");
    fs::create_dir_all(&journals).unwrap();
    fs::write(journals.join("abc.journal"), [0xff; 100]).unwrap();
    let mut project = home.session();
    assert!(project.recoveries().is_empty());
    let messages = project.take_messages();
    assert!(messages.len() == 1 && messages[0].contains("quarantine"), "{messages:?}");
    assert!(journals.join("quarantine/abc.journal").exists());
}

/// Case 4: a journal that cannot be written says so until it can.
#[test]
fn a_journal_that_cannot_be_written_says_so() {
    let home = Home::new();
    let plan = Arc::new(FaultPlan::new(0, ErrorKind::StorageFull, true));
    let header = || Header::new(&Board::new(), None, String::new());
    let writer = JournalWriter::start(Disk::faulty(plan), home.file("x.journal"), header);
    writer.write(Transaction { label: "Add".to_owned(), edits: Vec::new() });
    for _ in 0..200 {
        if writer.failure().is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    assert!(writer.failure().unwrap().contains("save the board now"));
}

/// Cases 16 and 18: what is not a board is refused with a reason, quickly.
#[test]
fn what_is_not_a_board_is_refused() {
    let home = Home::new();
    let mut project = home.session();
    add(&mut project, "Mine");
    let write = |name: &str, bytes: &[u8]| {
        let path = home.file(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let mut utf16 = vec![0xff, 0xfe];
    utf16.extend("(format: 1)".encode_utf16().flat_map(u16::to_le_bytes));
    let cases = [
        (write("empty", b""), "empty"),
        (write("byte", b"("), "line 1"),
        (home.dir.path().to_owned(), "a folder"),
        (PathBuf::from("/dev/zero"), "not a regular file"),
        (write("utf16", &utf16), "UTF-16"),
        (write("utf8", b"(format: 1,\n title: \"\xff\")"), "line 2"),
        (write("newer", b"(format: 2)"), "format 2"),
        (write("deep", "[".repeat(100_000).as_bytes()), "line 1"),
        (home.file("missing"), "cannot be read"),
    ];
    for (path, want) in cases {
        if !path.exists() && path.starts_with("/dev") {
            continue;
        }
        let before = path.is_file().then(|| fs::read(&path).unwrap());
        let err = project.open(&path).unwrap_err().to_string();
        assert!(err.contains(want) && err.contains(&*path.to_string_lossy()), "{}: {err}", path.display());
        if let Some(before) = before {
            assert_eq!(fs::read(&path).unwrap(), before, "opening never writes");
        }
    }
    assert_eq!(names(project.board()), ["Mine"], "the open board stays");
}

#[test]
fn opening_never_writes_and_a_bom_is_read() {
    let home = Home::new();
    let file = home.file("bom.storm.ron");
    fs::write(&file, b"\xef\xbb\xbf(format: 1,\r\n level: process)").unwrap();
    let mut project = home.session();
    project.open(&file).unwrap();
    assert_eq!(project.board().settings().level, Level::Process);
    assert!(!project.is_dirty());
    assert_eq!(fs::read(&file).unwrap(), b"\xef\xbb\xbf(format: 1,\r\n level: process)");
    let beside: BTreeSet<_> = fs::read_dir(home.dir.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert!(beside.len() <= 2, "{beside:?}");
}
