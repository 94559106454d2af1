//! Names that generated code has by itself: the name table keeps all of them from what is on a board.

use std::collections::BTreeSet;

use stormglass::model::Output;

/// A board on which every name holds "zz", with all that makes generated code declare something of its own.
const BOARD: &str = r#"
context "Zz Shop" @0,-100 2900x3000
G zzl "Zz Line" @0,2500
    zz piece: text
    zz count: int
C pay "Zz Pay" @0,0
    zz order: uuid key
    zz total: decimal(12,2)
    zz lines: list<zz line>
    zz notes: map<int?>
    zz on: date
    zz from: time
    zz at: timestamp
    zz kind: enum(zza|zzb)?
    requires zz is fine
    requires zz_total > 0
A order "Zz Order" @200,0
    zz paid: bool
    always zz_paid = TRUE
E paid "Zz Paid" @500,0
    zz order: uuid key
    zz total: decimal(12,2)
    zz name: text?
    zz times: long
    zz on: date
    zz seen: timestamp
    zz fresh: uuid
    sets zz_paid = TRUE, zz_total = zz_total * 2
E denied "Zz Denied" @500,130
    zz order: uuid key
pay -> order
order -> paid : when zz_total > 5 and zz_paid
order -> denied : otherwise
C pick "Zz Pick" @0,300
    zz order: uuid key
A picker "Zz Picker" either @200,300
E left "Zz Left" @500,300
    zz order: uuid key
E right "Zz Right" @500,430
    zz order: uuid key
pick -> picker
picker -> left
picker -> right
C ask "Zz Ask" @0,700
    zz order: uuid key
X bank "Zz Bank" @200,700
E yes "Zz Yes" @500,700
    zz order: uuid key
E no "Zz No" @500,830
    zz order: uuid key
ask -> bank
bank -> yes : when zz likes it
bank -> no : otherwise
R view "Zz View" @800,0
    zz order: uuid key
    zz name: text
    zz sum: long
paid -> view : zz_sum = row.zz_sum + zz_times, when zz_times > 1
P look "Zz Look" @1100,0
    when zz it should
paid -> look
view -> look
C ship "Zz Ship" @1400,0
    zz order: uuid key
    zz name: text?
look -> ship : zz_name = row.zz_name, if zz nice
look -> ask : otherwise
look -> pick
A parcel "Zz Parcel" @1600,0
ship -> parcel
E shipped "Zz Shipped" @1900,0
    zz order: uuid key
parcel -> shipped
P both "Zz Both" join 1h @1100,400
paid -> both
yes -> both
both -> ship : when zz_total > 1 AND zz_name = 'zz'
both -> ask : otherwise
W clerk "Zz Clerk" @1100,900
P hand "Zz By Hand" @1300,900
no -> hand
clerk -> hand
hand -> pick
T later "Zz Later" @0,1300
    1 day after Zz Paid
    zz order: uuid key
    zz why: text
later -> denied : when zz_why = 'zz'
later -> left : otherwise
context "Zz Other" @4000,-100 2900x3000
P there "Zz There" @4100,0
shipped -> there
C note "Zz Note" @4400,0
    zz id: uuid key
there -> note
A book "Zz Book" @4600,0
note -> book
E noted "Zz Noted" @4900,0
    zz id: uuid key
book -> noted
scenario "zz one" @0,2800
    given Zz Paid(zz total = 2, zz times = 3)
    when Zz Pay(zz total = 7, zz on = '2026-01-01', zz kind = 'zza')
    then Zz Paid(zz total = 7)
    then nothing
scenario "zz two" @300,2800
    when Zz Pay(zz total = 7)
    then rejected
scenario "zz three" @600,2800
    when Zz Pick()
    then Zz Right
"#;

/// Types that the language has; a crate called so hides them, a function does not.
const PRIMITIVE: &[&str] = &["bool", "char", "f32", "f64", "i32", "i64", "str", "u8", "u128", "usize"];

/// The code without comments, attributes and literals.
fn bare(text: &str) -> String {
    let mut out = String::new();
    let lines = text.lines().filter(|it| !it.trim_start().starts_with("//"));
    let mut chars = lines.flat_map(|it| it.chars().chain(['\n'])).peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                let mut escaped = false;
                for c in chars.by_ref() {
                    if c == '"' && !escaped {
                        break;
                    }
                    escaped = c == '\\' && !escaped;
                }
                out.push_str("()");
            }
            '#' if matches!(chars.peek(), Some('[' | '!')) => {
                let mut depth = 0;
                for c in chars.by_ref() {
                    depth += i32::from(c == '[') - i32::from(c == ']');
                    if c == ']' && depth == 0 {
                        break;
                    }
                }
            }
            '\'' => {
                // A lifetime: no character stands in what the board above gives.
                while chars.next_if(|it| it.is_alphanumeric() || *it == '_').is_some() {}
            }
            c => out.push(c),
        }
    }
    out
}

/// The names that code declares, or reaches without a path: not those of the board.
fn free(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in code.lines() {
        let chars: Vec<char> = line.chars().collect();
        let mut at = 0;
        while at < chars.len() {
            if !(chars[at].is_alphabetic() || chars[at] == '_') {
                // A number and what is fixed to it.
                let digit = chars[at].is_ascii_digit();
                at += 1;
                while digit && at < chars.len() && (chars[at].is_alphanumeric() || chars[at] == '_') {
                    at += 1;
                }
                continue;
            }
            let start = at;
            while at < chars.len() && (chars[at].is_alphanumeric() || chars[at] == '_') {
                at += 1;
            }
            let word: String = chars[start..at].iter().collect();
            let before: String = chars[..start].iter().collect();
            let after: String = chars[at..].iter().collect();
            let member = before.ends_with('.') && !before.ends_with("..");
            let behind = before.ends_with("::") && (after.starts_with("::") || !line.starts_with("use "));
            let call = after.starts_with('!') && !after.starts_with("!=");
            let constant = word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_');
            if !member && !behind && !call && !constant && !word.to_lowercase().contains("zz") && !word.starts_with('_')
            {
                let _ = found.insert(word);
            }
        }
    }
    found
}

/// The functions of a module that stand by themselves.
fn functions(code: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for line in code.lines() {
        inside |= line.starts_with("fn ") || line.starts_with("pub fn ");
        if inside {
            out.push_str(line);
            out.push('\n');
        }
        inside &= line != "}";
    }
    out
}

#[test]
fn what_generated_code_declares_is_reserved() {
    let noted = crate::notation::read(BOARD);
    let system = super::made::system(&noted.board);
    assert!(system.problems.is_empty(), "{:#?}", system.problems);
    let output = super::made::made(&noted.board);
    let upper = |it: &String| it.starts_with(|c: char| c.is_ascii_uppercase());
    // Scope, files, what of them; then how many names there are at least.
    let (mut types, mut code, mut crates) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (path, file) in output.files.iter().filter(|(path, _)| path.ends_with(".rs") && path.contains("zz-")) {
        let text = bare(&file.text);
        let beside = ["commands.rs", "events.rs", "types.rs", "service.rs"].iter().any(|it| path.ends_with(it));
        if beside || path.contains("/contracts/") {
            types.extend(free(&text).into_iter().filter(upper));
        }
        if ["/aggregates/", "/externals/", "/policies/"].iter().any(|it| path.contains(it)) {
            code.extend(free(&functions(&text)).into_iter().filter(|it| !upper(it)));
        }
        let used = text.lines().filter_map(|it| it.strip_prefix("use ")?.split("::").next());
        crates.extend(used.filter(|it| !["super", "crate"].contains(it)).map(str::to_owned));
    }
    let tests = &output.files["crates/scenarios/tests/scenarios/mod.rs"].text;
    crates.extend(free(&bare(tests)).into_iter().filter(|it| !upper(it)));
    code.retain(|it| !PRIMITIVE.contains(&it.as_str()));
    for (output, names, least) in
        [(Output::RustType, types, 20), (Output::RustModule, code, 15), (Output::File, crates, 20)]
    {
        assert!(names.len() >= least, "{output:?}: {names:?}");
        let open: Vec<&String> =
            names.iter().filter(|it| !output.reserves(&it.replace('_', "-")) && !output.reserves(it)).collect();
        assert!(open.is_empty(), "{output:?}: {open:?} of {names:?}");
    }
}
