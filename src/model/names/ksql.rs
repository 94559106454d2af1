//! KSQL streams and tables: `ORDER_PLACED`.

use crate::kit::screaming;

use super::{Output, OutputSpec};

pub(super) static SPEC: OutputSpec = OutputSpec {
    output: Output::Ksql,
    key: "ksql",
    title: "KSQL stream or table",
    doc: "Every event and command is a STREAM, every read model a TABLE of that name.",
    board_wide: true,
    joiner: "_",
    form: screaming,
    reserved: |name| RESERVED.contains(&name),
};

/// Words of ksqlDB's grammar that are no identifiers without quotes.
const RESERVED: &[&str] = &[
    "ADD", "ALL", "ALTER", "AND", "ANY", "ARRAY", "AS", "ASSERT", "AT", "BEGINNING", "BETWEEN", "BY", "CASE", "CAST",
    "CATALOG", "CHANGES", "COLUMN", "COLUMNS", "CONNECTOR", "CONNECTORS", "CREATE", "DATE", "DAY", "DECIMAL",
    "DEFINE", "DELETE", "DESCRIBE", "DISTINCT", "DROP", "ELSE", "EMIT", "END", "ESCAPE", "EXISTS", "EXPLAIN",
    "EXPORT", "EXTENDED", "FALSE", "FINAL", "FROM", "FULL", "FUNCTION", "FUNCTIONS", "GRACE", "GROUP", "GROUPING",
    "HAVING", "HOPPING", "HOUR", "IF", "IN", "INNER", "INSERT", "INTEGER", "INTO", "IS", "JOIN", "KEY", "LEFT",
    "LIKE", "LIMIT", "LIST", "LOAD", "MAP", "MINUTE", "MONTH", "NOT", "NULL", "ON", "OR", "OUTER", "OVER",
    "PARTITION", "PARTITIONS", "PAUSE", "PERIOD", "PRIMARY", "PRINT", "PROPERTIES", "QUERIES", "QUERY", "RENAME",
    "REPLACE", "RESUME", "RETENTION", "RIGHT", "RUN", "SAMPLE", "SCRIPT", "SECOND", "SELECT", "SESSION", "SET",
    "SHOW", "SINK", "SIZE", "SOURCE", "STREAM", "STREAMS", "STRUCT", "TABLE", "TABLES", "TERMINATE", "THEN", "TIME",
    "TIMESTAMP", "TO", "TOPIC", "TOPICS", "TRUE", "TUMBLING", "TYPE", "TYPES", "UNDEFINE", "UNSET", "VALUES",
    "VARIABLES", "WHEN", "WHERE", "WINDOW", "WITH", "WITHIN", "YEAR",
];
