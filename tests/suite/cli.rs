//! Tests of the command line, as a process: what it prints, what it writes, how it ends.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value as Json;
use stormglass::session::SAMPLES;

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

fn sample(name: &str) -> String {
    samples().join(format!("{name}.storm.ron")).to_string_lossy().into_owned()
}

/// Runs the program in a folder, without a display and with a state folder of its own.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_stormglass"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .env("STORMGLASS_STATE", folder.join("state"))
        .output()
        .unwrap()
}

#[track_caller]
fn check(arguments: &[&str], code: i32, wants: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), arguments);
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {text}");
    for want in wants {
        assert!(text.contains(want), "{arguments:?}: `{want}` is not in: {text}");
    }
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn help_names_every_subcommand() {
    check(&["--help"], 0, &["check", "export", "generate", "simulate", "fmt", "Exit codes"]);
    check(&["--version"], 0, &["stormglass"]);
    check(&["check"], 2, &["BOARD"]);
    check(&["simulate", "x", "--for", "soon"], 2, &["is not a length of time"]);
}

#[test]
fn check_ends_with_0_1_or_2() {
    check(&["check", &sample("food-ordering")], 0, &["0 errors"]);
    check(&["check", "missing.storm.ron"], 2, &["missing.storm.ron", "cannot be read"]);
    let folder = tempfile::tempdir().unwrap();
    let bad = folder.path().join("bad.storm.ron");
    let text = "(format: 1, level: design, stickies: [\n(id: \"000000000000000a\", kind: \"command\", x: 0, y: 0, text: \"Place Order\"),\n])";
    std::fs::write(&bad, text).unwrap();
    let bad = bad.to_string_lossy().into_owned();
    check(&["check", &bad], 1, &["error S1", ":2: "]);
    check(&["check", &bad, "--level", "big_picture"], 0, &["0 errors"]);
    // As if of that level is as of that level: what lies side by side is read as linked at both or at neither.
    let side_by_side = |level: &str| {
        let path = folder.path().join(format!("{level}.storm.ron"));
        let sticky = |id: char, kind: &str, x: i32, text: &str| {
            format!("(id: \"000000000000000{id}\", kind: \"{kind}\", x: {x}, y: 0, text: \"{text}\"),\n")
        };
        let stickies = sticky('a', "command", 0, "Place Order") + &sticky('b', "domain_event", 120, "Order Placed");
        std::fs::write(&path, format!("(format: 1, level: {level}, stickies: [\n{stickies}])")).unwrap();
        path.to_string_lossy().into_owned()
    };
    let (big, process) = (side_by_side("big_picture"), side_by_side("process"));
    let as_if = run(folder.path(), &["check", &big, "--level", "process"]);
    let is = run(folder.path(), &["check", &process]);
    let lines = |it: &[u8]| String::from_utf8_lossy(it).replace("big_picture.storm", "process.storm");
    assert_eq!(lines(&as_if.stdout), lines(&is.stdout));
    assert!(lines(&is.stdout).contains("0 errors"));
    assert_eq!(std::fs::read_to_string(&bad).unwrap(), text, "checking never writes");
}

/// The list never opens with more than ten lines and the totals.
#[test]
fn check_never_opens_with_more_than_ten_lines() {
    for sample in SAMPLES {
        let path = if sample.concept { format!("concepts/{}", sample.key) } else { sample.key.to_owned() };
        let printed = check(&["check", &self::sample(&path)], 0, &["0 errors"]);
        assert!(printed.lines().count() <= 11, "{printed}");
    }
}

#[test]
fn findings_have_a_stable_shape_for_machines() {
    let json: Json = serde_json::from_str(&check(&["check", &sample("library"), "--format", "json"], 0, &[])).unwrap();
    assert_eq!((&json["version"], &json["level"], &json["errors"]), (&1.into(), &"design".into(), &0.into()));
    let findings = json["findings"].as_array().unwrap();
    assert_eq!(
        json["warnings"].as_u64().unwrap() as usize,
        findings.iter().filter(|it| it["severity"] == "warning" && it["waived"].is_null()).count()
    );
    let s5 = findings.iter().find(|it| it["code"] == "S5").unwrap();
    assert!(s5["line"].as_u64().unwrap() > 1 && s5["elements"][0]["name"].is_string());
    let sarif: Json =
        serde_json::from_str(&check(&["check", &sample("library"), "--format", "sarif"], 0, &[])).unwrap();
    let run = &sarif["runs"][0];
    let rules: Vec<&str> =
        run["tool"]["driver"]["rules"].as_array().unwrap().iter().filter_map(|it| it["id"].as_str()).collect();
    for result in run["results"].as_array().unwrap() {
        let id = result["ruleId"].as_str().unwrap();
        assert!(rules.contains(&id) || id.starts_with('M'), "{id} has no rule");
        assert!(result["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64().unwrap() >= 1);
    }
}

/// The same board and seed are the same bytes, in two processes; another seed is another run.
#[test]
fn the_same_seed_is_the_same_run_in_two_processes() {
    let folder = tempfile::tempdir().unwrap();
    let trace = |name: &str, seed: &str| {
        let file = folder.path().join(name);
        let file_name = file.to_string_lossy().into_owned();
        let arguments = [
            "simulate",
            &sample("food-ordering"),
            "--seed",
            seed,
            "--for",
            "2 h",
            "--trace",
            &file_name,
            "--format",
            "json",
        ];
        let output = run(folder.path(), &arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        (std::fs::read(file).unwrap(), output.stdout)
    };
    let first = trace("a", "7");
    assert!(first.0.len() > 10_000, "a run of two hours leaves a trace");
    assert!(first == trace("b", "7"), "the same seed");
    assert!(first.0 != trace("c", "8").0, "another seed");
    for line in String::from_utf8(first.0).unwrap().lines() {
        let json: Json = serde_json::from_str(line).unwrap();
        assert!(json.is_object());
    }
}

#[test]
fn scenarios_pass_or_say_what_differs() {
    check(
        &["simulate", &sample("food-ordering"), "--scenario", "all"],
        0,
        &["passed A declined payment cancels the order"],
    );
    check(&["simulate", &sample("food-ordering"), "--scenario", "nothing like it"], 2, &["no scenario is called"]);
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(sample("concepts/cqrs")).unwrap();
    let wrong = folder.path().join("wrong.storm.ron");
    let changed = text.replacen("\\nthen ", "\\nthen nothing\\nthen ", 1);
    assert_ne!(text, changed);
    std::fs::write(&wrong, changed).unwrap();
    check(&["simulate", &wrong.to_string_lossy(), "--scenario", "all"], 1, &["FAILED", "FAIL"]);
}

#[test]
fn pictures_are_the_same_bytes_and_have_their_size() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.png", "a.svg"] {
        let again = format!("b{name}");
        for to in [name, &again] {
            let output =
                run(folder.path(), &["export", &sample("food-ordering"), "-o", to, "--scale", "0.5", "--legend"]);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
        assert!(read(name) == read(&again), "{name}: two exports differ");
    }
    let svg = std::fs::read_to_string(folder.path().join("a.svg")).unwrap();
    let document = roxmltree::Document::parse(&svg).unwrap();
    assert!(document.descendants().any(|it| it.has_tag_name("text")) && !svg.contains("<script"));
    let output = run(folder.path(), &["export", &sample("food-ordering"), "-o", "c.png", "--frame", "Kitchen"]);
    assert!(output.status.success());
    let map = run(folder.path(), &["export", &sample("library"), "-o", "m.svg", "--view", "context-map"]);
    assert!(map.status.success());
    let svg = std::fs::read_to_string(folder.path().join("m.svg")).unwrap();
    assert!(["Catalogue", "Lending", "Book Instance Added"].iter().all(|it| svg.contains(it)));
    let of_map = ["export", &sample("library"), "-o", "m.svg", "--view", "context-map"];
    for (option, value) in [("--frame", Some("Lending")), ("--legend", None), ("--fields", None)] {
        let arguments: Vec<&str> = of_map.into_iter().chain([option]).chain(value).collect();
        check(&arguments, 2, &[option, "--view board"]);
    }
    check(&["export", &sample("food-ordering"), "-o", "d.doc"], 2, &[".png, .svg"]);
    check(&["export", &sample("food-ordering"), "-o", "d.png", "--scale", "1000"], 2, &["million"]);
    check(&["export", &sample("food-ordering"), "-o", "d.png", "--frame", "Nowhere"], 2, &["no frame `Nowhere`"]);
}

#[test]
fn generating_twice_writes_nothing_and_check_finds_drift() {
    let folder = tempfile::tempdir().unwrap();
    let board = sample("concepts/cqrs");
    let generate = |more: &[&str]| {
        let mut arguments = vec!["generate", board.as_str(), "--out", "code"];
        arguments.extend(more);
        let output = run(folder.path(), &arguments);
        (output.status.code().unwrap(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert_eq!(generate(&["--check"]).0, 1);
    assert!(!folder.path().join("code").exists(), "--check writes nothing");
    assert_eq!(generate(&["--dry-run"]).0, 0);
    assert!(!folder.path().join("code").exists(), "--dry-run writes nothing");
    assert_eq!(generate(&[]).0, 0);
    let stamp = |path: &Path| std::fs::metadata(path).unwrap().modified().unwrap();
    let manifest = folder.path().join("code/.stormglass/manifest.json");
    let before = stamp(&manifest);
    let (code, text) = generate(&[]);
    assert!(code == 0 && text.contains(" 0 files written"), "{text}");
    assert_eq!(stamp(&manifest), before);
    assert_eq!(generate(&["--check"]).0, 0);
    let generated = walk(&folder.path().join("code")).into_iter().find(|it| it.ends_with("events.rs")).unwrap();
    let edited = format!("{}\n// mine\n", std::fs::read_to_string(&generated).unwrap());
    std::fs::write(&generated, &edited).unwrap();
    let (code, _) = generate(&[]);
    assert_eq!(code, 1, "a conflict is told");
    assert_eq!(std::fs::read_to_string(&generated).unwrap(), edited, "and nothing is lost");
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

/// Cases 40 and 41: nothing is written outside the output folder, whatever lies in it.
#[cfg(unix)]
#[test]
fn an_output_folder_with_a_way_out_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (code, outside) = (folder.path().join("code"), folder.path().join("outside"));
    std::fs::create_dir_all(&code).unwrap();
    std::fs::create_dir_all(&outside).unwrap();
    std::os::unix::fs::symlink(&outside, code.join("crates")).unwrap();
    let output = run(folder.path(), &["generate", &sample("concepts/cqrs"), "--out", "code"]);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains("leads out of the output folder"), "{text}");
    assert_eq!(std::fs::read_dir(&outside).unwrap().count(), 0);
}

#[test]
fn fmt_writes_the_one_form() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("b.storm.ron");
    let name = file.to_string_lossy().into_owned();
    std::fs::write(&file, "(format:1,stickies:[(id:\"000000000000000b\",kind:\"note\",x:1,y:2),(id:\"000000000000000a\",kind:\"note\",x:1,y:2)])").unwrap();
    assert_eq!(run(folder.path(), &["fmt", &name, "--check"]).status.code(), Some(1));
    assert_eq!(run(folder.path(), &["fmt", &name]).status.code(), Some(0));
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.find("000000000000000a").unwrap() < text.find("000000000000000b").unwrap(), "{text}");
    assert_eq!(run(folder.path(), &["fmt", &name, "--check"]).status.code(), Some(0));
}

/// What the README's first command shows where no window can open.
#[test]
fn without_a_display_the_tour_shows_something_real() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &[]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{text}{}", String::from_utf8_lossy(&output.stderr));
    for want in ["tour without a window", "check ", "simulate ", "generate ", "export ", "Order Placed"] {
        assert!(text.contains(want), "{text}");
    }
    for file in ["board.png", "board.svg", "code/Cargo.toml", "code/.stormglass/manifest.json"] {
        assert!(folder.path().join("stormglass-tour").join(file).is_file(), "{file}");
    }
    let named = run(folder.path(), &[&sample("library")]);
    assert_eq!(named.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&named.stderr).contains("stormglass check"));
}
