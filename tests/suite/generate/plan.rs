//! The contract of regeneration: each line of it is a test.

use std::collections::BTreeMap;

use proptest::prelude::*;
use stormglass::generate::{Existing, File, FileKind, MANIFEST, Output, Plan, paths, plan_output};

fn output(files: &[(&str, FileKind, &str)]) -> Output {
    let file = |kind: FileKind, text: &str| File { kind, text: text.to_owned() };
    Output {
        files: files.iter().map(|(path, kind, text)| ((*path).to_owned(), file(*kind, text))).collect(),
        notes: vec![],
        wants: vec![],
    }
}

fn plan(output: &Output, existing: &Existing) -> Plan {
    plan_output(output, existing).expect("the manifest is ours")
}

/// What the folder holds once the plan is carried out.
fn carry_out(plan: &Plan, existing: &mut Existing) {
    for write in &plan.writes {
        existing.insert(write.path.clone(), write.text.clone().into_bytes());
    }
    for (path, _) in &plan.deletes {
        existing.remove(path);
    }
}

fn first() -> (Output, Existing) {
    let wanted = output(&[
        ("src/a.rs", FileKind::Generated, "a\n"),
        ("src/b.rs", FileKind::Generated, "b\n"),
        ("src/mine.rs", FileKind::Seeded, "seed\n"),
    ]);
    let mut disk = BTreeMap::new();
    carry_out(&plan(&wanted, &disk), &mut disk);
    (wanted, disk)
}

fn written(plan: &Plan) -> Vec<&str> {
    plan.writes.iter().map(|it| it.path.as_str()).filter(|it| *it != MANIFEST).collect()
}

#[test]
fn a_second_run_writes_nothing() {
    let (wanted, disk) = first();
    assert_eq!(disk.len(), 4);
    let again = plan(&wanted, &disk);
    assert!(again.is_up_to_date(), "{again:?}");
    assert_eq!(again.unchanged, 3);
    assert_eq!(again.diff(), "");
}

#[test]
fn only_what_changed_is_written_and_the_diff_says_what() {
    let (mut wanted, disk) = first();
    wanted.files.get_mut("src/a.rs").unwrap().text = "a\nmore\n".to_owned();
    let again = plan(&wanted, &disk);
    assert_eq!(written(&again), ["src/a.rs"]);
    let diff = again.diff();
    assert!(diff.contains("--- a/src/a.rs") && diff.contains("+++ b/src/a.rs") && diff.contains("\n+more\n"), "{diff}");
}

#[test]
fn an_edited_generated_file_is_a_conflict_until_it_is_reconciled() {
    let (mut wanted, mut disk) = first();
    disk.insert("src/a.rs".to_owned(), b"edited\n".to_vec());
    for _ in 0..2 {
        let again = plan(&wanted, &disk);
        assert_eq!(written(&again), [""; 0]);
        assert_eq!(again.conflicts.len(), 1);
        assert!(again.diff().contains("-edited\n+a\n"));
        assert!(!again.is_up_to_date());
        carry_out(&again, &mut disk);
        assert_eq!(disk["src/a.rs"], b"edited\n");
        wanted.files.get_mut("src/a.rs").unwrap().text = "a\n".to_owned();
    }
    disk.insert("src/a.rs".to_owned(), b"a\n".to_vec());
    assert!(plan(&wanted, &disk).is_up_to_date());
}

#[test]
fn a_file_that_was_there_before_us_is_not_overwritten() {
    let wanted = output(&[("a", FileKind::Generated, "ours"), ("README.md", FileKind::Seeded, "ours")]);
    let mut disk: Existing =
        [("a".to_owned(), b"theirs".to_vec()), ("README.md".to_owned(), b"theirs".to_vec())].into();
    let plan = plan(&wanted, &disk);
    assert_eq!(written(&plan), [""; 0]);
    assert_eq!(plan.conflicts.len(), 1);
    carry_out(&plan, &mut disk);
    assert_eq!((disk["a"].as_slice(), disk["README.md"].as_slice()), (&b"theirs"[..], &b"theirs"[..]));
}

#[test]
fn a_seeded_file_is_the_users() {
    let (mut wanted, mut disk) = first();
    disk.insert("src/mine.rs".to_owned(), b"my code\n".to_vec());
    wanted.files.get_mut("src/mine.rs").unwrap().text = "new seed\n".to_owned();
    assert!(plan(&wanted, &disk).is_up_to_date(), "edited: left alone");
    disk.remove("src/mine.rs");
    assert!(plan(&wanted, &disk).is_up_to_date(), "deleted: not resurrected");
    wanted.files.remove("src/mine.rs");
    disk.insert("src/mine.rs".to_owned(), b"my code\n".to_vec());
    let orphaned = plan(&wanted, &disk);
    assert_eq!(orphaned.orphans.len(), 1);
    assert!(orphaned.deletes.is_empty());
}

#[test]
fn a_deleted_generated_file_comes_back() {
    let (wanted, mut disk) = first();
    disk.remove("src/b.rs");
    assert_eq!(written(&plan(&wanted, &disk)), ["src/b.rs"]);
}

#[test]
fn orphans_go_if_nobody_edited_them() {
    let (mut wanted, mut disk) = first();
    wanted.files.remove("src/a.rs");
    wanted.files.remove("src/b.rs");
    disk.insert("src/b.rs".to_owned(), b"edited".to_vec());
    let again = plan(&wanted, &disk);
    assert_eq!(again.deletes.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), ["src/a.rs"]);
    assert_eq!(again.orphans.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), ["src/b.rs"]);
    carry_out(&again, &mut disk);
    let third = plan(&wanted, &disk);
    assert!(third.is_up_to_date());
    assert_eq!(third.orphans.len(), 1, "listed until the user removes it");
}

#[test]
fn other_line_ends_are_no_edit() {
    let (mut wanted, mut disk) = first();
    for text in disk.values_mut() {
        *text = String::from_utf8(text.clone()).unwrap().replace('\n', "\r\n").into_bytes();
    }
    assert!(plan(&wanted, &disk).is_up_to_date());
    wanted.files.get_mut("src/a.rs").unwrap().text = "new\n".to_owned();
    assert_eq!(written(&plan(&wanted, &disk)), ["src/a.rs"]);
}

#[test]
fn a_manifest_that_is_not_ours_stops_everything() {
    let (wanted, mut disk) = first();
    disk.insert(MANIFEST.to_owned(), b"<<<<<<< HEAD".to_vec());
    assert!(plan_output(&wanted, &disk).is_err());
    assert!(paths(&wanted, Some(b"{\"format\": 99}")).is_err());
}

#[test]
fn nothing_is_written_outside() {
    let wanted = output(&[("../x", FileKind::Generated, "x"), ("/etc/x", FileKind::Generated, "x")]);
    assert_eq!(written(&plan(&wanted, &Existing::new())), [""; 0]);
    let evil = br#"{"format":1,"files":[{"path":"../../x","kind":"generated","sha256":"0"}]}"#;
    assert_eq!(paths(&Output::default(), Some(evil)).unwrap().into_iter().collect::<Vec<_>>(), [MANIFEST]);
}

proptest! {
    #![proptest_config(crate::laws::cases(256))]

    /// Whatever was wanted, edited and deleted before: users' bytes stay, and the second run is quiet.
    #[test]
    fn laws(
        runs in prop::collection::vec(prop::collection::btree_map("[a-d]", (any::<bool>(), "[xy]"), 0..4), 1..5),
        edits in prop::collection::vec(("[a-d]", prop::option::of("[xyz]")), 0..4),
    ) {
        let mut disk = Existing::new();
        for files in runs {
            let mut wanted = Output::default();
            for (path, (seeded, text)) in files {
                let kind = if seeded { FileKind::Seeded } else { FileKind::Generated };
                wanted.files.insert(path, File { kind, text });
            }
            let mut users = BTreeMap::new();
            for (path, text) in &edits {
                match text {
                    Some(text) if text == "z" => { users.insert(path.clone(), text.clone().into_bytes()); }
                    Some(_) => {}
                    None => { disk.remove(path); }
                }
            }
            disk.extend(users.clone());
            let plan = plan(&wanted, &disk);
            carry_out(&plan, &mut disk);
            for (path, text) in users {
                prop_assert_eq!(disk.get(&path), Some(&text), "what the user wrote stays");
            }
            let again = plan_output(&wanted, &disk).unwrap();
            prop_assert!(again.writes.is_empty() && again.deletes.is_empty(), "{:?}", again);
            prop_assert_eq!(again.conflicts, plan.conflicts);
            prop_assert_eq!(again.orphans, plan.orphans);
        }
    }
}
