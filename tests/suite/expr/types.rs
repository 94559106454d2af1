//! What is said of expressions that do not fit their types, and where.

use std::sync::Arc;

use stormglass::expr::{Scope, check_as, check_condition, parse, parse_assignments};
use stormglass::record::{EnumSchema, FieldSchema, RecordSchema, Type};

pub(crate) fn schemas() -> (Arc<RecordSchema>, Arc<RecordSchema>) {
    let line = Arc::new(RecordSchema::new(
        "shop.OrderLine",
        vec![FieldSchema::new("item", Type::Text), FieldSchema::new("count", Type::Int)],
    ));
    let status = Type::Enum(Arc::new(EnumSchema::new("shop.Status", ["open", "in progress", "paid"])));
    let command = RecordSchema::new(
        "shop.PlaceOrder",
        vec![
            FieldSchema::new("order", Type::Uuid).with_key(),
            FieldSchema::new("total", Type::Decimal { precision: 12, scale: 2 }),
            FieldSchema::new("order lines", Type::list(Type::Record(line.clone()))),
            FieldSchema::new("first line", Type::optional(Type::Record(line))),
            FieldSchema::new("express", Type::Bool),
            FieldSchema::new("note", Type::optional(Type::Text)),
            FieldSchema::new("quantity", Type::Int),
            FieldSchema::new("placed on", Type::Date),
            FieldSchema::new("prices", Type::map(Type::Double)),
            FieldSchema::new("end", Type::Timestamp),
        ],
    );
    let state = RecordSchema::new(
        "shop.Order",
        vec![
            FieldSchema::new("status", status),
            FieldSchema::new("total", Type::Decimal { precision: 12, scale: 2 }),
            FieldSchema::new("stock", Type::Long),
        ],
    );
    (Arc::new(command), Arc::new(state))
}

pub(crate) fn scope() -> Scope {
    let (command, state) = schemas();
    Scope::new().with("command", command).also("Place Order").with("state", state)
}

/// The first error as `part of the text: message (help)`, or the type.
fn judge(text: &str) -> String {
    let expr = match parse(text) {
        Ok(expr) => expr,
        Err(error) => return format!("{}| {error}", text.get(error.span.start..error.span.end).unwrap_or("?")),
    };
    match stormglass::expr::check(&expr, &scope()) {
        Ok(typed) => typed.ty().map_or("NULL".to_owned(), Type::to_string),
        Err(errors) => {
            let error = &errors[0];
            let help = error.help.as_ref().map_or(String::new(), |it| format!(" ({it})"));
            format!("{}| {}{help}", text.get(error.span.start..error.span.end).unwrap_or("?"), error.message)
        }
    }
}

#[test]
fn types_of_expressions() {
    for (text, want) in [
        ("total", "decimal(12,2)"),
        ("state.total + command.total", "decimal(13,2)"),
        ("total * 2", "decimal(23,2)"),
        ("total / 3", "decimal(23,13)"),
        ("quantity / 2", "int"),
        ("quantity + 1E0", "double"),
        ("stock - quantity", "long"),
        ("status = 'in progress'", "bool"),
        ("status IN ('open', 'paid')", "bool"),
        ("note || '!'", "text"),
        ("ORDER_LINES[1]->item", "text"),
        ("first_line->count", "int"),
        ("first_line.count", "int"),
        ("prices['tea']", "double"),
        ("place_order.express", "bool"),
        ("PlaceOrder.express", "bool"),
        ("CASE WHEN express THEN 'paid' ELSE status END", "enum(open|in progress|paid)"),
        ("CASE status WHEN 'open' THEN 1 ELSE 2.5 END", "decimal(11,1)"),
        ("COALESCE(note, 'none')", "text"),
        ("placed_on < '2026-01-01'", "bool"),
        ("DATEADD(DAYS, 3, placed_on)", "date"),
        ("\"order lines\"", "list<OrderLine>"),
        ("ROWTIME > '2026-11-23T00:00:00Z'", "bool"),
        ("UNIX_TIMESTAMP()", "long"),
        ("CAST(quantity AS STRING)", "text"),
        ("ARRAY[1, NULL, 2.5]", "list<decimal(11,1)?>"),
        ("MAP('a' := 1)", "map<int?>"),
        ("STRUCT(a := 1, b := 'x')->b", "text"),
        ("total BETWEEN 1 AND 100", "bool"),
        ("note IS NOT DISTINCT FROM NULL", "bool"),
        ("NULL", "NULL"),
        ("total > 100 AND NOT express OR note LIKE 'x%'", "bool"),
    ] {
        assert_eq!(judge(text), want, "{text}");
    }
}

#[test]
fn errors_say_where_and_what_next() {
    for (text, want) in [
        ("totl > 1", "totl| there is no field `TOTL` (did you mean `TOTAL`?)"),
        ("state.stok > 1", "state.stok| there is no field `STOK` in `STATE` (did you mean `STOCK`?)"),
        ("event.total > 1", "event.total| there is no `EVENT` here (there is `COMMAND`, `PLACE ORDER`, `STATE`)"),
        ("status = 'oepn'", "'oepn'| 'oepn' is not a word of enum(open|in progress|paid) (did you mean 'open'?)"),
        (
            "total = 'many'",
            "'many'| 'many' is not decimal(12,2) (write for example 12.50, with no more digits than the type has)",
        ),
        (
            "total > express",
            "total > express| decimal(12,2) and bool do not compare: `TOTAL > EXPRESS` (write for example CAST(EXPRESS AS DECIMAL(12, 2)))",
        ),
        ("express > TRUE", "express > TRUE| bool has no order for `>`"),
        (
            "status < 'paid'",
            "status < 'paid'| the words of an enum have no order for `<` (compare with `=` or `IN`, or CAST it AS STRING)",
        ),
        (
            "'open' >= status",
            "'open' >= status| the words of an enum have no order for `>=` (compare with `=` or `IN`, or CAST it AS STRING)",
        ),
        (
            "NOT total",
            "total| a condition is true or false, `TOTAL` is decimal(12,2) (compare it, as in `TOTAL = ...` or `TOTAL IS NOT NULL`)",
        ),
        (
            "placed_on + 3",
            "placed_on + 3| `+` takes numbers, not date and int (use TIMESTAMPADD or DATEADD, as DATEADD(DAYS, 3, day))",
        ),
        ("LENGTH(note)", "LENGTH(note)| there is no function `LENGTH`"),
        ("LEM(note)", "LEM(note)| there is no function `LEM` (did you mean `LEN`?)"),
        ("LEN(note, 2)", "LEN(note, 2)| LEN does not take 2 arguments (write LEN(text))"),
        ("LEN(quantity)", "quantity| this is int, but text is wanted (convert it: CAST(... AS STRING))"),
        ("first_line->cuont", "first_line->cuont| OrderLine has no field `CUONT` (did you mean `COUNT`?)"),
        ("total->x", "total->x| `->` takes a record with fields, not decimal(12,2)"),
        (
            "status IN ('open', 3)",
            "status IN ('open', 3| enum(open|in progress|paid) and int do not compare: `STATUS = 3` (write for example CAST(3 AS ENUM(OPEN|IN PROGRESS|PAID)))",
        ),
        (
            "order lines > 1",
            "lines| expected an operator (a name of several words has `_` between them), found `lines`",
        ),
        ("total > 1 > 2", ">| comparisons do not chain; use AND or parentheses"),
        ("total >", "| expected a name, a number, a text in quotes or `(`, found the end"),
        ("status = 'open", "'open| the text has no closing quote"),
        ("end > 'soon'", "end| expected a name, a number, a text in quotes or `(`, found `end`"),
        ("\"end\" > 'soon'", "'soon'| 'soon' is not timestamp (write it as 2026-11-23T08:30:00Z)"),
        ("99999999999999999999 > 1", "99999999999999999999| 99999999999999999999 is too large for a BIGINT"),
        ("a IN ()", ")| the list after IN is empty"),
    ] {
        assert_eq!(judge(text), want, "{text}");
    }
}

#[test]
fn ambiguity_is_an_error_within_a_rank_only() {
    let (command, state) = schemas();
    let expr = parse("total > 1").expect("an expression");
    let both = Scope::new().with("left", command.clone()).beside("right", state.clone());
    let errors = check_condition(&expr, &both).expect_err("ambiguous");
    assert_eq!(errors[0].message, "`TOTAL` may be one of several fields");
    assert_eq!(errors[0].help.as_deref(), Some("write `LEFT.TOTAL` or `RIGHT.TOTAL`"));
    assert!(check_condition(&expr, &Scope::new().with("command", command).with("state", state)).is_ok());
}

#[test]
fn assignments() {
    let (command, state) = schemas();
    let scope = Scope::new().with("event", command).with("state", state.clone());
    let text = "status = 'placed', total = total * 2, order line = ROUND(1.5), state.stock = quantity";
    let list = parse_assignments(text).expect("assignments");
    let printed: Vec<String> = list.iter().map(ToString::to_string).collect();
    assert_eq!(
        printed,
        ["STATUS = 'placed'", "TOTAL = TOTAL * 2", "ORDER_LINE = ROUND(1.5)", "STATE.STOCK = QUANTITY"]
    );
    let field = |column: &str| &state.fields[state.by_column(column).expect("a column")].ty;
    assert!(check_as(&list[0].value, &scope, field("STATUS")).is_err(), "not a word of the enum");
    assert!(check_as(&list[1].value, &scope, field("TOTAL")).is_ok(), "decimals are brought to scale");
    assert!(check_as(&list[3].value, &scope, field("STOCK")).is_ok(), "int widens to long");
    let narrow = parse("stock").expect("an expression");
    assert!(check_as(&narrow, &scope, &Type::Int).is_err(), "long does not narrow");
    let reserved = parse_assignments("is active = TRUE, end = NULL").expect("assignments");
    assert_eq!(&*reserved[0].name.0, "IS_ACTIVE");
    assert_eq!(parse_assignments(&format!("{}, {}", reserved[0], reserved[1])), Ok(reserved));
    assert!(parse_assignments("the order is paid").is_err());
    assert!(parse_assignments("status = ").is_err());
}
