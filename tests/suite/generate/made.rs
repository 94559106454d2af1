//! What is generated from boards: it builds, passes its tests, and reads well.

use std::path::{Path, PathBuf};
use std::process::Command;

use stormglass::board::{self, Board};
use stormglass::flow::Flow;
use stormglass::generate::{self, Options, Output};
use stormglass::model::System;

fn system(board: &Board) -> System {
    let flow = Flow::read(board, stormglass::flow::Options { ghosts: true });
    System::resolve(board, &flow)
}

fn sample(name: &str) -> Board {
    let path = format!("{}/samples/{name}.storm.ron", env!("CARGO_MANIFEST_DIR"));
    board::read(&std::fs::read(path).expect("the sample is there")).expect("the sample reads")
}

fn made(board: &Board) -> Output {
    generate::render(&system(board), Options { allow_ghosts: true }).expect("it can be generated")
}

fn write(output: &Output, root: &Path) {
    for (path, file) in &output.files {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &file.text).unwrap();
    }
}

fn cargo(root: &Path, args: &[&str]) {
    let target = std::env::var_os("STORMGLASS_GENERATED_TARGET")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/generated"), PathBuf::from);
    let out =
        Command::new(env!("CARGO")).args(args).current_dir(root).env("CARGO_TARGET_DIR", target).output().unwrap();
    assert!(
        out.status.success(),
        "cargo {args:?} in {}:\n{}{}",
        root.display(),
        String::from_utf8_lossy(&out.stdout),
        String::from_utf8_lossy(&out.stderr)
    );
}

#[test]
fn food_ordering_builds() {
    let output = made(&sample("food-ordering"));
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().to_path_buf();
    write(&output, &root);
    cargo(&root, &["test", "--offline", "-q"]);
}
