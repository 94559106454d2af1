//! What is generated from boards: it builds, passes its tests, is formatted and lint free, and stays as it was.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use stormglass::board::{self, Board};
use stormglass::flow::{self, Flow};
use stormglass::generate::{self, Existing, GenerateError, Options, Output};
use stormglass::model::System;
use stormglass::record::parse_avro_schema;

pub(super) fn system(board: &Board) -> System {
    System::resolve(board, &Flow::read(board, flow::Options { ghosts: true }))
}

pub(super) fn made(board: &Board) -> Output {
    generate::render(&system(board), Options { allow_ghosts: true }).expect("it can be generated")
}

/// Every board in `samples/` and below, by path.
fn samples() -> Vec<(String, Board)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut all = Vec::new();
    for folder in [root.clone(), root.join("concepts")] {
        for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if let Some(name) = name.strip_suffix(".storm.ron") {
                let board = board::read(&std::fs::read(entry.path()).unwrap()).expect("the sample reads");
                all.push((name.to_owned(), board));
            }
        }
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(all.len() >= 5, "the samples are there");
    all
}

fn sample(name: &str) -> Board {
    samples().into_iter().find(|it| it.0 == name).expect("the sample is there").1
}

fn write(output: &Output, root: &Path) {
    for (path, file) in &output.files {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &file.text).unwrap();
    }
}

fn cargo(board: &str, root: &Path, args: &[&str]) {
    // One folder for all: the dependencies are compiled once.
    let target = std::env::var_os("STORMGLASS_GENERATED_TARGET")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/generated"), PathBuf::from);
    let out = Command::new(env!("CARGO"))
        .args(args)
        .current_dir(root)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_INCREMENTAL", "0")
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    let text: String = text.chars().take(6_000).collect();
    assert!(out.status.success(), "{board}: cargo {args:?} in {}:\n{text}", root.display());
}

/// A board with all that ksqlDB does: a join, a query of a policy, a query of a read model.
const QUERIES: &str = r#"
level design
context "Shop" @-100,-100 4000x2000
E paid "Order Paid" @0,0
    order: uuid key
    total: decimal(12,2)
E packed "Order Packed" @0,200
    order: uuid key
    boxes: int
P both "Whenever an order is paid and packed, ship it" join 1h @300,100
C ship "Ship Order" @600,100
    order: uuid key
    boxes: int
A shipment "Shipment" @800,100
E shipped "Order Shipped" @1100,100
    order: uuid key
paid -> both
packed -> both
both -> ship
ship -> shipment
shipment -> shipped
R sales "Sales of the hour" @300,400
    order: uuid key
    total: decimal(12,2)
    select order, sum(total) as total from order_paid window tumbling (size 1 hour) group by order
paid -> sales
P fraud "Whenever somebody pays too often, block the customer" @300,700
    select order, count(*) as times from order_paid window tumbling (size 1 hour) group by order having count(*) > 3
C block "Block Order" @600,700
    order: uuid key
paid -> fraud
fraud -> block
A blocked "Block" @800,700
E done "Order Blocked" @1100,700
    order: uuid key
block -> blocked
blocked -> done
scenario "An order that is paid and packed is shipped" @0,1500
    given Order Paid(order = 'o1', total = 12.50)
    when Order Packed(order = 'o1', boxes = 2)
    then Order Shipped(order = 'o1')
"#;

/// Generated workspaces share a target folder, so that they build one after the other.
static BUILDS: Mutex<()> = Mutex::new(());

/// It is formatted, builds without a warning, and passes its tests as it is.
fn builds(name: &str, board: &Board, lints: bool) {
    let _one_at_a_time = BUILDS.lock().unwrap_or_else(PoisonError::into_inner);
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    write(&made(board), root);
    cargo(name, root, &["fmt", "--check"]);
    if name == "food-ordering" {
        cargo(name, root, &["test", "--offline", "-q"]);
    } else if root.join("crates/scenarios").exists() {
        // Contexts have no tests of their own: their empty test programs need not be linked.
        cargo(name, root, &["test", "--offline", "-q", "-p", "scenarios", "--test", "board"]);
    } else {
        cargo(name, root, &["check", "--offline", "-q", "--workspace"]);
    }
    if lints {
        cargo(name, root, &["clippy", "--offline", "-q", "--all-targets", "--", "-D", "warnings"]);
    }
}

#[test]
fn every_sample_builds_and_passes_without_editing() {
    for (name, board) in samples() {
        builds(&name, &board, name == "food-ordering");
    }
}

#[test]
fn queries_build_and_pass() {
    builds("queries", &crate::notation::read(QUERIES).board, false);
}

#[test]
fn expressions_say_what_the_evaluator_says() {
    builds("translation", &super::translation::board(), true);
}

#[test]
fn a_hostile_board_builds_and_passes() {
    builds("hostile", &super::hostile::board(), true);
}

#[test]
fn every_board_gives_the_same_twice_and_then_nothing() {
    for (name, board) in samples() {
        let system = system(&board);
        let options = Options { allow_ghosts: true };
        let output = made(&board);
        assert_eq!(output, made(&board), "{name}");
        let mut disk = Existing::new();
        let plan = generate::plan(&system, &disk, options).unwrap();
        for write in plan.writes {
            let _ = disk.insert(write.path, write.text.into_bytes());
        }
        let again = generate::plan(&system, &disk, options).unwrap();
        assert!(again.is_up_to_date(), "{name}: {}", again.diff());
    }
}

#[test]
fn schemas_are_schemas() {
    for (name, board) in samples().into_iter().chain([("hostile".to_owned(), super::hostile::board())]) {
        let output = made(&board);
        let schemas = output.files.iter().filter(|(path, _)| path.ends_with(".avsc"));
        for (path, file) in schemas {
            let ours = parse_avro_schema(&file.text);
            assert!(ours.is_ok(), "{name}: {path}: {ours:?}");
            let theirs = apache_avro::Schema::parse_str(&file.text);
            assert!(theirs.is_ok(), "{name}: {path}: {theirs:?}");
        }
    }
}

/// Bad input 40 to 48: whatever things are called, paths stay inside and no text changes direction.
#[test]
fn hostile_names_harm_nobody() {
    let output = made(&super::hostile::board());
    let mut seen = BTreeSet::new();
    for (path, file) in &output.files {
        assert!(path.is_ascii() && !path.contains("..") && !path.starts_with('/') && !path.contains('\\'), "{path}");
        assert!(path.split('/').all(|it| it.len() <= 120 && !it.ends_with('.')), "{path}");
        assert!(seen.insert(path.to_lowercase()), "{path} differs from another only in case");
        let bad = |c: char| {
            c.is_control() && c != '\n'
                || ('\u{202a}'..='\u{202e}').contains(&c)
                || ('\u{2066}'..='\u{2069}').contains(&c)
        };
        // JSON has its own escapes.
        assert!(path.ends_with(".avsc") || !file.text.contains(bad), "{path}");
    }
}

/// Renaming one sticky changes only files that mention it.
#[test]
fn a_new_name_changes_what_mentions_it() {
    let board = sample("food-ordering");
    let before = made(&board);
    let mut renamed = board.clone();
    let id = board.stickies().values().find(|it| it.text.starts_with("Payment Refunded")).unwrap().id;
    let text = board.sticky(id).unwrap().text.replace("Payment Refunded", "Money Returned");
    for edit in stormglass::board::set_text(&board, id, &text) {
        let _ = stormglass::board::apply(&mut renamed, &edit).unwrap();
    }
    let after = made(&renamed);
    let mentions = |it: &str| {
        ["Payment Refunded", "PaymentRefunded", "payment_refunded", "Money Returned", "MoneyReturned"]
            .iter()
            .any(|word| it.contains(word))
    };
    let mut changed = 0;
    for path in before.files.keys().chain(after.files.keys()) {
        let (old, new) = (before.files.get(path), after.files.get(path));
        if old != new {
            changed += 1;
            assert!(old.into_iter().chain(new).any(|it| mentions(&it.text)), "{path}");
        }
    }
    assert!((3..20).contains(&changed), "{changed} files changed");
}

#[test]
fn ghost_links_are_asked_about() {
    let noted = crate::notation::read("C \"Pay\" @0,0\nA \"Order\" @130,0\nE \"Paid\" @340,0\n");
    let system = system(&noted.board);
    assert!(system.relies_on_ghosts > 0);
    let refused = generate::render(&system, Options::default());
    assert_eq!(refused, Err(GenerateError::Ghosts(system.relies_on_ghosts)));
    assert!(generate::render(&system, Options { allow_ghosts: true }).is_ok());
    let empty = crate::notation::read("N \"only a note\"\n");
    assert_eq!(generate::render(&self::system(&empty.board), Options::default()), Err(GenerateError::Nothing));
}

#[test]
fn windows_joins_and_aggregations_are_scripts_with_a_typed_handler() {
    let output = made(&crate::notation::read(QUERIES).board);
    let text =
        |path: &str| output.files.get(path).unwrap_or_else(|| panic!("{path}: {:?}", output.files.keys())).text.clone();
    let join = text("ksql/shop-whenever-an-order-is-paid-and-packed-ship-it.sql");
    insta::assert_snapshot!("ksql_join", join);
    let sales = text("ksql/shop-sales-of-the-hour.sql");
    insta::assert_snapshot!("ksql_read_model", sales);
    let fraud = text("crates/shop/src/generated/policies/whenever_somebody_pays_too_often_block_the_customer.rs");
    assert!(fraud.contains("pub fn on_block_order_row(row: commands::BlockOrder) -> Command"), "{fraud}");
    assert!(text("README.md").contains("ksqlDB scripts") && text("README.md").contains("sales-of-the-hour.sql"));
    assert!(text("BOARD.md").contains("sales-of-the-hour.sql"));
}

fn text_of(output: &Output, path: &str) -> String {
    output.files.get(path).unwrap_or_else(|| panic!("{path}: {:?}", output.files.keys())).text.clone()
}

/// An example that ends in no event asks for a list of all events, also where there are none.
#[test]
fn no_events_are_a_list_too() {
    let noted = crate::notation::read(
        "context \"Shop\" @-100,-100 2000x900\nC pay \"Pay\" @0,0\nA till \"Till\" @200,0\npay -> till\n\
         scenario \"Nothing comes of it\" @0,1500\n    when Pay()\n    then nothing\n",
    );
    let tests = text_of(&made(&noted.board), "crates/scenarios/tests/scenarios/mod.rs");
    assert!(tests.contains("!EVENTS.contains(") && tests.contains("const EVENTS: &[&str] = &[];"), "{tests}");
}

/// A query is copied whole, whatever its length, and a time that is no number of seconds is told in milliseconds.
#[test]
fn a_query_is_copied_as_it_is() {
    let columns: Vec<String> = (0..60).map(|at| format!("'a  b' AS column_{at}")).collect();
    let query = format!("select {} from order_paid", columns.join(", "));
    let board = QUERIES.replace("join 1h", "join 1500ms");
    let board = board.replace(
        "select order, sum(total) as total from order_paid window tumbling (size 1 hour) group by order",
        &query,
    );
    let output = made(&crate::notation::read(&board).board);
    let sales = text_of(&output, "ksql/shop-sales-of-the-hour.sql");
    assert!(sales.contains(&query), "{sales}");
    let join = text_of(&output, "ksql/shop-whenever-an-order-is-paid-and-packed-ship-it.sql");
    assert!(join.contains(" WITHIN 1500 MILLISECONDS ON "), "{join}");
}

/// The words of an enum on the wire are those of its schema.
#[test]
fn enums_say_what_their_schemas_say() {
    let noted = crate::notation::read(
        "context \"Shop\" @-100,-100 2000x2000\nE done \"Done\" @0,0\n    id: uuid key\n    \
         step: enum(in progress|in_progress|Done|type)\n",
    );
    let output = made(&noted.board);
    let schema = text_of(&output, "schemas/shop/Done.avsc");
    let types = text_of(&output, "crates/shop/src/generated/types.rs");
    for (symbol, variant) in
        [("in_progress", "InProgress"), ("in_progress_2", "InProgress_2"), ("Done", "Done"), ("type", "Type")]
    {
        assert!(schema.contains(&format!("\"{symbol}\"")), "{schema}");
        let renamed = format!("    #[serde(rename = \"{symbol}\")]\n    {variant},\n");
        assert_eq!(types.contains(&renamed), symbol != variant, "{symbol}: {types}");
    }
}

/// A policy that looks something up in what is not generated is not generated either: no row takes another's place.
#[test]
fn what_reads_a_blocked_row_is_left_out() {
    const BOARD: &str = r#"
context "Shop" @-100,-100 4000x2000
E paid "Order Paid" @0,0
    order: uuid key
R seen "Seen" @300,200
    order: uuid key
    name: text
R known "Known Customers" @300,400
    order: uuid key
    name: text
paid -> known
P ship "Whenever an order is paid, ship it" @300,0
C order "Ship Order" @600,0
    order: uuid key
    name: text?
paid -> seen : GUARD
paid -> ship
seen -> ship
known -> ship
ship -> order : name = KnownCustomers.name
"#;
    let name = "crates/shop/src/generated/policies/whenever_an_order_is_paid_ship_it.rs";
    let whole = crate::notation::read(&BOARD.replace("GUARD", "name = 'x'"));
    let code = text_of(&made(&whole.board), name);
    assert!(code.contains("known_customers_row.name"), "{code}");
    let broken = crate::notation::read(&BOARD.replace("GUARD", "nothing = order"));
    let output = made(&broken.board);
    let blocked = system(&broken.board).blocked();
    assert!(blocked.contains(&broken.id("seen")), "{blocked:?}");
    let code = text_of(&output, name);
    assert!(!code.contains("_row"), "{code}");
    assert!(!text_of(&output, "crates/shop/src/generated/service.rs").contains("policies::"));
}

#[test]
fn the_files_of_food_ordering() {
    let output = made(&sample("food-ordering"));
    let list: Vec<String> = output.files.iter().map(|(path, it)| format!("{:?} {path}", it.kind)).collect();
    insta::assert_snapshot!("food_ordering_files", list.join("\n"));
    let order = output.files.get("crates/ordering/src/generated/aggregates/order.rs").unwrap();
    insta::assert_snapshot!("food_ordering_order", order.text);
}
